//! The addresses of own records: a list is under the number of its kind, a card under its id; the query string of a
//! list has search, stage, filter and the row to go on after. Pure.

use super::view::OwnQuery;
use crate::filters::address::{filter_of, pairs};
use crate::id::{KindNr, OwnRecordId};
use crate::live::list_state::PAGE;
use crate::ui::address::{decoded, encoded};

/// Parses the query string of a list of this kind; an invalid stage is ignored.
#[must_use]
pub fn query_of(kind: Option<KindNr>, params: &str) -> OwnQuery {
    let value = |name: &str| {
        let pairs = params.trim_start_matches('?').split('&');
        let found = pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
        found.map(|(_, value)| decoded(value)).filter(|value| !value.trim().is_empty())
    };
    OwnQuery {
        kind,
        search: value("q").unwrap_or_default(),
        stage: value("stage").and_then(|nr| nr.parse().ok()),
        filter: filter_of(params),
        after: value("after"),
        limit: PAGE,
    }
}

/// The names and values of the query that stay when something else is searched, not encoded yet.
#[must_use]
pub fn kept(query: &OwnQuery) -> Vec<(&'static str, String)> {
    query.stage.map(|nr| ("stage", nr.to_string())).into_iter().chain(pairs(&query.filter)).collect()
}

/// The address of a list as a link; `/` without a kind.
#[must_use]
pub fn address_of(query: &OwnQuery) -> String {
    let search = Some(query.search.clone()).filter(|search| !search.trim().is_empty());
    let begin = search.map(|search| ("q", search)).into_iter();
    let end = query.after.clone().map(|after| ("after", after));
    let params: Vec<String> = begin
        .chain(kept(query))
        .chain(end)
        .map(|(name, value)| format!("{name}={}", encoded(&value)))
        .collect();
    let list = query.kind.map_or_else(|| "/".to_owned(), list_of);
    if params.is_empty() { list } else { format!("{list}?{}", params.join("&")) }
}

/// The path of the list of a kind.
#[must_use]
pub fn list_of(kind: KindNr) -> String {
    format!("/kinds/{kind}")
}

/// The path of a record's card.
#[must_use]
pub fn card_of(id: OwnRecordId) -> String {
    format!("/records/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filters::address::tests::any_filter;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            search in "\\PC{0,30}",
            nr in 1..60_u32,
            stage in prop::option::of(1..40_i64),
            after in prop::option::of("[0-9a-f]{2,40}"),
            filter in any_filter(),
        ) {
            let search = if search.trim().is_empty() { String::new() } else { search };
            let kind = Some(KindNr(nr.into()));
            let query = OwnQuery { kind, search, stage, filter, after, limit: PAGE };
            let address = address_of(&query);
            let (path, params) = address.split_once('?').unwrap_or((&address, ""));
            prop_assert_eq!(path, format!("/kinds/{nr}"));
            prop_assert_eq!(query_of(kind, params), query);
        }
    }
}
