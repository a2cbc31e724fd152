//! A labelled field: label, control, hint and problem, connected for assistive technology. It works as a plain form
//! control by its `name`, with a signal, and with text that was typed before hydration.

use super::day_pick::DayPick;
use leptos::html;
use leptos::prelude::*;

/// What kind of value is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    #[default]
    Text,
    Email,
    Tel,
    Number,
    /// A day as people write it: `31.12.2026`, `yarın`; parse it with `days::read`.
    Date,
    /// A day and a time as people write them: `31.12.2026 14:05`, `dün 9:30`; parse it with `days::read_moment`.
    Moment,
    Time,
    /// A typed amount such as `1.234,56`; parse it with `Money::parse`.
    Money,
    Password,
    Search,
}

impl FieldKind {
    const fn html_type(self) -> &'static str {
        match self {
            // The browser's own date fields are in the browser's language, not the page's; its e-mail field turns a
            // host with İ into `xn--…`.
            Self::Text | Self::Money | Self::Date | Self::Moment | Self::Email => "text",
            Self::Tel => "tel",
            Self::Number => "number",
            Self::Time => "time",
            Self::Password => "password",
            Self::Search => "search",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Money => Some("decimal"),
            Self::Email => Some("email"),
            Self::Number => Some("numeric"),
            _ => None,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Money | Self::Number => "control num",
            _ => "control",
        }
    }
}

/// The ids of a control and of the elements that describe it.
#[derive(Clone)]
pub(super) struct Wiring {
    pub id: String,
    problem: String,
    hint: Option<String>,
}

impl Wiring {
    pub fn new(id: Option<String>, name: &str, hint: Option<&String>) -> Self {
        let hint = hint.filter(|hint| !hint.is_empty());
        let id = id.unwrap_or_else(|| format!("field-{name}"));
        Self { problem: format!("{id}-problem"), hint: hint.map(|_| format!("{id}-hint")), id }
    }

    pub fn described_by(
        &self,
        problem: Signal<Option<String>>,
    ) -> impl Fn() -> Option<String> + Clone + Send + 'static {
        let (problem_id, hint) = (self.problem.clone(), self.hint.clone());
        move || match (problem.with(Option::is_some), &hint) {
            (true, Some(hint)) => Some(format!("{problem_id} {hint}")),
            (true, None) => Some(problem_id.clone()),
            (false, hint) => hint.clone(),
        }
    }
}

/// Label above, hint and problem below. Used by every labelled control.
#[component]
pub(super) fn Labelled(
    wiring: Wiring,
    label: String,
    hint: Option<String>,
    problem: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class:has-problem=move || problem.with(Option::is_some)>
            <label class="field-label" for=wiring.id.clone()>{label}</label>
            <div class="field-control">{children()}</div>
            {hint.filter(|hint| !hint.is_empty()).map(|hint| view! {
                <p class="field-hint" id=wiring.hint.clone()>{hint}</p>
            })}
            <p class="field-problem" id=wiring.problem.clone() hidden=move || problem.with(Option::is_none)>
                {move || problem.get()}
            </p>
        </div>
    }
}

/// Keeps a signal and an input's value equal, without overwriting what was typed before hydration.
fn keep_alike(node: NodeRef<html::Input>, value: RwSignal<String>) {
    Effect::new(move |first: Option<()>| {
        let now = value.get();
        let Some(input) = node.get() else { return };
        let typed = input.value();
        if typed == now {
        } else if first.is_none() && !typed.is_empty() {
            value.set(typed);
        } else {
            input.set_value(&now);
        }
    });
}

/// A one-line field. `children` come after the control, inside its frame (a unit, a currency).
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] kind: FieldKind,
    /// Needed only where two forms on a page have a field of the same name.
    #[prop(into, optional)]
    id: Option<String>,
    /// Two-way; for a plain form give `initial` instead.
    #[prop(optional)]
    value: Option<RwSignal<String>>,
    #[prop(into, optional)] initial: String,
    #[prop(into, optional)] problem: Signal<Option<String>>,
    #[prop(into, optional)] hint: Option<String>,
    #[prop(into, optional)] placeholder: Option<String>,
    #[prop(into, optional)] autocomplete: Option<String>,
    /// The id of a `<datalist>`.
    #[prop(into, optional)]
    list: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(optional)] max_length: Option<u32>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let value = value.unwrap_or_else(|| RwSignal::new(initial));
    let wiring = Wiring::new(id, &name, hint.as_ref());
    // Fields are mostly about other people, so the browser must not fill in its user's own address. Fields about
    // oneself set `autocomplete`.
    let own = autocomplete.as_deref().is_some_and(|what| what != "off");
    let foreign = (!own).then_some("true");
    let autocomplete = autocomplete.unwrap_or_else(|| "off".to_owned());
    let node = NodeRef::<html::Input>::new();
    keep_alike(node, value);
    let described = wiring.described_by(problem);
    let id = wiring.id.clone();
    view! {
        <Labelled wiring label hint problem>
            <input
                node_ref=node
                class=kind.class()
                type=kind.html_type()
                inputmode=kind.input_mode()
                autocapitalize=(kind == FieldKind::Email).then_some("none")
                spellcheck=(kind == FieldKind::Email).then_some("false")
                id=id
                name=name
                value=value.get_untracked()
                placeholder=placeholder
                autocomplete=autocomplete
                data-1p-ignore=foreign
                data-lpignore=foreign
                data-bwignore=foreign
                list=list
                required=required
                autofocus=autofocus
                maxlength=max_length.map(|n| n.to_string())
                disabled=move || disabled.get()
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:input:target=move |event| value.set(event.target().value())
            />
            {matches!(kind, FieldKind::Date | FieldKind::Moment)
                .then(|| view! { <DayPick with_time=kind == FieldKind::Moment /> })}
            {children.map(|children| children())}
        </Labelled>
    }
}
