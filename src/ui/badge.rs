//! Small marks: a word on a coloured background, and the coloured mark of a stage. Colour is never the only sign: there
//! is always a word or a shape.

use leptos::prelude::*;

use super::{Icon, IconView};

/// The meaning of a colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Accent,
    Ok,
    Warn,
    Bad,
}

impl Tone {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Accent => "accent",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A word on a tint: a warning, a state, a tag.
#[component]
pub fn Badge(
    #[prop(optional)] tone: Tone,
    #[prop(into, optional)] icon: Option<Icon>,
    #[prop(into)] text: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.code()>
            {icon.map(|icon| view! { <IconView icon /> })}
            {move || text.get()}
        </span>
    }
}

/// A stage's mark beside its name. `color` is 1 to 5.
#[component]
pub fn StageMark(color: u8, #[prop(into)] name: Signal<String>) -> impl IntoView {
    view! {
        <span class="stage-mark" data-color=color.to_string()>{move || name.get()}</span>
    }
}
