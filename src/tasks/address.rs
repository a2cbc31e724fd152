//! The address (query string) of the list of tasks: whose, open or done, how many. Pure. Parsed here and not by the
//! router, because leptos 0.8 decodes query values twice.

use super::view::{PAGE, TaskQuery, Whose};
use crate::ui::address::value_in;

/// Parses the query of the address; unknown values are ignored.
#[must_use]
pub fn query_of(params: &str) -> TaskQuery {
    let whose = match value_in(params, "of").as_deref() {
        Some("all") => Whose::All,
        Some(id) => id.parse().map_or(Whose::Mine, Whose::Of),
        None => Whose::Mine,
    };
    let limit = value_in(params, "n").and_then(|n| n.parse().ok()).unwrap_or(PAGE);
    TaskQuery { whose, done: value_in(params, "done").is_some(), limit, ..TaskQuery::default() }
}

/// The address of a query.
#[must_use]
pub fn address_of(query: &TaskQuery) -> String {
    let whose = match query.whose {
        Whose::Mine => None,
        Whose::All => Some("of=all".to_owned()),
        Whose::Of(unit) => Some(format!("of={unit}")),
    };
    let pairs = [
        whose,
        query.done.then(|| "done=1".to_owned()),
        (query.limit > PAGE).then(|| format!("n={}", query.limit)),
    ];
    let params: Vec<String> = pairs.into_iter().flatten().collect();
    if params.is_empty() { "/tasks".to_owned() } else { format!("/tasks?{}", params.join("&")) }
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
                let query = TaskQuery { whose, done, limit, ..TaskQuery::default() };
                let address = address_of(&query);
                assert_eq!(query_of(address.strip_prefix("/tasks").expect("our own")), query, "{address}");
            }
        }
        assert_eq!(query_of("?of=nobody&n=x"), TaskQuery { limit: PAGE, ..TaskQuery::default() });
    }
}
