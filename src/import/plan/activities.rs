//! Parses the activities of a file. Our person, the customer and the deal are still names as in the file.

use super::open::{Open, bad};
use super::{Sheet, columns_in};
use crate::activities::input::{CONTENT, LINE, NAME};
use crate::activities::model::{ActivityKind, Direction, Outcome};
use crate::import::map::Activities;
use crate::import::report::{Bad, Report};
use crate::import::said::Said;
use crate::import::table::Row;
use crate::import::template::Template;
use crate::import::value;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow {
    pub kind: ActivityKind,
    /// On the firm's clock.
    pub at: NaiveDateTime,
    pub person: String,
    pub contact: String,
    pub direction: Option<Direction>,
    pub outcome: Option<Outcome>,
    pub customer: Option<String>,
    pub deal: Option<String>,
    pub record: Option<String>,
    pub result: String,
    pub content: String,
}

pub(super) fn columns(section: &Activities) -> Vec<&str> {
    let mut one = vec![&section.id, &section.day, &section.kind, &section.person];
    let optional = [
        &section.time,
        &section.direction,
        &section.outcome,
        &section.contact,
        &section.customer,
        &section.deal,
        &section.record,
        &section.result,
    ];
    one.extend(optional.into_iter().flatten());
    columns_in(one, [&section.content])
}

pub(super) fn read(section: &Activities, open: &Open, report: &mut Report) -> Sheet<ActivityRow> {
    let called = |row: &Row| open.text(row, Some(&section.kind));
    open.sheet(report, &section.id, called, |row| activity(section, open, row))
}

fn activity(section: &Activities, open: &Open, row: &Row) -> Result<ActivityRow, Bad> {
    let empty = || Said::of(|words| words.empty.to_owned());
    let text = |template: &Option<Template>, most: u32| match template {
        Some(template) => open.short(template, open.text(row, Some(template)), most),
        None => Ok(String::new()),
    };
    let named =
        |template: &Option<Template>| Some(open.text(row, template.as_ref())).filter(|name| !name.is_empty());
    let day: Option<NaiveDate> = open.date(row, Some(&section.day))?;
    let day = day.ok_or_else(|| bad(&section.day, "", empty()))?;
    let minute = open.time(row, section.time.as_ref())?.unwrap_or_default();
    let kind = open.word(row, Some(&section.kind), value::activity_kind)?;
    let kind = kind.ok_or_else(|| bad(&section.kind, "", empty()))?;
    let direction = open.word(row, section.direction.as_ref(), value::direction)?;
    let outcome = open.word(row, section.outcome.as_ref(), value::outcome)?;
    let content = open.lines(row, &section.content);
    let told = section.content.0.first().unwrap_or(&section.kind);
    Ok(ActivityRow {
        kind,
        at: day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute),
        person: open.needed(row, &section.person, NAME)?,
        contact: text(&section.contact, NAME)?,
        direction: direction.filter(|_| kind.has_direction()),
        outcome: outcome.filter(|_| kind == ActivityKind::Call),
        customer: named(&section.customer),
        deal: named(&section.deal),
        record: named(&section.record),
        result: text(&section.result, LINE)?,
        content: open.short(told, content, CONTENT)?,
    })
}
