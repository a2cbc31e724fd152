//! The board's address: what somebody wants to see stands in the query of `/deals`, so that it can be sent, kept and gone back to.
//! Values are decoded once, here: leptos 0.8 does it twice.

use super::model::BoardWish;
use crate::auth::paths::{decoded, encoded};
use std::fmt::Write as _;

/// What the query of the address asks for; what is no id is left out.
#[must_use]
pub fn wish_of(query: &str) -> BoardWish {
    let value = |name: &str| {
        let mut pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(key, _)| *key == name)
            .map(|(_, value)| decoded(value))
            .filter(|value| !value.trim().is_empty())
    };
    BoardWish {
        pipeline: value("pipeline").and_then(|id| id.parse().ok()),
        search: value("q").unwrap_or_default(),
        owner: value("owner").and_then(|id| id.parse().ok()),
        first: value("n").and_then(|cards| cards.parse().ok()),
        depth: Vec::new(),
    }
}

/// The address that shows this.
#[must_use]
pub fn address_of(wish: &BoardWish) -> String {
    let mut address = "/deals?view=board".to_owned();
    if !wish.search.trim().is_empty() {
        let _ = write!(address, "&q={}", encoded(wish.search.trim()));
    }
    for (name, id) in [("owner", wish.owner.map(|id| id.0)), ("pipeline", wish.pipeline.map(|id| id.0))] {
        if let Some(id) = id {
            let _ = write!(address, "&{name}={id}");
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UnitId;
    use uuid::Uuid;

    #[test]
    fn an_address_says_what_is_shown() {
        let wish = BoardWish {
            search: "ışık & %20 +".into(),
            owner: Some(UnitId(Uuid::from_u128(9))),
            ..BoardWish::default()
        };
        let address = address_of(&wish);
        assert_eq!(wish_of(address.split_once('?').expect("a query").1), wish);
        assert_eq!(address_of(&BoardWish::default()), "/deals?view=board");
    }

    #[test]
    fn what_is_no_id_asks_for_nothing() {
        assert_eq!(wish_of("?view=board&owner=me&q=&pipeline=%"), BoardWish::default());
        assert_eq!(wish_of("q=a+b").search, "a b");
        assert_eq!(wish_of("?n=2000").first, Some(2000));
    }
}
