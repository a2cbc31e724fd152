//! The part of the settings page that shows the firm's owner the state of backups: the age of the last good one, and a
//! warning if there is a reason. It changes nothing.

use super::api;
use super::model::{Keeping, Standing};
use crate::auth::model::{Permission, Visit};
use crate::i18n::{date, use_locale, use_text};
use crate::ui::{Badge, Banner, Fact, Facts, SkeletonRows, Tone};
use leptos::prelude::*;

/// Shows nothing to anybody but an owner.
#[component]
pub fn BackupPanel() -> impl IntoView {
    use_context::<Visit>().is_some_and(|visit| visit.may(Permission::Administer)).then(|| view! { <Told /> })
}

#[component]
fn Told() -> impl IntoView {
    let text = use_text();
    let words = text.backup();
    let backups = Resource::new(|| (), |()| api::backups());
    view! {
        <section class="settings-part" aria-label=words.title>
            <div class="settings-about">
                <h2>{words.title}</h2>
                <p>{words.about}</p>
            </div>
            <div class="settings-what box">
                <Suspense fallback=|| view! { <SkeletonRows /> }>
                    {move || Suspend::new(async move {
                        match backups.await {
                            Ok(backups) => view! { <Standings backups /> }.into_any(),
                            Err(error) => view! {
                                <p class="field-problem">{(text.errors.error)(&error)}</p>
                            }.into_any(),
                        }
                    })}
                </Suspense>
            </div>
        </section>
    }
}

#[component]
fn Standings(backups: Keeping) -> impl IntoView {
    let words = use_text().backup();
    let locale = use_locale();
    let today = use_context::<Visit>().unwrap_or_default().today;
    let (tone, warning) = match backups.standing {
        Standing::Fine => (Tone::Ok, None),
        Standing::Waiting => (Tone::Plain, Some(words.waiting)),
        Standing::Old => (Tone::Warn, Some(words.old)),
        Standing::Failed => (Tone::Bad, Some(words.failed)),
        Standing::Missing => (Tone::Bad, Some(words.missing)),
    };
    let none = backups.last.is_none();
    view! {
        {warning.map(|warning| view! { <Banner tone text=warning /> })}
        {(backups.ahead > 0).then(|| view! { <Banner tone=Tone::Warn text=(words.ahead)(backups.ahead) /> })}
        <Facts>
            {backups
                .last
                .map(|last| {
                    view! {
                        <Fact label=words.last>
                            {date::moment_from(last.at, today, locale)} " " <Badge tone=Tone::Ok text=words.tried />
                        </Fact>
                        <Fact label=words.holds>{(words.records)(last.held)} " · " {(words.size)(last.bytes)}</Fact>
                        <Fact label=words.file>
                            {if last.host.is_empty() { last.file } else { format!("{}: {}", last.host, last.file) }}
                        </Fact>
                    }
                })}
            {none.then(|| view! { <Fact label=words.last>{words.none}</Fact> })}
        </Facts>
        <p class="form-hint">{words.copy}</p>
    }
}
