//! What the list shows: the rows read so far, what is being read, what went wrong. Only the newest query's answer
//! counts; until it is there the last content stays.

use super::api;
use super::model::{CustomerQuery, CustomerRow, LARGEST_PAGE, PAGE, Page};
use crate::error::{Error, Result};
use crate::ui::browser;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The element that scrolls on a desktop.
pub const BOX: &str = "customers-box";

#[derive(Clone, Copy)]
pub struct ListState {
    pub rows: RwSignal<Vec<CustomerRow>>,
    pub next: RwSignal<Option<String>>,
    pub trouble: RwSignal<Option<Error>>,
    pub busy: RwSignal<bool>,
    query: Memo<CustomerQuery>,
    turn: StoredValue<u32>,
    /// What was asked for while something else was being read.
    waiting: StoredValue<Option<Waiting>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Waiting {
    More,
    Again,
}

impl ListState {
    /// Begins with the page the server drew.
    pub fn new(first: Result<Page>, query: Memo<CustomerQuery>) -> Self {
        let (page, trouble) = match first {
            Ok(page) => (page, None),
            Err(error) => (Page::default(), Some(error)),
        };
        Self {
            rows: RwSignal::new(page.rows),
            next: RwSignal::new(page.next),
            trouble: RwSignal::new(trouble),
            busy: RwSignal::new(false),
            query,
            turn: StoredValue::new(0),
            waiting: StoredValue::new(None),
        }
    }

    /// Reads what is asked for now, from its beginning.
    pub fn load(self) {
        self.waiting.set_value(None);
        let query = self.query.get_untracked();
        self.read(async move { api::list(query).await }, move |page| {
            self.rows.set(page.rows);
            self.next.set(page.next);
            if let Some(list) = browser::by_id(BOX) {
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
        let query = CustomerQuery { after: Some(next), limit: LARGEST_PAGE, ..self.query.get_untracked() };
        self.read(async move { api::list(query).await }, move |page| {
            self.rows.update(|rows| rows.extend(page.rows));
            self.next.set(page.next);
        });
    }

    /// Reads again as much as is shown: something has changed.
    pub fn again(self) {
        if self.busy.get_untracked() {
            self.wait_for(Waiting::Again);
            return;
        }
        let wanted = self.rows.with_untracked(Vec::len).max(PAGE as usize);
        let query = self.query.get_untracked();
        self.read(async move { as_many(query, wanted).await }, move |page| {
            self.rows.set(page.rows);
            self.next.set(page.next);
        });
    }

    fn wait_for(self, what: Waiting) {
        self.waiting.update_value(|waiting| *waiting = (*waiting).max(Some(what)));
    }

    fn read(self, work: impl Future<Output = Result<Page>> + 'static, then: impl FnOnce(Page) + 'static) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.busy.set(true);
        spawn_local(async move {
            let read = work.await;
            // An older answer that comes late says nothing any more; nor does one for a page that is gone.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.busy.set(false);
            match read {
                Ok(page) => {
                    self.trouble.set(None);
                    then(page);
                    match self.waiting.try_update_value(Option::take).flatten() {
                        Some(Waiting::Again) => self.again(),
                        Some(Waiting::More) => self.more(),
                        None => {}
                    }
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }
}

/// At least so many rows from the beginning of the query, as far as there are.
async fn as_many(query: CustomerQuery, wanted: usize) -> Result<Page> {
    let mut all = Page::default();
    let mut after = query.after.clone();
    loop {
        let left = wanted.saturating_sub(all.rows.len());
        let limit = u32::try_from(left).unwrap_or(LARGEST_PAGE).clamp(1, LARGEST_PAGE);
        let page = api::list(CustomerQuery { after: after.take(), limit, ..query.clone() }).await?;
        all.rows.extend(page.rows);
        all.next = page.next;
        if all.next.is_none() || all.rows.len() >= wanted {
            return Ok(all);
        }
        after.clone_from(&all.next);
    }
}
