//! Tabs inside a page, and the switch between views of the same data (links, so that each view has an address).

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{Icon, IconView, browser};

/// One tab; its panel is the [`TabPanel`] of the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabItem {
    pub id: &'static str,
    pub label: String,
    pub count: Option<usize>,
}

/// A row of tabs, with arrow keys to move through them.
#[component]
pub fn Tabs(
    /// The accessible name of the row.
    #[prop(into)]
    label: String,
    #[prop(into)] tabs: Signal<Vec<TabItem>>,
    current: RwSignal<&'static str>,
) -> impl IntoView {
    let walk = move |event: KeyboardEvent| {
        let tabs = tabs.get_untracked();
        let Some(at) = tabs.iter().position(|tab| tab.id == current.get_untracked()) else { return };
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % tabs.len(),
            "ArrowLeft" => (at + tabs.len() - 1) % tabs.len(),
            "Home" => 0,
            "End" => tabs.len() - 1,
            _ => return,
        };
        event.prevent_default();
        current.set(tabs[to].id);
        browser::focus(&format!("tab-{}", tabs[to].id));
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=walk>
            {move || {
                tabs.get()
                    .into_iter()
                    .map(|tab| {
                        let id = tab.id;
                        view! {
                            <button
                                type="button"
                                class="tab"
                                role="tab"
                                id=format!("tab-{id}")
                                aria-controls=format!("panel-{id}")
                                aria-selected=move || if current.get() == id { "true" } else { "false" }
                                tabindex=move || if current.get() == id { "0" } else { "-1" }
                                on:click=move |_| current.set(id)
                            >
                                {tab.label}
                                {tab.count.map(|n| view! { <span class="tab-count">{n}</span> })}
                            </button>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
}

/// The content of a tab; hidden while another tab is chosen.
#[component]
pub fn TabPanel(id: &'static str, current: RwSignal<&'static str>, children: Children) -> impl IntoView {
    view! {
        <div
            class="tab-panel"
            role="tabpanel"
            id=format!("panel-{id}")
            aria-labelledby=format!("tab-{id}")
            hidden=move || current.get() != id
        >
            {children()}
        </div>
    }
}

/// One view of the same data, with its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewItem {
    pub href: String,
    pub label: String,
    pub icon: Option<Icon>,
    pub current: bool,
}

/// The switch between views: board or list, all or mine.
#[component]
pub fn ViewSwitch(#[prop(into)] label: String, #[prop(into)] views: Signal<Vec<ViewItem>>) -> impl IntoView {
    view! {
        <nav class="switch" aria-label=label>
            {move || {
                views
                    .get()
                    .into_iter()
                    .map(|item| {
                        view! {
                            <a class="switch-item" href=item.href aria-current=item.current.then_some("page")>
                                {item.icon.map(|icon| view! { <IconView icon /> })}
                                {item.label}
                            </a>
                        }
                    })
                    .collect_view()
            }}
        </nav>
    }
}
