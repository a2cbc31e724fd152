//! When somebody saved the same deal meanwhile: the fields that both changed, with one's own value and theirs, and the
//! two ways on. What only one of the two changed is kept by the server. It keeps what was typed; the form sends.

use super::form::DealFields;
use super::view::DealDraft;
use crate::error::Error;
use crate::i18n::{Currency, Locale, Money, date, days, use_locale, use_text};
use crate::id::DealId;
use crate::journal::conflict::is_at_odds;
use crate::journal::conflict_table::{ConflictRow, ConflictTable};
use crate::ui::{Button, ButtonKind, Problems, Tone, use_today};
use leptos::prelude::*;
use serde_json::Value;

/// The deal as it is on record, as a form would have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnRecord {
    pub version: String,
    /// Field of the form and its value, as far as it is to be settled.
    pub values: Vec<(&'static str, String)>,
    /// The customer's name.
    pub customer: String,
}

/// The fields of the form, each with the fact it stands for.
const FIELDS: [(&str, &str); 11] = [
    ("title", "title"),
    ("customer", "customer_id"),
    ("amount", "amount"),
    ("currency", "currency"),
    ("product", "product_id"),
    ("source", "source"),
    ("contract", "contract"),
    ("expected_on", "expected_on"),
    ("stage", "stage_id"),
    ("owner", "owner_id"),
    ("note", "note"),
];

/// What a refusal says of the record; `None` for any other error.
#[must_use]
pub fn on_record(error: &Error, locale: Locale) -> Option<OnRecord> {
    let Error::Conflict { version, theirs } = error else { return None };
    let currency =
        theirs.get("currency").and_then(Value::as_str).and_then(Currency::parse).unwrap_or_default();
    let odd = FIELDS.into_iter().filter(|(_, fact)| is_at_odds(theirs, fact));
    let values = odd.map(|(field, fact)| {
        let value = match theirs.get(fact) {
            Some(Value::String(day)) if field == "expected_on" => {
                date::parse(day).map(|day| date::day(day, locale)).unwrap_or_default()
            }
            Some(Value::String(text)) => text.clone(),
            Some(Value::Bool(true)) => "on".to_owned(),
            Some(Value::Number(minor)) => {
                minor.as_i64().map(|minor| Money::new(minor, currency).typed(locale)).unwrap_or_default()
            }
            _ => String::new(),
        };
        (field, value)
    });
    let values = values.collect();
    let customer = theirs.get("customer").and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(OnRecord { version: version.to_string(), values, customer })
}

/// The panel; it stands inside the form, so that its first button sends it before the page woke up.
#[component]
pub fn Conflict(
    id: DealId,
    fields: DealFields,
    draft: StoredValue<DealDraft>,
    error: RwSignal<Option<Error>>,
) -> impl IntoView {
    let text = use_text();
    let (locale, today) = (use_locale(), use_today());
    let over = RwSignal::new(String::new());
    let record =
        Memo::new(move |_| error.with(|error| error.as_ref().and_then(|error| on_record(error, locale))));
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
                        // An amount may be typed in many ways.
                        let minor = |text: &str| {
                            Money::parse(text, Currency::default()).ok().filter(|_| *field == "amount")
                        };
                        // And a day.
                        let day = |text: &str| {
                            days::read(text, today.get(), locale).ok().filter(|_| *field == "expected_on")
                        };
                        let same = mine.trim() == theirs.trim()
                            || day(mine).is_some_and(|mine| Some(mine) == day(theirs))
                            || minor(mine).is_some_and(|mine| Some(mine) == minor(theirs));
                        (!same).then(|| {
                            let label = crate::i18n::fields::field(locale, field).unwrap_or(field);
                            let mine = said(field, mine, &fields.customer_name.get(), draft, locale);
                            let theirs = said(field, theirs, &record.customer, draft, locale);
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
                    <Button kind=ButtonKind::Filled submit=true name="over" value=value on_click=keep>{text.errors.keep_mine}</Button>
                    <a class="button" href=format!("/deals/{id}/edit") on:click=take>{text.errors.take_theirs}</a>
                </div>
            </Problems>
        })
    };
    // Ahead of the button, which counts where there is no wasm.
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

/// A field's value as a person reads it: names for ids.
fn said(field: &str, value: &str, customer: &str, draft: StoredValue<DealDraft>, locale: Locale) -> String {
    let text = locale.text();
    if value.trim().is_empty() {
        return if field == "contract" {
            text.deals.contract_no.to_owned()
        } else {
            text.history.nothing.to_owned()
        };
    }
    let named = |name: Option<String>| name.unwrap_or_else(|| value.to_owned());
    draft.with_value(|draft| match field {
        "customer" => customer.to_owned(),
        "contract" => text.deals.contract_yes.to_owned(),
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
