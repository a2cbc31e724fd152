//! The state of a card's stream and its form, kept while the card itself is read again: what is typed, what is being
//! sent, what is being edited. Made once for a page. It draws nothing.

use super::address::StreamAddress;
use super::api;
use super::input::ActivityForm;
use super::model::{
    ActivityKind, ActivityLine, LARGEST_PAGE, Outcome, PAGE, Party, StreamLine, StreamPage, StreamQuery,
};
use crate::auth::model::{Permission, Visit};
use crate::error::Error;
use crate::i18n::{Text, use_text};
use crate::id::ActivityId;
use crate::journal::model::Card;
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::live::reading::{Reading, use_reading};
use crate::live::{Kind, listen::use_changes};
use crate::ui::{Sending, browser, drafts, use_sending};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use std::str::FromStr as _;

/// A second click within this time is taken for a double click and ignored.
const TWICE: std::time::Duration = std::time::Duration::from_millis(700);

/// The fields of a form, as signals.
#[derive(Clone, Copy)]
pub struct Fields {
    pub id: RwSignal<String>,
    pub version: RwSignal<String>,
    pub kind: RwSignal<String>,
    pub at: RwSignal<String>,
    pub contact: RwSignal<String>,
    pub direction: RwSignal<String>,
    pub outcome: RwSignal<String>,
    pub result: RwSignal<String>,
    pub content: RwSignal<String>,
}

impl Fields {
    fn new(form: ActivityForm) -> Self {
        let fields = Self {
            id: RwSignal::default(),
            version: RwSignal::default(),
            kind: RwSignal::default(),
            at: RwSignal::default(),
            contact: RwSignal::default(),
            direction: RwSignal::default(),
            outcome: RwSignal::default(),
            result: RwSignal::default(),
            content: RwSignal::default(),
        };
        fields.fill(form);
        fields
    }

    pub fn fill(self, form: ActivityForm) {
        self.id.set(form.id);
        self.version.set(form.version);
        self.kind.set(form.kind);
        self.at.set(form.at);
        self.contact.set(form.contact);
        self.direction.set(form.direction);
        self.outcome.set(form.outcome);
        self.result.set(form.result);
        self.content.set(form.content);
    }

    /// The form as it is now, tracked.
    #[must_use]
    pub fn form(self) -> ActivityForm {
        ActivityForm {
            id: self.id.get(),
            version: self.version.get(),
            kind: self.kind.get(),
            at: self.at.get(),
            contact: self.contact.get(),
            direction: self.direction.get(),
            outcome: self.outcome.get(),
            result: self.result.get(),
            content: self.content.get(),
        }
    }
}

fn empty() -> ActivityForm {
    ActivityForm { kind: ActivityKind::Call.code().to_owned(), ..ActivityForm::default() }
}

/// An activity that is shown before the server has answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub id: ActivityId,
    pub form: ActivityForm,
    /// It is on record, but the stream has not been read again yet.
    saved: bool,
}

#[derive(Clone, Copy)]
pub struct StreamState {
    pub card: Memo<Option<Card>>,
    pub address: Memo<StreamAddress>,
    pub reading: Reading<(Card, StreamPage)>,
    /// The last successful reading of this card's stream.
    pub page: Memo<Option<StreamPage>>,
    pub lines: Memo<Vec<StreamLine>>,
    pub parties: Memo<Vec<Party>>,
    /// Activities deleted on this page: hidden before the stream is read again.
    gone: RwSignal<Vec<ActivityId>>,
    pub waiting: RwSignal<Vec<Waiting>>,
    /// A call that was just logged, and with whom, until the next step was asked for.
    pub called: RwSignal<Option<(Outcome, String)>>,
    /// The form for a new activity.
    pub new: Fields,
    pub logging: Sending,
    /// The form of the activity that is edited in place.
    pub old: Fields,
    pub editing: RwSignal<Option<ActivityId>>,
    pub changing: Sending,
    pub may_write: bool,
    pub text: &'static Text,
    depth: RwSignal<u32>,
    /// What was just logged: clicking the same again without typing is ignored as a double click.
    just: StoredValue<Option<Option<Outcome>>>,
    undo_toast: UndoToast,
}

/// The stream of the page's card.
#[must_use]
pub fn use_stream(card: Memo<Option<Card>>) -> StreamState {
    let params = use_location().search;
    let address = Memo::new(move |_| params.with(|params| StreamAddress::of(params)));
    let changed = use_changes(Kind::CARDS.into_iter().chain([Kind::Activity]));
    let depth = RwSignal::new(1);
    let reading = use_reading(
        move || (card.get(), address.get(), depth.get()),
        changed,
        |(card, address, depth): (Option<Card>, StreamAddress, u32)| async move {
            let query = StreamQuery { show: address.show, after: address.after, limit: depth * PAGE };
            let card = card.ok_or(Error::NotFound)?;
            Ok((card, api::stream(card, query).await?))
        },
    );
    let known = reading.known_while(|_| true);
    let page = Memo::new(move |_| {
        let card = card.get();
        known.with(|known| known.as_ref().filter(|(of, _)| Some(*of) == card).map(|(_, page)| page.clone()))
    });
    let gone = RwSignal::new(Vec::<ActivityId>::new());
    let lines = Memo::new(move |_| {
        let mut lines = page.with(|page| page.as_ref().map(|page| page.lines.clone())).unwrap_or_default();
        gone.with(|gone| lines.retain(|line| gone.iter().all(|one| one.0 != line.id())));
        lines
    });
    let parties = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(|page| page.parties.clone())).unwrap_or_default()
    });
    let visit = use_context::<Visit>().unwrap_or_default();
    // A refused plain form belongs either to the new activity or to one being edited; the latter has the field `back`.
    let reply = visit.reply.as_ref().map(|reply| reply.typed.as_slice()).unwrap_or_default();
    let of_old = reply.iter().any(|(name, _)| name == "back");
    let of_new = !of_old && reply.iter().any(|(name, _)| name == "content");
    let (logging, changing) = (use_sending(), use_sending());
    let typed = |mine: bool, sending: Sending| {
        if mine {
            let mut form: ActivityForm = crate::ui::form::form_of(reply).unwrap_or_else(empty);
            let taken = sending.error.with_untracked(|error| matches!(error, Some(Error::Conflict { .. })));
            if taken && form.version.is_empty() {
                form.id.clear();
            }
            form
        } else {
            let _ = sending.error.try_set(None);
            empty()
        }
    };
    let state = StreamState {
        card,
        address,
        reading,
        page,
        lines,
        parties,
        gone,
        waiting: RwSignal::default(),
        called: RwSignal::new(None),
        new: Fields::new(typed(of_new, logging)),
        logging,
        old: Fields::new(typed(of_old, changing)),
        editing: RwSignal::new(address.with_untracked(|address| address.edit)),
        changing,
        may_write: visit.may(Permission::Sell),
        text: use_text(),
        depth,
        just: StoredValue::new(None),
        undo_toast: use_undo_toast(),
    };
    // Activities that were waiting for a reading have arrived with it.
    Effect::new(move |_| {
        page.track();
        state.waiting.update(|waiting| waiting.retain(|one| !one.saved));
    });
    state.keep_drafts(visit.me.map(|me| me.id.to_string()).unwrap_or_default());
    state
}

impl StreamState {
    /// Keeps the typed text in this browser until it is saved; each card has a draft of its own.
    fn keep_drafts(self, me: String) {
        let me = StoredValue::new(me);
        let name = move |card: Card| me.with_value(|me| format!("{me}:{}", card.path()));
        let of = StoredValue::new(None::<Card>);
        Effect::new(move |_| {
            let card = self.card.get();
            if of.get_value() == card {
                return;
            }
            let first = of.get_value().is_none();
            of.set_value(card);
            let left = card
                .and_then(|card| drafts::left(&name(card)))
                .and_then(|left| serde_json::from_str(&left).ok());
            // On a page that was just loaded, text may have been typed before hydration; it must not be overwritten.
            if let Some(left) = left.filter(|_| !first || self.new.content.with_untracked(String::is_empty)) {
                self.new.fill(left);
            } else if !first {
                self.new.fill(empty());
            }
            // Made with the first letter: an activity that was saved although its answer was lost is recognised by it.
            if self.new.id.with_untracked(String::is_empty) {
                self.new.id.set(browser::fresh_id());
            }
            if !first {
                self.called.set(None);
                self.depth.set(1);
                self.waiting.set(Vec::new());
            }
        });
        self.forget_what_is_logged();
        Effect::new(move |_| {
            let form = self.new.form();
            let Some(card) = of.get_value().filter(|card| self.card.get_untracked() == Some(*card)) else {
                return;
            };
            if !form.content.trim().is_empty() || !form.result.trim().is_empty() {
                drafts::keep(&name(card), serde_json::to_string(&form).ok().as_deref());
            } else if self.waiting.with(Vec::is_empty) {
                drafts::keep(&name(card), None);
            }
        });
    }

    /// If the page was left or the connection broke before the answer came, the activity in the form may be on record:
    /// then the form is emptied, so that it is not logged twice. Text changed since then is kept as a new activity.
    fn forget_what_is_logged(self) {
        Effect::new(move |_| {
            let mine = self.new.id.get();
            let logged = self.page.with(|page| {
                page.iter().flat_map(|page| &page.lines).find_map(|line| match line {
                    StreamLine::Activity(line) if line.id.to_string() == mine => {
                        Some((line.content.clone(), line.result.clone()))
                    }
                    _ => None,
                })
            });
            let Some((content, result)) = logged else { return };
            let typed = untrack(|| self.new.form());
            self.logging.error.set(None);
            if (content.trim(), result.trim()) == (typed.content.trim(), typed.result.trim()) {
                self.clear(typed.kind);
            } else {
                self.new.id.set(browser::fresh_id());
            }
        });
    }

    /// Empties the form. The kind stays, because the next activity is often of the same kind.
    fn clear(self, kind: String) {
        self.new.fill(ActivityForm { kind, id: browser::fresh_id(), ..empty() });
    }

    /// Reads the stream again.
    pub fn read_again(self) {
        self.reading.read_again();
    }

    /// Shows more of the older entries; false when the page has the largest size.
    pub fn show_older(self) -> bool {
        let more = (self.depth.get_untracked() + 1) * PAGE <= LARGEST_PAGE;
        if more {
            self.depth.update(|depth| *depth += 1);
        }
        more
    }

    /// Logs the activity in the form; with an outcome, as a call that ended like that.
    pub fn log(self, outcome: Option<Outcome>) {
        let mut form = untrack(|| self.new.form());
        if self.just.get_value() == Some(outcome) && form.content.trim().is_empty() {
            return;
        }
        form.outcome = outcome.map(|outcome| outcome.code().to_owned()).unwrap_or_default();
        if outcome.is_some() {
            form.kind = ActivityKind::Call.code().to_owned();
        }
        if let Err(problems) = form.parse_but_time() {
            self.logging.error.set(Some(Error::Invalid(problems)));
            browser::focus_first_invalid("composer");
            return;
        }
        let kind = form.kind.clone();
        self.just.set_value(Some(outcome));
        let again = move || {
            let _ = self.just.try_set_value(None);
        };
        set_timeout(again, TWICE);
        self.send(form);
        self.clear(kind);
    }

    /// Shows the activity at once. If it is refused, puts it back into the form with the reason.
    pub fn send(self, mut form: ActivityForm) {
        let Some(card) = self.card.get_untracked() else { return };
        if form.id.is_empty() {
            form.id = browser::fresh_id();
        }
        let Ok(id) = ActivityId::from_str(&form.id) else { return };
        let said = (self.text.activities.logged)(&super::line::title_of_form(self.text, &form));
        let outcome = Outcome::of(&form.outcome).unwrap_or(Outcome::Reached);
        let called = (form.kind == ActivityKind::Call.code()).then(|| (outcome, form.contact.clone()));
        self.logging.error.set(None);
        self.waiting.update(|waiting| waiting.insert(0, Waiting { id, form: form.clone(), saved: false }));
        spawn_local(async move {
            match api::log(card, form.clone()).await {
                Ok(logged) => {
                    self.called.try_set(called);
                    self.undo_toast.say(&said, Some(logged.event), move || self.read_again());
                    let _ = self.waiting.try_update(|waiting| {
                        waiting.iter_mut().filter(|one| one.id == id).for_each(|one| one.saved = true);
                    });
                    self.read_again();
                }
                Err(error) => {
                    let _ = self.just.try_set_value(None);
                    let _ = self.waiting.try_update(|waiting| waiting.retain(|one| one.id != id));
                    let typed_since = self.new.content.try_get_untracked().unwrap_or_default();
                    let content = match typed_since.trim() {
                        "" => form.content,
                        since => format!("{}\n{since}", form.content),
                    };
                    // Another activity was logged under this id, so what is in the form now is a new one.
                    let taken = matches!(error, Error::Conflict { .. });
                    let id = if taken { browser::fresh_id() } else { form.id.clone() };
                    self.new.fill(ActivityForm { id, content, ..form });
                    if taken {
                        self.read_again();
                    }
                    self.logging.error.try_set(Some(error));
                }
            }
        });
    }

    /// Begins to edit an activity in place.
    pub fn edit(self, line: &ActivityLine) {
        self.changing.error.set(None);
        self.old.fill(ActivityForm::of(line, self.text.locale));
        self.editing.set(Some(line.id));
    }

    pub fn save(self, id: ActivityId) {
        let form = untrack(|| self.old.form());
        if let Err(problems) = form.parse_but_time() {
            self.changing.error.set(Some(Error::Invalid(problems)));
            return;
        }
        self.changing.send(api::change(id, form), move |event| {
            self.editing.try_set(None);
            self.undo_toast.say(self.text.activities.changed, event, move || self.read_again());
            self.read_again();
        });
    }

    /// Deletes at once, without asking, because it can be undone.
    pub fn delete(self, id: ActivityId) {
        spawn_local(async move {
            match api::delete(id).await {
                Ok(event) => {
                    let _ = self.gone.try_update(|gone| gone.push(id));
                    self.undo_toast.say(self.text.activities.deleted, Some(event), move || {
                        let _ = self.gone.try_update(|gone| gone.retain(|one| *one != id));
                        self.read_again();
                    });
                    self.read_again();
                }
                Err(error) => self.undo_toast.tell(&(self.text.errors.error)(&error)),
            }
        });
    }
}
