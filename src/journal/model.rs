//! The data of events and the pure functions on it: the difference between two states of a record, and the state after
//! undoing it. Reading and writing rows is in `store`.

use crate::i18n::Currency;
use crate::id::{CustomerId, DealId, EventId, OwnRecordId};
use crate::live::Kind;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// The fields of a record by name, as JSON.
pub type Fields = Map<String, Value>;

/// What somebody did; the history has a sentence for each.
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
    /// A list was downloaded as a file; nothing changed.
    Exported,
    /// A person got a link to join the firm.
    Invited,
    /// A person used the link and joined.
    Joined,
    /// A person got a new link.
    LinkMade,
    PasswordSet,
    Deactivated,
    Activated,
    /// The changes of a draft were published.
    Published,
    /// The record was deleted for good, after its time in the trash.
    Purged,
}

/// The fields in which two states differ, with their old and their new values; `None` if nothing differs. Both maps
/// have the same keys.
///
/// # Panics
/// If the facts do not serialize to a JSON object: a mistake in our code.
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
    // A field of the firm's own without a value has no key at all.
    for (name, value) in old.into_iter().filter(|(name, value)| !new.contains_key(name) && !value.is_null()) {
        before.insert(name.clone(), value);
        after.insert(name, Value::Null);
    }
    (!after.is_empty()).then_some((before, after))
}

/// The facts as a JSON object.
///
/// # Panics
/// If the facts do not serialize to a JSON object: a mistake in our code.
#[must_use]
pub fn fields_of(facts: &impl Serialize) -> Fields {
    match serde_json::to_value(facts) {
        Ok(Value::Object(fields)) => fields,
        other => panic!("facts must be an object of plain values, not {other:?}"),
    }
}

/// The state after undoing a change: `now` with the values of `before`.
///
/// # Errors
/// The fields that have been changed again since, with their present values.
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

/// One line of the history of a card, or of the firm's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryLine {
    pub id: EventId,
    /// The time on the firm's clock.
    pub at: NaiveDateTime,
    /// The name of who did it; empty for what the program did by itself.
    pub actor: String,
    pub kind: Kind,
    pub subject_id: Uuid,
    /// The name of the record's kind, if it is one of the firm's own kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind_name: Option<String>,
    /// The name of the record. `None` in the history of its own card, and for a record that was deleted for good.
    pub subject: Option<String>,
    /// The record is in the trash, so the line has no link to it.
    pub gone: bool,
    /// The card of an activity, unless the line is shown on that card.
    pub card: Option<Card>,
    pub what: What,
    /// Whether the event can be undone: it changed values, and its record is not of an own kind that the person asking
    /// may not change. An export or a new link, for example, changed no values.
    pub undoable: bool,
    pub changes: Vec<FieldChange>,
    /// The currency of the deal or product, for amounts among the changes.
    pub currency: Option<Currency>,
}

/// The old and the new value of one field, ready to show: ids are replaced by names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    /// The label, if it is one of the firm's own fields. Then both values are texts in the person's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub before: Value,
    pub after: Value,
}

/// The card on which an activity, a task or an event is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Card {
    Customer(CustomerId),
    Deal(DealId),
    /// A record of one of the firm's own kinds.
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

    /// The path of the card's page.
    #[must_use]
    pub fn path(self) -> String {
        format!("/{}/{}", self.page(), self.id())
    }

    /// The first part of that path.
    fn page(self) -> &'static str {
        match self {
            Self::Customer(_) => "customers",
            Self::Deal(_) => "deals",
            Self::Record(_) => "records",
        }
    }

    /// The card of a record of this kind; `None` for kinds without a card, such as activities.
    #[must_use]
    pub fn of_record(kind: Kind, id: Uuid) -> Option<Self> {
        match kind {
            Kind::Customer => Some(Self::Customer(CustomerId(id))),
            Kind::Deal => Some(Self::Deal(DealId(id))),
            Kind::OwnRecord => Some(Self::Record(OwnRecordId(id))),
            Kind::Activity
            | Kind::Task
            | Kind::Person
            | Kind::Group
            | Kind::Firm
            | Kind::Pipeline
            | Kind::Product
            | Kind::Field
            | Kind::OwnKind
            | Kind::SettingsDraft
            | Kind::Everything => None,
        }
    }

    /// The card of something that is about these: the deal if there is one, else the own record, else the customer.
    #[must_use]
    pub fn of(
        customer: Option<CustomerId>,
        deal: Option<DealId>,
        record: Option<OwnRecordId>,
    ) -> Option<Self> {
        deal.map(Self::Deal).or(record.map(Self::Record)).or(customer.map(Self::Customer))
    }

    /// The card whose page has this path.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        let (page, id) = path.strip_prefix('/')?.split_once('/')?;
        let id = id.parse().ok()?;
        Kind::CARDS.into_iter().filter_map(|kind| Self::of_record(kind, id)).find(|card| card.page() == page)
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
        for kind in Kind::CARDS {
            let card = Card::of_record(kind, Uuid::from_u128(5)).expect("the kind has cards");
            assert_eq!(Card::at(&card.path()), Some(card));
        }
        assert_eq!(Card::at("/customers/new"), None);
    }
}
