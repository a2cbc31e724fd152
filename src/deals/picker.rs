//! The field that finds a customer while one types. The chosen id stands in a hidden input, so that a plain form keeps
//! whom it began with. Not a place for making customers.

use crate::customers::api::choices;
use crate::customers::model::CustomerChoice;
use crate::i18n::use_text;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(120);

/// One line of the list: an id (empty for nobody), a name, a city.
#[derive(Clone, PartialEq)]
struct Line {
    id: String,
    name: String,
    city: String,
}

impl From<CustomerChoice> for Line {
    fn from(choice: CustomerChoice) -> Self {
        Self { id: choice.id.to_string(), name: choice.name, city: choice.city }
    }
}

/// `id` is the chosen customer's, empty for none yet; `name` its name.
#[component]
pub fn CustomerPicker(
    id: RwSignal<String>,
    name: RwSignal<String>,
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let node = NodeRef::<html::Input>::new();
    let open = RwSignal::new(false);
    let lines = RwSignal::new(Vec::<Line>::new());
    let active = RwSignal::new(None::<usize>);
    let newest = StoredValue::new(0_u32);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let hold = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    on_cleanup(hold);
    let nobody = || Line { id: String::new(), name: words.take_no_customer.to_owned(), city: String::new() };
    let find = move |typed: String| {
        let number = newest.get_value().wrapping_add(1);
        newest.set_value(number);
        spawn_local(async move {
            let found = choices(typed.clone()).await.unwrap_or_default();
            if newest.try_get_value() != Some(number) {
                return;
            }
            let mut all: Vec<Line> = found.into_iter().map(Line::from).collect();
            // The first is taken by Enter once something was typed.
            active.set((!typed.trim().is_empty() && !all.is_empty()).then_some(0));
            if !id.get_untracked().is_empty() {
                all.push(nobody());
            }
            lines.set(all);
            open.set(true);
        });
    };
    // What stands in the box follows what is chosen, from wherever it was chosen.
    Effect::new(move |first: Option<()>| {
        let chosen = name.get();
        if first.is_some()
            && let Some(input) = node.get_untracked()
        {
            input.set_value(&chosen);
        }
    });
    let close = move || {
        hold();
        newest.update_value(|number| *number = number.wrapping_add(1));
        open.set(false);
        active.set(None);
    };
    let choose = move |line: Line| {
        close();
        name.set(if line.id.is_empty() { String::new() } else { line.name });
        id.set(line.id);
    };
    let leave = move || {
        close();
        let typed = node.get_untracked().map(|input| input.value()).unwrap_or_default();
        if typed.trim().is_empty() {
            id.set(String::new());
            name.set(String::new());
        } else {
            // Half a name is no choice.
            name.update(|_| ());
        }
    };
    let keys = move |event: KeyboardEvent| {
        let len = lines.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !open.get_untracked() => {
                event.prevent_default();
                find(String::new());
            }
            "ArrowDown" if len > 0 => {
                event.prevent_default();
                active.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % len)));
            }
            "ArrowUp" if len > 0 => {
                event.prevent_default();
                active.update(|at| *at = Some(at.map_or(len - 1, |at| (at + len - 1) % len)));
            }
            "Enter" if open.get_untracked() && !event.ctrl_key() && !event.meta_key() => {
                event.prevent_default();
                let line = active
                    .get_untracked()
                    .and_then(|at| lines.with_untracked(|lines| lines.get(at).cloned()));
                if let Some(line) = line {
                    choose(line);
                }
            }
            "Escape" if open.get_untracked() => {
                event.prevent_default();
                event.stop_propagation();
                close();
                name.update(|_| ());
            }
            _ => {}
        }
    };
    let typed = move |text: String| {
        hold();
        timer.set_value(set_timeout_with_handle(move || find(text), PAUSE).ok());
    };
    let options = move || {
        let shown = lines.get();
        if shown.is_empty() {
            return view! { <li class="picker-line" role="option" aria-disabled="true" aria-selected="false">{words.no_such_customer}</li> }
                .into_any();
        }
        shown
            .into_iter()
            .enumerate()
            .map(|(nr, line)| {
                let kept = line.clone();
                view! {
                    <li
                        class="picker-line"
                        role="option"
                        id=format!("customer-choice-{nr}")
                        aria-selected=move || if active.get() == Some(nr) { "true" } else { "false" }
                        // The box keeps the focus, so that leaving it does not close the list before the tap arrives.
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| choose(kept.clone())
                    >
                        <span>{line.name}</span>
                        <span class="muted small">{line.city}</span>
                    </li>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div class="field picker" class:has-problem=move || problem.with(Option::is_some)>
            <label class="field-label" for="field-customer">{words.customer}</label>
            <div class="field-control">
                <input
                    type="hidden"
                    name="customer"
                    value=move || id.get()
                    data-said=move || name.get()
                    on:input:target=move |event| {
                        let field = event.target();
                        name.set(field.get_attribute("data-said").unwrap_or_default());
                        id.set(field.value());
                    }
                />
                <input
                    node_ref=node
                    class="control"
                    id="field-customer"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    placeholder=words.find_customer
                    value=name.get_untracked()
                    aria-autocomplete="list"
                    aria-controls="customer-choices"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-activedescendant=move || open.get().then(|| active.get().map(|nr| format!("customer-choice-{nr}"))).flatten()
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    aria-describedby="field-customer-problem"
                    on:input:target=move |event| typed(event.target().value())
                    on:keydown=keys
                    on:click=move |_| find(String::new())
                    on:blur=move |_| leave()
                />
            </div>
            <ul class="picker-list" id="customer-choices" role="listbox" aria-label=words.choose_customer hidden=move || !open.get()>{options}</ul>
            <p class="field-problem" id="field-customer-problem" hidden=move || problem.with(Option::is_none)>{move || problem.get()}</p>
        </div>
    }
}
