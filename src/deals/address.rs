//! The address (query string) of the page of deals: board or list, search, state, owner, the row to go on after. Pure.
//! Parsed here and not by the router, because leptos 0.8 decodes query values twice.

use super::model::Status;
use super::view::DealQuery;
use crate::filters::address::{filter_of, pairs};
use crate::filters::model::Filter;
use crate::ui::address::{decoded, encoded};

/// The two ways of looking at deals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DealsView {
    #[default]
    Board,
    List,
}

/// What an address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealsAddress {
    pub shown: DealsView,
    pub query: DealQuery,
}

impl Default for DealsAddress {
    fn default() -> Self {
        Self {
            shown: DealsView::Board,
            query: DealQuery { status: Some(Status::Open), ..DealQuery::default() },
        }
    }
}

impl DealsAddress {
    /// Parses the query; invalid ids are ignored. Without a state, open deals are meant.
    #[must_use]
    pub fn parse(params: &str) -> Self {
        let value = |name: &str| {
            let pairs = params.trim_start_matches('?').split('&');
            let found = pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
            found.map(|(_, value)| decoded(value)).filter(|value| !value.trim().is_empty())
        };
        Self {
            shown: if value("view").as_deref() == Some("list") { DealsView::List } else { DealsView::Board },
            query: DealQuery {
                search: value("q").unwrap_or_default(),
                status: match value("status").as_deref() {
                    Some("won") => Some(Status::Won),
                    Some("lost") => Some(Status::Lost),
                    Some("all") => None,
                    _ => Some(Status::Open),
                },
                pipeline: value("pipeline").and_then(|id| id.parse().ok()),
                stage: value("stage").and_then(|id| id.parse().ok()),
                owner: value("owner").and_then(|id| id.parse().ok()),
                filter: filter_of(params),
                after: value("after").and_then(|id| id.parse().ok()),
            },
        }
    }

    /// The same address with another query, from the first row on.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut DealQuery)) -> Self {
        let mut address = self.clone();
        address.query.after = None;
        change(&mut address.query);
        address
    }

    /// The same address as board or as list. The board has no conditions, so they are dropped.
    #[must_use]
    pub fn shown_as(&self, shown: DealsView) -> Self {
        let bare = |query: &mut DealQuery| {
            if shown == DealsView::Board {
                query.filter = Filter::default();
            }
        };
        Self { shown, ..self.with(bare) }
    }

    /// The query of the sum in the page's head: everything that the filters find; on the board only open deals.
    #[must_use]
    pub fn counted(&self) -> DealQuery {
        let status = if self.shown == DealsView::Board { Some(Status::Open) } else { self.query.status };
        DealQuery { status, after: None, ..self.query.clone() }
    }

    /// Whether anything but the state filters the list.
    #[must_use]
    pub fn narrowed(&self) -> bool {
        let query = &self.query;
        !query.search.trim().is_empty()
            || query.owner.is_some()
            || query.stage.is_some()
            || query.pipeline.is_some()
            || !query.filter.is_empty()
    }

    /// The names and values of the query, not encoded yet.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let query = &self.query;
        let status = match query.status {
            Some(Status::Open) => None,
            Some(Status::Won) => Some("won"),
            Some(Status::Lost) => Some("lost"),
            None => Some("all"),
        };
        let known = [
            ("view", (self.shown == DealsView::List).then(|| "list".to_owned())),
            ("q", Some(query.search.clone()).filter(|search| !search.trim().is_empty())),
            ("status", status.map(str::to_owned)),
            ("pipeline", query.pipeline.map(|id| id.to_string())),
            ("stage", query.stage.map(|id| id.to_string())),
            ("owner", query.owner.map(|id| id.to_string())),
            ("after", query.after.map(|id| id.to_string())),
        ];
        let known = known.into_iter().filter_map(|(name, value)| Some((name, value?)));
        known.chain(pairs(&query.filter)).collect()
    }

    /// The address as a link.
    #[must_use]
    pub fn href(&self) -> String {
        let params: Vec<String> =
            self.pairs().into_iter().map(|(name, value)| format!("{name}={}", encoded(&value))).collect();
        if params.is_empty() { "/deals".to_owned() } else { format!("/deals?{}", params.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filters::address::tests::any_filter;
    use crate::id::{DealId, UnitId};
    use proptest::prelude::*;
    use uuid::Uuid;

    #[test]
    fn nothing_wanted_is_the_plain_address() {
        assert_eq!(DealsAddress::parse(""), DealsAddress::default());
        assert_eq!(DealsAddress::default().href(), "/deals");
        assert_eq!(DealsAddress::parse("?view=board&owner=me&q=+&status=?").href(), "/deals");
        assert_eq!(DealsAddress::parse("?q=a%2526b+c").query.search, "a%26b c");
    }

    #[test]
    fn another_query_begins_at_its_first_row() {
        let address = DealsAddress::parse("view=list&after=00000000-0000-0000-0000-000000000001");
        assert_eq!(address.query.after, Some(DealId(Uuid::from_u128(1))));
        assert_eq!(address.with(|query| query.status = None).href(), "/deals?view=list&status=all");
        assert_eq!(address.shown_as(DealsView::Board).href(), "/deals");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(search in "\\PC{0,30}", nr in 0_usize..4, list: bool, owner: Option<u128>,
            filter in any_filter()) {
            let search = if search.trim().is_empty() { String::new() } else { search };
            let status = [None, Some(Status::Open), Some(Status::Won), Some(Status::Lost)][nr];
            let owner = owner.map(|id| UnitId(Uuid::from_u128(id)));
            let shown = if list { DealsView::List } else { DealsView::Board };
            let query = DealQuery { search, status, owner, filter, ..DealQuery::default() };
            let address = DealsAddress { shown, query };
            prop_assert_eq!(DealsAddress::parse(address.href().strip_prefix("/deals").expect("our own")), address);
        }
    }
}
