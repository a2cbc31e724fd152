//! The list of one's own sessions: device, address, begin, last use. One session or all others can be ended, and one
//! can sign out. Each action is also a plain form.

use crate::auth::api::{end_sessions, sessions, sign_out};
use crate::auth::model::SessionLine;
use crate::i18n::{date, use_locale, use_text};
use crate::live::reading::use_reading;
use crate::ui::{Badge, Banner, Button, Icon, IconView, Tone, browser, drafts, use_toaster, use_today};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list with its actions.
#[component]
pub fn Sessions() -> impl IntoView {
    let text = use_text();
    let toaster = use_toaster();
    let all = use_reading(|| (), Signal::stored(0), |()| sessions());
    let end = move |session: Option<String>| {
        spawn_local(async move {
            match end_sessions(session).await {
                Ok(()) => all.read_again(),
                Err(error) => toaster.show((text.errors.error)(&error)),
            }
        });
    };
    let end = Callback::new(end);
    let leave = move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            match sign_out().await {
                Ok(()) => {
                    drafts::forget_all();
                    browser::leave_for("/sign-in");
                }
                Err(error) => toaster.show((text.errors.error)(&error)),
            }
        });
    };
    view! {
        {all.draw(move |lines| match lines {
            Ok(lines) => view! { <Lines lines end /> }.into_any(),
            Err(error) => view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }.into_any(),
        })}
        <form class="form-row settings-foot" method="post" action="/sign-out" on:submit=leave>
            <Button submit=true icon=Icon::SignOut>{text.auth.sign_out}</Button>
        </form>
    }
}

/// The sessions, with buttons that end one or all others.
#[component]
fn Lines(lines: Vec<SessionLine>, end: Callback<Option<String>>) -> impl IntoView {
    let words = use_text().settings();
    let locale = use_locale();
    let today = use_today();
    let others = lines.len() > 1;
    let lines = lines
        .into_iter()
        .map(|line| {
            let device = if line.device.is_empty() { words.unknown_device.to_owned() } else { line.device };
            let (seen, begun) = (line.seen, line.begun.date());
            let when = move || {
                let day = date::relative(seen.date(), today.get(), locale);
                (words.session_seen)(&day, &date::time(seen), &date::day(begun, locale))
            };
            let id = line.id.clone();
            let name = (words.end_session)(&device);
            let submit = move |event: SubmitEvent| {
                event.prevent_default();
                end.run(Some(id.clone()));
            };
            let action = if line.this {
                view! { <Badge tone=Tone::Ok text=words.this_session /> }.into_any()
            } else {
                view! {
                    <form method="post" action="/settings/sessions" on:submit=submit>
                        <input type="hidden" name="session" value=line.id />
                        <Button submit=true attr:aria-label=name>{words.end}</Button>
                    </form>
                }
                .into_any()
            };
            view! {
                <li class="settings-row">
                    <IconView icon=Icon::Monitor />
                    <div class="settings-row-text">
                        <strong>{device}</strong>
                        <p class="muted small">
                            {when} {(!line.address.is_empty()).then(|| format!(" · {}", line.address))}
                        </p>
                    </div>
                    {action}
                </li>
            }
        })
        .collect_view();
    let end_others = move |event: SubmitEvent| {
        event.prevent_default();
        end.run(None);
    };
    view! {
        <ul class="settings-rows" aria-label=words.sessions>{lines}</ul>
        {others.then(|| view! {
            <form class="settings-foot" method="post" action="/settings/sessions" on:submit=end_others>
                <Button submit=true>{words.end_others}</Button>
            </form>
        })}
    }
}
