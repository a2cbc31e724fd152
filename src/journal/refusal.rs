//! The dialog that shows why a change can't be undone: for each field that was changed again since, the value that undo
//! would restore, the present one, and who wrote it. One dialog for the whole app.

use super::timeline::said;
use super::view::UndoConflict;
use crate::fields::names;
use crate::i18n::{date, use_locale, use_text};
use crate::ui::{Dialog, Missing};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The refusal that the dialog shows; `None` closes it.
#[derive(Clone, Copy)]
pub struct Refused(pub RwSignal<Option<UndoConflict>>);

/// Provides the state of the dialog. Call once, in the app.
pub fn provide_refusal() {
    provide_context(Refused(RwSignal::new(None)));
}

/// The dialog, on every page. The code that draws its table is loaded only when it is needed.
#[component]
pub fn Refusal() -> impl IntoView {
    let text = use_text();
    let Some(Refused(conflict)) = use_context::<Refused>() else { return ().into_any() };
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(conflict.with(Option::is_some)));
    let shown = move || {
        conflict.get().map(|conflict| {
            Suspend::new(async move {
                refused(conflict)
                    .await
                    .unwrap_or_else(|_| view! { <p>{text.errors.undo_failed}</p> }.into_any())
            })
        })
    };
    view! {
        <Dialog
            open
            title=text.history.refused
            close_label=text.common.close
            wide=true
            on_close=Callback::new(move |()| conflict.set(None))
        >
            {shown}
        </Dialog>
    }
    .into_any()
}

/// The part of the code that is loaded when it is needed.
#[wasm_split(past, wasm_split_path = leptos::wasm_split, fallible)]
fn refused(conflict: UndoConflict) -> Result<AnyView, Missing> {
    Ok(view! { <Table conflict /> }.into_any())
}

/// The table of the fields that were changed again since.
#[component]
fn Table(conflict: UndoConflict) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let rows = conflict
        .fields
        .into_iter()
        .map(|one| {
            let say = |value| said(value, &one.field, locale, one.currency, text.history.nothing);
            let by = one.by.clone().map(|by| {
                let when = one.at.map(|at| date::moment(at, locale)).unwrap_or_default();
                (text.history.by)(&when, &by)
            });
            let label = names::field(locale, &one.field).map(str::to_owned);
            let label = one.label.clone().or(label).unwrap_or_else(|| one.field.clone());
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="mine">{say(&one.wanted)}</td>
                    <td class="theirs">{say(&one.now)}</td>
                    <td>{by}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <p class="dialog-text">{text.history.refused_text}</p>
        <table class="conflict">
            <thead>
                <tr>
                    <th scope="col">{text.history.field}</th>
                    <th scope="col">{text.history.would_be}</th>
                    <th scope="col">{text.history.is_now}</th>
                    <th scope="col">{text.history.made_by}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
