//! A field that finds a record while typing. The chosen id is in a hidden input, so that a plain form keeps the choice
//! it began with. What is searched is decided by the caller.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(120);

/// A choice: an id (empty for nothing), a name, and a text that tells it from others with that name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    pub id: String,
    pub name: String,
    pub sub: String,
}

/// A typed text, and the callback for the results.
pub type Wanted = (String, Callback<Vec<Pick>>);

/// The words of a picker.
#[derive(Clone, Copy)]
pub struct PickerWords {
    pub placeholder: &'static str,
    /// The line that clears the choice.
    pub nothing: &'static str,
    pub none_found: &'static str,
    /// The accessible name of the list.
    pub list: &'static str,
}

/// `id` is the id of the choice, empty for nothing yet; `name` its name. `field` is the field's name in the form.
#[component]
pub fn Picker(
    #[prop(into)] field: String,
    #[prop(into)] label: String,
    id: RwSignal<String>,
    name: RwSignal<String>,
    problem: Signal<Option<String>>,
    words: PickerWords,
    find: Callback<Wanted>,
    #[prop(default = false)] required: bool,
) -> impl IntoView {
    let (asks, field_id) = (find, format!("field-{field}"));
    let node = NodeRef::<html::Input>::new();
    let open = RwSignal::new(false);
    let lines = RwSignal::new(Vec::<Pick>::new());
    let active = RwSignal::new(None::<usize>);
    let newest = StoredValue::new(0_u32);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let hold = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    on_cleanup(hold);
    let nothing = || Pick { name: words.nothing.to_owned(), ..Pick::default() };
    let find = move |typed: String| {
        let number = newest.get_value().wrapping_add(1);
        newest.set_value(number);
        let anything = !typed.trim().is_empty();
        let found = Callback::new(move |mut all: Vec<Pick>| {
            if newest.try_get_value() != Some(number) {
                return;
            }
            // Once something was typed, Enter takes the first result.
            active.set((anything && !all.is_empty()).then_some(0));
            if !id.get_untracked().is_empty() {
                all.push(nothing());
            }
            lines.set(all);
            open.set(true);
        });
        asks.run((typed, found));
    };
    // The text in the box follows the choice, wherever that was made.
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
    let choose = move |line: Pick| {
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
            // Half a name is no choice, so the name of the choice is restored.
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
    let (options_of, active_of) = (field_id.clone(), field_id.clone());
    let options = move || {
        let field_id = options_of.clone();
        let shown = lines.get();
        if shown.is_empty() {
            return view! {
                <li class="picker-line" role="option" aria-disabled="true" aria-selected="false">{words.none_found}</li>
            }
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
                        id=format!("{field_id}-choice-{nr}")
                        aria-selected=move || if active.get() == Some(nr) { "true" } else { "false" }
                        // The box keeps the focus; otherwise losing it would close the list before the tap arrives.
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| choose(kept.clone())
                    >
                        <span>{line.name}</span>
                        <span class="muted small">{line.sub}</span>
                    </li>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div class="field picker" class:has-problem=move || problem.with(Option::is_some)>
            <label class="field-label" for=field_id.clone()>{label}</label>
            <div class="field-control">
                <input
                    type="hidden"
                    name=field
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
                    id=field_id.clone()
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    placeholder=words.placeholder
                    value=name.get_untracked()
                    aria-autocomplete="list"
                    aria-controls=format!("{field_id}-choices")
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-activedescendant=move || {
                        open.get().then(|| active.get().map(|nr| format!("{active_of}-choice-{nr}"))).flatten()
                    }
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    aria-describedby=format!("{field_id}-problem")
                    aria-required=required.then_some("true")
                    on:input:target=move |event| typed(event.target().value())
                    on:keydown=keys
                    on:click=move |_| find(String::new())
                    on:blur=move |_| leave()
                />
            </div>
            <ul class="picker-list" id=format!("{field_id}-choices") role="listbox" aria-label=words.list
                hidden=move || !open.get()>
                {options}
            </ul>
            <p class="field-problem" id=format!("{field_id}-problem") hidden=move || problem.with(Option::is_none)>
                {move || problem.get()}
            </p>
        </div>
    }
}
