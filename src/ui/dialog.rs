//! Dialogs as native elements: the browser keeps the focus inside, closes on Escape and restores the focus. A click
//! outside does not close it, so that nothing typed is lost by accident. On a phone it slides up from below.

use leptos::html;
use leptos::prelude::*;

use super::{Button, ButtonKind, Icon};

/// A modal dialog; its content exists only while it is open.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] close_label: String,
    #[prop(optional)] wide: bool,
    /// Called after it was closed in any way.
    #[prop(into, optional)]
    on_close: Option<Callback<()>>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        if wanted && !dialog.open() {
            // One frame later, when the content can take the focus.
            request_animation_frame(move || {
                let _ = dialog.show_modal();
                // A browser puts the caret before what stands in the field; whoever renames goes on behind it.
                super::browser::caret_to_end();
            });
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let children = StoredValue::new(children);
    let close_label = StoredValue::new(close_label);
    view! {
        <dialog
            node_ref=node
            class=if wide { "dialog wide" } else { "dialog" }
            aria-label=move || title.get()
            on:close=move |_| {
                open.set(false);
                if let Some(run) = on_close {
                    run.run(());
                }
            }
        >
            <Show when=move || open.get()>
                <div class="dialog-head">
                    <h2>{move || title.get()}</h2>
                    <Button
                        kind=ButtonKind::Plain
                        icon=Icon::Close
                        label=close_label.get_value()
                        on_click=move |()| open.set(false)
                    />
                </div>
                <div class="dialog-body">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
}

/// A question with two answers, for what can't be undone. What can be undone is done at once, with a toast.
#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] yes: String,
    #[prop(into)] no: String,
    #[prop(optional)] danger: bool,
    #[prop(into)] on_yes: Callback<()>,
) -> impl IntoView {
    let kind = if danger { ButtonKind::Danger } else { ButtonKind::Filled };
    let close = no.clone();
    let (yes, no) = (StoredValue::new(yes), StoredValue::new(no));
    view! {
        <Dialog open title close_label=close>
            <p class="dialog-text">{move || text.get()}</p>
            <div class="dialog-actions">
                <Button on_click=move |()| open.set(false)>{no.get_value()}</Button>
                <Button
                    kind
                    on_click=move |()| {
                        open.set(false);
                        on_yes.run(());
                    }
                >
                    {yes.get_value()}
                </Button>
            </div>
        </Dialog>
    }
}
