//! The kinds of record that can have own fields: customers, deals, and the firm's own kinds by their number. Pure; the
//! firm's own kinds themselves are in `own_kinds`.

use crate::id::KindNr;
use crate::live::Kind;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A kind of record that can have own fields. Written `customer`, `deal`, or `kind_7` for the firm's own kind number 7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FieldsOf {
    #[default]
    Customer,
    Deal,
    Own(KindNr),
}

impl FieldsOf {
    /// Parses the code of a kind.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "customer" => Some(Self::Customer),
            "deal" => Some(Self::Deal),
            own => own.strip_prefix("kind_")?.parse().ok().map(Self::Own),
        }
    }

    /// The program's kind of these records.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Customer => Kind::Customer,
            Self::Deal => Kind::Deal,
            Self::Own(_) => Kind::OwnRecord,
        }
    }
}

impl fmt::Display for FieldsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Customer => f.write_str("customer"),
            Self::Deal => f.write_str("deal"),
            Self::Own(nr) => write!(f, "kind_{nr}"),
        }
    }
}

impl Serialize for FieldsOf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FieldsOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| D::Error::custom("no kind of record with fields"))
    }
}

/// For columns of the database.
impl TryFrom<String> for FieldsOf {
    type Error = String;

    /// An empty text is the default: the column has no meaning then.
    fn try_from(code: String) -> Result<Self, String> {
        if code.is_empty() { Ok(Self::default()) } else { Self::parse(&code).ok_or(code) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_read_as_it_is_written() {
        for of in [FieldsOf::Customer, FieldsOf::Deal, FieldsOf::Own(KindNr(1)), FieldsOf::Own(KindNr(50))] {
            assert_eq!(FieldsOf::parse(&of.to_string()), Some(of));
            let json = serde_json::to_string(&of).expect("plain");
            assert_eq!(serde_json::from_str::<FieldsOf>(&json).expect("as written"), of);
        }
        for none in ["", "kind_", "kind_x", "task", "own_1"] {
            assert_eq!(FieldsOf::parse(none), None, "{none}");
        }
    }
}
