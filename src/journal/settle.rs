//! Settling a conflict: two people changed one record; what differs is shown field by field and each value is chosen. Pure, and of no
//! record in particular: each feature names its own fields.

use super::model::{Fields, fields_of};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A field that is one way in the form and another on record.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub field: &'static str,
    pub mine: Value,
    pub theirs: Value,
    /// I left it as it was when I began: then the value on record is the newer one.
    pub untouched: bool,
}

/// What differs in these fields. `was` are the facts as the form began with them.
#[must_use]
pub fn differences<F: Serialize>(
    fields: &[&'static str],
    mine: &F,
    theirs: &F,
    was: Option<&F>,
) -> Vec<Difference> {
    let (mine, theirs, was) = (fields_of(mine), fields_of(theirs), was.map(fields_of));
    fields
        .iter()
        .filter(|field| mine.get(**field) != theirs.get(**field))
        .map(|&field| Difference {
            field,
            mine: mine.get(field).cloned().unwrap_or_default(),
            theirs: theirs.get(field).cloned().unwrap_or_default(),
            untouched: was.as_ref().is_some_and(|was| was.get(field) == mine.get(field)),
        })
        .collect()
}

/// Mine on what is on record now, where the two of us changed different fields since the facts `was`; `None` where both
/// changed the same one, and not to the same value. Fields that say something `together` (a sum and its currency) count
/// as one.
#[must_use]
pub fn merged<F: Serialize + DeserializeOwned>(
    was: &F,
    now: &F,
    mine: &F,
    together: &[&[&str]],
) -> Option<F> {
    let (was, mut merged, mine) = (fields_of(was), fields_of(now), fields_of(mine));
    let names: Vec<String> = mine.keys().cloned().collect();
    for name in &names {
        let group = together.iter().find(|group| group.contains(&name.as_str()));
        let group: Vec<&str> = group.map_or_else(|| vec![name.as_str()], |group| group.to_vec());
        let differ =
            |one: &Fields, other: &Fields| group.iter().any(|field| one.get(*field) != other.get(*field));
        if !differ(&was, &mine) || !differ(&merged, &mine) {
            continue;
        }
        if differ(&was, &merged) {
            return None;
        }
        for field in group {
            merged.insert(field.to_owned(), mine.get(field).cloned().unwrap_or_default());
        }
    }
    serde_json::from_str(&Value::Object(merged).to_string()).ok()
}

/// Mine, but for those of these fields that are to stay as they are on record.
#[must_use]
pub fn settled<F: Serialize + DeserializeOwned>(
    fields: &[&'static str],
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
        if let Some(value) = on_record.get(*field) {
            settled.insert((*field).to_owned(), value.clone());
        }
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

    /// What came of one field, or of one that is two: `None` for a clash.
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
        fn nobodys_change_is_lost_and_only_the_same_field_clashes(was in facts(), now in facts(), mine in facts()) {
            let money = |facts: &Facts| (facts.amount, facts.currency);
            let name = of(was.name, now.name, mine.name);
            let city = of(was.city, now.city, mine.city);
            let money = of(money(&was), money(&now), money(&mine));
            let expected = name.zip(city).zip(money);
            let expected = expected.map(|((name, city), (amount, currency))| Facts { name, city, amount, currency });
            prop_assert_eq!(merged(&was, &now, &mine, TOGETHER), expected);
        }
    }
}
