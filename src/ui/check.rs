//! Yes or no, and one of two or three: check boxes and a row of radio buttons. For more choices, `Select`.

use leptos::html;
use leptos::prelude::*;

use super::Choice;

/// A check box with its label. In a plain form it sends `name=true` when ticked.
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] value: Option<RwSignal<bool>>,
    #[prop(optional)] initial: bool,
    /// The label is there for assistive technology only (a tick in a table row).
    #[prop(optional)]
    label_hidden: bool,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(into, optional)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let value = value.unwrap_or_else(|| RwSignal::new(initial));
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |first: Option<()>| {
        let now = value.get();
        let Some(input) = node.get() else { return };
        if input.checked() == now {
        } else if first.is_none() {
            // The box was ticked before the page was hydrated.
            value.set(input.checked());
        } else {
            input.set_checked(now);
        }
    });
    view! {
        <label class="check">
            <input
                node_ref=node
                type="checkbox"
                name=name
                value="true"
                checked=value.get_untracked()
                disabled=move || disabled.get()
                on:change:target=move |event| {
                    let ticked = event.target().checked();
                    value.set(ticked);
                    if let Some(run) = on_change {
                        run.run(ticked);
                    }
                }
            />
            <span class=if label_hidden { "visually-hidden" } else { "check-label" }>{label}</span>
        </label>
    }
}

/// Two or three choices side by side, of which one is chosen.
#[component]
pub fn Radios(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional)] value: Option<RwSignal<String>>,
    #[prop(into, optional)] initial: String,
    #[prop(into, optional)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let value = value.unwrap_or_else(|| RwSignal::new(initial));
    let options = choices
        .into_iter()
        .map(|choice| {
            let node = NodeRef::<html::Input>::new();
            let mine = choice.value.clone();
            Effect::new(move |first: Option<()>| {
                let chosen = value.get() == mine;
                let Some(input) = node.get() else { return };
                if first.is_none() && input.checked() && !chosen {
                    value.set(mine.clone());
                } else if input.checked() != chosen && first.is_some() {
                    input.set_checked(chosen);
                }
            });
            let picked = choice.value.clone();
            view! {
                <label class="radio">
                    <input
                        node_ref=node
                        type="radio"
                        name=name.clone()
                        value=choice.value.clone()
                        checked=value.get_untracked() == choice.value
                        on:change=move |_| {
                            value.set(picked.clone());
                            if let Some(run) = on_change {
                                run.run(picked.clone());
                            }
                        }
                    />
                    <span class="radio-label">{choice.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field radios">
            <legend class="field-label">{label}</legend>
            <div class="radio-row">{options}</div>
        </fieldset>
    }
}
