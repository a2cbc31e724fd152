//! The panel of a conflict in the form of an own record: the fields that two people changed, with both values, and the
//! choice between one's own values and the stored ones. The server merges fields that only one of them changed. The
//! texts stay in the form; the form sends them.

use super::address::card_of;
use super::form::OwnFormState;
use super::view::OwnDraft;
use crate::error::Error;
use crate::fields::control::use_typed_at;
use crate::fields::names;
use crate::i18n::{use_locale, use_text};
use crate::id::OwnRecordId;
use crate::journal::conflict::is_at_odds;
use crate::journal::conflict_table::{ConflictRow, ConflictTable};
use crate::ui::{Button, ButtonKind, Problems, Tone};
use leptos::prelude::*;
use serde_json::Value;

/// The built-in fields of the form, each with the name of its fact. The firm's own fields have the same name in both.
const BY_HAND: [(&str, &str); 4] =
    [("name", "name"), ("customer", "customer_id"), ("stage", "stage"), ("owner", "owner_id")];

/// The panel. It is inside the form, so that its first button also works before the page is hydrated.
#[component]
pub fn Conflict(
    id: OwnRecordId,
    state: OwnFormState,
    draft: StoredValue<OwnDraft>,
    error: RwSignal<Option<Error>>,
) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let when = use_typed_at();
    let over = RwSignal::new(String::new());
    // For each field in conflict: its name, the stored value as the form would have it, and the row of the table.
    let rows = move |theirs: &Value| -> Vec<(String, String, ConflictRow)> {
        let name_of = |name: &str| theirs.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let by_hand =
            BY_HAND.into_iter().filter(|(_, fact)| is_at_odds(theirs, fact)).filter_map(|(field, fact)| {
                let value = match theirs.get(fact) {
                    Some(Value::String(text)) => text.clone(),
                    Some(Value::Number(nr)) => nr.to_string(),
                    _ => String::new(),
                };
                let mine = state.of(field)?.get_untracked();
                let (mine_said, theirs_said) = match field {
                    "customer" => (state.customer_name.get_untracked(), name_of("customer")),
                    "owner" => (owner(draft, &mine), name_of("owner")),
                    "stage" => (stage(draft, &mine), stage(draft, &value)),
                    _ => (mine, value.clone()),
                };
                let label = names::field(locale, field).unwrap_or(field).to_owned();
                Some((field.to_owned(), value, ConflictRow::new(label, mine_said, theirs_said)))
            });
        let keys = state
            .own
            .with_value(|own| own.iter().map(|(field, _)| field.key.to_string()).collect::<Vec<_>>());
        let own = keys.into_iter().filter(|key| is_at_odds(theirs, key)).filter_map(|key| {
            let field = state.field(&key)?;
            let on_record = theirs.get(&key).unwrap_or(&Value::Null);
            let typed = state.of(&key)?.get_untracked();
            let mine = field.value(&typed, when()).map_or(typed.clone(), |value| field.said(&value, locale));
            let row = ConflictRow::new(field.called(text), mine, field.said(on_record, locale));
            Some((key, field.typed(on_record, locale), row))
        });
        by_hand.chain(own).collect()
    };
    let panel = move || {
        let Some(Error::Conflict { version, theirs }) = error.get() else { return None };
        let found = rows(&theirs);
        let customer = theirs.get("customer").and_then(Value::as_str).unwrap_or_default().to_owned();
        let (values, table): (Vec<_>, Vec<_>) =
            found.into_iter().map(|(field, value, row)| ((field, value), row)).unzip();
        let version = version.to_string();
        let newer = version.clone();
        let keep = move |()| over.set(newer.clone());
        let take = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            for (field, value) in &values {
                if let Some(signal) = state.of(field) {
                    signal.set(value.clone());
                }
                if field == "customer" {
                    state.customer_name.set(customer.clone());
                }
            }
            error.set(None);
        };
        Some(view! {
            <Problems title=text.errors.conflict_title tone=Tone::Warn>
                <p>{text.errors.conflict}</p>
                <ConflictTable rows=table />
                <div class="form-actions">
                    <Button kind=ButtonKind::Filled submit=true name="over" value=version on_click=keep>
                        {text.errors.keep_mine}
                    </Button>
                    <a class="button" href=format!("{}/edit", card_of(id)) on:click=take>{text.errors.take_theirs}</a>
                </div>
            </Problems>
        })
    };
    // Before the button of the same name: without wasm the button's value counts, because it comes later.
    view! {
        <input type="hidden" name="over" value=move || over.get() />
        {panel}
    }
}

/// The name of an owner among the form's choices.
fn owner(draft: StoredValue<OwnDraft>, id: &str) -> String {
    let named = |draft: &OwnDraft| {
        draft.owners.iter().find(|one| one.id.to_string() == id).map(|one| one.name.clone())
    };
    draft.with_value(named).unwrap_or_default()
}

/// The name of a stage among the form's choices.
fn stage(draft: StoredValue<OwnDraft>, nr: &str) -> String {
    let named = |draft: &OwnDraft| {
        draft.stages.iter().find(|one| one.nr.to_string() == nr).map(|one| one.name.clone())
    };
    draft.with_value(named).unwrap_or_default()
}
