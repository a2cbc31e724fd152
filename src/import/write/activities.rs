//! Writes activities: each hangs on the deal, own record or customer that its row names; a row without any is refused.

use super::books::Books;
use super::{Batches, Context, differs, found, missing};
use crate::activities::model::ActivityFacts;
use crate::error::{Error, Problem, Result};
use crate::id::{ActivityId, CustomerId, DealId, OwnRecordId, PersonId};
use crate::import::map::Activities;
use crate::import::plan::{ActivityRow, Sheet};
use crate::import::report::{Bad, Difference, Thing};
use crate::import::said::Said;
use crate::import::store::records::{ActivityNow, activities_now};
use crate::import::store::remember;
use crate::journal::model::What;
use crate::records::create;
use crate::server::clock;
use chrono_tz::Tz;
use uuid::Uuid;

pub(super) async fn write(
    context: &mut Context<'_>,
    batches: &mut Batches<'_>,
    sheet: &Sheet<ActivityRow>,
    books: &Books,
) -> Result<()> {
    let Some(section) = context.map.activities.as_ref() else { return Ok(()) };
    if sheet.rows.is_empty() {
        return Ok(());
    }
    let tx = batches.tx().await?;
    let zone = tx.actor().zone;
    let now = activities_now(tx, &context.map.source).await?;
    for one in &sheet.rows {
        let facts = match facts(&one.row, section, books, zone) {
            Ok(facts) => facts,
            Err(bad) => {
                context.report.refuse(&sheet.file, one.line, &one.row.contact, bad);
                continue;
            }
        };
        let known = context.known(Thing::Activity.code(), &one.id);
        if let Some(now) = known.and_then(|id| now.get(&ActivityId(id))) {
            context.report.as_before(Thing::Activity, &one.id, differences(now, &facts));
            context.report.came(&sheet.file, one.line, false);
            continue;
        }
        if facts.at > clock::now() {
            let error = Error::invalid("at", Problem::NotYet);
            context.refuse(&sheet.file, one.line, &one.row.contact, error)?;
            continue;
        }
        let tx = batches.tx().await?;
        let id = ActivityId(Uuid::now_v7());
        match create(tx, id, &facts, What::Created).await {
            Ok(_) => {
                remember(tx, &context.map.source, Thing::Activity.code(), &one.id, id.0).await?;
                context.report.new_one(Thing::Activity);
                context.report.came(&sheet.file, one.line, true);
            }
            Err(error) => context.refuse(&sheet.file, one.line, &one.row.contact, error)?,
        }
    }
    Ok(())
}

fn facts(row: &ActivityRow, section: &Activities, books: &Books, zone: Tz) -> Result<ActivityFacts, Bad> {
    let deal = found(&books.deals, row.deal.as_deref(), section.deal.as_ref())?;
    let customer = found(&books.customers, row.customer.as_deref(), section.customer.as_ref())?;
    let record = books.record(row.record.as_deref(), section.record.as_ref())?;
    let bare = deal.is_none() && record.is_none();
    if bare && customer.is_none() {
        return Err(Bad::row(Said::of(|words| words.no_card.to_owned())));
    }
    let person = books.people.find(&row.person).map_err(|why| missing(&section.person, &row.person, why))?;
    Ok(ActivityFacts {
        kind: row.kind,
        at: clock::from_local(row.at, zone),
        customer_id: customer.filter(|_| bare).map(CustomerId),
        deal_id: deal.map(DealId),
        record_id: record.filter(|_| deal.is_none()).map(OwnRecordId),
        person_id: PersonId(person),
        contact: row.contact.clone(),
        direction: row.direction,
        outcome: row.outcome,
        result: row.result.clone(),
        content: row.content.clone(),
        deleted: false,
    })
}

fn differences(now: &ActivityNow, file: &ActivityFacts) -> Vec<Difference> {
    let mut all = Vec::new();
    differs(&mut all, "kind", now.kind.code(), file.kind.code());
    differs(&mut all, "contact", &now.contact, &file.contact);
    differs(&mut all, "result", &now.result, &file.result);
    differs(&mut all, "content", &now.content, &file.content);
    all
}
