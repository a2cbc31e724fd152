//! The actions on a record's card: move to another stage, edit, hand over, delete. Each is a plain form or a link; with
//! wasm moving and deleting are sent without leaving the page, and a toast offers undo. The server checks the rights
//! again.

use super::address::{card_of, list_of};
use super::api;
use crate::auth::model::Visit;
use crate::i18n::use_text;
use crate::id::{KindNr, OwnRecordId, UnitId};
use crate::journal::undo_toast::use_undo_toast;
use crate::live::reading::Leaving;
use crate::own_kinds::model::{KindStage, stage_shown};
use crate::ui::{Banner, ButtonLink, Icon, Menu, MenuItem, Sending, Tone};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The path of stages; each other stage is a button that moves the record there.
#[component]
pub fn StagePath(
    id: OwnRecordId,
    name: String,
    now: Option<i64>,
    stages: Vec<KindStage>,
    /// Whether the person may move the record.
    may: bool,
    sending: Sending,
) -> impl IntoView {
    let text = use_text();
    let words = text.own_records();
    let undo_toast = use_undo_toast();
    let trouble = sending.trouble();
    let nr_of = |stage: &KindStage| i64::from(stage.nr);
    let at = stages.iter().position(|stage| Some(nr_of(stage)) == now);
    let steps = stages
        .iter()
        .enumerate()
        .map(|(place, stage)| {
            let here = Some(place) == at;
            let state = match at {
                Some(_) if here && stage.closed => "won",
                Some(_) if here => "current",
                Some(at) if place < at => "done",
                _ => "todo",
            };
            let nr = nr_of(stage);
            let color = stage_shown(&stages, nr).map_or(1, |(_, color)| color).to_string();
            let label = stage.name.clone();
            let step = if here || !may || stage.archived {
                view! { <span class="stage-step">{label}</span> }.into_any()
            } else {
                let to = (words.next_stage)(&stage.name);
                let said = (words.moved)(&name, &stage.name);
                let put = move |event: SubmitEvent| {
                    event.prevent_default();
                    let said = said.clone();
                    sending.send(api::put(id, nr), move |event| undo_toast.say(&said, event, || ()));
                };
                view! {
                    <form method="post" action=format!("{}/stage", card_of(id)) on:submit=put>
                        <button type="submit" class="stage-step" name="stage" value=nr.to_string() title=to.clone()
                            aria-label=to>
                            {label}
                        </button>
                    </form>
                }
                .into_any()
            };
            view! { <li data-state=state data-color=color aria-current=here.then_some("step")>{step}</li> }
        })
        .collect_view();
    view! {
        <Show when=move || trouble.get().is_some()>
            <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default()) />
        </Show>
        <ol class="stage-path" aria-label=words.stages>{steps}</ol>
    }
}

/// The buttons for editing, handing over and deleting, for people who may change records of this kind.
#[component]
pub fn More(
    id: OwnRecordId,
    name: String,
    kind: KindNr,
    owner: UnitId,
    one: String,
    sending: Sending,
) -> impl IntoView {
    let text = use_text();
    let words = text.own_records();
    let visit = use_context::<Visit>().unwrap_or_default();
    let may_give = visit.may_give(owner);
    view! {
        <div class="card-actions">
            <ButtonLink href=format!("{}/edit", card_of(id)) icon=Icon::Pencil label=(words.edit)(&one) />
            <Menu id="record-more" label=text.common.more>
                {may_give.then(|| view! {
                    <MenuItem label=words.hand_over icon=Icon::Shuffle href=format!("{}/hand-over", card_of(id)) />
                })}
                <Delete id name kind sending />
            </Menu>
        </div>
    }
}

/// Deletes without asking, since it can be undone, and goes to the list.
#[component]
fn Delete(id: OwnRecordId, name: String, kind: KindNr, sending: Sending) -> impl IntoView {
    let words = use_text().own_records();
    let undo_toast = use_undo_toast();
    let navigate = use_navigate();
    let leave = Leaving::with(sending);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (name, navigate) = (name.clone(), navigate.clone());
        leave.run(());
        sending.send(api::delete(id), move |event| {
            let card = navigate.clone();
            undo_toast.say(&(words.deleted)(&name), Some(event), move || {
                card(&card_of(id), NavigateOptions::default());
            });
            navigate(&list_of(kind), NavigateOptions::default());
        });
    };
    view! {
        <form method="post" action=format!("{}/delete", card_of(id)) on:submit=submit>
            <MenuItem label=words.delete icon=Icon::Trash danger=true name="delete" value="1" disabled=sending.busy />
        </form>
    }
}
