//! The entries of the navigation besides the four main ones: the firm's own kinds of record, the history, the settings.
//! On a desktop they are in the column; a phone has a page for them.

use crate::auth::model::{MenuKind, Permission, Visit};
use crate::i18n::{Text, use_text};
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::own_kinds::model::KindIcon;
use crate::own_records::api;
use crate::ui::{Icon, IconView, PageTitle, Place};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The entries at the foot: the history (the log for people who lead others, the trash for everybody else) and the
/// settings.
#[must_use]
pub fn foot(visit: &Visit, text: &'static Text) -> Vec<Place> {
    let past = if visit.may(Permission::Follow) {
        Place::new("/history", Icon::History, text.history.log)
    } else {
        Place::new("/trash", Icon::Trash, text.history.trash)
    };
    vec![past, Place::new("/settings", Icon::Settings, text.shell.settings)]
}

/// The firm's own kinds, at first from the page itself, and read again when the owner changes one.
#[must_use]
pub fn use_kinds(visit: &Visit) -> Signal<Vec<Place>> {
    let kinds = RwSignal::new(visit.kinds.clone());
    let changed = use_changes([Kind::OwnKind]);
    Effect::new(move |before: Option<u32>| {
        let now = changed.get();
        if before.is_some_and(|before| before != now) {
            spawn_local(async move {
                if let Ok(read) = api::kinds().await {
                    kinds.try_set(read);
                }
            });
        }
        now
    });
    let kinds = Memo::new(move |_| kinds.get());
    Signal::derive(move || kinds.get().into_iter().map(place).collect())
}

fn place(kind: MenuKind) -> Place {
    let icon = KindIcon::parse(&kind.icon).unwrap_or_default();
    Place::new(kind.href, icon.icon(), kind.label)
}

/// The page at /menu: the entries for which a phone's bar has no room.
#[component]
pub fn MenuPage() -> impl IntoView {
    let text = use_text();
    let visit = use_context::<Visit>().unwrap_or_default();
    let foot = foot(&visit, text);
    let kinds = use_kinds(&visit);
    let line = |place: Place| {
        view! {
            <li>
                <a class="menu-place" href=place.href>
                    <IconView icon=place.icon />
                    <span>{place.label}</span>
                    <IconView icon=Icon::ChevronRight />
                </a>
            </li>
        }
    };
    view! {
        <PageTitle text=text.shell.menu />
        <div class="screen">
            <header class="page-head"><h1>{text.shell.menu}</h1></header>
            <div class="page-body">
                <ul class="menu-places" aria-label=text.shell.menu>
                    {move || kinds.get().into_iter().map(line).collect_view()}
                    {foot.into_iter().map(line).collect_view()}
                </ul>
            </div>
        </div>
    }
}
