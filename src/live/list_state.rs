//! The state of a long list: the rows read so far, what is being read, what went wrong. Only the answer to the newest
//! request counts; until it arrives the list stays as it is. It knows no kind of record: each list brings its query
//! ([`Listed`]).

use crate::error::{Error, Result};
use crate::ui::browser;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How many rows a page of a list has.
pub const PAGE: u32 = 50;
pub const LARGEST_PAGE: u32 = 200;

/// A part of a list.
#[derive(Clone, Debug)]
pub struct Part<Row, Head> {
    /// What is shown above the rows (counts, sums).
    pub head: Head,
    pub rows: Vec<Row>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// The query of a list: what is asked for, and how it is read.
pub trait Listed: Clone + PartialEq + Send + Sync + 'static {
    type Row: Clone + Send + Sync + 'static;
    type Head: Clone + Send + Sync + 'static;
    /// The element that scrolls on a desktop.
    const BOX: &'static str;

    /// The cursor: the place of the last row of the page before.
    fn after(&self) -> Option<String>;
    /// The same query from another place on, with at most this many rows.
    #[must_use]
    fn from(&self, after: Option<String>, limit: u32) -> Self;
    /// Reads from the server.
    fn read(self) -> impl Future<Output = Result<Part<Self::Row, Self::Head>>>;
}

pub struct ListState<Q: Listed> {
    pub head: RwSignal<Option<Q::Head>>,
    pub rows: RwSignal<Vec<Q::Row>>,
    pub next: RwSignal<Option<String>>,
    pub trouble: RwSignal<Option<Error>>,
    pub busy: RwSignal<bool>,
    query: Memo<Q>,
    turn: StoredValue<u32>,
    /// What was asked for while another request was running.
    waiting: StoredValue<Option<Waiting>>,
}

impl<Q: Listed> Clone for ListState<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: Listed> Copy for ListState<Q> {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Waiting {
    More,
    Again,
}

impl<Q: Listed> ListState<Q> {
    /// Begins with the page that the server drew. Reads again when the query changes or a record has changed.
    pub fn new(first: Result<Part<Q::Row, Q::Head>>, query: Memo<Q>, changed: Signal<u32>) -> Self {
        let (head, rows, next, trouble) = match first {
            Ok(part) => (Some(part.head), part.rows, part.next, None),
            Err(error) => (None, Vec::new(), None, Some(error)),
        };
        let state = Self {
            head: RwSignal::new(head),
            rows: RwSignal::new(rows),
            next: RwSignal::new(next),
            trouble: RwSignal::new(trouble),
            busy: RwSignal::new(false),
            query,
            turn: StoredValue::new(0),
            waiting: StoredValue::new(None),
        };
        Effect::new(move |before: Option<(Q, u32)>| {
            let now = (query.get(), changed.get());
            match before {
                Some(before) if before.0 != now.0 => state.load(),
                Some(before) if before.1 != now.1 => state.again(),
                _ => {}
            }
            now
        });
        state
    }

    /// Reads the query as it is now, from its beginning.
    pub fn load(self) {
        self.waiting.set_value(None);
        let query = self.query.get_untracked();
        self.read(query.read(), move |part| {
            self.head.set(Some(part.head));
            self.rows.set(part.rows);
            self.next.set(part.next);
            if let Some(list) = browser::by_id(Q::BOX) {
                list.set_scroll_top(0);
            }
        });
    }

    /// Reads the next page, if there is one.
    pub fn more(self) {
        if self.busy.get_untracked() {
            self.wait_for(Waiting::More);
            return;
        }
        let Some(next) = self.next.get_untracked() else { return };
        let query = self.query.with_untracked(|query| query.from(Some(next), LARGEST_PAGE));
        self.read(query.read(), move |part| {
            self.rows.update(|rows| rows.extend(part.rows));
            self.next.set(part.next);
        });
    }

    /// Repeats the request that failed.
    pub fn retry(self) {
        if self.rows.with_untracked(Vec::is_empty) { self.load() } else { self.more() }
    }

    /// Something has changed: reads as many rows again as are shown.
    pub fn again(self) {
        if self.busy.get_untracked() {
            self.wait_for(Waiting::Again);
            return;
        }
        let wanted = self.rows.with_untracked(Vec::len).max(PAGE as usize);
        let query = self.query.get_untracked();
        self.read(as_many(query, wanted), move |part| {
            self.head.set(Some(part.head));
            self.rows.set(part.rows);
            self.next.set(part.next);
        });
    }

    fn wait_for(self, what: Waiting) {
        self.waiting.update_value(|waiting| *waiting = (*waiting).max(Some(what)));
    }

    fn read(
        self,
        work: impl Future<Output = Result<Part<Q::Row, Q::Head>>> + 'static,
        then: impl FnOnce(Part<Q::Row, Q::Head>) + 'static,
    ) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.busy.set(true);
        spawn_local(async move {
            let read = work.await;
            // Ignore the answer to an outdated request, and any answer after the page is gone.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.busy.set(false);
            match read {
                Ok(part) => {
                    self.trouble.set(None);
                    then(part);
                    match self.waiting.try_update_value(Option::take).flatten() {
                        Some(Waiting::Again) => self.again(),
                        Some(Waiting::More) => self.more(),
                        None => {}
                    }
                }
                Err(error) => {
                    // What is not there for whoever asks, or no more, is not shown any longer either.
                    if matches!(error, Error::NotFound | Error::Forbidden) {
                        self.head.set(None);
                        self.rows.set(Vec::new());
                        self.next.set(None);
                    }
                    self.trouble.set(Some(error));
                }
            }
        });
    }
}

/// Reads at least this many rows from the beginning of the query, as far as there are so many.
async fn as_many<Q: Listed>(query: Q, wanted: usize) -> Result<Part<Q::Row, Q::Head>> {
    let mut after = query.after();
    let mut all: Option<Part<Q::Row, Q::Head>> = None;
    loop {
        let known = all.as_ref().map_or(0, |all| all.rows.len());
        let left = wanted.saturating_sub(known);
        let limit = u32::try_from(left).unwrap_or(LARGEST_PAGE).clamp(1, LARGEST_PAGE);
        let part = query.from(after.take(), limit).read().await?;
        let whole = match all.take() {
            Some(mut all) => {
                all.rows.extend(part.rows);
                Part { next: part.next, ..all }
            }
            None => part,
        };
        if whole.next.is_none() || whole.rows.len() >= wanted {
            return Ok(whole);
        }
        after.clone_from(&whole.next);
        all = Some(whole);
    }
}
