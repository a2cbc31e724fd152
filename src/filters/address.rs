//! Conditions in the address of a list: one `where=own_3.from.2026-01-01` for each. Pure.

use super::model::{Condition, Filter, How, MOST};
use crate::ui::address::decoded;

/// The name of the query parameter.
pub const KEY: &str = "where";

/// The conditions in the query of an address; invalid ones are ignored, and so are those beyond [`MOST`].
#[must_use]
pub fn filter_of(params: &str) -> Filter {
    let pairs = params.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    let texts = pairs.filter(|(key, _)| *key == KEY).map(|(_, value)| decoded(value));
    Filter(texts.filter_map(|text| parse(&text)).take(MOST).collect())
}

fn parse(text: &str) -> Option<Condition> {
    let mut parts = text.splitn(3, '.');
    let (field, how) = (parts.next()?, How::parse(parts.next()?)?);
    let value = parts.next().unwrap_or_default();
    let whole = how.takes_value() != value.is_empty() && !field.is_empty();
    whole.then(|| Condition { field: field.to_owned(), how, value: value.to_owned() })
}

/// The names and values of the query, not encoded yet.
pub fn pairs(filter: &Filter) -> impl Iterator<Item = (&'static str, String)> {
    filter.0.iter().map(|Condition { field, how, value }| {
        let how = how.code();
        (KEY, if value.is_empty() { format!("{field}.{how}") } else { format!("{field}.{how}.{value}") })
    })
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::ui::address::encoded;
    use proptest::prelude::*;

    /// Any filter that an address can hold.
    pub fn any_filter() -> impl Strategy<Value = Filter> {
        let one = ("own_[1-9]", 0..How::ALL.len(), "\\PC{1,12}").prop_map(|(field, how, value)| {
            let how = How::ALL[how];
            Condition { field, how, value: if how.takes_value() { value } else { String::new() } }
        });
        prop::collection::vec(one, 0..=MOST).prop_map(Filter)
    }

    #[test]
    fn what_is_no_condition_is_left_out() {
        for none in ["own_1", "own_1.", "own_1.near.2", ".is.2", "own_1.is", "own_1.is.", "own_1.empty.2", ""]
        {
            assert_eq!(filter_of(&format!("where={none}&q=x")), Filter::default(), "{none}");
        }
        let many = ["where=own_1.empty"; 9].join("&");
        assert_eq!(filter_of(&many).0.len(), MOST);
        assert_eq!(filter_of("?q=1&where=own_2.is.3.5").0[0].value, "3.5");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(filter in any_filter()) {
            let query: Vec<_> = pairs(&filter).map(|(key, value)| format!("{key}={}", encoded(&value))).collect();
            prop_assert_eq!(filter_of(&query.join("&")), filter);
        }
    }
}
