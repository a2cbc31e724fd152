//! Writes tasks: each hangs on the deal, own record or customer that its row names, or on nothing.

use super::books::Books;
use super::{Batches, Context, differs, found, missing};
use crate::error::Result;
use crate::id::{CustomerId, DealId, OwnRecordId, TaskId, UnitId};
use crate::import::map::Tasks;
use crate::import::plan::{Sheet, TaskRow};
use crate::import::report::{Bad, Difference, Thing};
use crate::import::store::records::{TaskNow, done_on, tasks_now};
use crate::import::store::remember;
use crate::journal::model::What;
use crate::records::create;
use crate::server::clock;
use crate::tasks::model::TaskFacts;
use chrono::NaiveTime;
use uuid::Uuid;

pub(super) async fn write(
    context: &mut Context<'_>,
    batches: &mut Batches<'_>,
    sheet: &Sheet<TaskRow>,
    books: &Books,
) -> Result<()> {
    let Some(section) = context.map.tasks.as_ref() else { return Ok(()) };
    if sheet.rows.is_empty() {
        return Ok(());
    }
    let now = tasks_now(batches.tx().await?, &context.map.source).await?;
    for one in &sheet.rows {
        let facts = match facts(&one.row, section, books) {
            Ok(facts) => facts,
            Err(bad) => {
                context.report.refuse(&sheet.file, one.line, &one.row.title, bad);
                continue;
            }
        };
        let known = context.known(Thing::Task.code(), &one.id);
        if let Some(now) = known.and_then(|id| now.get(&TaskId(id))) {
            context.report.as_before(Thing::Task, &one.row.title, differences(now, &facts));
            context.report.came(&sheet.file, one.line, false);
            continue;
        }
        let tx = batches.tx().await?;
        let id = TaskId(Uuid::now_v7());
        match create(tx, id, &facts, What::Imported).await {
            Ok(_) => {
                if let Some(day) = one.row.done {
                    // Only the day is known. Noon is on that day in every time zone.
                    let noon = day.and_time(NaiveTime::MIN) + chrono::TimeDelta::hours(12);
                    let at = clock::from_local(noon, tx.actor().zone).min(clock::now());
                    done_on(tx, id, at).await?;
                }
                remember(tx, &context.map.source, Thing::Task.code(), &one.id, id.0).await?;
                context.report.new_one(Thing::Task);
                context.report.came(&sheet.file, one.line, true);
            }
            Err(error) => context.refuse(&sheet.file, one.line, &one.row.title, error)?,
        }
    }
    Ok(())
}

fn facts(row: &TaskRow, section: &Tasks, books: &Books) -> Result<TaskFacts, Bad> {
    let deal = found(&books.deals, row.deal.as_deref(), section.deal.as_ref())?;
    let record = books.record(row.record.as_deref(), section.record.as_ref())?;
    let customer = found(&books.customers, row.customer.as_deref(), section.customer.as_ref())?;
    let bare = deal.is_none() && record.is_none();
    let owner = books.owners.find(&row.owner).map_err(|why| missing(&section.owner, &row.owner, why))?;
    Ok(TaskFacts {
        owner_id: UnitId(owner),
        title: row.title.clone(),
        kind: row.kind,
        due_on: row.due,
        due_at: row.at,
        customer_id: customer.filter(|_| bare).map(CustomerId),
        deal_id: deal.map(DealId),
        record_id: record.filter(|_| deal.is_none()).map(OwnRecordId),
        note: row.note.clone(),
        done: row.done.is_some(),
        deleted: false,
    })
}

fn differences(now: &TaskNow, file: &TaskFacts) -> Vec<Difference> {
    let mut all = Vec::new();
    differs(&mut all, "title", &now.title, &file.title);
    differs(&mut all, "due_on", &now.due_on.to_string(), &file.due_on.to_string());
    differs(&mut all, "note", &now.note, &file.note);
    let others = [("owner", now.owner_id == file.owner_id), ("deal", now.deal_id == file.deal_id)];
    let others = others.into_iter().filter(|(_, same)| !same);
    all.extend(others.map(|(field, _)| Difference { field: field.to_owned(), values: None }));
    all
}
