//! The page `/trash`: what was deleted in the last thirty days and can be restored, one page at a time. Deleting it for
//! good after that is in `store::purge`.

use super::api::{self, undo};
use super::log::name_of;
use super::undo_toast::use_undo_toast;
use super::view::{Gone, KEPT_DAYS, TrashPage as Page};
use crate::activities::model::Mark;
use crate::auth::model::{Permission, Visit};
use crate::error::Error;
use crate::i18n::{date, use_locale, use_text};
use crate::live::reading::use_reading;
use crate::live::{Kind, listen::use_changes};
use crate::ui::address::value_in;
use crate::ui::{Banner, Button, ButtonLink, Empty, Failed, Icon, IconView, PageTitle, Tone, use_today};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

/// The page of the trash.
#[component]
pub fn TrashPage() -> impl IntoView {
    let text = use_text();
    let query = use_location().search;
    let after = Memo::new(move |_| {
        query.with(|query| value_in(query, "after").and_then(|mark| mark.parse::<Mark>().ok()))
    });
    let changed = use_changes(Kind::RECORDS);
    let reading = use_reading(move || after.get(), changed, api::trash);
    view! {
        <PageTitle text=text.history.trash />
        {reading.draw(move |page| match page {
            Ok(page) => view! { <Trash page later=after.get_untracked().is_some() again=reading.again /> }.into_any(),
            Err(error) => {
                let retry = Callback::new(move |()| reading.read_again());
                view! { <Failed error retry /> }.into_any()
            }
        })}
    }
}

/// The head and the lines of one page of the trash.
#[component]
fn Trash(
    page: Page,
    /// Whether this is not the first page.
    later: bool,
    again: RwSignal<u32>,
) -> impl IntoView {
    let text = use_text();
    let words = &text.history;
    let visit = use_context::<Visit>().unwrap_or_default();
    let follows = visit.may(Permission::Follow);
    // The refusal of a plain form, sent without wasm.
    let refused = visit.reply.filter(|reply| reply.path == "/trash").map(|reply| match reply.error {
        Error::Conflict { .. } => text.errors.undo_failed.to_owned(),
        error => (text.errors.error)(&error),
    });
    let empty = page.gone.is_empty();
    let lines = page.gone.into_iter().map(|one| view! { <Line one again /> }).collect_view();
    let older = page
        .next
        .map(|after| view! { <ButtonLink href=format!("/trash?after={after}")>{words.older}</ButtonLink> });
    let newest = later.then(|| view! { <ButtonLink href="/trash">{text.activities.newest}</ButtonLink> });
    view! {
        <div class="screen">
            <header class="page-head log-head">
                <h1>{words.trash}</h1>
                {follows.then(|| view! {
                    <div class="page-action">
                        <ButtonLink href="/history" icon=Icon::History>{words.log}</ButtonLink>
                    </div>
                })}
            </header>
            <div class="page-body log">
                <p class="log-about">{(words.kept_days)(KEPT_DAYS)}</p>
                {refused.map(|why| view! { <Banner tone=Tone::Bad text=why /> })}
                {if empty {
                    view! {
                        <Empty icon=Icon::Trash title=words.trash_empty>
                            <ButtonLink href="/">{text.shell.home}</ButtonLink>
                        </Empty>
                    }
                    .into_any()
                } else {
                    view! { <ul class="trash" aria-label=words.trash>{lines}</ul> }.into_any()
                }}
                <div class="timeline-foot">{newest} {older}</div>
            </div>
        </div>
    }
}

/// The icon of a kind of record. All kinds of the settings have one.
fn icon_of(kind: Kind) -> Icon {
    match kind {
        Kind::Customer => Icon::Users,
        Kind::Deal => Icon::Board,
        Kind::Task => Icon::Tasks,
        Kind::OwnRecord => Icon::Package,
        Kind::Activity => Icon::Note,
        Kind::Person
        | Kind::Group
        | Kind::Firm
        | Kind::Pipeline
        | Kind::Product
        | Kind::Field
        | Kind::OwnKind
        | Kind::SettingsDraft
        | Kind::Everything => Icon::Settings,
    }
}

/// A deleted record, with the button that restores it.
#[component]
fn Line(one: Gone, again: RwSignal<u32>) -> impl IntoView {
    let text = use_text();
    let words = &text.history;
    let locale = use_locale();
    let undo_toast = use_undo_toast();
    let visit = use_context::<Visit>().unwrap_or_default();
    let (today, may) = (use_today(), visit.may(Permission::Sell) && one.may_return);
    let kind = one.kind_name.clone().unwrap_or_else(|| name_of(text, one.kind).to_owned());
    let icon = icon_of(one.kind);
    let name = if one.name.is_empty() { kind.clone() } else { one.name };
    let restore = (words.restore_this)(&name);
    let said = (words.restored)(&name);
    let event = one.event;
    let submit = move |submitted: SubmitEvent| {
        submitted.prevent_default();
        let said = said.clone();
        spawn_local(async move {
            match undo(event).await {
                Ok(()) => undo_toast.tell(&said),
                Err(error) => {
                    undo_toast.explain(&error);
                }
            }
            again.try_update(|count| *count += 1);
        });
    };
    let when = move || (words.by)(&date::moment_from(one.at, today.get(), locale), &one.by);
    view! {
        <li class="trash-line">
            <IconView icon />
            <div class="trash-what">
                <p class="event-title event-short">{name}</p>
                <p class="event-meta">{kind} " · " {when} " · " {(words.days_left)(one.days)}</p>
            </div>
            {may.then(|| view! {
                <form method="post" action="/trash" on:submit=submit>
                    <input type="hidden" name="event" value=event.to_string() />
                    <Button submit=true icon=Icon::Undo attr:aria-label=restore>{words.restore}</Button>
                </form>
            })}
        </li>
    }
}
