//! A conflict between two people who changed one customer: its fields, and what is shown when somebody else saved
//! first: both values of each field that both changed, and which of them is to stay. Nothing typed is lost; saving
//! again keeps what was typed but for the fields ticked here, and what only the other one changed.

use super::model::{CustomerFacts, CustomerKind, FIELDS};
use crate::error::Error;
use crate::fields::names;
use crate::i18n::{Locale, use_locale, use_text};
use crate::journal::conflict::{self, Changed, Difference, is_at_odds};
use crate::journal::conflict_table::{ConflictRow, ConflictTable};
use crate::people::model::OwnerChoice;
use crate::ui::{Problems, Sending};
use leptos::prelude::*;
use serde_json::Value;

/// The fields a conflict can be about: those of the form's own making, and what is described.
fn fields() -> Vec<&'static str> {
    let described = FIELDS.iter().map(|field| field.key);
    let by_hand = ["kind", "name", "owner_id", "phones", "emails", "contacts", "tax_number"];
    by_hand.into_iter().chain(described).collect()
}

/// What differs. `was` are the facts as the form began with them.
#[must_use]
pub fn differences(
    mine: &CustomerFacts,
    theirs: &CustomerFacts,
    was: Option<&CustomerFacts>,
) -> Vec<Difference> {
    conflict::differences(&fields(), mine, theirs, was)
}

/// Mine, but for the fields that are to stay as they are on record.
#[must_use]
pub fn settled(mine: CustomerFacts, theirs: &CustomerFacts, take: &[String]) -> CustomerFacts {
    conflict::settled(&fields(), mine, theirs, take)
}

/// The panel; empty while there is no conflict.
#[component]
pub fn Conflict(
    sending: Sending,
    /// What was sent last.
    sent: RwSignal<Option<CustomerFacts>>,
    /// The facts as the form began with them.
    was: Option<CustomerFacts>,
    owners: Vec<OwnerChoice>,
) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let was = StoredValue::new(was);
    let owners = StoredValue::new(owners);
    move || {
        let Some(Error::Conflict { theirs, .. }) = sending.error.get() else { return ().into_any() };
        let on_record: Option<CustomerFacts> = serde_json::from_str(&theirs.to_string()).ok();
        let (Some(mine), Some(on_record)) = (sent.get_untracked(), on_record) else { return ().into_any() };
        let found = was.with_value(|was| differences(&mine, &on_record, was.as_ref()));
        let owner = theirs.get("owner").and_then(Value::as_str).unwrap_or_default().to_owned();
        // What I left as it was stays as it is on record; what they left is no conflict.
        let (both, one_of_us): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|one| is_at_odds(&theirs, one.field));
        let kept = one_of_us.into_iter().filter(|one| one.changed == Changed::Theirs);
        let kept =
            kept.map(|one| view! { <input type="hidden" name="take[]" value=one.field /> }).collect_view();
        let rows = both.into_iter().map(|one| {
            let label = names::field(locale, one.field.trim_end_matches("_id")).unwrap_or(one.field);
            let (mine, theirs) = owners.with_value(|owners| {
                (said(&one.mine, &one, owners, locale), said(&one.theirs, &one, owners, locale))
            });
            let theirs = if one.field == "owner_id" { owner.clone() } else { theirs };
            let choice = view! {
                <label class="check">
                    <input type="checkbox" name="take[]" value=one.field checked=one.changed == Changed::Theirs />
                    <span class="check-label">{text.errors.take_theirs}</span>
                </label>
            };
            ConflictRow { choice: Some(choice.into_any()), ..ConflictRow::new(label, mine, theirs) }
        });
        view! {
            <Problems title=text.errors.conflict_title lines=vec![text.errors.conflict.to_owned()] />
            {kept}
            <ConflictTable rows=rows.collect() />
        }
        .into_any()
    }
}

/// A value as a person reads it.
fn said(value: &Value, of: &Difference, owners: &[OwnerChoice], locale: Locale) -> String {
    let text = locale.text();
    let one = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
    };
    let described = FIELDS.iter().find(|field| field.key == of.field);
    let whole = match value {
        value if described.is_some() => described.map(|field| field.said(value, locale)).unwrap_or_default(),
        Value::String(code) if of.field == "kind" => match code.as_str() {
            code if code == CustomerKind::Person.code() => text.customers.person.to_owned(),
            _ => text.customers.organisation.to_owned(),
        },
        Value::String(id) if of.field == "owner_id" => owners
            .iter()
            .find(|choice| choice.id.to_string() == *id)
            .map(|choice| choice.name.clone())
            .unwrap_or_default(),
        Value::Array(all) => all.iter().map(one).collect::<Vec<_>>().join(", "),
        other => one(other),
    };
    if whole.is_empty() { text.history.nothing.to_owned() } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::model::CustomerForm;
    use crate::fields::TypedAt;
    use crate::id::UnitId;
    use uuid::Uuid;

    fn facts(name: &str, city: &str, note: &str) -> CustomerFacts {
        let form = CustomerForm { name: name.into(), ..CustomerForm::default() }
            .with("city", city)
            .with("note", note);
        form.parse(UnitId(Uuid::nil()), TypedAt::default(), || unreachable!("no contacts"))
            .expect("nothing is wrong")
    }

    #[test]
    fn it_is_told_who_changed_a_field() {
        let was = facts("Güneş", "İzmir", "");
        let (mine, theirs) = (facts("Güneş AŞ", "İzmir", "acele"), facts("Güneş Ltd", "Aydın", ""));
        let found: Vec<_> =
            differences(&mine, &theirs, Some(&was)).into_iter().map(|one| (one.field, one.changed)).collect();
        assert_eq!(found, [("name", Changed::Both), ("city", Changed::Theirs), ("note", Changed::Mine)]);
        let unknown = differences(&mine, &theirs, None);
        assert!(unknown.iter().all(|one| one.changed == Changed::Both), "{unknown:?}");
    }

    #[test]
    fn the_chosen_values_stay() {
        let (mine, theirs) = (facts("Güneş AŞ", "İzmir", "mine"), facts("Güneş Ltd", "Aydın", "theirs"));
        let taken = settled(mine.clone(), &theirs, &["city".into(), "deleted".into(), "nonsense".into()]);
        assert_eq!(taken, facts("Güneş AŞ", "Aydın", "mine"));
        assert_eq!(settled(mine.clone(), &theirs, &[]), mine);
    }
}
