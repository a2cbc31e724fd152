//! Toasts: short messages about what was done, with a button to undo it. They stay ten seconds, and as long as the
//! pointer or the focus is on them. Errors are not shown here but where they happened.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::{Button, ButtonKind, Each, Icon};

const STAYS: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Toast {
    id: u64,
    text: String,
    action: Option<(String, Callback<()>)>,
}

/// Shows toasts; get it with [`use_toaster`] while the component is made, not inside an event handler.
#[derive(Clone, Copy)]
pub struct Toaster {
    toasts: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Toaster {
    pub fn show(&self, text: impl Into<String>) {
        self.push(text.into(), None);
    }

    /// Shows a toast with one action, usually "undo"; taking it closes the toast. `run` is a closure without arguments
    /// or a callback.
    pub fn show_with(&self, text: impl Into<String>, label: impl Into<String>, run: impl Into<Callback<()>>) {
        self.push(text.into(), Some((label.into(), run.into())));
    }

    /// Closes the newest toast that has an action, because that was done in another way.
    pub fn drop_newest_offer(&self) {
        self.toasts.update(|toasts| {
            if let Some(newest) = toasts.iter().rposition(|toast| toast.action.is_some()) {
                toasts.remove(newest);
            }
        });
    }

    fn push(&self, text: String, action: Option<(String, Callback<()>)>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.toasts.update(|toasts| {
            // At most three toasts; the oldest is removed first.
            if toasts.len() > 2 {
                toasts.remove(0);
            }
            toasts.push(Toast { id, text, action });
        });
    }

    fn drop_toast(&self, id: u64) {
        self.toasts.update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

/// Call once, in the app.
pub fn provide_toaster() -> Toaster {
    let toaster = Toaster { toasts: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
    provide_context(toaster);
    toaster
}

/// The app's toaster; without one, a toaster whose toasts are never shown.
#[must_use]
pub fn use_toaster() -> Toaster {
    use_context().unwrap_or_else(provide_toaster)
}

/// The container of the toasts: once, outside of the pages.
#[component]
pub fn Toasts(
    /// The name of the region.
    #[prop(into)]
    label: String,
    #[prop(into)] close_label: String,
) -> impl IntoView {
    let toaster = use_toaster();
    let close_label = StoredValue::new(close_label);
    view! {
        <section class="toasts" aria-label=label aria-live="polite" aria-relevant="additions">
            <Each rows=move || toaster.toasts.get() key=|toast| toast.id let:toast>
                <ToastView toaster toast close_label=close_label.get_value() />
            </Each>
        </section>
    }
}

#[component]
fn ToastView(toaster: Toaster, toast: Toast, close_label: String) -> impl IntoView {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let id = toast.id;
    let hold = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let run_down = move || {
        hold();
        timer.set_value(set_timeout_with_handle(move || toaster.drop_toast(id), STAYS).ok());
    };
    Effect::new(move |_| run_down());
    on_cleanup(hold);
    view! {
        <div
            class="toast"
            on:pointerenter=move |_| hold()
            on:pointerleave=move |_| run_down()
            on:focusin=move |_| hold()
            on:focusout=move |_| run_down()
        >
            <p class="toast-text">{toast.text}</p>
            {toast
                .action
                .map(|(label, run)| {
                    view! {
                        <Button
                            kind=ButtonKind::Plain
                            on_click=move |()| {
                                toaster.drop_toast(id);
                                run.run(());
                            }
                        >
                            {label}
                        </Button>
                    }
                })}
            <Button
                kind=ButtonKind::Plain
                icon=Icon::Close
                label=close_label
                on_click=move |()| toaster.drop_toast(id)
            />
        </div>
    }
}
