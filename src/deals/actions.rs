//! The actions on a deal's card: win, lose, move, open again, delete. Each is a plain form; with wasm it is sent
//! without leaving the page, and a toast offers undo. The rules are the server's.

use super::api;
use super::model::{Deal, Stage, Status};
use crate::auth::model::Visit;
use crate::error::Result;
use crate::i18n::{Text, use_text};
use crate::id::{DealId, EventId, StageId};
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::live::reading::Leaving;
use crate::ui::{Button, ButtonKind, ButtonLink, Field, Icon, Menu, MenuItem, Sending, browser, use_sending};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::web_sys::Element;
use leptos_router::hooks::use_navigate;

/// The state of the actions on one card.
#[derive(Clone, Copy)]
pub struct Acts {
    pub sending: Sending,
    /// Whether the form that asks for the reason of a loss is shown.
    pub losing: RwSignal<bool>,
    /// The reason as typed in words, beside the buttons of usual reasons.
    sentence: RwSignal<String>,
    text: &'static Text,
    undo_toast: UndoToast,
    /// Grows when the card has to be read again.
    again: RwSignal<u32>,
    /// Leaves for the list, after the deal was deleted.
    leave: Callback<()>,
}

/// Made once for a page, so that reading the card again keeps what was typed.
#[must_use]
pub fn use_acts(again: RwSignal<u32>) -> Acts {
    let sending = use_sending();
    // A refused activity (recognised by its field `content`) is shown at its own form on the same page.
    let reply = use_context::<Visit>().and_then(|visit| visit.reply);
    if reply.is_some_and(|reply| reply.typed.iter().any(|(name, _)| name == "content")) {
        sending.error.set(None);
    }
    let navigate = use_navigate();
    let leave = move |()| navigate("/deals", leptos_router::NavigateOptions::default());
    Acts {
        sending,
        losing: RwSignal::new(false),
        sentence: RwSignal::new(String::new()),
        text: use_text(),
        undo_toast: use_undo_toast(),
        again,
        leave: Callback::new(leave),
    }
}

impl Acts {
    fn run(
        self,
        work: impl Future<Output = Result<EventId>> + 'static,
        said: String,
        then: impl FnOnce() + 'static,
    ) {
        let again = self.again;
        let read_again = move || {
            again.try_update(|count| *count += 1);
        };
        self.sending.send(work, move |event| {
            self.undo_toast.say(&said, Some(event), read_again);
            read_again();
            then();
        });
    }

    /// Moves the deal to another stage.
    fn put(self, id: DealId, title: &str, stage: &Stage) {
        let said = (self.text.deals.moved)(title, &stage.name);
        self.run(api::put(id, stage.id), said, || ());
    }

    fn lose(self, id: DealId, title: &str, reason: &str) {
        let sentence = self.sentence.get_untracked();
        let whole: Vec<&str> =
            [reason, sentence.trim()].into_iter().filter(|part| !part.is_empty()).collect();
        self.run(api::lose(id, whole.join(": ")), (self.text.deals.lost_toast)(title), move || {
            self.losing.try_set(false);
            self.sentence.try_set(String::new());
        });
    }
}

/// The buttons in the head of a card.
#[component]
pub fn ActionRow(
    acts: Acts,
    deal: Deal,
    stages: Vec<Stage>,
    elsewhere: Vec<(String, Stage)>,
) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let id = deal.id;
    let open = deal.stage.status == Status::Open;
    let busy = acts.sending.busy;
    let may_give = use_context::<Visit>().unwrap_or_default().may_give(deal.facts.owner_id);
    // "Won" is the primary button only in the last open stage; before it, moving on is more likely.
    let last = stages
        .iter()
        .rfind(|stage| stage.status == Status::Open)
        .is_some_and(|last| last.id == deal.stage.id);
    let winning = if last { ButtonKind::Filled } else { ButtonKind::Quiet };
    let title = StoredValue::new(deal.facts.title);
    let win = move |event: SubmitEvent| {
        event.prevent_default();
        acts.run(api::win(id), title.with_value(|title| (words.won_toast)(title)), || ());
    };
    let lose = move |event: SubmitEvent| {
        event.prevent_default();
        acts.losing.update(|losing| *losing = !*losing);
        // Wait a frame, until the reasons are on the page and can take the focus.
        request_animation_frame(|| {
            browser::focus("reason-0");
        });
    };
    let leaving = Leaving::with(acts.sending);
    let delete = move || {
        leaving.run(());
        let said = title.with_value(|title| (words.deleted)(title));
        acts.run(api::delete(id), said, move || {
            acts.leave.try_run(());
        });
    };
    view! {
        <div class="card-actions">
            {open
                .then(|| {
                    view! {
                        <form method="post" action=format!("/deals/{id}/win") on:submit=win>
                            <Button kind=winning submit=true icon=Icon::Trophy busy=busy>{words.mark_won}</Button>
                        </form>
                        // Without wasm the link's address opens the reasons.
                        <form method="get" action=format!("/deals/{id}#closing") on:submit=lose>
                            <Button submit=true icon=Icon::Close>{words.mark_lost}</Button>
                        </form>
                    }
                })}
            <MoveMenu acts id current=deal.stage.id open title stages elsewhere />
            <ButtonLink href=format!("/deals/{id}/edit") icon=Icon::Pencil>{text.common.edit}</ButtonLink>
            <Menu id="deal-more" label=text.ui.more_actions>
                {may_give.then(|| view! {
                    <MenuItem label=text.customers.hand_over icon=Icon::Shuffle href=format!("/deals/{id}/hand-over") />
                })}
                <form method="post" action=format!("/deals/{id}/delete") on:submit=move |event| event.prevent_default()>
                    <MenuItem label=words.delete icon=Icon::Trash name="sure" value="yes" danger=true
                        on_click=move |()| delete() />
                </form>
            </Menu>
        </div>
    }
}

/// The stages to move to; for a closed deal, the stages in which it can be opened again.
#[component]
fn MoveMenu(
    acts: Acts,
    id: DealId,
    current: StageId,
    open: bool,
    title: StoredValue<String>,
    stages: Vec<Stage>,
    elsewhere: Vec<(String, Stage)>,
) -> impl IntoView {
    let text = use_text();
    let others = elsewhere
        .into_iter()
        .map(|(pipeline, stage)| {
            let label = format!("{pipeline} › {}", stage.name);
            let to = stage.id.to_string();
            let put = move |()| title.with_value(|title| acts.put(id, title, &stage));
            view! { <MenuItem label=label icon=Icon::Branch name="to" value=to on_click=put /> }
        })
        .collect::<Vec<_>>();
    let name = if open { text.board().move_menu } else { text.deals.reopen_to };
    let items = stages
        .into_iter()
        .filter(|stage| stage.status == Status::Open)
        .map(|stage| {
            let here = stage.id == current;
            let kept = stage.clone();
            let put = move |()| title.with_value(|title| acts.put(id, title, &kept));
            view! { <MenuItem label=stage.name name="to" value=stage.id.to_string() current=here on_click=put /> }
        })
        .collect_view();
    view! {
        <Menu id="deal-move" label=name text=name icon=if open { Icon::Swap } else { Icon::Undo }>
            <form method="post" action=format!("/deals/{id}/move") on:submit=move |event| event.prevent_default()>
                <input type="hidden" name="place" value="bottom" />
                <input type="hidden" name="back" value=format!("/deals/{id}") />
                {items}
                {(!others.is_empty()).then(|| view! { <hr class="menu-line" /> })}
                {others}
            </form>
        </Menu>
    }
}

/// The reasons of a loss: a button for each usual one, a sentence, or both. Hidden until the deal is marked as lost.
#[component]
pub fn Reasons(acts: Acts, id: DealId, title: String) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let title = StoredValue::new(title);
    let lose = move |reason: &str| title.with_value(|title| acts.lose(id, title, reason));
    let action = format!("/deals/{id}/lose");
    let reasons = [
        words.lost_price,
        words.lost_competitor,
        words.lost_no_need,
        words.lost_no_budget,
        words.lost_no_answer,
        words.lost_other,
    ];
    let chips = reasons
        .into_iter()
        .enumerate()
        .map(|(nr, reason)| {
            view! {
                <button
                    type="submit"
                    class="chip"
                    id=format!("reason-{nr}")
                    name="reason"
                    value=reason
                    on:click=move |event| {
                        event.prevent_default();
                        lose(reason);
                    }
                >
                    <span>{reason}</span>
                </button>
            }
        })
        .collect_view();
    // Enter in the sentence would press the form's first submit button: a reason that nobody chose.
    let enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" && event_target::<Element>(&event).tag_name() == "INPUT" {
            event.prevent_default();
            lose("");
        } else if event.key() == "Escape" {
            acts.losing.set(false);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        lose("");
    };
    view! {
        <section
            class="closing"
            id="closing"
            aria-label=words.lost_reason
            data-open=move || acts.losing.get().then_some("")
            on:keydown=enter
        >
            <p class="form-hint">{words.lost_reason_hint}</p>
            <form class="closing-form" method="post" action=action on:submit=submit>
                <div class="reasons" role="group" aria-label=words.lost_reason>{chips}</div>
                <Field name="sentence" label=words.own_words value=acts.sentence
                    problem=acts.sending.problem("reason") />
                <div class="form-actions">
                    <Button submit=true kind=ButtonKind::Danger busy=acts.sending.busy>{words.close_lost}</Button>
                    <Button on_click=move |()| acts.losing.set(false)>{text.common.cancel}</Button>
                </div>
            </form>
        </section>
    }
}

/// The path of stages; each other stage is a button that moves the deal there.
#[component]
pub fn StagePath(acts: Acts, deal: Deal, stages: Vec<Stage>, days: i64, may_sell: bool) -> impl IntoView {
    let words = &use_text().deals;
    let (id, current) = (deal.id, deal.stage.id);
    let closed = deal.stage.status != Status::Open;
    let at = stages.iter().position(|stage| stage.id == current).unwrap_or_default();
    let title = StoredValue::new(deal.facts.title);
    let steps = stages
        .into_iter()
        .enumerate()
        .filter(|(_, stage)| stage.status == Status::Open || stage.id == current)
        .map(|(nr, stage)| {
            let here = stage.id == current;
            let state = match (here, stage.status) {
                (true, Status::Won) => "won",
                (true, Status::Lost) => "lost",
                (true, Status::Open) => "current",
                (false, _) if nr < at && deal.stage.status != Status::Lost => "done",
                (false, _) => "todo",
            };
            let color = stage.color.to_string();
            let name = stage.name.clone();
            let step = if here || !may_sell {
                let since = here.then(|| {
                    let days = format!(", {}", (words.days_in_stage)(days));
                    view! { <span class="visually-hidden">{days}</span> }
                });
                view! { <span class="stage-step">{name}{since}</span> }.into_any()
            } else {
                let stage_id = stage.id.to_string();
                let to = (words.move_to)(&stage.name);
                let put = move |event: SubmitEvent| {
                    event.prevent_default();
                    title.with_value(|title| acts.put(id, title, &stage));
                };
                view! {
                    <form method="post" action=format!("/deals/{id}/move") on:submit=put>
                        <input type="hidden" name="place" value="bottom" />
                        <input type="hidden" name="back" value=format!("/deals/{id}") />
                        <button type="submit" class="stage-step" name="to" value=stage_id title=to.clone()
                            aria-label=to>
                            {name}
                        </button>
                    </form>
                }
                .into_any()
            };
            view! { <li data-state=state data-color=color aria-current=here.then_some("step")>{step}</li> }
        })
        .collect_view();
    view! { <ol class="stage-path" aria-label=words.stage_path data-closed=closed.then_some("")>{steps}</ol> }
}
