//! The form in the dialog that adds or changes one of the firm's own kinds: names, icon, whether its records belong to
//! customers, who sees and changes them, its stages with one row each. The list of kinds is in `kinds`.

use super::kinds::KindsState;
use crate::error::Error;
use crate::i18n::{Locale, use_locale, use_text};
use crate::live::Kind;
use crate::own_kinds::api;
use crate::own_kinds::input::{NAME, OwnKindForm, STAGE};
use crate::own_kinds::model::{KindAccess, KindIcon, OwnKind};
use crate::ui::{
    Button, ButtonKind, Checkbox, Choice, Each, Field, Icon, IconView, Select, Sending, Trouble, use_sending,
};
use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;

/// A stage while it is typed. `key` identifies its row; `nr` is its number, 0 for a new one; `closed` says that its
/// records count as done.
#[derive(Clone, Copy)]
struct StageLine {
    key: u32,
    nr: u32,
    name: RwSignal<String>,
    closed: RwSignal<bool>,
}

/// The form; for a new kind without `kind`.
#[component]
pub fn AskKind(kind: Option<OwnKind>, form: OwnKindForm, state: KindsState) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let locale = use_locale();
    let sending = use_sending();
    let id = kind.as_ref().map(|kind| kind.id);
    let draft = id.map_or_else(|| "add-kind".to_owned(), |id| format!("kind:{id}"));
    let version = form.version.clone();
    let [one_tr, many_tr, one_en, many_en, icon] =
        [form.one_tr, form.many_tr, form.one_en, form.many_en, form.icon].map(RwSignal::new);
    let on_customer = RwSignal::new(!form.on_customer.is_empty());
    let access = |code: String| if code.is_empty() { KindAccess::default().code().to_owned() } else { code };
    let [seen_by, changed_by] = [form.seen_by, form.changed_by].map(|code| RwSignal::new(access(code)));
    let accesses = KindAccess::ALL.map(|access| Choice::new(access.code(), (words.kind_access)(access)));
    let known = form.stage_nr.iter().zip(form.stage_name).zip(form.stage_closed);
    let known = known.enumerate().map(|(key, ((nr, name), closed))| StageLine {
        key: u32::try_from(key).unwrap_or_default(),
        nr: nr.parse().unwrap_or_default(),
        name: RwSignal::new(name),
        closed: RwSignal::new(!closed.is_empty()),
    });
    let stages = RwSignal::new(known.collect::<Vec<_>>());
    let icons: Vec<Choice> =
        KindIcon::ALL.map(|icon| Choice::new(icon.code(), (words.kind_icon)(icon))).to_vec();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let ticked = |yes: bool| if yes { "true".to_owned() } else { String::new() };
        let typed = stages.get_untracked();
        let form = OwnKindForm {
            version: version.clone(),
            one_tr: one_tr.get_untracked(),
            many_tr: many_tr.get_untracked(),
            one_en: one_en.get_untracked(),
            many_en: many_en.get_untracked(),
            icon: icon.get_untracked(),
            on_customer: ticked(on_customer.get_untracked()),
            seen_by: seen_by.get_untracked(),
            changed_by: changed_by.get_untracked(),
            stage_nr: typed.iter().map(|one| one.nr.to_string()).collect(),
            stage_name: typed.iter().map(|one| one.name.get_untracked()).collect(),
            stage_closed: typed.iter().map(|one| ticked(one.closed.get_untracked())).collect(),
        };
        match id {
            Some(id) => {
                sending.send(api::change(id, form), move |event| state.outcome.said(words.saved, Ok(event)))
            }
            None => sending
                .send(api::add(form), move |id| state.outcome.made(words.kind_added, (Kind::OwnKind, id.0))),
        }
    };
    let names = |one, many, in_turkish: bool| {
        let (one_name, many_name) = if in_turkish { ("one_tr", "many_tr") } else { ("one_en", "many_en") };
        let (one_label, many_label) = if in_turkish {
            (words.kind_one_tr, words.kind_many_tr)
        } else {
            (words.kind_one_en, words.kind_many_en)
        };
        let mine = in_turkish == (locale == Locale::Tr);
        view! {
            <Field name=one_name label=one_label value=one problem=sending.problem(one_name) autofocus=mine
                max_length=NAME />
            <Field name=many_name label=many_label value=many problem=sending.problem(many_name) max_length=NAME />
        }
        .into_any()
    };
    let (turkish, english) = (names(one_tr, many_tr, true), names(one_en, many_en, false));
    let (first, second) = if locale == Locale::Tr { (turkish, english) } else { (english, turkish) };
    view! {
        <form class="form" data-draft=draft on:submit=submit>
            {first}
            {second}
            <p class="form-hint wide">{words.kind_names_text}</p>
            <Select name="icon" label=words.kind_sign choices=icons value=icon problem=sending.problem("icon") />
            <Checkbox name="on_customer" label=words.kind_on_customer value=on_customer />
            <Select name="seen_by" label=words.kind_seen_by choices=accesses.to_vec() value=seen_by
                problem=sending.problem("seen_by") />
            <Select name="changed_by" label=words.kind_changed_by choices=accesses.to_vec() value=changed_by
                problem=sending.problem("changed_by") />
            <p class="form-hint wide">{words.kind_access_text}</p>
            <Stages stages sending />
            <Trouble sending />
            <div class="form-actions">
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{text.common.save}</Button>
            </div>
        </form>
    }
}

/// The rows of the stages. A removed stage is archived: no record can be moved into it, and those in it stay.
#[component]
fn Stages(stages: RwSignal<Vec<StageLine>>, sending: Sending) -> impl IntoView {
    let words = use_text().settings();
    let add = move || {
        stages.update(|stages| {
            let key = stages.iter().map(|one| one.key + 1).max().unwrap_or_default();
            stages.push(StageLine { key, nr: 0, name: RwSignal::default(), closed: RwSignal::default() });
        });
    };
    view! {
        <fieldset class="field row-list wide">
            <legend class="field-label">{words.kind_stages}</legend>
            <p class="form-hint">{words.kind_stages_text}</p>
            <Each rows=move || stages.get() key=|stage| stage.key let:stage>
                <StageRow stage stages sending />
            </Each>
            <Button icon=Icon::Plus on_click=move |()| add()>{words.add_stage}</Button>
        </fieldset>
    }
}

/// One row.
#[component]
fn StageRow(stage: StageLine, stages: RwSignal<Vec<StageLine>>, sending: Sending) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let StageLine { key, name, closed, .. } = stage;
    let place = move || stages.with(|stages| stages.iter().position(|one| one.key == key));
    let problem = Signal::derive(move || {
        let field = format!("stage_name.{}", place()?);
        sending.error.with(|error| match error {
            Some(Error::Invalid(problems)) => {
                let found = problems.iter().find(|one| one.field == field)?;
                Some((text.errors.problem)(&found.problem))
            }
            _ => None,
        })
    });
    let label = (words.kind_stage)(usize::try_from(key).unwrap_or_default() + 1);
    let remove = move |_: MouseEvent| stages.update(|stages| stages.retain(|one| one.key != key));
    view! {
        <div class="row-line">
            <Field name="stage_name[]" id=format!("stage-{key}") label=label.clone() value=name problem
                max_length=STAGE />
            <Checkbox name=format!("stage_closed_{key}") label=words.kind_closed value=closed />
            <button type="button" class="button plain" aria-label=(words.remove_answer)(&label) on:click=remove>
                <IconView icon=Icon::Close />
            </button>
        </div>
    }
}
