//! Parses the tasks of a file. Owner, customer and deal are still names as in the file.

use super::open::{Open, bad};
use super::{Sheet, columns_in};
use crate::import::map::Tasks;
use crate::import::report::{Bad, Report};
use crate::import::said::Said;
use crate::import::table::Row;
use crate::import::template::Template;
use crate::import::value;
use crate::tasks::input::{NOTE, TITLE};
use crate::tasks::model::TaskKind;
use chrono::NaiveDate;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    pub title: String,
    pub owner: String,
    pub kind: TaskKind,
    pub due: NaiveDate,
    /// The minute of the day.
    pub at: Option<i64>,
    pub done: Option<NaiveDate>,
    pub customer: Option<String>,
    pub deal: Option<String>,
    pub record: Option<String>,
    pub note: String,
}

pub(super) fn columns(section: &Tasks) -> Vec<&str> {
    let mut one = vec![&section.id, &section.title, &section.owner, &section.due];
    let optional =
        [&section.kind, &section.at, &section.done, &section.customer, &section.deal, &section.record];
    one.extend(optional.into_iter().flatten());
    columns_in(one, [&section.note])
}

pub(super) fn read(section: &Tasks, open: &Open, report: &mut Report) -> Sheet<TaskRow> {
    let called = |row: &Row| open.text(row, Some(&section.title));
    open.sheet(report, &section.id, called, |row| task(section, open, row))
}

fn task(section: &Tasks, open: &Open, row: &Row) -> Result<TaskRow, Bad> {
    let named =
        |template: &Option<Template>| Some(open.text(row, template.as_ref())).filter(|name| !name.is_empty());
    let due = open.date(row, Some(&section.due))?;
    let noted = section.note.0.first().unwrap_or(&section.title);
    Ok(TaskRow {
        title: open.needed(row, &section.title, TITLE)?,
        owner: open.needed(row, &section.owner, TITLE)?,
        kind: open.word(row, section.kind.as_ref(), value::task_kind)?.unwrap_or_default(),
        due: due.ok_or_else(|| bad(&section.due, "", Said::of(|words| words.empty.to_owned())))?,
        at: open.time(row, section.at.as_ref())?,
        done: open.date(row, section.done.as_ref())?,
        customer: named(&section.customer),
        deal: named(&section.deal),
        record: named(&section.record),
        note: open.short(noted, open.lines(row, &section.note), NOTE)?,
    })
}
