//! The main navigation: a column on a desktop, a bar at the bottom on a phone. The style sheet decides which of the two
//! is visible.

use leptos::prelude::*;
use std::borrow::Cow;

use super::{Icon, IconView};

/// One entry.
#[derive(Clone)]
pub struct Place {
    pub href: Cow<'static, str>,
    pub icon: Icon,
    pub label: String,
    /// How many things wait there; hidden at 0.
    pub count: Signal<u32>,
}

impl Place {
    pub fn new(href: impl Into<Cow<'static, str>>, icon: Icon, label: impl Into<String>) -> Self {
        Self { href: href.into(), icon, label: label.into(), count: Signal::stored(0) }
    }

    #[must_use]
    pub fn counting(mut self, count: impl Into<Signal<u32>>) -> Self {
        self.count = count.into();
        self
    }

    /// An entry is current on its page and on every page below it.
    #[must_use]
    pub fn holds(href: &str, path: &str) -> bool {
        path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
    }
}

fn links(places: Vec<Place>, path: Signal<String>, class: &'static str) -> impl IntoView {
    places
        .into_iter()
        .map(|Place { href, icon, label, count }| {
            let here = href.clone();
            let current = move || path.with(|path| Place::holds(&here, path)).then_some("page");
            view! {
                <li>
                    <a class=class href=href aria-current=current>
                        <IconView icon />
                        <span class="place-label">{label}</span>
                        {move || (count.get() > 0).then(|| view! { <span class="place-count">{count.get()}</span> })}
                    </a>
                </li>
            }
        })
        .collect_view()
}

/// The column: mark and name, then `children` (the search field), the entries, and at the foot settings and the person
/// who is signed in.
#[component]
pub fn Rail(
    /// The accessible name of the navigation.
    #[prop(into)]
    label: String,
    #[prop(into)] name: String,
    #[prop(into)] places: Signal<Vec<Place>>,
    foot: Vec<Place>,
    /// The path of the page, to mark the current entry.
    #[prop(into)]
    path: Signal<String>,
    #[prop(into, optional)] me: Option<ViewFnOnce>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="rail">
            <a class="mark" href="/">
                <Mark />
                <span class="mark-name">{name}</span>
            </a>
            {children.map(|children| children())}
            <nav class="rail-places" aria-label=label>
                <ul>{move || links(places.get(), path, "place")}</ul>
                <ul class="rail-foot">{links(foot, path, "place")}</ul>
            </nav>
            {me.map(|me| view! { <div class="rail-me">{me.run()}</div> })}
        </header>
    }
}

/// The bar at the bottom of a phone: at most five entries.
#[component]
pub fn BottomBar(
    #[prop(into)] label: String,
    #[prop(into)] places: Signal<Vec<Place>>,
    #[prop(into)] path: Signal<String>,
) -> impl IntoView {
    view! {
        <nav class="bottom-bar" aria-label=label>
            <ul>{move || links(places.get(), path, "bar-place")}</ul>
        </nav>
    }
}

/// The logo: an index card with its tab.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark-sign" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path
                class="mark-card"
                d="M3 1h5a2 2 0 0 1 1.7.9l.6.9a1 1 0 0 0 .9.5H17a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2Z"
            ></path>
            <path class="mark-line" d="M5 10h10"></path>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn where_one_is() {
        assert!(Place::holds("/", "/"));
        assert!(!Place::holds("/", "/deals"));
        assert!(Place::holds("/deals", "/deals"));
        assert!(Place::holds("/deals", "/deals/7"));
        assert!(!Place::holds("/deals", "/dealships"));
    }
}
