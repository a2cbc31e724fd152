//! The address of the list of tasks: whose, open or done, how many. Pure. Read here and not by the router, which in leptos 0.8 decodes
//! query values twice.

use super::shown::{PAGE, TaskWish, Whose};
use crate::deals::place::value_in;

/// What the query of the address asks for; what it does not know is left out.
#[must_use]
pub fn wish_of(query: &str) -> TaskWish {
    let whose = match value_in(query, "of").as_deref() {
        Some("all") => Whose::All,
        Some(id) => id.parse().map_or(Whose::Mine, Whose::Of),
        None => Whose::Mine,
    };
    let limit = value_in(query, "n").and_then(|n| n.parse().ok()).unwrap_or(PAGE);
    TaskWish { whose, done: value_in(query, "done").is_some(), limit, ..TaskWish::default() }
}

/// The address that shows this.
#[must_use]
pub fn address_of(wish: &TaskWish) -> String {
    let whose = match wish.whose {
        Whose::Mine => None,
        Whose::All => Some("of=all".to_owned()),
        Whose::Of(unit) => Some(format!("of={unit}")),
    };
    let pairs = [
        whose,
        wish.done.then(|| "done=1".to_owned()),
        (wish.limit > PAGE).then(|| format!("n={}", wish.limit)),
    ];
    let query: Vec<String> = pairs.into_iter().flatten().collect();
    if query.is_empty() { "/tasks".to_owned() } else { format!("/tasks?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UnitId;
    use uuid::Uuid;

    #[test]
    fn an_address_says_what_is_shown() {
        for whose in [Whose::Mine, Whose::All, Whose::Of(UnitId(Uuid::from_u128(7)))] {
            for (done, limit) in [(false, PAGE), (true, 400)] {
                let wish = TaskWish { whose, done, limit, ..TaskWish::default() };
                let address = address_of(&wish);
                assert_eq!(wish_of(address.strip_prefix("/tasks").expect("our own")), wish, "{address}");
            }
        }
        assert_eq!(wish_of("?of=nobody&n=x"), TaskWish { limit: PAGE, ..TaskWish::default() });
    }
}
