//! Writes records of the firm's own kinds: each goes to the end of its stage, in the order of the file, and hangs on
//! the customer that its row names. Without an owner in the map they belong to the whole firm.

use super::books::{Books, remembered};
use super::{Batches, Context, differ_described, differs, found, missing};
use crate::error::{Error, Result};
use crate::fields::own::input::missing as lacking;
use crate::id::{CustomerId, OwnRecordId, UnitId};
use crate::import::map::Records;
use crate::import::plan::{KindOfRecord, RecordRow, RecordSheet};
use crate::import::report::{Bad, Difference, Thing};
use crate::import::said::Said;
use crate::import::store::records::own_records_now;
use crate::import::store::{remember, root};
use crate::journal::model::What;
use crate::own_records::model::OwnRecordFacts;
use crate::own_records::store::end_of;
use crate::records::create;
use uuid::Uuid;

pub(super) async fn write(
    context: &mut Context<'_>,
    batches: &mut Batches<'_>,
    RecordSheet { section, kind, sheet }: &RecordSheet,
    books: &mut Books,
) -> Result<()> {
    let Some(section) = context.map.records.get(*section) else { return Ok(()) };
    if sheet.rows.is_empty() {
        return Ok(());
    }
    let firm = root(batches.tx().await?).await?;
    let now = own_records_now(batches.tx().await?, &context.map.source).await?;
    for one in &sheet.rows {
        let facts = match facts(&one.row, (section, kind), books, firm) {
            Ok(facts) => facts,
            Err(bad) => {
                context.report.refuse(&sheet.file, one.line, &one.row.name, bad);
                continue;
            }
        };
        let mut typed = one.row.described.clone();
        if let Err(bad) = books.link(&kind.fields, &section.own, &mut typed) {
            context.report.refuse(&sheet.file, one.line, &one.row.name, bad);
            continue;
        }
        let whole = typed.on(&facts, &kind.fields, context.when);
        let whole = whole.and_then(|facts| lacking(&kind.fields, &facts.own).map(|()| facts));
        let mut facts = match whole {
            Ok(facts) => facts,
            Err(problems) => {
                context.refuse(&sheet.file, one.line, &one.row.name, Error::Invalid(problems))?;
                continue;
            }
        };
        let external = remembered(kind.nr, &one.id);
        if let Some(id) = context.known(Thing::Record.code(), &external) {
            let now = now.get(&OwnRecordId(id));
            let differences = now.map_or_else(Vec::new, |now| differences(context, (now, &facts), kind));
            context.report.as_before(Thing::Record, &one.row.name, differences);
            context.report.came(&sheet.file, one.line, false);
            continue;
        }
        let tx = batches.tx().await?;
        facts.position = end_of(tx, kind.nr, facts.stage).await?;
        let id = OwnRecordId(Uuid::now_v7());
        match create(tx, id, &facts, What::Imported).await {
            Ok(_) => {
                remember(tx, &context.map.source, Thing::Record.code(), &external, id.0).await?;
                books.enter_record(kind.nr, &one.id, id.0);
                context.report.new_one(Thing::Record);
                context.report.came(&sheet.file, one.line, true);
            }
            Err(error) => context.refuse(&sheet.file, one.line, &one.row.name, error)?,
        }
    }
    Ok(())
}

fn facts(
    row: &RecordRow,
    (section, kind): (&Records, &KindOfRecord),
    books: &Books,
    firm: UnitId,
) -> std::result::Result<OwnRecordFacts, Bad> {
    let owner = found(&books.owners, row.owner.as_deref(), section.owner.as_ref())?;
    let customer = found(&books.customers, row.customer.as_deref(), section.customer.as_ref())?;
    let first = kind.facts.offered().next().map(|stage| i64::from(stage.nr));
    let stage = match (row.stage.as_deref(), section.stage.as_ref()) {
        (Some(name), Some(template)) => {
            let same = kind.facts.stages.iter().find(|stage| stage.name == name);
            let unknown = || Said::of(|words| (words.unknown)(Thing::Stage.one(words)));
            let stage = same.ok_or_else(|| missing(template, name, unknown()))?;
            Some(i64::from(stage.nr))
        }
        _ => first,
    };
    Ok(OwnRecordFacts {
        name: row.name.clone(),
        customer_id: customer.map(CustomerId),
        stage,
        ..OwnRecordFacts::new(kind.nr, owner.map_or(firm, UnitId))
    })
}

/// In which fields the record differs from the file.
fn differences(
    context: &Context<'_>,
    (now, file): (&OwnRecordFacts, &OwnRecordFacts),
    kind: &KindOfRecord,
) -> Vec<Difference> {
    let mut all = Vec::new();
    differs(&mut all, "name", &now.name, &file.name);
    let stage = |nr: Option<i64>| {
        nr.and_then(|nr| kind.facts.stage_shown(nr)).map(|(name, _)| name).unwrap_or_default()
    };
    differs(&mut all, "stage", &stage(now.stage), &stage(file.stage));
    differ_described(&mut all, &kind.fields, (now, file), context.when.locale);
    let others = [
        ("owner", now.owner_id == file.owner_id),
        ("customer", file.customer_id.is_none() || now.customer_id == file.customer_id),
    ];
    let others = others.into_iter().filter(|(_, same)| !same);
    all.extend(others.map(|(field, _)| Difference { field: field.to_owned(), values: None }));
    all
}
