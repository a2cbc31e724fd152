//! The document, the frame around every page, and the table of pages. What a page shows is its feature's.

use crate::auth::model::{Permission, Visit};
use crate::error::Error;
use crate::i18n::use_text;
use crate::journal::keys::listen_for_undo;
use crate::journal::refusal::{Refusal, provide_refusal};
use crate::live::Kind;
use crate::live::listen::{listen, use_changes, use_hearing};
use crate::palette::link::{PaletteLink, provide_palette};
use crate::palette::view::Palette;
use crate::ui::{
    AnnouncerRegion, Avatar, Banner, BottomBar, ButtonLink, Empty, Icon, Place, Rail, Toasts, Tone,
    provide_announcer, provide_toaster,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{Lazy, SsrMode, path};

#[cfg(debug_assertions)]
#[path = "app/workshop.rs"]
mod workshop;
#[cfg(not(debug_assertions))]
#[path = "app/workshop_none.rs"]
mod workshop;

#[cfg(feature = "ssr")]
mod named;
#[cfg(not(feature = "ssr"))]
#[path = "app/named_none.rs"]
mod named;
mod pages;

#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod status;
#[cfg(not(feature = "ssr"))]
#[path = "app/status_none.rs"]
mod status;

#[cfg(feature = "ssr")]
pub use document::shell;
pub use pages::load_ahead;
pub use status::say_status;
use workshop::Workshop;

/// What a page needs before any data, as the server wrote it into the document.
#[must_use]
pub fn visit_in_the_document() -> Visit {
    document()
        .get_element_by_id("visit")
        .and_then(|element| element.text_content())
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// The whole app: contexts that every page has, the table of pages, and what stands outside of them.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let visit = use_context::<Visit>().unwrap_or_default();
    provide_context(visit.locale);
    provide_toaster();
    provide_announcer();
    provide_refusal();
    let signed_in = visit.me.is_some();
    if signed_in {
        listen();
    }
    if visit.may(Permission::Sell) {
        listen_for_undo();
    }
    let text = use_text();
    view! {
        <Router>
            <a class="skip" href="#content">{text.shell.skip}</a>
            <div class="wasm-failed" role="alert">{text.shell.not_awake}</div>
            <Routes fallback=NotFound>
                <Route path=path!("/sign-in") view={Lazy::<pages::SignIn>::new()} ssr=SsrMode::Async />
                <Route path=path!("/setup") view={Lazy::<pages::SetUp>::new()} ssr=SsrMode::Async />
                <Route path=path!("/join/:token") view={Lazy::<pages::Join>::new()} ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("/") view={Lazy::<pages::Home>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/customers") view={Lazy::<pages::Customers>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/customers/new") view={Lazy::<pages::CustomerForm>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/customers/:id") view={Lazy::<pages::Customer>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/customers/:id/edit") view={Lazy::<pages::CustomerForm>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/deals") view={Lazy::<pages::Deals>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/deals/new") view={Lazy::<pages::DealForm>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/deals/:id") view={Lazy::<pages::Deal>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/deals/:id/edit") view={Lazy::<pages::DealForm>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/tasks") view={Lazy::<pages::Tasks>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/tasks/new") view={Lazy::<pages::TaskForm>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/tasks/:id/edit") view={Lazy::<pages::TaskForm>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/history") view={Lazy::<pages::History>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/trash") view={Lazy::<pages::Trash>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings") view={Lazy::<pages::Settings>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/people") view={Lazy::<pages::People>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/people/invite") view={Lazy::<pages::Invite>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/people/:id") view={Lazy::<pages::Person>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/firm") view={Lazy::<pages::Firm>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/pipelines") view={Lazy::<pages::Pipelines>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/ui") view=Workshop ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
        <Toasts label=text.ui.notices close_label=text.common.close />
        <Refusal />
        <AnnouncerRegion />
    }
}

/// The frame of somebody signed in: the rail on a desktop, the bar on a phone, the page between.
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
    let settings = || Place::new("/settings", Icon::Settings, words.settings);
    let visit = use_context::<Visit>().unwrap_or_default();
    // Where what happened is looked up: the log for who leads, the trash for everybody else.
    let past = if visit.may(Permission::Follow) {
        Place::new("/history", Icon::History, text.history.log)
    } else {
        Place::new("/trash", Icon::Trash, text.history.trash)
    };
    let me = visit.me.map(|me| me.name).unwrap_or_default();
    let me = ViewFnOnce::from(move || {
        view! {
            <Avatar name=me.clone() />
            <span>{me}</span>
        }
    });
    let hearing = use_hearing();
    view! {
        <div class="app">
            <Rail label=words.navigation name=words.app places=places() foot=vec![past, settings()] path me>
                <PaletteLink class="rail-search" with_key=true />
            </Rail>
            <main class="page" id="content" tabindex="-1">
                <Show when=move || !hearing.get()>
                    <Banner tone=Tone::Warn text=words.offline />
                </Show>
                <Outlet />
            </main>
            <BottomBar label=words.navigation places=[places(), vec![settings()]].concat() path />
            <Palette opener=palette />
        </div>
    }
}

/// How many of one's own tasks are late or for today: first as the server wrote it into the document, then as it changes.
fn use_waiting() -> RwSignal<u32> {
    let visit = use_context::<Visit>().unwrap_or_default();
    let waiting = RwSignal::new(visit.waiting);
    let changes = use_changes(&[Kind::Task, Kind::Deal, Kind::Customer]);
    Effect::new(move |before: Option<u32>| {
        let now = changes.get();
        if before.is_some_and(|before| before != now) {
            spawn_local(async move {
                if let Ok(count) = crate::tasks::api::waiting().await {
                    waiting.try_set(count);
                }
            });
        }
        now
    });
    waiting
}

/// What stands where there is nothing, or nothing to be seen by this person.
#[component]
pub fn NotFound() -> impl IntoView {
    let text = use_text();
    say_status(&Error::NotFound);
    view! {
        <Title text=(text.shell.title)(text.errors.not_found_title) />
        <main class="door" id="content">
            <div class="door-card">
                <h1>{text.errors.not_found_title}</h1>
                <Empty icon=Icon::Search title=text.errors.page_not_found>
                    <ButtonLink href="/">{text.shell.home}</ButtonLink>
                </Empty>
            </div>
        </main>
    }
}
