//! Deals: the names they point at become ids, each goes to the end of its stage, in the order of the file.

use super::{Batches, Desk, differs, reason};
use crate::deals::model::{DealFacts, Stage, Status};
use crate::deals::store::create;
use crate::error::Result;
use crate::i18n::Money;
use crate::id::{CustomerId, DealId, ProductId, StageId, UnitId};
use crate::import::book::Book;
use crate::import::places::Places;
use crate::import::plan::{DealRow, Sheet};
use crate::import::report::{Thing, grouped};
use crate::import::store::{DealNow, deals_now, remember};
use crate::journal::model::What;
use std::collections::HashMap;
use uuid::Uuid;

/// Everything a deal may point at.
pub(super) struct Books {
    pub owners: Book,
    pub stages: HashMap<String, Stage>,
    pub products: Book,
    pub customers: Book,
}

pub(super) async fn write(
    desk: &mut Desk<'_>,
    batches: &mut Batches<'_>,
    sheet: &Sheet<DealRow>,
    books: &Books,
) -> Result<()> {
    if sheet.rows.is_empty() {
        return Ok(());
    }
    let closed_else = desk.map.deals.as_ref().and_then(|section| section.closed_else);
    let now = deals_now(batches.tx().await?, &desk.map.source).await?;
    let mut places = Places::default();
    let (mut reopened, mut dated) = (0, 0);
    for one in &sheet.rows {
        let mut facts = match facts(&one.row, books) {
            Ok(facts) => facts,
            Err(reason) => {
                desk.report.broken(&sheet.file, one.line, reason);
                continue;
            }
        };
        let status = books.stages[&one.row.stage].status;
        match (status, facts.closed_on) {
            (Status::Open, Some(_)) => {
                facts.closed_on = None;
                reopened += 1;
            }
            (Status::Won | Status::Lost, None) => {
                let Some(day) = closed_else else {
                    desk.report.broken(&sheet.file, one.line, "won or lost, but without a closing date");
                    continue;
                };
                facts.closed_on = Some(day.max(facts.opened_on));
                dated += 1;
            }
            _ => {}
        }
        if let Some(id) = desk.known(Thing::Deal.code(), &one.id) {
            let differences =
                now.get(&DealId(id)).map_or_else(Vec::new, |now| differences(now, &facts, books));
            desk.report.as_before(Thing::Deal, &one.id, &differences);
            continue;
        }
        let tx = batches.tx().await?;
        facts.position = places.next(tx, facts.stage_id).await?;
        let id = DealId(Uuid::now_v7());
        match create(tx, id, &facts, What::Imported).await {
            Ok(()) => {
                remember(tx, &desk.map.source, Thing::Deal.code(), &one.id, id.0).await?;
                desk.report.new_one(Thing::Deal);
            }
            Err(error) => desk.report.broken(&sheet.file, one.line, reason(error)?),
        }
    }
    if reopened > 0 {
        desk.report.notice(format!(
            "{}: {} open deals have a closing date, which is left out",
            sheet.file,
            grouped(reopened)
        ));
    }
    if let (1.., Some(day)) = (dated, closed_else) {
        desk.report.notice(format!(
            "{}: {} closed deals have no closing date and take {day}",
            sheet.file,
            grouped(dated)
        ));
    }
    Ok(())
}

fn facts(row: &DealRow, books: &Books) -> Result<DealFacts, String> {
    let stage = books.stages.get(&row.stage).ok_or_else(|| format!("unknown stage \"{}\"", row.stage))?;
    Ok(DealFacts {
        owner_id: UnitId(books.owners.find(&row.owner)?),
        customer_id: row
            .customer
            .as_deref()
            .map(|name| books.customers.find(name))
            .transpose()?
            .map(CustomerId),
        stage_id: stage.id,
        position: String::new(),
        title: row.title.clone(),
        amount: row.amount,
        currency: row.currency,
        product_id: row.product.as_deref().map(|name| books.products.find(name)).transpose()?.map(ProductId),
        source: row.source.clone(),
        contract: false,
        opened_on: row.opened,
        expected_on: row.expected,
        closed_on: row.closed,
        lost_reason: row.lost_reason.clone(),
        note: row.note.clone(),
        deleted: false,
    })
}

/// In what the deal is not as the file has it. Ids are told as stages where there is a name for them.
fn differences(now: &DealNow, file: &DealFacts, books: &Books) -> Vec<String> {
    let mut all = Vec::new();
    differs(&mut all, "title", &now.title, &file.title);
    let money = |amount: Option<i64>, currency| {
        amount
            .map_or_else(String::new, |minor| format!("{} {currency}", Money::new(minor, currency).decimal()))
    };
    differs(&mut all, "amount", &money(now.amount, now.currency), &money(file.amount, file.currency));
    let stage = |id: StageId| {
        books.stages.values().find(|stage| stage.id == id).map_or("another", |stage| stage.name.as_str())
    };
    if now.stage_id != file.stage_id {
        all.push(format!("stage: here \"{}\", file \"{}\"", stage(now.stage_id), stage(file.stage_id)));
    }
    let others = [
        ("owner", now.owner_id == file.owner_id),
        ("customer", file.customer_id.is_none() || now.customer_id == file.customer_id),
        ("product", file.product_id.is_none() || now.product_id == file.product_id),
        ("closing date", file.closed_on.is_none() || now.closed_on == file.closed_on),
    ];
    all.extend(others.iter().filter(|(_, same)| !same).map(|(field, _)| format!("{field}: another here")));
    all
}
