//! The page of the firm's pipelines and their stages, for the firm's owner: add, rename, reorder, colour, delete. Each
//! action is sent at once, and a toast offers undo; forms are in a dialog. A single stage is in `stage`.

use super::outcome::{Outcome, why};
use super::sortable::Lifting;
use super::stage::{AskStage, StageLine};
use super::{Part, Section, SettingsFrame};
use crate::deals::pipelines::api;
use crate::deals::pipelines::model::{Process, ProcessStage};
use crate::error::{Error, Result};
use crate::i18n::use_text;
use crate::id::{EventId, PipelineId, StageId};
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::{use_reading, use_row};
use crate::settings_draft::bar::use_draft;
use crate::ui::{
    Banner, Button, ButtonKind, Dialog, Each, Field, Icon, Menu, MenuItem, Tone, Trouble, say_status,
    use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

/// What the dialog of the page is open for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asking {
    AddPipeline,
    RenamePipeline {
        id: PipelineId,
        name: String,
    },
    AddStage {
        pipeline: PipelineId,
    },
    EditStage(ProcessStage),
    /// Deletes a stage, after asking where its deals are to be moved.
    DeleteStage(ProcessStage),
}

/// The state and the actions of the page.
#[derive(Clone, Copy)]
pub struct PipelinesState {
    pub outcome: Outcome<Vec<Process>>,
    pub all: Memo<Vec<Process>>,
    pub asking: RwSignal<Option<Asking>>,
    pub lifting: Lifting<StageId>,
    refused: RwSignal<Option<Error>>,
}

impl PipelinesState {
    /// Opens the dialog.
    pub fn ask(self, what: Asking) {
        self.asking.set(Some(what));
        self.outcome.open.set(true);
    }

    /// Shows that an action was done, or why it was refused.
    pub fn said(self, said: &str, done: Result<Option<EventId>>) {
        match done {
            Ok(event) => {
                self.refused.try_set(None);
                self.outcome.said(said, Ok(event));
            }
            Err(error) => {
                self.refused.try_set(Some(error));
                self.outcome.changed();
            }
        }
    }

    /// Shows that a pipeline or a stage was added.
    pub fn made(self, said: &str, made: Uuid) {
        self.refused.try_set(None);
        self.outcome.made(said, (Kind::Pipeline, made));
    }

    /// Runs an action and shows its result.
    pub fn run(self, said: &'static str, work: impl Future<Output = Result<Option<EventId>>> + 'static) {
        spawn_local(async move { self.said(said, work.await) });
    }

    /// Moves a stage to the place of another one of its pipeline; those in between move by one place.
    pub fn put(self, said: &'static str, stage: StageId, at: StageId) {
        let found = self.all.with_untracked(|all| {
            let process =
                all.iter().find(|process| process.stages.iter().any(|one| one.stage.id == stage))?;
            let mut order = process.order();
            let (from, to) =
                (order.iter().position(|one| *one == stage)?, order.iter().position(|one| *one == at)?);
            let moved = order.remove(from);
            order.insert(to, moved);
            Some((process.pipeline.id, order))
        });
        if let Some((pipeline, order)) = found {
            self.run(said, api::order(pipeline, order));
        }
    }
}

/// The page `/settings/pipelines`.
#[component]
pub fn PipelinesPage() -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    use_draft();
    let changed = use_changes([Kind::Pipeline, Kind::SettingsDraft]);
    let reading = use_reading(|| (), changed, |()| api::all());
    let known = reading.known_while(|_| true);
    let state = PipelinesState {
        outcome: Outcome::of(reading),
        all: Memo::new(move |_| known.get().unwrap_or_default()),
        asking: RwSignal::new(None),
        lifting: Lifting::default(),
        refused: RwSignal::new(None),
    };
    let add = ViewFnOnce::from(move || {
        view! {
            <Button kind=ButtonKind::Filled icon=Icon::Plus on_click=move |()| state.ask(Asking::AddPipeline)>
                {words.add_pipeline}
            </Button>
        }
    });
    let refusal = move || {
        state.refused.get().map(|error| {
            view! { <Banner tone=Tone::Bad text=why(text, &error) /> }
        })
    };
    let trouble = reading.trouble();
    let failed = move || {
        trouble.get().map(|error| {
            say_status(&error);
            view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }
        })
    };
    view! {
        <SettingsFrame here=Section::Pipelines title=words.pipelines action=Some(add)>
            {refusal}
            {reading.once(move || view! {
                {failed}
                <Each rows=move || state.all.get() key=|process| process.pipeline.id let:process>
                    <OneProcess id=process.pipeline.id state />
                </Each>
            }.into_any())}
            <Ask state />
        </SettingsFrame>
    }
}

/// A pipeline with its stages. Rows are updated in place, so that an open menu stays open.
#[component]
fn OneProcess(id: PipelineId, state: PipelinesState) -> impl IntoView {
    let words = use_text().settings();
    let process =
        use_row(move || state.all.with(|all| all.iter().find(|process| process.pipeline.id == id).cloned()));
    let name = move || {
        process
            .with(|process| process.as_ref().map(|process| process.pipeline.name.clone()))
            .unwrap_or_default()
    };
    let about = move || {
        let (stages, deals) = process.with(|process| {
            process.as_ref().map_or((0, 0), |process| (process.stages.len(), process.deals()))
        });
        (words.pipeline_about)(stages, usize::try_from(deals).unwrap_or_default())
    };
    let stages = move || process.with(|process| process.as_ref().map_or_else(Vec::new, Process::order));
    let menu = move || {
        let (first, several) = state
            .all
            .with(|all| (all.first().is_some_and(|process| process.pipeline.id == id), all.len() > 1));
        let empty = process.with(|process| process.as_ref().is_some_and(|process| process.deals() == 0));
        view! {
            <Menu id=format!("pipeline-{id}") label=(words.actions_of)(&name())>
                <MenuItem label=words.rename icon=Icon::Pencil
                    on_click=move |()| state.ask(Asking::RenamePipeline { id, name: untrack(name) }) />
                {(!first).then(|| view! {
                    <MenuItem label=words.raise icon=Icon::ArrowUp
                        on_click=move |()| state.run(words.order_saved, api::raise(id)) />
                })}
                {several.then(|| view! {
                    <MenuItem label=words.delete_pipeline icon=Icon::Trash danger=true disabled=!empty
                        on_click=move |()| state.run(words.pipeline_deleted, api::delete(id)) />
                })}
            </Menu>
        }
    };
    view! {
        <Part title=Signal::derive(name) about=Signal::derive(about)>
            <ul class="settings-rows stage-rows" aria-label=words.stages>
                <Each rows=stages key=|id| *id let:stage><StageLine id=stage process state /></Each>
            </ul>
            <div class="form-row settings-foot">
                <Button icon=Icon::Plus on_click=move |()| state.ask(Asking::AddStage { pipeline: id })>
                    {words.add_stage}
                </Button>
                {menu}
            </div>
        </Part>
    }
}

/// The dialog.
#[component]
fn Ask(state: PipelinesState) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let title = Signal::derive(move || {
        state.asking.with(|asking| match asking {
            Some(Asking::RenamePipeline { .. }) => words.rename.to_owned(),
            Some(Asking::AddStage { .. }) => words.add_stage.to_owned(),
            Some(Asking::EditStage(line)) => line.stage.name.clone(),
            Some(Asking::DeleteStage(line)) => (words.delete_stage_of)(&line.stage.name),
            Some(Asking::AddPipeline) | None => words.add_pipeline.to_owned(),
        })
    });
    view! {
        <Dialog open=state.outcome.open title=title close_label=text.common.cancel>
            {move || {
                state.asking
                    .get()
                    .map(|asking| match asking {
                        Asking::AddPipeline | Asking::RenamePipeline { .. } => {
                            view! { <AskName asking state /> }.into_any()
                        }
                        _ => view! { <AskStage asking state /> }.into_any(),
                    })
            }}
        </Dialog>
    }
}

/// The form with the name of a pipeline.
#[component]
fn AskName(asking: Asking, state: PipelinesState) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let sending = use_sending();
    let begun = match &asking {
        Asking::RenamePipeline { name, .. } => name.clone(),
        _ => String::new(),
    };
    let name = RwSignal::new(begun);
    let draft = match &asking {
        Asking::RenamePipeline { id, .. } => format!("rename:{id}"),
        _ => "add-pipeline".to_owned(),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked();
        match asking {
            Asking::RenamePipeline { id, .. } => {
                sending.send(api::rename(id, typed), move |event| state.said(words.saved, Ok(event)));
            }
            _ => sending.send(api::add(typed), move |id| state.made(words.pipeline_added, id.0)),
        }
    };
    view! {
        <form class="form" data-draft=draft on:submit=submit>
            <Field name="name" label=words.pipeline_name value=name problem=sending.problem("name") required=true
                autofocus=true />
            <Trouble sending />
            <div class="form-actions">
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{text.common.save}</Button>
            </div>
        </form>
    }
}
