//! Buttons, and links that look like buttons. At most one filled button on a page: the action most likely wanted next.

use leptos::prelude::*;

use super::{Icon, IconView};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main action.
    Filled,
    #[default]
    Quiet,
    Danger,
    /// No outline until the pointer is over it: icons in heads, actions in rows.
    Plain,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Filled => "button filled",
            Self::Quiet => "button",
            Self::Danger => "button danger",
            Self::Plain => "button plain",
        }
    }

    fn class_with(self, icon_only: bool) -> String {
        let shape = if icon_only { " icon-only" } else { "" };
        format!("{}{shape}", self.class())
    }
}

/// A button. More attributes are added with `attr:…`, more events with `on:…`. While `busy` it keeps its width and
/// focus, shows that it is working and ignores clicks.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(into, optional)] icon: Option<Icon>,
    /// The accessible name where there is no visible text.
    #[prop(into, optional)]
    label: Option<String>,
    /// Submits the form it is in.
    #[prop(optional)]
    submit: bool,
    #[prop(into, optional)] name: Option<String>,
    #[prop(into, optional)] value: Option<String>,
    #[prop(into, optional)] id: Option<String>,
    #[prop(into, optional)] busy: Signal<bool>,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(into, optional)] on_click: Option<Callback<()>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let class = kind.class_with(children.is_none());
    let click = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(run) = on_click {
            run.run(());
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=class
            id=id
            name=name
            value=value
            title=label.clone()
            aria-label=label
            aria-busy=move || busy.get().then_some("true")
            disabled=move || disabled.get()
            on:click=click
        >
            {icon.map(|icon| view! { <IconView icon /> })}
            {children.map(|children| view! { <span class="button-text">{children()}</span> })}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(into, optional)] icon: Option<Icon>,
    /// The accessible name where there is no visible text.
    #[prop(into, optional)]
    label: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let class = kind.class_with(children.is_none());
    view! {
        <a class=class href=move || href.get() title=label.clone() aria-label=label>
            {icon.map(|icon| view! { <IconView icon /> })}
            {children.map(|children| view! { <span class="button-text">{children()}</span> })}
        </a>
    }
}
