//! A stage on the page of pipelines: its row, which can be dragged, and the forms in the dialog that add, change or
//! delete it.

use super::conflict::Overtaken;
use super::pipelines::{Asking, PipelinesState};
use super::sortable::SortableRow;
use crate::deals::model::{Stage, Status};
use crate::deals::pipelines::api;
use crate::deals::pipelines::model::{COLORS, Process, ProcessStage, StageForm, code};
use crate::i18n::use_text;
use crate::id::StageId;
use crate::live::reading::use_row;
use crate::ui::{
    Badge, Button, ButtonKind, Choice, Field, FieldKind, Icon, Kept, Menu, MenuItem, Select, StageMark, Tone,
    Trouble, use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The row of a stage.
#[component]
pub fn StageLine(id: StageId, process: Memo<Option<Process>>, state: PipelinesState) -> impl IntoView {
    let words = use_text().settings();
    let find = move |process: &Process| process.stages.iter().find(|one| one.stage.id == id).cloned();
    let line = use_row(move || process.with(|process| process.as_ref().and_then(find)));
    // The stages before and after it.
    let beside = Memo::new(move |_| {
        let order = process.with(|process| process.as_ref().map_or_else(Vec::new, Process::order));
        let at = order.iter().position(|one| *one == id).unwrap_or_default();
        (at.checked_sub(1).and_then(|at| order.get(at)).copied(), order.get(at + 1).copied())
    });
    // A stage can only be moved within its pipeline.
    let takes = move |other: StageId| {
        state.all.with_untracked(|all| {
            let has = |stage: StageId| {
                all.iter().position(|one| one.stages.iter().any(|one| one.stage.id == stage))
            };
            has(id) == has(other)
        })
    };
    let put = move |other: StageId| state.put(words.order_saved, other, id);
    view! {
        <SortableRow id lifting=state.lifting takes=Callback::new(takes) put=Callback::new(put)>
            {move || line.get().map(|line| view! { <StageWhat line beside=beside.get() state /> })}
        </SortableRow>
    }
}

/// The content of a row, with its menu.
#[component]
fn StageWhat(
    line: ProcessStage,
    beside: (Option<StageId>, Option<StageId>),
    state: PipelinesState,
) -> impl IntoView {
    let words = use_text().settings();
    let ProcessStage { stage: Stage { id, name, status, color, probability, .. }, deals, .. } = line.clone();
    let line = StoredValue::new(line);
    let (before, after) = beside;
    let status_now = match status {
        Status::Open => view! { <span class="muted small">{(words.percent)(probability)}</span> }.into_any(),
        Status::Won => view! { <Badge tone=Tone::Ok icon=Icon::Trophy text=words.stage_won /> }.into_any(),
        Status::Lost => view! { <Badge tone=Tone::Bad icon=Icon::Close text=words.stage_lost /> }.into_any(),
    };
    view! {
        <div class="settings-row-text"><StageMark color=u8::try_from(color).unwrap_or(1) name=name.clone() /></div>
        {status_now}
        <span class="muted small stage-deals">{(words.deals_in)(usize::try_from(deals).unwrap_or_default())}</span>
        <Menu id=format!("stage-{id}") label=(words.actions_of)(&name) plain=true>
            <MenuItem label=words.edit_stage icon=Icon::Pencil
                on_click=move |()| state.ask(Asking::EditStage(line.get_value())) />
            {before.map(|before| view! {
                <MenuItem label=words.raise icon=Icon::ArrowUp
                    on_click=move |()| state.put(words.order_saved, id, before) />
            })}
            {after.map(|after| view! {
                <MenuItem label=words.lower icon=Icon::ArrowDown
                    on_click=move |()| state.put(words.order_saved, id, after) />
            })}
            <MenuItem label=words.delete_stage icon=Icon::Trash danger=true
                on_click=move |()| state.ask(Asking::DeleteStage(line.get_value())) />
        </Menu>
    }
}

/// The form for what the dialog was opened for.
#[component]
pub fn AskStage(asking: Asking, state: PipelinesState) -> impl IntoView {
    match asking {
        Asking::DeleteStage(line) => view! { <AskDelete line state /> }.into_any(),
        asking => view! { <AskFacts asking state /> }.into_any(),
    }
}

/// The fields of the form by name, each with the name of its fact.
const FACTS: [(&str, &str); 4] =
    [("name", "name"), ("status", "status"), ("color", "color"), ("probability", "probability")];

/// The form that adds or changes a stage.
#[component]
fn AskFacts(asking: Asking, state: PipelinesState) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let sending = use_sending();
    let form = match &asking {
        Asking::EditStage(line) => StageForm::of(&line.stage, line.version),
        _ => StageForm {
            status: code(Status::Open).into(),
            color: "1".into(),
            probability: "50".into(),
            ..StageForm::default()
        },
    };
    let (version, over) = (RwSignal::new(form.version), RwSignal::new(String::new()));
    let (name, status) = (RwSignal::new(form.name), RwSignal::new(form.status));
    let (color, probability) = (RwSignal::new(form.color), RwSignal::new(form.probability));
    let draft = match &asking {
        Asking::AddStage { pipeline } => format!("add-stage:{pipeline}"),
        Asking::EditStage(line) => format!("stage:{}", line.stage.id),
        _ => String::new(),
    };
    let states = [
        Choice::new(code(Status::Open), words.stage_open),
        Choice::new(code(Status::Won), words.stage_won),
        Choice::new(code(Status::Lost), words.stage_lost),
    ];
    // The status can only be changed while the stage holds no deals.
    let held = matches!(&asking, Asking::EditStage(line) if line.deals > 0);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = StageForm {
            version: version.get_untracked(),
            over: over.get_untracked(),
            name: name.get_untracked(),
            status: status.get_untracked(),
            color: color.get_untracked(),
            probability: probability.get_untracked(),
        };
        match &asking {
            Asking::EditStage(line) => {
                sending.send(api::change_stage(line.stage.id, form), move |event| {
                    state.said(words.saved, Ok(event))
                });
            }
            Asking::AddStage { pipeline } => {
                sending.send(api::add_stage(*pipeline, form), move |id| state.made(words.stage_added, id.0));
            }
            _ => {}
        }
    };
    let typed = move |field: &'static str| (field == "color").then(|| color.get_untracked());
    let color_name = |nr: i64| (words.color_nr)(usize::try_from(nr).unwrap_or_default());
    let colors: Vec<Choice> = (1..=COLORS).map(|nr| Choice::new(nr.to_string(), color_name(nr))).collect();
    let closed = Signal::derive(move || status.with(|status| status != code(Status::Open)));
    view! {
        <form class="form" data-draft=draft on:submit=submit>
            <Kept name="version" value=version />
            <Field name="name" label=words.stage_name value=name problem=sending.problem("name") required=true
                autofocus=true />
            <Select name="status" label=words.stage_status choices=states.to_vec() value=status
                problem=sending.problem("status")
                hint=if held { words.status_held } else { words.status_hint } disabled=held />
            <Show when=move || !closed.get()>
                <Field name="probability" label=words.probability kind=FieldKind::Number value=probability
                    problem=sending.problem("probability") hint=words.probability_hint />
            </Show>
            <Colors color />
            <Trouble sending />
            <Overtaken sending fields=&FACTS typed over named=("color", colors)
                take=Callback::new(move |()| state.outcome.open.set(false)) />
            <div class="form-actions">
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{text.common.save}</Button>
            </div>
        </form>
    }
}

/// The choice of a colour.
#[component]
fn Colors(color: RwSignal<String>) -> impl IntoView {
    let words = use_text().settings();
    let swatches = (1..=COLORS)
        .map(|nr| {
            let name = (words.color_nr)(usize::try_from(nr).unwrap_or_default());
            let value = nr.to_string();
            let mine = value.clone();
            let (picked, colour, title) = (value.clone(), value.clone(), name.clone());
            view! {
                <label class="swatch" data-color=colour title=title>
                    <input
                        type="radio"
                        name="color"
                        value=value
                        aria-label=name
                        prop:checked=move || color.with(|color| *color == mine)
                        on:change=move |_| color.set(picked.clone())
                    />
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class="field-label">{words.color}</legend>
            <div class="swatches">{swatches}</div>
        </fieldset>
    }
}

/// The form that deletes a stage and asks where its deals are moved.
#[component]
fn AskDelete(line: ProcessStage, state: PipelinesState) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let sending = use_sending();
    let id = line.stage.id;
    let deals = usize::try_from(line.deals).unwrap_or_default();
    let others: Vec<Choice> = state.all.with_untracked(|all| {
        let own = all.iter().filter(|process| process.pipeline.id == line.stage.pipeline_id);
        let foreign = all.iter().filter(|process| process.pipeline.id != line.stage.pipeline_id);
        let several = all.len() > 1;
        own.chain(foreign)
            .flat_map(|process| {
                process.stages.iter().filter(|one| one.stage.id != id).map(move |one| {
                    let name = if several {
                        format!("{} › {}", process.pipeline.name, one.stage.name)
                    } else {
                        one.stage.name.clone()
                    };
                    Choice::new(one.stage.id.to_string(), name)
                })
            })
            .collect()
    });
    let to = RwSignal::new(others.first().map(|choice| choice.value.clone()).unwrap_or_default());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let to = to.get_untracked().parse().ok();
        sending
            .send(api::delete_stage(id, to), move |event| state.said(words.stage_deleted, Ok(Some(event))));
    };
    let problem = Signal::derive(move || {
        [sending.problem("to").get(), sending.problem("status").get()].into_iter().flatten().next()
    });
    view! {
        <form class="form" data-draft="" on:submit=submit>
            <p class="dialog-text">{(words.delete_stage_text)(deals)}</p>
            <Select name="to" label=words.deals_go_to choices=others value=to problem=problem />
            <Trouble sending />
            <div class="form-actions">
                <Button kind=ButtonKind::Danger submit=true busy=sending.busy>{words.delete_stage}</Button>
                <Button on_click=move |()| state.outcome.open.set(false)>{text.common.cancel}</Button>
            </div>
        </form>
    }
}
