//! A labelled choice of one among a few. For many (customers), use a picker.

use leptos::html;
use leptos::prelude::*;

use super::field::{Labelled, Wiring};

/// One choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A native select. Put an empty [`Choice`] first where nothing may be chosen.
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into, optional)] id: Option<String>,
    #[prop(optional)] value: Option<RwSignal<String>>,
    #[prop(into, optional)] initial: String,
    #[prop(into, optional)] problem: Signal<Option<String>>,
    #[prop(into, optional)] hint: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(into, optional)] on_change: Option<Callback<String>>,
    /// Only the control, with `label` as its accessible name: for heads and for the frame of another field.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let value = value.unwrap_or_else(|| RwSignal::new(initial));
    let wiring = Wiring::new(id, &name, hint.as_ref());
    let node = NodeRef::<html::Select>::new();
    Effect::new(move |first: Option<()>| {
        let now = value.get();
        choices.track();
        let Some(select) = node.get() else { return };
        if select.value() == now {
        } else if first.is_none() && !select.value().is_empty() {
            // It was chosen before hydration.
            value.set(select.value());
        } else {
            // Wait a frame, until the new options are there.
            request_animation_frame(move || select.set_value(&now));
        }
    });
    let described = wiring.described_by(problem);
    let id = wiring.id.clone();
    let options = move || {
        let chosen = value.get_untracked();
        let choices = choices.get();
        // If no option is selected, browsers take the first, and the form would change a value that nobody touched. So
        // for an unknown value an empty option is added.
        let unknown = !chosen.is_empty() && choices.iter().all(|choice| choice.value != chosen);
        let nothing = unknown.then(Choice::default);
        nothing
            .into_iter()
            .chain(choices)
            .map(|choice| {
                let selected = choice.value == chosen || (unknown && choice.value.is_empty());
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect_view()
    };
    let control = view! {
        <select
            node_ref=node
            class="control"
            id=id
            name=name
            required=required
            disabled=move || disabled.get()
            aria-label=bare.then(|| label.clone())
            aria-invalid=move || problem.with(Option::is_some).then_some("true")
            aria-describedby=described
            on:change:target=move |event| {
                let chosen = event.target().value();
                value.set(chosen.clone());
                if let Some(run) = on_change {
                    run.run(chosen);
                }
            }
        >
            {options}
        </select>
    };
    if bare {
        control.into_any()
    } else {
        view! { <Labelled wiring label hint problem>{control}</Labelled> }.into_any()
    }
}
