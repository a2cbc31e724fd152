//! Conflicts: two people have changed one record. Computes which fields differ and who changed them, merges changes of
//! different fields, and applies the values chosen for the others. Pure; each kind of record names its own fields.

use super::model::{Fields, fields_of};
use crate::error::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;

/// A field whose value in the form differs from the stored one.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub field: String,
    pub mine: Value,
    pub theirs: Value,
    pub changed: Changed,
}

/// Who has changed a field since the form was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Only the person with the form.
    Mine,
    /// Only somebody else.
    Theirs,
    /// Both, or it is not known who.
    Both,
}

/// The differences in these fields. `was` are the facts with which the form was opened, if they are known.
#[must_use]
pub fn differences<F: Serialize>(
    fields: &[String],
    mine: &F,
    theirs: &F,
    was: Option<&F>,
) -> Vec<Difference> {
    let (mine, theirs, was) = (fields_of(mine), fields_of(theirs), was.map(fields_of));
    fields
        .iter()
        .filter(|field| mine.get(*field) != theirs.get(*field))
        .map(|field| Difference {
            field: field.clone(),
            mine: mine.get(field).cloned().unwrap_or_default(),
            theirs: theirs.get(field).cloned().unwrap_or_default(),
            changed: match was.as_ref().map(|was| was.get(field)) {
                Some(was) if was == mine.get(field) => Changed::Theirs,
                Some(was) if was == theirs.get(field) => Changed::Mine,
                _ => Changed::Both,
            },
        })
        .collect()
}

/// The version of a record from which a form was filled. `over` is a newer version that the person has seen in a
/// conflict and that their own values overwrite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub version: i64,
    over: Option<i64>,
}

impl Seen {
    /// Parses the two fields of a form. An empty `version` with an `over` is a new record that was stored already: its
    /// only version is the one seen in the conflict.
    ///
    /// # Errors
    /// `BadRequest` if they are not numbers.
    pub fn read(version: &str, over: &str) -> Result<Self, Error> {
        let (version, over) = (version.trim(), over.trim());
        let number = |text: &str| text.parse::<i64>().map_err(|_| Error::BadRequest);
        let newer = (!over.is_empty()).then(|| number(over)).transpose()?;
        Ok(Self {
            version: newer.filter(|_| version.is_empty()).map_or_else(|| number(version), Ok)?,
            over: newer,
        })
    }

    /// Whether the person's own values overwrite those of the stored version `now`.
    #[must_use]
    pub fn is_over(self, now: i64) -> bool {
        self.over == Some(now)
    }
}

/// Adds to the conflict the names of the fields that `both` changed, if they are known: only they have to be settled.
#[must_use]
pub fn telling(conflict: Error, both: Vec<String>) -> Error {
    match conflict {
        Error::Conflict { version, theirs: Value::Object(mut theirs) } if !both.is_empty() => {
            theirs.insert(BOTH.to_owned(), both.into());
            Error::Conflict { version, theirs: Value::Object(theirs) }
        }
        other => other,
    }
}

/// The key under which these names are sent beside the stored values.
const BOTH: &str = "both";

/// Whether this field has to be settled: it is named in the conflict, or the conflict names none.
#[must_use]
pub fn is_at_odds(theirs: &Value, field: &str) -> bool {
    theirs.get(BOTH).and_then(Value::as_array).is_none_or(|both| both.iter().any(|one| one == field))
}

/// The stored facts `now`, with those fields of `mine` that differ from the facts `was` with which the form was opened.
/// The fields of a group in `together` (an amount and its currency) are compared and taken as one.
///
/// # Errors
/// The names of the fields that both changed to different values, unless `mine` overwrite them (`over`).
pub fn merged<F: Serialize + DeserializeOwned>(
    was: &F,
    now: &F,
    mine: &F,
    together: &[&[&str]],
    over: bool,
) -> Result<F, Vec<String>> {
    let (was, mut merged, mine) = (fields_of(was), fields_of(now), fields_of(mine));
    // A field without a value can be missing in some of the three.
    let names: BTreeSet<String> = was.keys().chain(merged.keys()).chain(mine.keys()).cloned().collect();
    let mut both = Vec::new();
    for name in &names {
        let group = together.iter().find(|group| group.contains(&name.as_str()));
        let group: Vec<&str> = group.map_or_else(|| vec![name.as_str()], |group| group.to_vec());
        let differ =
            |one: &Fields, other: &Fields| group.iter().any(|field| one.get(*field) != other.get(*field));
        if !differ(&was, &mine) || !differ(&merged, &mine) {
            continue;
        }
        if differ(&was, &merged) && !over {
            both.push(name.clone());
            continue;
        }
        for field in group {
            match mine.get(field) {
                Some(value) => merged.insert(field.to_owned(), value.clone()),
                None => merged.remove(field),
            };
        }
    }
    let whole = serde_json::from_str(&Value::Object(merged).to_string());
    whole.ok().filter(|_| both.is_empty()).ok_or(both)
}

/// The facts `mine`, with the stored values of those `fields` that are in `take`.
#[must_use]
pub fn settled<F: Serialize + DeserializeOwned>(
    fields: &[String],
    mine: F,
    theirs: &F,
    take: &[String],
) -> F {
    if take.is_empty() {
        return mine;
    }
    let mut settled = fields_of(&mine);
    let on_record = fields_of(theirs);
    for field in fields.iter().filter(|field| take.iter().any(|taken| taken == *field)) {
        settled.insert(field.clone(), on_record.get(field).cloned().unwrap_or_default());
    }
    serde_json::from_str(&Value::Object(settled).to_string()).unwrap_or(mine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Facts {
        name: u8,
        city: u8,
        amount: u8,
        currency: u8,
    }

    const TOGETHER: &[&[&str]] = &[&["amount", "currency"]];

    prop_compose! {
        fn facts()(name in 0_u8..3, city in 0_u8..3, amount in 0_u8..3, currency in 0_u8..3) -> Facts {
            Facts { name, city, amount, currency }
        }
    }

    /// The expected value of one field, or of two fields that count as one: `None` for a conflict.
    fn of<T: PartialEq>(was: T, now: T, mine: T) -> Option<T> {
        if mine == was || mine == now {
            Some(now)
        } else if now == was {
            Some(mine)
        } else {
            None
        }
    }

    proptest! {
        #[test]
        fn nobodys_change_is_lost_and_only_the_same_field_conflicts(was in facts(), now in facts(), mine in facts()) {
            let money = |facts: &Facts| (facts.amount, facts.currency);
            let name = of(was.name, now.name, mine.name);
            let city = of(was.city, now.city, mine.city);
            let money = of(money(&was), money(&now), money(&mine));
            let expected = name.zip(city).zip(money);
            let expected = expected.map(|((name, city), (amount, currency))| Facts { name, city, amount, currency });
            prop_assert_eq!(merged(&was, &now, &mine, TOGETHER, false).ok(), expected);
        }

        #[test]
        fn mine_stands_over_theirs_where_i_changed_it_and_nowhere_else(
            was in facts(), now in facts(), mine in facts(),
        ) {
            let pick = |was: u8, now: u8, mine: u8| if mine == was { now } else { mine };
            let over = merged(&was, &now, &mine, &[], true).expect("nothing is left to settle");
            let expected = Facts {
                name: pick(was.name, now.name, mine.name),
                city: pick(was.city, now.city, mine.city),
                amount: pick(was.amount, now.amount, mine.amount),
                currency: pick(was.currency, now.currency, mine.currency),
            };
            prop_assert_eq!(over, expected);
        }

        #[test]
        fn what_both_changed_is_named(was in facts(), now in facts(), mine in facts()) {
            let odd = |was: u8, now: u8, mine: u8| mine != was && now != was && mine != now;
            let both: Vec<String> = merged(&was, &now, &mine, &[], false).err().unwrap_or_default();
            let named = |field: &str| both.iter().any(|one| one == field);
            prop_assert_eq!(named("name"), odd(was.name, now.name, mine.name));
            prop_assert_eq!(named("city"), odd(was.city, now.city, mine.city));
        }
    }
}
