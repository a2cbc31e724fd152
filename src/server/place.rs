//! A cursor for paging through a sorted list: after which row the next page begins, and how that is written in
//! addresses.

use std::fmt::Write as _;
use uuid::Uuid;

/// The sort key and the id of the last row of the page before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    pub key: Vec<u8>,
    pub id: Uuid,
}

impl Behind {
    /// The key in hex, a dot, the id.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.key.len() * 2 + 37);
        for byte in &self.key {
            let _ = write!(text, "{byte:02x}");
        }
        let _ = write!(text, ".{}", self.id);
        text
    }

    /// `None` for a text that [`Behind::text`] has not written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hex, id) = text.split_once('.')?;
        if hex.len() % 2 != 0 || !hex.is_ascii() {
            return None;
        }
        let bytes = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok());
        Some(Self { key: bytes.collect::<Option<_>>()?, id: id.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_its_address() {
        for key in [vec![], vec![0, 1, 255], b"kule".to_vec()] {
            let place = Behind { key, id: Uuid::now_v7() };
            assert_eq!(Behind::parse(&place.text()), Some(place));
        }
        for bad in ["", ".", "0.x", "zz.00000000-0000-0000-0000-000000000000", "é1.x"] {
            assert_eq!(Behind::parse(bad), None, "{bad}");
        }
    }
}
