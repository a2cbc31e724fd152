//! The page of a person, for those who lead them: their place in the firm, a new link, closing or opening their
//! account, handing over their records. The rules are in `people`.

use super::conflict::Overtaken;
use super::link::LinkBox;
use super::seat::SeatFields;
use super::{Part, Section, SettingsFrame};
use crate::auth::model::Visit;
use crate::error::Error;
use crate::i18n::{date, use_locale, use_text};
use crate::id::{PersonId, UnitId};
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::live::reading::{Reading, use_reading};
use crate::live::{Kind, listen::use_changes};
use crate::people::api;
use crate::people::input::PersonForm;
use crate::people::model::PersonCard;
use crate::ui::caught;
use crate::ui::{
    Banner, Button, ButtonKind, ButtonLink, Choice, Icon, Kept, Select, Sending, Tone, Trouble, say_status,
    use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What the parts of the page need after an action: the toast, and reading the page again.
#[derive(Clone, Copy)]
struct Doing {
    undo_toast: UndoToast,
    reading: Reading<PersonCard>,
    link: RwSignal<Option<String>>,
}

impl Doing {
    /// Reads the page again, and draws it from scratch.
    fn read(self) {
        self.reading.let_go();
    }

    /// Shows a toast and reads the page again.
    fn done(self, said: &str, event: Option<crate::id::EventId>) {
        self.undo_toast.say(said, event, move || self.read());
        self.read();
    }
}

/// The page `/settings/people/:id`.
#[component]
pub fn PersonPage() -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<PersonId>().ok())));
    let changed = use_changes([Kind::Person]);
    let told = use_context::<Visit>().unwrap_or_default().told;
    let reading = use_reading(
        move || id.get(),
        changed,
        |id: Option<PersonId>| async move {
            match id {
                Some(id) => api::person(id).await,
                None => Err(Error::NotFound),
            }
        },
    );
    let doing = Doing { undo_toast: use_undo_toast(), reading, link: RwSignal::new(told) };
    view! {
        <SettingsFrame here=Section::People title=words.person>
            {reading.draw_anew(move |card| match card {
                Ok(card) => view! { <Whole card doing /> }.into_any(),
                Err(error) => {
                    say_status(&error);
                    view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }.into_any()
                }
            })}
        </SettingsFrame>
    }
}

/// The parts of the page that the person asking may use.
#[component]
fn Whole(card: PersonCard, doing: Doing) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let locale = use_locale();
    let facts = card.facts.clone();
    let seen = card.seen_at.map(|at| (words.seen_at)(&date::day(at.date(), locale), &date::time(at)));
    let about = [Some((words.role_name)(facts.role).to_owned()), seen]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let led = card.led;
    let mine = use_context::<Visit>().and_then(|visit| visit.me).is_some_and(|me| me.id == card.id);
    let records = card.customers + card.deals + card.tasks + card.others > 0;
    let (seat, may_link) = (card.clone(), card.may_link);
    view! {
        <nav class="crumbs" aria-label=text.ui.breadcrumb><a href="/settings/people">{words.people}</a></nav>
        <Part title=facts.name.clone() about=about>
            {(!facts.active).then(|| view! { <Banner text=words.left_text /> })}
            {if led {
                view! { <Seat card=seat doing /> }.into_any()
            } else if mine {
                view! {
                    <p class="muted">{words.own_place}</p>
                    <div class="form-actions"><ButtonLink href="/settings" icon=Icon::User>{words.me}</ButtonLink></div>
                }
                    .into_any()
            } else {
                view! { <p class="muted">{words.not_led}</p> }.into_any()
            }}
        </Part>
        {may_link.then(|| view! { <NewLink card=card.clone() doing /> })}
        {(led && records).then(|| view! { <HandOver card=card.clone() doing /> })}
        {led.then(|| view! { <Account card doing /> })}
    }
}

/// The fields of the form by name, each with the name of its fact.
const FACTS: [(&str, &str); 5] =
    [("name", "name"), ("email", "email"), ("role", "role"), ("sees", "sees"), ("under", "under_id")];

/// The form of the person's place in the firm.
#[component]
fn Seat(card: PersonCard, doing: Doing) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let sending = use_sending();
    let id = card.id;
    let groups = card.choices.groups.iter();
    let groups =
        groups.map(|group| Choice::new(group.id.to_string(), group.name.clone())).collect::<Vec<_>>();
    let form = PersonForm {
        version: card.version.to_string(),
        over: String::new(),
        name: card.facts.name,
        email: card.facts.email.unwrap_or_default(),
        role: card.facts.role.code().into(),
        sees: card.facts.sees.code().into(),
        under: card.facts.under_id.to_string(),
    };
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<PersonForm>(&event) else { return };
        sending.send(api::change(id, form), move |event| doing.done(words.saved, event));
    };
    view! {
        <form class="form" method="post" action=format!("/settings/people/{id}") on:submit=submit
            on:input=move |_| doing.reading.held.set(true)>
            <Trouble sending />
            <Kept name="version" value=RwSignal::new(form.version.clone()) />
            <Overtaken sending fields=&FACTS named=("under", groups) take=Callback::new(move |()| doing.read()) />
            <SeatFields form choices=card.choices sending />
            <div class="form-actions">
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{text.common.save}</Button>
            </div>
        </form>
    }
}

/// The refusal of a form: problems without a field, and those of fields that are elsewhere on the page.
#[component]
fn Refused(sending: Sending) -> impl IntoView {
    let words = &use_text().errors;
    let said = move || {
        sending.error.with(|error| match error {
            Some(Error::Invalid(problems)) => problems.first().map(|one| (words.problem)(&one.problem)),
            Some(error) => Some((words.error)(error)),
            None => None,
        })
    };
    move || said().map(|said| view! { <Banner tone=Tone::Bad text=said /> })
}

/// The button that makes a new link.
#[component]
fn NewLink(card: PersonCard, doing: Doing) -> impl IntoView {
    let words = use_text().settings();
    let locale = use_locale();
    let sending = use_sending();
    let id = card.id;
    let (title, about) = if card.joined {
        (words.new_password, words.new_password_text)
    } else {
        (words.invitation, words.invitation_text)
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sending.send(api::link(id), move |invited| {
            doing.link.set(Some(invited.link));
            doing.read();
        });
    };
    let waiting = card.link_until.map(|at| (words.link_waits)(&date::day(at.date(), locale)));
    view! {
        <Part title=title about=about>
            <Refused sending />
            {move || doing.link.get().map(|path| view! { <LinkBox path /> })}
            {waiting.map(|waiting| view! { <p class="muted small">{waiting}</p> })}
            <form class="form-row" method="post" action=format!("/settings/people/{id}/link") on:submit=submit>
                <Button submit=true busy=sending.busy>{words.make_link}</Button>
            </form>
        </Part>
    }
}

/// The form that hands over all records of the person.
#[component]
fn HandOver(card: PersonCard, doing: Doing) -> impl IntoView {
    let words = use_text().settings();
    let sending = use_sending();
    let id = card.id;
    let count = |number: i64| usize::try_from(number).unwrap_or_default();
    let about = (words.records_of)([card.customers, card.deals, card.tasks, card.others].map(count));
    let heirs: Vec<Choice> =
        card.choices.heirs.into_iter().map(|heir| Choice::new(heir.id.to_string(), heir.name)).collect();
    let to = RwSignal::new(heirs.first().map(|heir| heir.value.clone()).unwrap_or_default());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Ok(to) = to.get_untracked().parse::<UnitId>() else { return };
        sending.send(api::hand_over(id, to), move |handed| {
            doing.done(&(words.handed_over)(handed.records), Some(handed.event));
        });
    };
    view! {
        <Part title=words.hand_over about=about>
            <form class="form" method="post" data-draft="" action=format!("/settings/people/{id}/hand-over")
                on:submit=submit on:input=move |_| doing.reading.held.set(true)>
                <Refused sending />
                <Select name="to" label=words.hand_over_to choices=heirs value=to />
                <div class="form-actions">
                    <Button submit=true icon=Icon::Shuffle busy=sending.busy>{words.hand_over}</Button>
                </div>
            </form>
        </Part>
    }
}

/// The button that closes or opens the account.
#[component]
fn Account(card: PersonCard, doing: Doing) -> impl IntoView {
    let words = use_text().settings();
    let sending = use_sending();
    let (id, active) = (card.id, card.facts.active);
    let (about, act, said) = if active {
        (words.deactivate_text, words.deactivate, words.deactivated)
    } else {
        (words.activate_text, words.activate, words.activated)
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sending.send(api::set_active(id, !active), move |event| doing.done(said, event));
    };
    view! {
        <Part title=words.account about=about>
            <Refused sending />
            <form class="form-row" method="post" action=format!("/settings/people/{id}/active") on:submit=submit>
                <input type="hidden" name="active" value=if active { "no" } else { "yes" } />
                <Button submit=true kind=if active { ButtonKind::Danger } else { ButtonKind::Quiet } busy=sending.busy>
                    {act}
                </Button>
                <ButtonLink href="/settings/people">{words.to_people}</ButtonLink>
            </form>
        </Part>
    }
}
