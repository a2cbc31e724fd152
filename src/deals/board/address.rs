//! The board's address: what is shown is in the query of `/deals`, so that a link can be sent, saved and returned to.
//! Values are decoded once, here: leptos 0.8 decodes them twice.

use super::model::BoardQuery;
use crate::ui::address::{decoded, encoded};
use std::fmt::Write as _;

/// Parses the query of the address; invalid ids are ignored.
#[must_use]
pub fn query_of(params: &str) -> BoardQuery {
    let value = |name: &str| {
        let mut pairs = params.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(key, _)| *key == name)
            .map(|(_, value)| decoded(value))
            .filter(|value| !value.trim().is_empty())
    };
    BoardQuery {
        pipeline: value("pipeline").and_then(|id| id.parse().ok()),
        search: value("q").unwrap_or_default(),
        owner: value("owner").and_then(|id| id.parse().ok()),
        first: value("n").and_then(|cards| cards.parse().ok()),
        depth: Vec::new(),
    }
}

/// The address of a query.
#[must_use]
pub fn address_of(query: &BoardQuery) -> String {
    let mut address = "/deals?view=board".to_owned();
    if !query.search.trim().is_empty() {
        let _ = write!(address, "&q={}", encoded(query.search.trim()));
    }
    for (name, id) in [("owner", query.owner.map(|id| id.0)), ("pipeline", query.pipeline.map(|id| id.0))] {
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
        let query = BoardQuery {
            search: "ışık & %20 +".into(),
            owner: Some(UnitId(Uuid::from_u128(9))),
            ..BoardQuery::default()
        };
        let address = address_of(&query);
        assert_eq!(query_of(address.split_once('?').expect("a params").1), query);
        assert_eq!(address_of(&BoardQuery::default()), "/deals?view=board");
    }

    #[test]
    fn what_is_no_id_asks_for_nothing() {
        assert_eq!(query_of("?view=board&owner=me&q=&pipeline=%"), BoardQuery::default());
        assert_eq!(query_of("q=a+b").search, "a b");
        assert_eq!(query_of("?n=2000").first, Some(2000));
    }
}
