//! A cursor in the results of a search, and how it is written in addresses. It reads no customers.

use crate::id::CustomerId;
use std::fmt::Write as _;

/// A part of the results. A search shows its first part, then the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Names that begin with the typed text: these are meant more often than names that only contain it. Sorted by the
    /// folded name, where "ş" counts as "s".
    Begins,
    /// Numbers that end with the typed digits, in the order of the list.
    Ends,
    /// All other matches, in the order of the list.
    Others,
    /// All matches, in the order of the list: where nothing was typed, or when beginning at a letter.
    Whole,
}

/// A place in a list: in which part, and behind which row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub part: Part,
    /// The sort key and the id of that row; `None` at the beginning.
    pub behind: Option<(Vec<u8>, CustomerId)>,
}

impl Place {
    pub fn behind(part: Part, key: Vec<u8>, id: CustomerId) -> Self {
        Self { part, behind: Some((key, id)) }
    }

    /// The sort key in hex, a dot, the id; before them the part, where there are several. Empty at the beginning.
    pub fn text(&self) -> String {
        let Some((key, id)) = &self.behind else { return String::new() };
        let mut text = String::with_capacity(key.len() * 2 + 38);
        text.push_str(match self.part {
            Part::Begins => "n",
            Part::Ends => "p",
            Part::Others => "o",
            Part::Whole => "",
        });
        for byte in key {
            let _ = write!(text, "{byte:02x}");
        }
        let _ = write!(text, ".{id}");
        text
    }

    pub fn parse(text: &str) -> Option<Self> {
        let (part, text) = match text.as_bytes().first()? {
            b'n' => (Part::Begins, &text[1..]),
            b'p' => (Part::Ends, &text[1..]),
            b'o' => (Part::Others, &text[1..]),
            _ => (Part::Whole, text),
        };
        let (hex, id) = text.split_once('.')?;
        if hex.len() % 2 != 0 || !hex.is_ascii() {
            return None;
        }
        let key = (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok())
            .collect::<Option<_>>()?;
        Some(Self::behind(part, key, id.parse().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::text::sort_key;

    #[test]
    fn a_place_in_the_list_survives_its_address() {
        let id = CustomerId(uuid::Uuid::now_v7());
        for key in [vec![], vec![0, 1, 255], sort_key("Şirket")] {
            for part in [Part::Begins, Part::Ends, Part::Others, Part::Whole] {
                let place = Place::behind(part, key.clone(), id);
                assert_eq!(Place::parse(&place.text()), Some(place));
            }
        }
        for bad in [
            "",
            ".",
            "n",
            "0.x",
            "zz.00000000-0000-0000-0000-000000000000",
            "é1.00000000-0000-0000-0000-000000000000",
        ] {
            assert_eq!(Place::parse(bad), None, "{bad}");
        }
    }
}
