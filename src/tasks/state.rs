//! The state of a list of tasks in the browser: the rows as last read, those that are leaving the list, what was
//! refused. Finishing and postponing are shown at once and reverted if the server refuses. The views are in `list`.

use super::api;
use super::model::{Act, TaskKind};
use super::view::{TaskPart, TaskQuery, TaskRow};
use crate::error::Error;
use crate::i18n::{Text, use_text};
use crate::id::TaskId;
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::{Reading, use_reading};
use crate::people::model::OwnerChoice;
use crate::ui::browser;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy)]
pub struct TasksState {
    pub reading: Reading<(TaskQuery, TaskPart)>,
    /// The last successful reading, with its query.
    known: Memo<Option<(TaskQuery, TaskPart)>>,
    pub rows: Memo<Vec<TaskRow>>,
    /// Why the list could not be read; the last known rows stay.
    pub trouble: Memo<Option<Error>>,
    /// The task whose change was refused, and why.
    pub refused: RwSignal<Option<(TaskId, Error)>>,
    /// The call whose outcome is asked for.
    pub calling: RwSignal<Option<TaskRow>>,
    /// The text typed in the line, kept while the page is read again.
    pub line: RwSignal<String>,
    /// Tasks done or postponed in the version that was shown: they leave the list before the server has answered.
    gone: RwSignal<Vec<(TaskId, i64)>>,
    pub undo_toast: UndoToast,
    text: &'static Text,
}

/// Made once for a page, so that reading the page again loses nothing.
#[must_use]
pub fn use_tasks(query: Signal<TaskQuery>) -> TasksState {
    let changes = use_changes(Kind::CARDS.into_iter().chain([Kind::Task]));
    let reading = use_reading(
        move || query.get(),
        changes,
        |query: TaskQuery| async move { api::list(query).await.map(|part| (query, part)) },
    );
    // The last successful reading stays, even if a later one fails.
    let known = Memo::new(move |before: Option<&Option<(TaskQuery, TaskPart)>>| {
        reading.now.get().and_then(Result::ok).or_else(|| before.cloned().flatten())
    });
    let rows = Memo::new(move |_| {
        known.with(|known| known.as_ref().map(|(_, part)| part.rows.clone())).unwrap_or_default()
    });
    TasksState {
        reading,
        known,
        rows,
        trouble: reading.trouble(),
        refused: RwSignal::new(None),
        calling: RwSignal::new(None),
        line: RwSignal::new(String::new()),
        gone: RwSignal::new(Vec::new()),
        undo_toast: use_undo_toast(),
        text: use_text(),
    }
}

impl TasksState {
    /// The query of the rows that are shown.
    #[must_use]
    pub fn query(self) -> TaskQuery {
        self.known.with(|known| known.as_ref().map(|(query, _)| *query)).unwrap_or_default()
    }

    /// Whether there are more than are shown.
    #[must_use]
    pub fn more(self) -> bool {
        self.known.with(|known| known.as_ref().is_some_and(|(_, part)| part.more))
    }

    /// The people whose tasks can be shown.
    #[must_use]
    pub fn people(self) -> Vec<OwnerChoice> {
        self.known.with(|known| known.as_ref().map(|(_, part)| part.people.clone())).unwrap_or_default()
    }

    pub fn read(self) {
        self.reading.read_again();
    }

    /// Call after a change made on this page.
    pub fn changed(self) {
        self.reading.changed();
    }

    #[must_use]
    pub fn is_gone(self, id: TaskId, version: i64) -> bool {
        self.gone.with(|gone| gone.contains(&(id, version)))
    }

    #[must_use]
    pub fn find(self, id: TaskId) -> Option<TaskRow> {
        self.rows.with_untracked(|rows| rows.iter().find(|row| row.id == id).cloned())
    }

    /// Handles the tick: for a call it asks how it went first, an open task gets done, a done one is opened again.
    pub fn tick(self, row: &TaskRow) {
        if row.done {
            self.carry_out(row, Act::Reopen);
        } else if row.kind == TaskKind::Call {
            self.calling.set(Some(row.clone()));
        } else {
            self.carry_out(row, Act::Finish);
        }
    }

    /// Shows the effect of an action at once, then carries it out.
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

    /// Lets the row leave the list, then asks the server; a refusal brings the row back with the reason.
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
                    self.undo_toast.say(&said, Some(event), move || {
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
                    self.undo_toast.refused(&error);
                    self.refused.try_set(Some((mark.0, error)));
                    self.read();
                }
            }
        });
    }

    /// Moves the focus to the task below, or to the one above if it was the last.
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
