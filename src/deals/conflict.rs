//! The panel for a conflict: somebody else saved the same deal first. It shows both values of each field that both have
//! changed, and offers to keep one's own or take theirs. Fields that only one of the two changed are merged by the
//! server. The panel sends nothing; the form does.

use super::form::DealFields;
use super::model::FIELDS;
use super::view::DealDraft;
use crate::error::Error;
use crate::fields::control::use_typed_at;
use crate::fields::{Field, TypedAt, names};
use crate::i18n::{Currency, Locale, Money, use_locale, use_text};
use crate::id::DealId;
use crate::journal::conflict::is_at_odds;
use crate::journal::conflict_table::{ConflictRow, ConflictTable};
use crate::ui::{Button, ButtonKind, Problems, Tone};
use leptos::prelude::*;
use serde_json::Value;

/// The deal on record, as values of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnRecord {
    pub version: String,
    /// The fields in conflict, and their values.
    pub values: Vec<(String, String)>,
    /// The customer's name.
    pub customer: String,
}

/// The form's fields with controls of their own, each with the name of its fact; described fields have one name for
/// both.
const BY_HAND: [(&str, &str); 7] = [
    ("title", "title"),
    ("customer", "customer_id"),
    ("amount", "amount"),
    ("currency", "currency"),
    ("product", "product_id"),
    ("stage", "stage_id"),
    ("owner", "owner_id"),
];

/// What a `Conflict` says of the record; `None` for any other error.
#[must_use]
pub fn on_record(error: &Error, described: &[Field], locale: Locale) -> Option<OnRecord> {
    let Error::Conflict { version, theirs } = error else { return None };
    let currency =
        theirs.get("currency").and_then(Value::as_str).and_then(Currency::parse).unwrap_or_default();
    let by_hand = BY_HAND.into_iter().filter(|(_, fact)| is_at_odds(theirs, fact)).map(|(field, fact)| {
        let value = match theirs.get(fact) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(minor)) => {
                minor.as_i64().map(|minor| Money::new(minor, currency).typed(locale)).unwrap_or_default()
            }
            _ => String::new(),
        };
        (field.to_owned(), value)
    });
    let described = described.iter().filter(|field| is_at_odds(theirs, &field.key)).map(|field| {
        (field.key.to_string(), field.typed(theirs.get(&*field.key).unwrap_or(&Value::Null), locale))
    });
    let values = by_hand.chain(described).collect();
    let customer = theirs.get("customer").and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(OnRecord { version: version.to_string(), values, customer })
}

/// The panel. It is inside the form, so that its first button sends the form even without wasm.
#[component]
pub fn Conflict(
    id: DealId,
    fields: DealFields,
    draft: StoredValue<DealDraft>,
    error: RwSignal<Option<Error>>,
) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let when = use_typed_at();
    let over = RwSignal::new(String::new());
    let described = StoredValue::new(draft.with_value(|draft| draft.own.with(FIELDS)));
    let record = Memo::new(move |_| {
        error.with(|error| {
            error.as_ref().and_then(|error| described.with_value(|fields| on_record(error, fields, locale)))
        })
    });
    let panel = move || {
        let record = record.get()?;
        let rows = {
            let record = record.clone();
            move || {
                let mine = fields.values();
                record
                    .values
                    .iter()
                    .filter_map(|(field, theirs)| {
                        let mine = mine.iter().find(|(name, _)| name == field).map(|(_, value)| value)?;
                        // The same amount may be typed in several ways.
                        let minor = |text: &str| {
                            Money::parse(text, Currency::default()).ok().filter(|_| *field == "amount")
                        };
                        let known = described
                            .with_value(|fields| fields.iter().find(|one| one.key == *field).cloned());
                        let same = known.as_ref().is_some_and(|field| {
                            let value = |text: &str| field.value(text, when());
                            value(mine).is_ok() && value(mine) == value(theirs)
                        }) || mine.trim() == theirs.trim()
                            || minor(mine).is_some_and(|mine| Some(mine) == minor(theirs));
                        (!same).then(|| {
                            let label = match &known {
                                Some(field) => field.called(text),
                                None => names::field(locale, field).unwrap_or(field).to_owned(),
                            };
                            let say = |value, customer: &str| match &known {
                                Some(field) => said_of(field, value, when()),
                                None => said(field, value, customer, draft, locale),
                            };
                            let mine = say(mine, &fields.customer_name.get());
                            let theirs = say(theirs, &record.customer);
                            ConflictRow::new(label, mine, theirs)
                        })
                    })
                    .collect()
            }
        };
        let newer = record.version.clone();
        let keep = move |()| over.set(newer.clone());
        let take = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            fields.take(&record);
            error.set(None);
        };
        let value = record_version(error);
        Some(view! {
            <Problems title=text.errors.conflict_title tone=Tone::Warn>
                <p>{text.errors.conflict}</p>
                {move || view! { <ConflictTable rows=rows() /> }}
                <div class="form-actions">
                    <Button kind=ButtonKind::Filled submit=true name="over" value=value on_click=keep>
                        {text.errors.keep_mine}
                    </Button>
                    <a class="button" href=format!("/deals/{id}/edit") on:click=take>{text.errors.take_theirs}</a>
                </div>
            </Problems>
        })
    };
    // Before the button: without wasm, the button's own `over` then comes last and counts.
    view! {
        <input type="hidden" name="over" value=move || over.get() />
        {panel}
    }
}

fn record_version(error: RwSignal<Option<Error>>) -> String {
    error.with_untracked(|error| match error {
        Some(Error::Conflict { version, .. }) => version.to_string(),
        _ => String::new(),
    })
}

/// A typed value of a described field, in words.
fn said_of(field: &Field, typed: &str, when: TypedAt) -> String {
    let value = field.value(typed, when).unwrap_or(Value::Null);
    let said = field.said(&value, when.locale);
    if said.is_empty() && typed.trim().is_empty() {
        return when.locale.text().history.nothing.to_owned();
    }
    if said.is_empty() { typed.to_owned() } else { said }
}

/// The value of a field with a control of its own, in words: names instead of ids.
fn said(field: &str, value: &str, customer: &str, draft: StoredValue<DealDraft>, locale: Locale) -> String {
    if value.trim().is_empty() {
        return locale.text().history.nothing.to_owned();
    }
    let named = |name: Option<String>| name.unwrap_or_else(|| value.to_owned());
    draft.with_value(|draft| match field {
        "customer" => customer.to_owned(),
        "product" => {
            named(draft.products.iter().find(|one| one.id.to_string() == value).map(|one| one.name.clone()))
        }
        "owner" => {
            named(draft.owners.iter().find(|one| one.id.to_string() == value).map(|one| one.name.clone()))
        }
        "stage" => named(
            draft
                .pipelines
                .iter()
                .flat_map(|pipeline| &pipeline.stages)
                .find(|stage| stage.id.to_string() == value)
                .map(|stage| stage.name.clone()),
        ),
        _ => value.to_owned(),
    })
}
