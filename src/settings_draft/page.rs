//! The page at /settings/draft: the changes of the draft as history will tell them, what each touches, what others have
//! changed meanwhile; published as one, or thrown away. It changes nothing of the settings itself.

use super::api;
use super::view::{DraftChange, DraftPage as Shown};
use crate::error::{Error, Result};
use crate::i18n::{Text, use_locale, use_text};
use crate::journal::log::name_of;
use crate::journal::timeline::{changes_of, headline};
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::{Reading, use_reading};
use crate::settings::{Part, Section, SettingsFrame, why};
use crate::ui::{Banner, Button, ButtonKind, ButtonLink, Empty, Failed, Icon, IconView, Tone, say_status};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy)]
struct ReviewState {
    reading: Reading<Shown>,
    busy: RwSignal<bool>,
    undo_toast: UndoToast,
    text: &'static Text,
}

impl ReviewState {
    /// Sends it, says what came of it, and reads again.
    fn send<T: 'static>(
        self,
        work: impl Future<Output = Result<T>> + 'static,
        done: impl FnOnce(Self, T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = work.await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => done(self, answer),
                // What has changed meanwhile is shown by the next reading.
                Err(Error::Conflict { .. }) => self.undo_toast.tell(self.text.draft().changed_meanwhile),
                Err(error) => self.undo_toast.tell(&(self.text.errors.error)(&error)),
            }
            self.reading.changed();
        });
    }
}

#[component]
pub fn DraftPage() -> impl IntoView {
    let text = use_text();
    let words = text.draft();
    let changed =
        use_changes([Kind::SettingsDraft, Kind::Field, Kind::OwnKind, Kind::Pipeline, Kind::OwnRecord]);
    let reading = use_reading(|| (), changed, |()| api::shown());
    let state = ReviewState { reading, busy: RwSignal::new(false), undo_toast: use_undo_toast(), text };
    view! {
        <SettingsFrame here=Section::Draft title=words.title>
            {reading.draw(move |shown| match shown {
                Ok(shown) if shown.open => view! { <Review shown state /> }.into_any(),
                Ok(_) => view! {
                    <Empty icon=Icon::Pencil title=words.none>
                        <p>{words.about}</p>
                        <NoDraft />
                    </Empty>
                }.into_any(),
                Err(error) => {
                    say_status(&error);
                    let retry = Callback::new(move |()| reading.read_again());
                    view! { <Failed error retry /> }.into_any()
                }
            })}
        </SettingsFrame>
    }
}

/// Where to go without a draft.
#[component]
fn NoDraft() -> impl IntoView {
    let words = use_text().settings();
    view! {
        <ButtonLink href="/settings/kinds">{words.kinds}</ButtonLink>
        " "
        <ButtonLink href="/settings/fields">{words.fields}</ButtonLink>
        " "
        <ButtonLink href="/settings/pipelines">{words.pipelines}</ButtonLink>
    }
}

#[component]
fn Review(shown: Shown, state: ReviewState) -> impl IntoView {
    let text = state.text;
    let words = text.draft();
    let fits = shown.fits();
    let is_empty = shown.changes.is_empty();
    let seen = shown.others.len();
    let others = (seen > 0).then(|| {
        let lines = shown.others.into_iter().map(|line| {
            let kind = line.kind_name.clone().unwrap_or_else(|| name_of(text, line.kind).to_owned());
            let about = line.subject.clone().unwrap_or(kind);
            let said = (words.by_others)(&line.actor, headline(text, line.kind, line.what), &about);
            let changes = changes_of(&line, text, use_locale()).join(" · ");
            view! { <li>{said} {(!changes.is_empty()).then(|| view! { <p class="muted small">{changes}</p> })}</li> }
        });
        view! {
            <Banner tone=Tone::Warn text=(words.others)(seen) />
            <ul class="draft-others" aria-label=words.others_title>{lines.collect_view()}</ul>
        }
    });
    let changes = shown.changes.into_iter().map(|change| view! { <Change change state /> }).collect_view();
    let publish = move |()| {
        state.send(api::publish(seen), move |state, event| {
            let reading = state.reading;
            state.undo_toast.say(words.published, event, move || reading.changed());
        });
    };
    let discard = move |()| {
        state.send(api::discard(), move |state, ()| state.undo_toast.tell(words.discarded));
    };
    view! {
        <Part title=words.title about=words.review_text>
            {others}
            {if is_empty {
                view! { <p class="draft-empty muted">{words.empty}</p> }.into_any()
            } else {
                view! { <ul class="settings-rows" aria-label=words.changes>{changes}</ul> }.into_any()
            }}
            <div class="form-actions draft-actions">
                <Button kind=ButtonKind::Filled busy=state.busy disabled=!fits on_click=publish>{words.publish}</Button>
                <Button on_click=discard>{words.discard}</Button>
            </div>
        </Part>
    }
}

/// One change: what will be said of it, what it touches, and why it can't be made any more.
#[component]
fn Change(change: DraftChange, state: ReviewState) -> impl IntoView {
    let text = state.text;
    let words = text.draft();
    let DraftChange { number, line, effects, wrong } = change;
    let name = line.subject.clone().unwrap_or_default();
    let said = headline(text, line.kind, line.what);
    let kind = (words.kind)(line.kind);
    let changes = changes_of(&line, text, use_locale());
    let effects: Vec<String> = effects.into_iter().map(words.effect).collect();
    let wrong = wrong.map(|error| {
        let reason = match &error {
            Error::Conflict { .. } => words.changed_by_others.to_owned(),
            Error::NotFound => words.gone.to_owned(),
            error => why(text, error),
        };
        view! { <p class="draft-wrong"><IconView icon=Icon::Warning />{(words.does_not_fit)(&reason)}</p> }
    });
    let take_out = move |()| state.send(api::take_out(number), |_, ()| ());
    view! {
        <li class="settings-row">
            <div class="settings-row-text">
                <p><strong>{name.clone()}</strong>" "<span class="muted">{format!("{kind} · {said}")}</span></p>
                {(!changes.is_empty()).then(|| view! {
                    <ul class="event-changes">
                        {changes.into_iter().map(|change| view! { <li>{change}</li> }).collect_view()}
                    </ul>
                })}
                {(!effects.is_empty()).then(|| view! { <p class="small draft-effect">{effects.join(" · ")}</p> })}
                {wrong}
            </div>
            <Button icon=Icon::Close label=(words.take_out)(&name) on_click=take_out />
        </li>
    }
}
