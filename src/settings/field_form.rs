//! The form in the dialog that adds or changes one of the firm's own fields: its name, its type, its choices with one
//! row each, and a preview of what a change of type does to values. The list of fields is in `fields`.

use super::fields::FieldsState;
use crate::error::Error;
use crate::fields::own::api;
use crate::fields::own::input::{CHOICE, HINT, NAME, OwnFieldForm};
use crate::fields::own::model::{FieldsOf, OwnField, OwnShape};
use crate::fields::own::view::{Follows, WrongValue};
use crate::i18n::use_text;
use crate::id::OwnFieldId;
use crate::live::Kind;
use crate::ui::{
    Banner, Button, ButtonKind, Checkbox, Choice, Each, Field, Icon, IconView, Select, Sending, Tone,
    Trouble, use_sending,
};
use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A choice while it is typed. `key` identifies its row; `nr` is its number, 0 for a new one.
#[derive(Clone, Copy)]
struct Answer {
    key: u32,
    nr: u32,
    name: RwSignal<String>,
}

/// The form; for a new field without `field`.
#[component]
pub fn AskField(field: Option<OwnField>, state: FieldsState) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let sending = use_sending();
    let id = field.as_ref().map(|field| field.id);
    let form = field.as_ref().map_or_else(
        || OwnFieldForm {
            of: state.of.get_untracked().to_string(),
            shape: OwnShape::Line.code().to_owned(),
            target: FieldsOf::Deal.to_string(),
            searched: "true".to_owned(),
            // Records of an own kind have few built-in fields, so their own ones are columns unless the owner says
            // otherwise.
            listed: if matches!(state.of.get_untracked(), FieldsOf::Own(_)) {
                "true".to_owned()
            } else {
                String::new()
            },
            ..OwnFieldForm::default()
        },
        OwnFieldForm::of,
    );
    let (of, version) = (form.of.clone(), form.version.clone());
    let draft = id.map_or_else(|| format!("add-field:{of}"), |id| format!("field:{id}"));
    let [name, hint, part, shape, target] =
        [form.name, form.hint, form.part, form.shape, form.target].map(RwSignal::new);
    let targets = state.targets(text);
    let required = RwSignal::new(!form.required.is_empty());
    let searched = RwSignal::new(!form.searched.is_empty());
    let listed = RwSignal::new(!form.listed.is_empty());
    let known = form.choice_nr.iter().zip(form.choice_name);
    let known = known.enumerate().map(|(key, (nr, name))| Answer {
        key: u32::try_from(key).unwrap_or_default(),
        nr: nr.parse().unwrap_or_default(),
        name: RwSignal::new(name),
    });
    let answers = RwSignal::new(known.collect::<Vec<_>>());
    let now = Memo::new(move |_| OwnShape::parse(&shape.get()).unwrap_or_default());
    let shapes: Vec<Choice> =
        OwnShape::ALL.map(|shape| Choice::new(shape.code(), (words.shape_name)(shape))).to_vec();
    let typed = StoredValue::new(move || {
        let ticked = |yes: bool| if yes { "true".to_owned() } else { String::new() };
        let typed = answers.get_untracked();
        OwnFieldForm {
            version: version.clone(),
            of: of.clone(),
            name: name.get_untracked(),
            hint: hint.get_untracked(),
            part: part.get_untracked(),
            shape: shape.get_untracked(),
            target: target.get_untracked(),
            choice_nr: typed.iter().map(|one| one.nr.to_string()).collect(),
            choice_name: typed.iter().map(|one| one.name.get_untracked()).collect(),
            required: ticked(required.get_untracked()),
            searched: ticked(searched.get_untracked()),
            listed: ticked(listed.get_untracked()),
        }
    });
    let typed = move || typed.with_value(|typed| typed());
    let one_more = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = typed();
        match id {
            Some(id) => {
                sending.send(api::change(id, form), move |event| state.outcome.said(words.saved, Ok(event)))
            }
            None => sending.send(api::add(form), move |id| {
                state.outcome.made(words.field_added, (Kind::Field, id.0));
                // The next frame, so that the dialog is opened anew and its first field has the focus.
                if one_more.get_untracked() {
                    request_animation_frame(move || state.ask(None));
                }
            }),
        }
    };
    view! {
        <form class="form" data-draft=draft on:submit=submit>
            <Field name="name" label=words.field_name value=name problem=sending.problem("name") required=true
                autofocus=true max_length=NAME />
            <Select name="shape" label=words.field_shape choices=shapes value=shape problem=sending.problem("shape") />
            {move || (now.get() == OwnShape::Record).then(|| view! {
                <Select name="target" label=words.field_target choices=targets.clone() value=target
                    problem=sending.problem("target") />
            })}
            {move || now.get().has_choices().then(|| view! { <Answers answers sending /> })}
            {id.map(|id| view! { <Preview id now answers typed=Callback::new(move |()| typed()) /> })}
            <Field name="hint" label=words.field_hint hint=words.field_hint_text value=hint
                problem=sending.problem("hint") max_length=HINT />
            <Field name="part" label=words.field_part hint=words.field_part_text value=part
                problem=sending.problem("part") max_length=NAME />
            <Checkbox name="required" label=words.field_required value=required />
            {move || now.get().is_short().then(|| view! {
                <Checkbox name="listed" label=words.field_listed value=listed />
            })}
            {move || now.get().is_words().then(|| view! {
                <Checkbox name="searched" label=words.field_searched value=searched />
            })}
            <Trouble sending />
            <div class="form-actions">
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy on_click=move |()| one_more.set(false)>
                    {text.common.save}
                </Button>
                {id.is_none().then(|| view! {
                    <Button submit=true busy=sending.busy on_click=move |()| one_more.set(true)>
                        {words.save_and_add}
                    </Button>
                })}
            </div>
        </form>
    }
}

/// The rows of the choices. A removed choice is archived: it can't be chosen any more, and records that have it keep
/// it.
#[component]
fn Answers(answers: RwSignal<Vec<Answer>>, sending: Sending) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let add = move || {
        answers.update(|answers| {
            let key = answers.iter().map(|one| one.key + 1).max().unwrap_or_default();
            answers.push(Answer { key, nr: 0, name: RwSignal::new(String::new()) });
        });
    };
    if answers.with_untracked(Vec::is_empty) {
        add();
        add();
    }
    view! {
        <fieldset class="field row-list">
            <legend class="field-label">{words.answers}</legend>
            <Each rows=move || answers.get() key=|answer| answer.key let:answer>
                <AnswerLine answer answers sending />
            </Each>
            <Button icon=Icon::Plus on_click=move |()| add()>{words.add_answer}</Button>
        </fieldset>
    }
}

/// One row.
#[component]
fn AnswerLine(answer: Answer, answers: RwSignal<Vec<Answer>>, sending: Sending) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let Answer { key, name, .. } = answer;
    let place = move || answers.with(|answers| answers.iter().position(|one| one.key == key));
    let problem = Signal::derive(move || {
        let field = format!("choice_name.{}", place()?);
        sending.error.with(|error| match error {
            Some(Error::Invalid(problems)) => {
                let found = problems.iter().find(|one| one.field == field)?;
                Some((text.errors.problem)(&found.problem))
            }
            _ => None,
        })
    });
    let label = (words.answer)(usize::try_from(key).unwrap_or_default() + 1);
    let remove = move |_: MouseEvent| answers.update(|answers| answers.retain(|one| one.key != key));
    view! {
        <div class="row-line">
            <Field name="choice_name[]" id=format!("answer-{key}") label=label.clone() value=name problem
                max_length=CHOICE />
            <button type="button" class="button plain" aria-label=(words.remove_answer)(&label) on:click=remove>
                <IconView icon=Icon::Close />
            </button>
        </div>
    }
}

/// The preview of a change of type: how many values can be converted. Requested as soon as another type is chosen, and
/// again when its choices change.
#[component]
fn Preview(
    id: OwnFieldId,
    now: Memo<OwnShape>,
    answers: RwSignal<Vec<Answer>>,
    typed: Callback<(), OwnFieldForm>,
) -> impl IntoView {
    let words = use_text().settings();
    let found = RwSignal::new(None::<Follows>);
    let turn = StoredValue::new(0_u32);
    Effect::new(move |before: Option<OwnShape>| {
        let shape = now.get();
        answers.with(|answers| answers.iter().for_each(|one| one.name.track()));
        let first = before.unwrap_or(shape);
        found.set(None);
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        if first != shape {
            spawn_local(async move {
                // While the form is incomplete the server refuses; the preview is requested again after the next
                // change.
                let follows = api::preview(id, typed.run(())).await.ok();
                if turn.try_get_value() == Some(mine) {
                    found.set(follows);
                }
            });
        }
        first
    });
    let shown = move || {
        let Follows { values, wrong, examples } = found.get().filter(|found| found.values > 0)?;
        if wrong == 0 {
            let told = (words.all_follow)(values as usize);
            return Some(view! { <Banner tone=Tone::Ok text=told /> }.into_any());
        }
        let told = (words.some_stay)(wrong as usize, values as usize);
        let rows = examples.into_iter().map(|WrongValue { path, name, said }| {
            view! { <li><a href=path>{name}</a>": "<span class="as-typed">{said}</span></li> }
        });
        Some(
            view! {
                <Banner tone=Tone::Bad text=told />
                <ul class="wrong-values">{rows.collect_view()}</ul>
            }
            .into_any(),
        )
    };
    view! { <div role="status">{shown}</div> }
}
