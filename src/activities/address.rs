//! The address of the stream on a card: which entries are shown, after which one, which activity is being edited. Pure.

use super::model::{Mark, Show};
use crate::id::ActivityId;
use crate::journal::model::Card;
use crate::ui::address::value_in;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamAddress {
    pub show: Show,
    pub after: Option<Mark>,
    pub edit: Option<ActivityId>,
}

impl StreamAddress {
    /// Parses the query of a card's address.
    #[must_use]
    pub fn of(query: &str) -> Self {
        Self {
            show: match value_in(query, "show").as_deref() {
                Some("activities") => Show::Activities,
                Some("changes") => Show::Changes,
                _ => Show::All,
            },
            after: value_in(query, "after").and_then(|mark| mark.parse().ok()),
            edit: value_in(query, "edit").and_then(|id| id.parse().ok()),
        }
    }

    /// The address of this view of the stream, on that card.
    #[must_use]
    pub fn href(self, card: Card) -> String {
        let show = match self.show {
            Show::All => None,
            Show::Activities => Some("show=activities".to_owned()),
            Show::Changes => Some("show=changes".to_owned()),
        };
        let after = self.after.map(|mark| format!("after={mark}"));
        let edit = self.edit.map(|id| format!("edit={id}"));
        let query: Vec<String> = [show, after, edit].into_iter().flatten().collect();
        if query.is_empty() { card.path() } else { format!("{}?{}", card.path(), query.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DealId;
    use proptest::prelude::*;
    use uuid::Uuid;

    proptest! {
        #[test]
        fn what_is_written_is_read(nr in 0_usize..3, mark: Option<(u32, u128)>, edit: Option<u128>) {
            let after = mark.map(|(millis, id)| Mark { millis: millis.into(), id: Uuid::from_u128(id) });
            let show = [Show::All, Show::Activities, Show::Changes][nr];
            let address = StreamAddress { show, after, edit: edit.map(|id| ActivityId(Uuid::from_u128(id))) };
            let card = Card::Deal(DealId(Uuid::from_u128(1)));
            let href = address.href(card);
            prop_assert_eq!(StreamAddress::of(href.strip_prefix(&card.path()).expect("our own")), address);
        }
    }
}
