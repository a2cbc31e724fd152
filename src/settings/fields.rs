//! The page of the firm's own fields of customers, deals and own kinds, for the firm's owner: add, change, reorder by
//! dragging or by menu, archive. Each action is sent at once, and a toast offers undo; the form of a field is in a
//! dialog (`field_form`).

use super::field_form::AskField;
use super::outcome::Outcome;
use super::sortable::{Lifting, SortableRow};
use super::{Part, Section, SettingsFrame};
use crate::fields::own::api;
use crate::fields::own::model::{FieldsOf, OwnField, OwnFieldsPage};
use crate::i18n::{Text, use_text};
use crate::id::OwnFieldId;
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::use_reading;
use crate::own_kinds::model::KindName;
use crate::settings_draft::bar::use_draft;
use crate::ui::address::value_in;
use crate::ui::{
    Badge, Banner, Button, ButtonKind, Choice, Dialog, Each, Empty, Icon, Menu, MenuItem, Tone, ViewItem,
    ViewSwitch, say_status,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

/// The state and the actions of the page.
#[derive(Clone, Copy)]
pub struct FieldsState {
    pub outcome: Outcome<OwnFieldsPage>,
    fields: Memo<Vec<OwnField>>,
    pub of: Memo<FieldsOf>,
    kinds: Memo<Vec<KindName>>,
    /// The field in the dialog; `None` for a new one.
    asking: RwSignal<Option<OwnField>>,
    /// How often the dialog was opened, so that its form is made anew each time.
    times: RwSignal<u32>,
    lifting: Lifting<OwnFieldId>,
}

impl FieldsState {
    /// The kinds of record that a field can link to, as choices.
    pub fn targets(self, text: &'static Text) -> Vec<Choice> {
        let built_in = [
            (FieldsOf::Customer, text.customers.title.to_owned()),
            (FieldsOf::Deal, text.deals.title.to_owned()),
        ];
        let own = self.kinds.get_untracked().into_iter().map(|kind| (FieldsOf::Own(kind.nr), kind.many));
        built_in.into_iter().chain(own).map(|(of, name)| Choice::new(of.to_string(), name)).collect()
    }

    /// Opens the dialog for a field, or for a new one.
    pub fn ask(self, field: Option<OwnField>) {
        self.asking.set(field);
        self.times.update(|times| *times += 1);
        self.outcome.open.set(true);
    }

    fn archive(self, said: &'static str, id: OwnFieldId, archived: bool) {
        spawn_local(async move { self.outcome.said(said, api::archive(id, archived).await) });
    }

    /// Moves a field to the place of another one; those in between move by one place.
    fn put(self, said: &'static str, id: OwnFieldId, at: OwnFieldId) {
        let after = self.fields.with_untracked(|fields| {
            let ids: Vec<_> = fields.iter().filter(|one| one.facts.active).map(|one| one.id).collect();
            let place = |wanted| ids.iter().position(|one| *one == wanted);
            let (from, to) = (place(id)?, place(at)?);
            Some(if from < to { ids.get(to) } else { to.checked_sub(1).and_then(|to| ids.get(to)) }.copied())
        });
        if let Some(after) = after {
            spawn_local(async move { self.outcome.said(said, api::put(id, after).await) });
        }
    }
}

/// The page `/settings/fields`; `of` in the query string says of which kind of record.
#[component]
pub fn FieldsPage() -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let query = use_location().search;
    let of = Memo::new(move |_| {
        let named = query.with(|query| value_in(query, "of")).unwrap_or_default();
        FieldsOf::parse(&named).unwrap_or_default()
    });
    use_draft();
    let changed = use_changes([Kind::Field, Kind::OwnKind, Kind::SettingsDraft]);
    let reading = use_reading(move || of.get(), changed, api::list);
    let known = reading.known_while(move |page| page.of == of.get_untracked());
    let fields = Memo::new(move |_| {
        known.with(|page| page.as_ref().map_or_else(Vec::new, |page| page.fields.clone()))
    });
    let kinds =
        Memo::new(move |_| known.with(|page| page.as_ref().map_or_else(Vec::new, |page| page.kinds.clone())));
    let state = FieldsState {
        kinds,
        outcome: Outcome::of(reading),
        fields,
        of,
        asking: RwSignal::new(None),
        times: RwSignal::new(0),
        lifting: Lifting::default(),
    };
    let add = ViewFnOnce::from(move || {
        view! {
            <Button kind=ButtonKind::Filled icon=Icon::Plus on_click=move |()| state.ask(None)>
                {words.add_field}
            </Button>
        }
    });
    let trouble = reading.trouble();
    let failed = move || {
        trouble.get().map(|error| {
            say_status(&error);
            view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }
        })
    };
    let views = Signal::derive(move || {
        let view = |kind: FieldsOf, label: &str| ViewItem {
            href: match kind {
                FieldsOf::Customer => "/settings/fields".to_owned(),
                other => format!("/settings/fields?of={other}"),
            },
            label: label.to_owned(),
            icon: None,
            current: of.get() == kind,
        };
        let kinds = kinds.get();
        let mut views =
            vec![view(FieldsOf::Customer, text.customers.title), view(FieldsOf::Deal, text.deals.title)];
        views.extend(kinds.iter().map(|kind| view(FieldsOf::Own(kind.nr), &kind.many)));
        views
    });
    let is_empty = Memo::new(move |_| fields.with(Vec::is_empty));
    view! {
        <SettingsFrame here=Section::Fields title=words.fields action=Some(add)>
            <Part title=words.fields about=words.fields_text>
                {reading.once(move || view! {
                    <div class="look-for"><ViewSwitch label=words.fields_of views /></div>
                    {failed}
                    {move || if is_empty.get() {
                        view! { <Empty icon=Icon::List title=words.no_fields>{words.no_fields_text}</Empty> }.into_any()
                    } else {
                        view! {
                            <ul class="settings-rows" aria-label=words.fields>
                                // A row is drawn again when its field changes.
                                <Each rows=move || fields.get() key=|one| (one.id, one.version) let:field>
                                    <Row field state />
                                </Each>
                            </ul>
                        }.into_any()
                    }}
                }.into_any())}
            </Part>
            <Dialog open=state.outcome.open
                title=Signal::derive(move || {
                    state.asking.with(|field| {
                        field.as_ref().map_or_else(|| words.add_field.to_owned(), |one| one.facts.name.clone())
                    })
                })
                close_label=text.common.cancel
            >
                {move || (state.times.get() > 0).then(|| view! {
                    <AskField field=state.asking.get_untracked() state />
                })}
            </Dialog>
        </SettingsFrame>
    }
}

/// A field with its menu.
#[component]
fn Row(field: OwnField, state: FieldsState) -> impl IntoView {
    let words = use_text().settings();
    let OwnField { id, facts, .. } = field.clone();
    let beside = Memo::new(move |_| {
        state.fields.with(|fields| {
            let active: Vec<_> = fields.iter().filter(|one| one.facts.active).map(|one| one.id).collect();
            let at = active.iter().position(|one| *one == id);
            let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| active.get(at)).copied();
            (before, at.and_then(|at| active.get(at + 1)).copied())
        })
    });
    let active = facts.active;
    let put = move |other| state.put(words.order_saved, other, id);
    let (archived, said) =
        if facts.active { (true, words.field_archived) } else { (false, words.field_offered) };
    let mut about = vec![(words.shape_name)(facts.shape)];
    about.extend(facts.required.then_some(words.is_required));
    about.extend(facts.searched.then_some(words.is_searched));
    let menu_id = format!("field-{id}");
    let menu_name = (words.actions_of)(&facts.name);
    view! {
        <SortableRow id lifting=state.lifting draggable=active takes=Callback::new(move |_| active)
            put=Callback::new(put)>
            <div class="settings-row-text">
                <span>{facts.name.clone()}</span>
                <p class="muted small">{about.join(" · ")}</p>
            </div>
            {(!facts.part.is_empty()).then(|| view! { <span class="muted small">{facts.part.clone()}</span> })}
            {(!facts.active).then(|| view! { <Badge text=words.archived /> })}
            {move || {
                let field = field.clone();
                let (before, after) = beside.get();
                view! {
                    <Menu id=menu_id.clone() label=menu_name.clone() plain=true>
                        <MenuItem label=words.edit_field icon=Icon::Pencil
                            on_click=move |()| state.ask(Some(field.clone())) />
                        {before.map(|before| view! {
                            <MenuItem label=words.raise icon=Icon::ArrowUp
                                on_click=move |()| state.put(words.order_saved, id, before) />
                        })}
                        {after.map(|after| view! {
                            <MenuItem label=words.lower icon=Icon::ArrowDown
                                on_click=move |()| state.put(words.order_saved, id, after) />
                        })}
                        <MenuItem
                            label=if archived { words.archive_field } else { words.offer_field }
                            icon=if archived { Icon::Package } else { Icon::Undo }
                            on_click=move |()| state.archive(said, id, archived)
                        />
                    </Menu>
                }
            }}
        </SortableRow>
    }
}
