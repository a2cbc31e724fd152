//! The page of the firm's own kinds, for the firm's owner: add from scratch or from a template, change, reorder by
//! dragging or by menu, archive. Each action is sent at once, and a toast offers undo; the form of a kind is in a
//! dialog (`kind_form`).

use super::kind_form::AskKind;
use super::outcome::Outcome;
use super::sortable::{Lifting, SortableRow};
use super::{Part, Section, SettingsFrame};
use crate::fields::own::api::begin_kind;
use crate::i18n::{use_locale, use_text};
use crate::id::OwnKindId;
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::use_reading;
use crate::own_kinds::api;
use crate::own_kinds::input::OwnKindForm;
use crate::own_kinds::model::{KindAccess, KindTemplate, OwnKind};
use crate::settings_draft::bar::use_draft;
use crate::ui::{
    Badge, Banner, Button, ButtonKind, ButtonLink, Dialog, Each, Empty, Icon, IconView, Menu, MenuItem, Tone,
    say_status,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The state and the actions of the page.
#[derive(Clone, Copy)]
pub struct KindsState {
    pub outcome: Outcome<Vec<OwnKind>>,
    kinds: Memo<Vec<OwnKind>>,
    /// The kind in the dialog, `None` for a new one, with the form to begin with.
    asking: RwSignal<(Option<OwnKind>, OwnKindForm)>,
    /// How often the dialog was opened, so that its form is made anew each time.
    times: RwSignal<u32>,
    lifting: Lifting<OwnKindId>,
}

impl KindsState {
    /// Opens the dialog.
    fn ask(self, kind: Option<OwnKind>) {
        let form = kind.as_ref().map(OwnKindForm::of).unwrap_or_default();
        self.asking.set((kind, form));
        self.times.update(|times| *times += 1);
        self.outcome.open.set(true);
    }

    fn archive(self, said: &'static str, id: OwnKindId, archived: bool) {
        spawn_local(async move { self.outcome.said(said, api::archive(id, archived).await) });
    }

    /// Moves a kind to the place of another one; those in between move by one place.
    fn put(self, said: &'static str, id: OwnKindId, at: OwnKindId) {
        let after = self.kinds.with_untracked(|kinds| {
            let ids: Vec<_> = kinds.iter().filter(|one| one.facts.active).map(|one| one.id).collect();
            let place = |wanted| ids.iter().position(|one| *one == wanted);
            let (from, to) = (place(id)?, place(at)?);
            Some(if from < to { ids.get(to) } else { to.checked_sub(1).and_then(|to| ids.get(to)) }.copied())
        });
        if let Some(after) = after {
            spawn_local(async move { self.outcome.said(said, api::put(id, after).await) });
        }
    }
}

/// The page `/settings/kinds`.
#[component]
pub fn KindsPage() -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let locale = use_locale();
    use_draft();
    let changed = use_changes([Kind::OwnKind, Kind::SettingsDraft]);
    let reading = use_reading(|| (), changed, |()| api::list());
    let known = reading.known_while(|_| true);
    let kinds = Memo::new(move |_| known.with(|kinds| kinds.clone().unwrap_or_default()));
    let state = KindsState {
        outcome: Outcome::of(reading),
        kinds,
        asking: RwSignal::new((None, OwnKindForm::default())),
        times: RwSignal::new(0),
        lifting: Lifting::default(),
    };
    let add = ViewFnOnce::from(move || {
        view! {
            <Button kind=ButtonKind::Filled icon=Icon::Plus on_click=move |()| state.ask(None)>{words.add_kind}</Button>
        }
    });
    let trouble = reading.trouble();
    let failed = move || {
        trouble.get().map(|error| {
            say_status(&error);
            view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }
        })
    };
    let is_empty = Memo::new(move |_| kinds.with(Vec::is_empty));
    view! {
        <SettingsFrame here=Section::Kinds title=words.kinds action=Some(add)>
            <Part title=words.kinds about=words.kinds_text>
                {reading.once(move || view! {
                    {failed}
                    {move || if is_empty.get() {
                        view! { <Empty icon=Icon::Briefcase title=words.no_kinds>{words.no_kinds_text}</Empty> }
                            .into_any()
                    } else {
                        view! {
                            <ul class="settings-rows" aria-label=words.kinds>
                                // A row is drawn again when its kind changes.
                                <Each rows=move || kinds.get() key=|one| (one.id, one.version) let:kind>
                                    <Row kind state />
                                </Each>
                            </ul>
                        }.into_any()
                    }}
                }.into_any())}
                <Templates state />
            </Part>
            <Dialog open=state.outcome.open
                title=Signal::derive(move || {
                    state.asking.with(|(kind, _)| {
                        kind.as_ref().map_or_else(|| words.add_kind.to_owned(), |one| one.facts.one(locale).to_owned())
                    })
                })
                close_label=text.common.cancel
            >
                {move || (state.times.get() > 0).then(|| {
                    let (kind, form) = state.asking.get_untracked();
                    view! { <AskKind kind form state /> }
                })}
            </Dialog>
        </SettingsFrame>
    }
}

/// The buttons that make a kind from a template.
#[component]
fn Templates(state: KindsState) -> impl IntoView {
    let words = use_text().settings();
    let buttons = KindTemplate::ALL
        .map(|template| {
            let make = move |()| {
                spawn_local(async move {
                    match begin_kind(template).await {
                        Ok(id) => state.outcome.made(words.kind_added, (Kind::OwnKind, id.0)),
                        Err(error) => state.outcome.said(words.kind_added, Err(error)),
                    }
                });
            };
            view! { <Button icon=Icon::Plus on_click=make>{(words.kind_template)(template)}</Button> }
        })
        .collect_view();
    view! {
        <div class="template-row" role="group" aria-label=words.kind_templates>
            <span class="muted small">{words.kind_templates}</span>
            {buttons}
        </div>
    }
}

/// A kind with its menu.
#[component]
fn Row(kind: OwnKind, state: KindsState) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let locale = use_locale();
    let OwnKind { id, nr, facts, .. } = kind.clone();
    let beside = Memo::new(move |_| {
        state.kinds.with(|kinds| {
            let active: Vec<_> = kinds.iter().filter(|one| one.facts.active).map(|one| one.id).collect();
            let at = active.iter().position(|one| *one == id);
            let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| active.get(at)).copied();
            (before, at.and_then(|at| active.get(at + 1)).copied())
        })
    });
    let active = facts.active;
    let put = move |other| state.put(words.order_saved, other, id);
    let (archived, said) = if active { (true, words.kind_archived) } else { (false, words.kind_offered) };
    let stages: Vec<String> = facts.offered().map(|stage| stage.name.clone()).collect();
    let mut about = Vec::new();
    about.extend(facts.on_customer.then(|| words.kind_on_customer.to_owned()));
    about.extend((!stages.is_empty()).then(|| stages.join(" → ")));
    for (access, said) in [(facts.seen_by, words.kind_seen), (facts.changed_by, words.kind_changed)] {
        about.extend((access != KindAccess::Everyone).then(|| said((words.kind_access)(access))));
    }
    let menu_id = format!("kind-{id}");
    let name = facts.many(locale).to_owned();
    let menu_name = (words.actions_of)(&name);
    view! {
        <SortableRow id lifting=state.lifting draggable=active takes=Callback::new(move |_| active)
            put=Callback::new(put)>
            <IconView icon=facts.icon.icon() />
            <div class="settings-row-text">
                <a href=format!("/kinds/{nr}")>{name}</a>
                <p class="muted small">{about.join(" · ")}</p>
            </div>
            {(!active).then(|| view! { <Badge text=words.archived /> })}
            <ButtonLink href=format!("/settings/fields?of=kind_{nr}") icon=Icon::List>{words.fields}</ButtonLink>
            {move || {
                let kind = kind.clone();
                let (before, after) = beside.get();
                view! {
                    <Menu id=menu_id.clone() label=menu_name.clone() plain=true>
                        <MenuItem label=words.edit_kind icon=Icon::Pencil
                            on_click=move |()| state.ask(Some(kind.clone())) />
                        {before.map(|before| view! {
                            <MenuItem label=words.raise icon=Icon::ArrowUp
                                on_click=move |()| state.put(words.order_saved, id, before) />
                        })}
                        {after.map(|after| view! {
                            <MenuItem label=words.lower icon=Icon::ArrowDown
                                on_click=move |()| state.put(words.order_saved, id, after) />
                        })}
                        <MenuItem
                            label=if archived { words.archive_kind } else { words.offer_kind }
                            icon=if archived { Icon::Package } else { Icon::Undo }
                            on_click=move |()| state.archive(said, id, archived)
                        />
                    </Menu>
                }
            }}
        </SortableRow>
    }
}
