//! The app: the frame around every page, and the table of pages. The content of a page belongs to its feature.

use crate::auth::model::{Permission, Visit};
use crate::error::Error;
use crate::i18n::use_text;
use crate::journal::keys::listen_for_undo;
use crate::journal::refusal::{Refusal, provide_refusal};
use crate::live::day::keep_day;
use crate::live::listen::{listen, use_hearing, use_outdated};
use crate::palette::link::{PaletteLink, provide_palette};
use crate::palette::view::Palette;
use crate::ui::{
    AnnouncerRegion, Avatar, Banner, BottomBar, Button, ButtonLink, Empty, Icon, PageTitle, Place, Rail,
    Toasts, Tone, browser, provide_announcer, provide_toaster, say_status, use_waiting,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{PossibleRouteMatch, SsrMode, path};
use std::sync::Arc;

// First, because its names change with whatever stands before them (see `lib.rs`).
mod pages;

#[cfg(debug_assertions)]
#[path = "app/workshop.rs"]
mod workshop;
#[cfg(not(debug_assertions))]
#[path = "app/workshop_none.rs"]
mod workshop;

mod menu;
#[cfg(feature = "ssr")]
mod named;
#[cfg(not(feature = "ssr"))]
#[path = "app/named_none.rs"]
mod named;

#[cfg(feature = "ssr")]
mod document;

#[cfg(feature = "ssr")]
pub use document::shell;
#[cfg(feature = "ssr")]
pub use named::Named;
use pages::Page;
pub use pages::load_ahead;
use workshop::Workshop;

/// The data of the page, as the server wrote it into the document.
#[must_use]
pub fn visit_in_the_document() -> Visit {
    document()
        .get_element_by_id("visit")
        .and_then(|element| element.text_content())
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// The whole app: the contexts that every page has, the table of pages, and what is outside of the pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let visit = use_context::<Visit>().unwrap_or_default();
    provide_context(visit.locale);
    provide_toaster();
    provide_announcer();
    provide_refusal();
    if let Some(me) = &visit.me {
        listen(me.id);
        keep_day(&visit);
    }
    if visit.may(Permission::Sell) {
        listen_for_undo();
    }
    let text = use_text();
    view! {
        <Router>
            <a class="skip" href="#content" on:click=to_content>{text.shell.skip}</a>
            <div class="wasm-failed" role="alert">{text.shell.not_awake}</div>
            <Routes fallback=NotFound>
                <Route path=at(path!("/sign-in")) view=Page::SignIn ssr=SsrMode::Async />
                <Route path=at(path!("/setup")) view=Page::SetUp ssr=SsrMode::Async />
                <Route path=at(path!("/join/:token")) view=Page::Join ssr=SsrMode::Async />
                <ParentRoute path=at(path!("")) view=Frame ssr=SsrMode::Async>
                    <Route path=at(path!("/")) view=Page::Home ssr=SsrMode::Async />
                    <Route path=at(path!("/customers")) view=Page::Customers ssr=SsrMode::Async />
                    <Route path=at(path!("/customers/new")) view=Page::CustomerForm ssr=SsrMode::Async />
                    <Route path=at(path!("/customers/:id")) view=Page::Customer ssr=SsrMode::Async />
                    <Route path=at(path!("/customers/:id/edit")) view=Page::CustomerForm ssr=SsrMode::Async />
                    <Route path=at(path!("/customers/:id/hand-over")) view=Page::HandOver ssr=SsrMode::Async />
                    <Route path=at(path!("/deals")) view=Page::Deals ssr=SsrMode::Async />
                    <Route path=at(path!("/deals/new")) view=Page::DealForm ssr=SsrMode::Async />
                    <Route path=at(path!("/deals/:id")) view=Page::Deal ssr=SsrMode::Async />
                    <Route path=at(path!("/deals/:id/edit")) view=Page::DealForm ssr=SsrMode::Async />
                    <Route path=at(path!("/deals/:id/hand-over")) view=Page::HandOver ssr=SsrMode::Async />
                    <Route path=at(path!("/tasks")) view=Page::Tasks ssr=SsrMode::Async />
                    <Route path=at(path!("/tasks/new")) view=Page::TaskForm ssr=SsrMode::Async />
                    <Route path=at(path!("/tasks/:id/edit")) view=Page::TaskForm ssr=SsrMode::Async />
                    <Route path=at(path!("/kinds/:nr")) view=Page::OwnRecords ssr=SsrMode::Async />
                    <Route path=at(path!("/kinds/:nr/board")) view=Page::OwnBoard ssr=SsrMode::Async />
                    <Route path=at(path!("/kinds/:nr/new")) view=Page::OwnRecordForm ssr=SsrMode::Async />
                    <Route path=at(path!("/records/:id")) view=Page::OwnRecord ssr=SsrMode::Async />
                    <Route path=at(path!("/records/:id/edit")) view=Page::OwnRecordForm ssr=SsrMode::Async />
                    <Route path=at(path!("/records/:id/hand-over")) view=Page::HandOver ssr=SsrMode::Async />
                    <Route path=at(path!("/menu")) view=Page::Menu ssr=SsrMode::Async />
                    <Route path=at(path!("/history")) view=Page::History ssr=SsrMode::Async />
                    <Route path=at(path!("/trash")) view=Page::Trash ssr=SsrMode::Async />
                    <Route path=at(path!("/settings")) view=Page::Settings ssr=SsrMode::Async />
                    <Route path=at(path!("/settings/people")) view=Page::People ssr=SsrMode::Async />
                    <Route path=at(path!("/settings/people/invite")) view=Page::Invite ssr=SsrMode::Async />
                    <Route path=at(path!("/settings/people/:id")) view=Page::Person ssr=SsrMode::Async />
                    <Route path=at(path!("/settings/firm")) view=Page::Firm ssr=SsrMode::Async />
                    <Route path=at(path!("/settings/pipelines")) view=Page::Pipelines ssr=SsrMode::Async />
                    <Route path=at(path!("/settings/products")) view=Page::Products ssr=SsrMode::Async />
                    <Route path=at(path!("/settings/kinds")) view=Page::Kinds ssr=SsrMode::Async />
                    <Route path=at(path!("/settings/fields")) view=Page::Fields ssr=SsrMode::Async />
                    <Route path=at(path!("/settings/draft")) view=Page::Draft ssr=SsrMode::Async />
                    <Route path=at(path!("/ui")) view=Workshop ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
        <Toasts label=text.ui.notices close_label=text.common.close />
        <Refusal />
        <AnnouncerRegion />
    }
}

/// Focuses the content by script: the router would take the link for a page and not move the focus.
fn to_content(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    crate::ui::browser::focus("content");
}

/// An address whose type is erased: otherwise the router would be compiled for every type of address.
fn at(path: impl PossibleRouteMatch + Send + Sync + 'static) -> Arc<dyn PossibleRouteMatch + Send + Sync> {
    Arc::new(path)
}

/// The frame for somebody signed in: the column of the navigation on a desktop, the bar on a phone, and the page.
#[component]
fn Frame() -> impl IntoView {
    let text = use_text();
    let words = &text.shell;
    let location = use_location();
    let path = Signal::derive(move || location.pathname.get());
    let waiting = use_waiting();
    let palette = provide_palette();
    let places = move || {
        vec![
            Place::new("/", Icon::Sun, words.today),
            Place::new("/customers", Icon::Users, words.customers),
            Place::new("/deals", Icon::Board, words.deals),
            Place::new("/tasks", Icon::Tasks, words.tasks).counting(waiting),
        ]
    };
    let visit = use_context::<Visit>().unwrap_or_default();
    let foot = menu::foot(&visit, text);
    let kinds = menu::use_kinds(&visit);
    let in_rail = Signal::derive(move || [places(), kinds.get()].concat());
    // A phone's bar has room for five entries; the others are on a page of their own.
    let in_bar = Signal::derive(move || {
        let last = if kinds.with(Vec::is_empty) {
            Place::new("/settings", Icon::Settings, words.settings)
        } else {
            Place::new("/menu", Icon::Menu, words.menu)
        };
        [places(), vec![last]].concat()
    });
    let me = visit.me.map(|me| me.name).unwrap_or_default();
    let me = ViewFnOnce::from(move || {
        view! {
            <Avatar name=me.clone() />
            <span>{me}</span>
        }
    });
    let (hearing, outdated) = (use_hearing(), use_outdated());
    view! {
        <div class="app">
            <Rail label=words.navigation name=words.app places=in_rail foot path me>
                <PaletteLink class="rail-search" with_key=true />
            </Rail>
            <main class="page" id="content" tabindex="-1">
                <Show when=move || !hearing.get()>
                    <Banner tone=Tone::Warn text=words.offline />
                </Show>
                <Show when=move || outdated.get()>
                    <Banner tone=Tone::Accent text=words.new_version>
                        <Button on_click=|()| browser::reload()>{words.reload}</Button>
                    </Banner>
                </Show>
                <Outlet />
            </main>
            <BottomBar label=words.navigation places=in_bar path />
            <Palette opener=palette />
        </div>
    }
}

/// The page for an address that does not exist or may not be seen by this person.
#[component]
pub fn NotFound() -> impl IntoView {
    let text = use_text();
    say_status(&Error::NotFound);
    view! {
        <PageTitle text=text.errors.not_found_title />
        <main class="door" id="content" tabindex="-1">
            <div class="door-card">
                <h1>{text.errors.not_found_title}</h1>
                <Empty icon=Icon::Search title=text.errors.page_not_found>
                    <ButtonLink href="/">{text.shell.home}</ButtonLink>
                </Empty>
            </div>
        </main>
    }
}
