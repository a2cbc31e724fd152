//! A list of tasks in the browser: the rows last read, those that are on their way out, what was refused. Finishing and putting off are
//! shown at once and taken back where the server says no. What it looks like is in `list`.

use super::api;
use super::model::{Act, TaskKind};
use super::shown::{TaskPart, TaskRow, TaskWish};
use crate::error::{Error, Result};
use crate::i18n::{Text, use_text};
use crate::id::TaskId;
use crate::journal::way_back::{WayBack, use_way_back};
use crate::live::Kind;
use crate::live::listen::{use_changes, use_hearing};
use crate::ui::browser;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy)]
pub struct TaskDesk {
    pub rows: RwSignal<Vec<TaskRow>>,
    pub more: RwSignal<bool>,
    /// Why the list could not be read; what is shown is then the last known.
    pub trouble: RwSignal<Option<Error>>,
    /// The task whose change was refused, and why.
    pub refused: RwSignal<Option<(TaskId, Error)>>,
    /// The call whose outcome is asked for.
    pub calling: RwSignal<Option<TaskRow>>,
    /// What is being typed in the line, kept while the page is read anew.
    pub line: RwSignal<String>,
    /// Done or put off in the state that was shown: they leave the list before the answer is there.
    gone: RwSignal<Vec<(TaskId, i64)>>,
    pub wish: Signal<TaskWish>,
    begun: StoredValue<Option<TaskWish>>,
    turn: StoredValue<u32>,
    hearing: Signal<bool>,
    pub way_back: WayBack,
    text: &'static Text,
}

/// A list and its first reading.
#[derive(Clone, Copy)]
pub struct Tasks {
    pub desk: TaskDesk,
    pub first: Resource<Result<TaskPart>>,
}

/// Made once for a page, so that reading the page anew loses nothing.
#[must_use]
pub fn use_tasks(wish: Signal<TaskWish>) -> Tasks {
    let changes = use_changes(&[Kind::Task, Kind::Deal, Kind::Customer]);
    let desk = TaskDesk {
        rows: RwSignal::new(Vec::new()),
        more: RwSignal::new(false),
        trouble: RwSignal::new(None),
        refused: RwSignal::new(None),
        calling: RwSignal::new(None),
        line: RwSignal::new(String::new()),
        gone: RwSignal::new(Vec::new()),
        wish,
        begun: StoredValue::new(None),
        turn: StoredValue::new(0),
        hearing: use_hearing(),
        way_back: use_way_back(),
        text: use_text(),
    };
    let first = Resource::new(move || wish.get(), api::list);
    Effect::new(move |before: Option<u32>| {
        let now = changes.get();
        if before.is_some_and(|before| before != now) {
            desk.read();
        }
        now
    });
    Tasks { desk, first }
}

impl TaskDesk {
    /// Begins with what was read for the wish; the same wish begins once.
    pub fn begin(self, part: Result<TaskPart>) {
        let wish = self.wish.get_untracked();
        if self.begun.get_value() == Some(wish) {
            return;
        }
        self.begun.set_value(Some(wish));
        match part {
            Ok(part) => self.take(part),
            Err(error) => self.trouble.set(Some(error)),
        }
    }

    fn take(self, part: TaskPart) {
        self.trouble.set(None);
        self.more.set(part.more);
        self.rows.set(part.rows);
    }

    /// Reads the list again; only the newest answer counts.
    pub fn read(self) {
        let Some(turn) = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        }) else {
            return;
        };
        let Some(wish) = self.wish.try_get_untracked() else { return };
        spawn_local(async move {
            let answer = api::list(wish).await;
            if self.turn.try_get_value() != Some(turn) || self.wish.try_get_untracked() != Some(wish) {
                return;
            }
            match answer {
                Ok(part) => self.take(part),
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    /// What changed is heard; where the page does not hear, it reads by itself.
    pub fn changed(self) {
        if !self.hearing.get_untracked() {
            self.read();
        }
    }

    #[must_use]
    pub fn is_gone(self, id: TaskId, version: i64) -> bool {
        self.gone.with(|gone| gone.contains(&(id, version)))
    }

    #[must_use]
    pub fn find(self, id: TaskId) -> Option<TaskRow> {
        self.rows.with_untracked(|rows| rows.iter().find(|row| row.id == id).cloned())
    }

    /// The tick was tapped: a call is asked about first, an open task is done, a done one is open again.
    pub fn tick(self, row: &TaskRow) {
        if row.done {
            self.carry_out(row, Act::Reopen);
        } else if row.kind == TaskKind::Call {
            self.calling.set(Some(row.clone()));
        } else {
            self.carry_out(row, Act::Finish);
        }
    }

    /// Shows at once what is done to a task, then does it.
    pub fn carry_out(self, row: &TaskRow, act: Act) {
        let words = &self.text.tasks;
        let said = match act {
            Act::Finish | Act::Called(_) => (words.is_done)(&row.title),
            Act::Reopen => (words.is_open)(&row.title),
            Act::PutOff(_) => (words.is_put_off)(&row.title),
            Act::Delete => (words.is_deleted)(&row.title),
        };
        self.leave(row, said, act);
    }

    /// Lets the row glide out, then asks; a refusal brings it back with the reason.
    fn leave(self, row: &TaskRow, said: String, act: Act) {
        let mark = (row.id, row.version);
        if self.gone.with_untracked(|gone| gone.contains(&mark)) {
            return;
        }
        self.refused.set(None);
        self.focus_after(row.id);
        self.gone.update(|gone| gone.push(mark));
        spawn_local(async move {
            let answer = api::carry_out(mark.0, act).await;
            let back = move || {
                self.gone.try_update(|gone| gone.retain(|one| *one != mark));
            };
            match answer {
                Ok(event) => {
                    self.way_back.say(&said, Some(event), move || {
                        back();
                        self.read();
                    });
                    if event.0.is_nil() {
                        back();
                        self.read();
                    } else {
                        self.changed();
                    }
                }
                Err(error) => {
                    back();
                    self.way_back.refused(&error);
                    self.refused.try_set(Some((mark.0, error)));
                    self.read();
                }
            }
        });
    }

    /// The focus goes on to the task below, or the one above the last.
    fn focus_after(self, id: TaskId) {
        let next = self.rows.with_untracked(|rows| {
            let left: Vec<TaskId> = self.gone.with_untracked(|gone| {
                rows.iter().filter(|row| !gone.contains(&(row.id, row.version))).map(|row| row.id).collect()
            });
            let at = left.iter().position(|one| *one == id)?;
            left.get(at + 1).or_else(|| at.checked_sub(1).and_then(|at| left.get(at))).copied()
        });
        if let Some(next) = next {
            browser::focus(&tick_id(next));
        }
    }
}

/// The id of a row's tick.
#[must_use]
pub fn tick_id(task: TaskId) -> String {
    format!("tick-{task}")
}
