//! Events as pure data: what changed between two states of a record, and what putting it back would make of it.

use crate::i18n::Currency;
use crate::id::{CustomerId, DealId, EventId, OwnRecordId};
use crate::live::Kind;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

pub type Fields = Map<String, Value>;

/// What somebody did, as the history says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum What {
    Created,
    Imported,
    Changed,
    Moved,
    Won,
    Lost,
    Reopened,
    Done,
    Snoozed,
    HandedOver,
    Deleted,
    Undone,
    /// A list was taken away as a file; nothing changed.
    Exported,
    /// A person got a link to join.
    Invited,
    /// A person used it.
    Joined,
    /// A person got another link.
    LinkMade,
    PasswordSet,
    Deactivated,
    Activated,
    /// What was prepared in a draft was made.
    Published,
    /// It was deleted long enough and is gone for good.
    Purged,
}

/// The fields in which two states differ, as they were and as they are; `None` when nothing differs.
///
/// # Panics
/// When the facts are not a JSON object: a mistake in our code.
#[must_use]
pub fn difference(old: &impl Serialize, new: &impl Serialize) -> Option<(Fields, Fields)> {
    let (old, new) = (fields_of(old), fields_of(new));
    let mut before = Fields::new();
    let mut after = Fields::new();
    for (name, value) in &new {
        let was = old.get(name).unwrap_or(&Value::Null);
        if was != value {
            before.insert(name.clone(), was.clone());
            after.insert(name.clone(), value.clone());
        }
    }
    // A field of the firm's own that holds nothing is not there at all.
    for (name, value) in old.into_iter().filter(|(name, value)| !new.contains_key(name) && !value.is_null()) {
        before.insert(name.clone(), value);
        after.insert(name, Value::Null);
    }
    (!after.is_empty()).then_some((before, after))
}

/// The facts as named fields.
///
/// # Panics
/// When the facts are not a JSON object: a mistake in our code.
#[must_use]
pub fn fields_of(facts: &impl Serialize) -> Fields {
    match serde_json::to_value(facts) {
        Ok(Value::Object(fields)) => fields,
        other => panic!("facts must be an object of plain values, not {other:?}"),
    }
}

/// The state after taking a change back, or the fields somebody has changed since, as they are now.
///
/// # Errors
/// The fields that no longer are as the change left them.
pub fn taken_back(now: &Fields, before: &Fields, after: &Fields) -> Result<Fields, Fields> {
    let since: Fields = after
        .iter()
        .filter_map(|(name, left)| {
            let value = now.get(name).unwrap_or(&Value::Null);
            (value != left).then(|| (name.clone(), value.clone()))
        })
        .collect();
    if !since.is_empty() {
        return Err(since);
    }
    let mut back = now.clone();
    back.extend(before.clone());
    Ok(back)
}

/// One line of the history on a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryLine {
    pub id: EventId,
    /// The firm's wall clock.
    pub at: NaiveDateTime,
    pub actor: String,
    pub kind: Kind,
    pub subject_id: Uuid,
    /// What the firm calls a record of its own kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind_name: Option<String>,
    /// What it is called, where it is not the card's own history; `None` for what is gone for good.
    pub subject: Option<String>,
    /// It is deleted: nothing leads to it.
    pub gone: bool,
    /// The card an activity stands on, elsewhere than there.
    pub card: Option<Card>,
    pub what: What,
    /// Whether there is anything to take back: an export or a new link is on record only, and what is of a kind of
    /// record that the person asking may not change stays.
    pub undoable: bool,
    pub changes: Vec<FieldChange>,
    /// The deal's currency, for amounts among the changes.
    pub currency: Option<Currency>,
}

/// One field as it was and as it became, ready to show: ids are names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    /// What the firm calls it, where it is a field of its own; the values are said already then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub before: Value,
    pub after: Value,
}

/// The card on which something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Card {
    Customer(CustomerId),
    Deal(DealId),
    /// One of the firm's own kinds.
    Record(OwnRecordId),
}

impl Card {
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Customer(id) => id.0,
            Self::Deal(id) => id.0,
            Self::Record(id) => id.0,
        }
    }

    /// Where the card is.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Customer(id) => format!("/customers/{id}"),
            Self::Deal(id) => format!("/deals/{id}"),
            Self::Record(id) => format!("/records/{id}"),
        }
    }

    /// That of a record of that kind; what hangs on cards has none of its own.
    #[must_use]
    pub fn of_record(kind: Kind, id: Uuid) -> Option<Self> {
        match kind {
            Kind::Customer => Some(Self::Customer(CustomerId(id))),
            Kind::Deal => Some(Self::Deal(DealId(id))),
            Kind::OwnRecord => Some(Self::Record(OwnRecordId(id))),
            _ => None,
        }
    }

    /// The innermost of these.
    #[must_use]
    pub fn of(
        customer: Option<CustomerId>,
        deal: Option<DealId>,
        record: Option<OwnRecordId>,
    ) -> Option<Self> {
        deal.map(Self::Deal).or(record.map(Self::Record)).or(customer.map(Self::Customer))
    }

    /// The card at that address.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        let (kind, id) = path.strip_prefix('/')?.split_once('/')?;
        match kind {
            "customers" => id.parse().ok().map(Self::Customer),
            "deals" => id.parse().ok().map(Self::Deal),
            "records" => id.parse().ok().map(Self::Record),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(value: Value) -> Fields {
        value.as_object().expect("an object").clone()
    }

    #[test]
    fn only_what_differs_is_noted() {
        let (before, after) =
            difference(&json!({"a": 1, "b": 2}), &json!({"a": 1, "b": 3})).expect("b differs");
        assert_eq!((before, after), (fields(json!({"b": 2})), fields(json!({"b": 3}))));
        assert_eq!(difference(&json!({"a": 1}), &json!({"a": 1})), None);
    }

    #[test]
    fn a_change_is_taken_back_unless_somebody_changed_it_since() {
        let now = fields(json!({"a": 1, "b": 3}));
        let (before, after) = (fields(json!({"b": 2})), fields(json!({"b": 3})));
        assert_eq!(taken_back(&now, &before, &after), Ok(fields(json!({"a": 1, "b": 2}))));
        let later = fields(json!({"a": 1, "b": 4}));
        assert_eq!(taken_back(&later, &before, &after), Err(fields(json!({"b": 4}))));
    }
    #[test]
    fn a_card_is_found_at_its_path() {
        let card = Card::Deal(DealId(uuid::Uuid::from_u128(5)));
        assert_eq!(Card::at(&card.path()), Some(card));
        assert_eq!(Card::at("/customers/new"), None);
    }
}
