//! A menu: a button that opens a short list of actions. It is a native popover: it opens, closes on Escape or a tap
//! outside and restores the focus even before hydration; its items may be submit buttons of plain forms. The menu of a
//! table row is drawn only when it is opened: in a list of hundreds the menus would otherwise be as large as the rows.

use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlDivElement, HtmlElement};

use super::{Icon, IconView};

/// All items of a menu that can take the focus, in order.
fn items(panel: &HtmlElement) -> Vec<HtmlElement> {
    let all = panel.get_elements_by_class_name("menu-item");
    (0..all.length())
        .filter_map(|i| all.item(i)?.dyn_into::<HtmlElement>().ok())
        .filter(|item| !item.has_attribute("disabled"))
        .collect()
}

/// Moves through the items with arrow keys, Home and End.
fn walk(panel: &HtmlElement, event: &KeyboardEvent) {
    let items = items(panel);
    if items.is_empty() {
        return;
    }
    let focused = document().active_element();
    let at = items.iter().position(|item| focused.as_ref() == Some(item.unchecked_ref::<Element>()));
    let last = items.len() - 1;
    let to = match (event.key().as_str(), at) {
        ("ArrowDown", Some(i)) if i < last => i + 1,
        ("ArrowDown" | "Home", _) => 0,
        ("ArrowUp", Some(i)) if i > 0 => i - 1,
        ("ArrowUp" | "End", _) => last,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    let _ = items[to].focus();
}

/// The panel, if the arrow key was pressed on its button.
fn opened_by_arrow(panel: NodeRef<html::Div>, event: &KeyboardEvent) -> Option<HtmlDivElement> {
    let panel = panel.get_untracked().filter(|_| event.key() == "ArrowDown")?;
    event.prevent_default();
    event.stop_propagation();
    let _ = panel.show_popover();
    Some(panel)
}

/// A button and its menu. `id` must be unique on the page, because it connects the two.
#[component]
pub fn Menu(
    #[prop(into)] id: String,
    /// The accessible name of the button and the menu.
    #[prop(into)]
    label: String,
    #[prop(default = Icon::More)] icon: Icon,
    /// Visible text; without it the button is an icon.
    #[prop(into, optional)]
    text: Option<String>,
    /// No outline until the pointer is over it.
    #[prop(optional)]
    plain: bool,
    children: Children,
) -> impl IntoView {
    let panel = NodeRef::<html::Div>::new();
    let class = match (plain, text.is_some()) {
        (true, true) => "button plain menu-button",
        (true, false) => "button plain icon-only menu-button",
        (false, true) => "button menu-button",
        (false, false) => "button icon-only menu-button",
    };
    let name = text.is_none().then(|| label.clone());
    let open_by_arrow = move |event: KeyboardEvent| {
        if let Some(panel) = opened_by_arrow(panel, &event) {
            walk(&panel, &event);
        }
    };
    view! {
        <div class="menu">
            <button
                type="button"
                class=class
                popovertarget=id.clone()
                aria-haspopup="true"
                title=name.clone()
                aria-label=name
                on:keydown=open_by_arrow
            >
                <IconView icon />
                {text.map(|text| view! { <span class="button-text">{text}</span> })}
            </button>
            <div
                node_ref=panel
                class="menu-panel"
                id=id
                popover="auto"
                role="group"
                aria-label=label
                on:keydown=move |event| {
                    if let Some(panel) = panel.get_untracked() {
                        walk(&panel, &event);
                    }
                }
                on:click=move |event| {
                    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                    let chose = target.and_then(|target| target.closest("[data-closes]").ok().flatten()).is_some();
                    if let (true, Some(panel)) = (chose, panel.get_untracked()) {
                        let _ = panel.hide_popover();
                    }
                }
            >
                {children()}
            </div>
        </div>
    }
}

/// The menu of a row in a list; before hydration its button leads to `page`, where the same actions are. `id` must be
/// unique on the page.
#[component]
pub fn RowMenu(
    #[prop(into)] id: String,
    /// The accessible name of the button and the menu.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] page: String,
    /// The tooltip; by default the label.
    #[prop(optional)]
    title: Option<&'static str>,
    #[prop(default = Icon::More)] icon: Icon,
    children: ChildrenFn,
) -> impl IntoView {
    let panel = NodeRef::<html::Div>::new();
    let (awake, opened) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| awake.set(true));
    let open_by_arrow = move |event: KeyboardEvent| {
        if let Some(panel) = opened_by_arrow(panel, &event) {
            // In the next frame the items have been drawn.
            request_animation_frame(move || walk(&panel, &event));
        }
    };
    let title = move || title.map_or_else(|| label.get(), str::to_owned);
    let target = id.clone();
    view! {
        <form class="menu" method="get" action=page>
            <button
                type=move || if awake.get() { "button" } else { "submit" }
                class="button plain icon-only menu-button"
                popovertarget=move || awake.get().then(|| target.clone())
                aria-haspopup="true"
                title=title
                aria-label=label
                on:keydown=open_by_arrow
            >
                <IconView icon />
            </button>
        </form>
        <div
            node_ref=panel
            class="menu-panel"
            id=id
            popover="auto"
            role="group"
            aria-label=label
            on:beforetoggle=move |_: Event| opened.set(true)
            on:keydown=move |event| {
                if let Some(panel) = panel.get_untracked() {
                    walk(&panel, &event);
                }
            }
        >
            {move || opened.get().then(|| children())}
        </div>
    }
}

/// An item of a menu: a link with `href`, a submit button with `name` and `value`, else a button with `on_click`.
#[component]
pub fn MenuItem(
    #[prop(into)] label: String,
    #[prop(into, optional)] icon: Option<Icon>,
    #[prop(into, optional)] href: Option<String>,
    #[prop(into, optional)] name: Option<String>,
    #[prop(into, optional)] value: Option<String>,
    #[prop(optional)] danger: bool,
    /// Ticked: this is the present choice.
    #[prop(optional)]
    current: bool,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(into, optional)] on_click: Option<Callback<()>>,
) -> impl IntoView {
    let class = if danger { "menu-item danger" } else { "menu-item" };
    let inside = view! {
        {icon.map(|icon| view! { <IconView icon /> })}
        <span class="menu-text">{label}</span>
        {current.then(|| view! { <IconView icon=Icon::Check class="menu-tick" /> })}
    };
    let current = current.then_some("true");
    if let Some(href) = href {
        view! { <a class=class href=href data-closes="" aria-current=current>{inside}</a> }.into_any()
    } else {
        let kind = if name.is_some() { "submit" } else { "button" };
        let click = move |_| {
            if let Some(run) = on_click {
                run.run(());
            }
        };
        view! {
            <button
                type=kind
                class=class
                name=name
                value=value
                data-closes=""
                aria-current=current
                disabled=move || disabled.get()
                on:click=click
            >
                {inside}
            </button>
        }
        .into_any()
    }
}
