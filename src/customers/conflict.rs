//! The panel for a conflict: somebody else saved the same customer first. It shows both values of each field that both
//! have changed, and lets the person choose. Nothing typed is lost: saving again keeps what was typed, except for the
//! fields ticked here, and keeps what only the other person changed.

use super::model::{CustomerFacts, CustomerKind, FIELDS};
use crate::error::Error;
use crate::fields::own::model::OwnFields;
use crate::fields::{Field, names};
use crate::i18n::{Locale, use_locale, use_text};
use crate::journal::conflict::{self, Changed, Difference, is_at_odds};
use crate::journal::conflict_table::{ConflictRow, ConflictTable};
use crate::people::model::OwnerChoice;
use crate::ui::{Problems, Sending};
use leptos::prelude::*;
use serde_json::Value;

/// The fields that can be in conflict: those with controls of their own, the described ones, the firm's own.
fn fields(described: &[Field]) -> Vec<String> {
    let by_hand = ["kind", "name", "owner_id", "phones", "emails", "contacts", "tax_number"];
    by_hand
        .into_iter()
        .map(str::to_owned)
        .chain(described.iter().map(|field| field.key.to_string()))
        .collect()
}

/// The fields that differ. `was` are the facts with which the form began.
#[must_use]
pub fn differences(
    described: &[Field],
    mine: &CustomerFacts,
    theirs: &CustomerFacts,
    was: Option<&CustomerFacts>,
) -> Vec<Difference> {
    conflict::differences(&fields(described), mine, theirs, was)
}

/// One's own facts, except for the fields that are to keep the value on record.
#[must_use]
pub fn settled(
    described: &[Field],
    mine: CustomerFacts,
    theirs: &CustomerFacts,
    take: &[String],
) -> CustomerFacts {
    conflict::settled(&fields(described), mine, theirs, take)
}

/// The panel; empty while there is no conflict.
#[component]
pub fn Conflict(
    sending: Sending,
    /// The facts that were sent last.
    sent: RwSignal<Option<CustomerFacts>>,
    /// The facts with which the form began.
    was: Option<CustomerFacts>,
    owners: Vec<OwnerChoice>,
    own: OwnFields,
) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let was = StoredValue::new(was);
    let owners = StoredValue::new(owners);
    let described = StoredValue::new(own.with(FIELDS));
    move || {
        let Some(Error::Conflict { theirs, .. }) = sending.error.get() else { return ().into_any() };
        let on_record: Option<CustomerFacts> = serde_json::from_str(&theirs.to_string()).ok();
        let (Some(mine), Some(on_record)) = (sent.get_untracked(), on_record) else { return ().into_any() };
        let found =
            was.with_value(|was| differences(&described.get_value(), &mine, &on_record, was.as_ref()));
        let owner = theirs.get("owner").and_then(Value::as_str).unwrap_or_default().to_owned();
        // A field that one of the two left unchanged is no conflict: the other one's value is kept.
        let (both, one_of_us): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|one| is_at_odds(&theirs, &one.field));
        let kept = one_of_us.into_iter().filter(|one| one.changed == Changed::Theirs);
        let kept = kept
            .map(|one| view! { <input type="hidden" name="take[]" value=one.field.clone() /> })
            .collect_view();
        let rows = both.into_iter().map(|one| {
            let field = described.get_value().into_iter().find(|field| field.key == one.field);
            let label = match &field {
                Some(field) => field.called(locale.text()),
                None => {
                    names::field(locale, one.field.trim_end_matches("_id")).unwrap_or_default().to_owned()
                }
            };
            let (mine, theirs) = owners.with_value(|owners| {
                let say = |value| said(value, (&one.field, field.as_ref()), owners, locale);
                (say(&one.mine), say(&one.theirs))
            });
            let theirs = if one.field == "owner_id" { owner.clone() } else { theirs };
            let choice = view! {
                <label class="check">
                    <input type="checkbox" name="take[]" value=one.field.clone()
                        checked=one.changed == Changed::Theirs />
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

/// A value in words.
fn said(
    value: &Value,
    (name, field): (&str, Option<&Field>),
    owners: &[OwnerChoice],
    locale: Locale,
) -> String {
    let text = locale.text();
    let one = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
    };
    let whole = match value {
        value if field.is_some() => field.map(|field| field.said(value, locale)).unwrap_or_default(),
        Value::String(code) if name == "kind" => match code.as_str() {
            code if code == CustomerKind::Person.code() => text.customers.person.to_owned(),
            _ => text.customers.organisation.to_owned(),
        },
        Value::String(id) if name == "owner_id" => owners
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
        form.parse(UnitId(Uuid::nil()), TypedAt::default(), FIELDS, || unreachable!("no contacts"))
            .expect("nothing is wrong")
    }

    #[test]
    fn it_is_told_who_changed_a_field() {
        let was = facts("Güneş", "İzmir", "");
        let (mine, theirs) = (facts("Güneş AŞ", "İzmir", "acele"), facts("Güneş Ltd", "Aydın", ""));
        let found: Vec<_> = differences(FIELDS, &mine, &theirs, Some(&was))
            .into_iter()
            .map(|one| (one.field.clone(), one.changed))
            .collect();
        assert_eq!(
            found,
            [
                ("name".to_owned(), Changed::Both),
                ("city".to_owned(), Changed::Theirs),
                ("note".to_owned(), Changed::Mine)
            ]
        );
        let unknown = differences(FIELDS, &mine, &theirs, None);
        assert!(unknown.iter().all(|one| one.changed == Changed::Both), "{unknown:?}");
    }

    #[test]
    fn the_chosen_values_stay() {
        let (mine, theirs) = (facts("Güneş AŞ", "İzmir", "mine"), facts("Güneş Ltd", "Aydın", "theirs"));
        let taken =
            settled(FIELDS, mine.clone(), &theirs, &["city".into(), "deleted".into(), "nonsense".into()]);
        assert_eq!(taken, facts("Güneş AŞ", "Aydın", "mine"));
        assert_eq!(settled(FIELDS, mine.clone(), &theirs, &[]), mine);
    }
}
