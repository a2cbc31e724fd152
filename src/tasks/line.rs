//! The line that adds a task: while typing, it shows the day and time it has recognised; tapping one turns it back into
//! plain text; Enter adds the task. If the task hangs on nothing yet, it suggests customers whose name was typed.
//! Without wasm it is a plain form.

use super::api;
use super::input::{LineForm, TITLE};
use super::quick::Quick;
use super::quick::later::read_line;
use super::row::icon_of;
use super::view::{About, when};
use crate::customers::api::choices;
use crate::customers::model::CustomerChoice;
use crate::error::Error;
use crate::i18n::{Locale, use_locale, use_text};
use crate::journal::model::Card;
use crate::journal::undo_toast::use_undo_toast;
use crate::ui::{Button, Chip, Icon, IconView, browser, use_sending, use_today};
use chrono::NaiveDate;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use std::time::Duration;
use uuid::Uuid;

/// The customers are looked up when typing has paused for this long.
const PAUSE: Duration = Duration::from_millis(160);
/// How many customers are suggested.
const OFFERED: usize = 4;

/// `line` is the typed text; `id` must be unique on the page.
#[component]
pub fn NewTask(
    about: Option<About>,
    line: RwSignal<String>,
    #[prop(into)] on_added: Callback<()>,
    #[prop(default = "new-task")] id: &'static str,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let (text, locale) = (use_text(), use_locale());
    let words = &text.tasks;
    let today = use_today();
    let place = use_location();
    let (sending, undo_toast) = (use_sending(), use_undo_toast());
    let node = NodeRef::<html::Input>::new();
    if line.with_untracked(String::is_empty) {
        let typed = sending.typed("line", "");
        if !typed.is_empty() {
            line.set(typed);
        }
    }
    let problem = sending.problem("line");
    // Phrases that were recognised and then turned back into plain text, one on each line.
    let as_text = RwSignal::new(String::new());
    let understood = use_understood(line, as_text, today, locale);
    let give_back = move |phrase: &str| {
        as_text.update(|all| *all = format!("{all}{phrase}\n"));
        if let Some(input) = node.get_untracked() {
            let _ = input.focus();
        }
    };
    let said = move || {
        let quick = understood.get();
        let pieces = line.with(|line| quick.pieces(line));
        let Quick { title, kind, due_on, due_at, marks, problem, .. } = quick;
        let wrong = problem.as_ref().map(text.errors.problem);
        let when = wrong.clone().unwrap_or_else(|| when(due_on, due_at, today.get(), locale));
        let read = (!marks.is_empty())
            .then(|| view! { <span class="line-read">{pieces_view(pieces, give_back)}</span> });
        (!title.is_empty()).then(|| {
            view! {
                <span class="line-said" data-wrong=wrong.map(|_| "")>
                    <IconView icon=icon_of(kind) />{(words.kind_name)(kind)} " · " {when}
                </span>
                {read}
            }
        })
    };
    let customer = RwSignal::new(None::<CustomerChoice>);
    let found = RwSignal::new(Vec::<CustomerChoice>::new());
    look_up(about.is_none(), understood, found, customer);
    let card = about.map(About::card);
    let on =
        |wanted: fn(&Card) -> bool| card.filter(wanted).map(|card| card.id().to_string()).unwrap_or_default();
    let of_customer = on(|card| matches!(card, Card::Customer(_)));
    let of_deal = on(|card| matches!(card, Card::Deal(_)));
    let of_record = on(|card| matches!(card, Card::Record(_)));
    let (fixed, deal, record) = (of_customer.clone(), of_deal.clone(), of_record.clone());
    let chosen =
        move || customer.with(|one| one.as_ref().map_or_else(|| fixed.clone(), |one| one.id.to_string()));
    let chosen_now = chosen.clone();
    // The id of the new task: the same line sent twice makes one task, another line another one.
    let fresh = StoredValue::new(Uuid::new_v4());
    Effect::new(move |_| {
        // Another line was added under this id before, although its answer was lost.
        if sending.error.with(|error| matches!(error, Some(Error::Conflict { .. }))) {
            fresh.set_value(Uuid::new_v4());
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = LineForm {
            id: fresh.get_value().to_string(),
            line: line.get_untracked(),
            as_text: as_text.get_untracked(),
            today: today.get_untracked().to_string(),
            customer: untrack(&chosen_now),
            deal: of_deal.clone(),
            record: of_record.clone(),
            back: String::new(),
        };
        let today = today.get_untracked();
        let sent = async move {
            let quick = read_line(form.line.clone(), form.as_text.clone(), today, locale).await;
            Ok((api::add(form).await?, quick))
        };
        sending.send(sent, move |(event, quick)| {
            let Quick { title, due_on, due_at, .. } = quick.unwrap_or_else(|_| Quick::nothing(today));
            let said = (words.added)(&title, &when(due_on, due_at, today, locale));
            fresh.set_value(Uuid::new_v4());
            line.set(String::new());
            as_text.set(String::new());
            customer.set(None);
            undo_toast.say(&said, Some(event), move || on_added.run(()));
            on_added.run(());
            if let Some(input) = node.try_get_untracked().flatten() {
                let _ = input.focus();
            }
        });
    };
    Effect::new(move |first: Option<()>| {
        let now = line.get();
        let Some(input) = node.get() else { return };
        if input.value() == now {
        } else if first.is_none() && !input.value().is_empty() {
            // The line was typed before the page was hydrated.
            line.set(input.value());
        } else {
            input.set_value(&now);
        }
    });
    Effect::new(move |_| {
        if autofocus && node.get().is_some() {
            request_animation_frame(move || {
                browser::focus(id);
            });
        }
    });
    let back = format!("{}{}", place.pathname.get_untracked(), query(&place.search.get_untracked()));
    let trouble = move || problem.get().or_else(|| sending.trouble().get());
    let offered = move || {
        found.with(|found| !found.is_empty()).then(|| {
            let chips = found
                .get()
                .into_iter()
                .map(|one| {
                    let id = one.id;
                    let pressed = Signal::derive(move || {
                        customer.with(|now| now.as_ref().is_some_and(|now| now.id == id))
                    });
                    let (name, kept) = (one.name.clone(), one);
                    let toggle = Callback::new(move |()| {
                        let on = pressed.get_untracked();
                        customer.set((!on).then(|| kept.clone()));
                    });
                    view! { <Chip text=name icon=Icon::User pressed on_click=toggle /> }
                })
                .collect_view();
            view! { <div class="chips" role="group" aria-label=words.about_whom>{chips}</div> }
        })
    };
    view! {
        <form class="new-task" method="post" action="/tasks" on:submit=submit>
            <input type="hidden" name="back" value=back />
            <input type="hidden" name="customer" value=chosen />
            <input type="hidden" name="deal" value=deal />
            <input type="hidden" name="record" value=record />
            <div class="new-task-line">
                <IconView icon=Icon::Plus />
                <input
                    node_ref=node
                    class="new-task-input"
                    id=id
                    type="text"
                    name="line"
                    value=line.get_untracked()
                    maxlength=(TITLE + 60).to_string()
                    placeholder=words.line_example
                    aria-label=words.line
                    aria-describedby=format!("{id}-said")
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    autocomplete="off"
                    enterkeyhint="done"
                    on:input:target=move |event| line.set(event.target().value())
                />
                <Button submit=true busy=sending.busy>{words.add}</Button>
            </div>
            <p class="new-task-said" id=format!("{id}-said")>{said}</p>
            {offered}
            <p class="field-problem" hidden=move || trouble().is_none()>{trouble}</p>
        </form>
    }
}

/// The parsed line, once the parser is loaded; an older result never replaces a newer one.
fn use_understood(
    line: RwSignal<String>,
    as_text: RwSignal<String>,
    today: Signal<NaiveDate>,
    locale: Locale,
) -> RwSignal<Quick> {
    let understood = RwSignal::new(Quick::nothing(today.get_untracked()));
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let (line, as_text, today) = (line.get(), as_text.get(), today.get());
        let mine = turn.get_value().wrapping_add(1);
        turn.set_value(mine);
        if line.trim().is_empty() {
            understood.set(Quick::nothing(today));
            return;
        }
        spawn_local(async move {
            let quick = read_line(line, as_text, today, locale).await;
            if let (Ok(quick), Some(now)) = (quick, turn.try_get_value())
                && now == mine
            {
                understood.try_set(quick);
            }
        });
    });
    understood
}

/// The line in pieces; the recognised ones can be tapped.
fn pieces_view(
    pieces: Vec<(String, bool)>,
    give_back: impl Fn(&str) + Copy + Send + Sync + 'static,
) -> AnyView {
    let words = &use_text().tasks;
    let piece = move |(phrase, read): (String, bool)| {
        if !read {
            return format!(" {phrase} ").into_any();
        }
        let (label, shown) = ((words.keep_as_text)(&phrase), phrase.clone());
        view! {
            <button
                type="button"
                class="line-mark"
                aria-label=label.clone()
                title=label
                on:click=move |_| give_back(&phrase)
            >
                {shown}
                <IconView icon=Icon::Close />
            </button>
        }
        .into_any()
    };
    pieces.into_iter().map(piece).collect_view().into_any()
}

fn query(search: &str) -> String {
    let search = search.trim_start_matches('?');
    if search.is_empty() { String::new() } else { format!("?{search}") }
}

/// Looks up customers whose name is in the line, a moment after the last letter. If only one is found, it is chosen
/// until the person removes it.
fn look_up(
    wanted: bool,
    understood: RwSignal<Quick>,
    found: RwSignal<Vec<CustomerChoice>>,
    customer: RwSignal<Option<CustomerChoice>>,
) {
    let name = Memo::new(move |_| understood.with(|quick| quick.name.clone()));
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let hold = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    on_cleanup(hold);
    Effect::new(move |_| {
        let name = name.get();
        hold();
        if !wanted || name.is_empty() {
            found.set(Vec::new());
            customer.set(None);
            return;
        }
        let ask = move || {
            let asked = name.clone();
            spawn_local(async move {
                let mut all = choices(asked).await.unwrap_or_default();
                all.truncate(OFFERED);
                customer.try_set(match all.as_slice() {
                    [only] => Some(only.clone()),
                    _ => None,
                });
                found.try_set(all);
            });
        };
        timer.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    });
}
