//! Writes deals: names are resolved to ids, and each deal goes to the end of its stage, in the order of the file.

use super::books::Books;
use super::{Batches, Context, differs, found, missing};
use crate::deals::model::{DealFacts, Status};
use crate::error::{Error, Result};
use crate::fields::own::input::missing as lacking;
use crate::i18n::{Money, date};
use crate::id::{CustomerId, DealId, ProductId, StageId, UnitId};
use crate::import::map::Deals;
use crate::import::places::Places;
use crate::import::plan::{DealRow, Sheet};
use crate::import::report::{Bad, Difference, Thing};
use crate::import::said::Said;
use crate::import::store::{DealNow, deals_now, remember};
use crate::import::template::Template;
use crate::journal::model::What;
use crate::records::create;
use uuid::Uuid;

pub(super) async fn write(
    context: &mut Context<'_>,
    batches: &mut Batches<'_>,
    sheet: &Sheet<DealRow>,
    books: &mut Books,
) -> Result<()> {
    if sheet.rows.is_empty() {
        return Ok(());
    }
    let Some(section) = context.map.deals.as_ref() else { return Ok(()) };
    let closed_else = section.closed_else;
    let now = deals_now(batches.tx().await?, &context.map.source).await?;
    let mut places = Places::default();
    let (mut reopened, mut dated) = (0, 0);
    for one in &sheet.rows {
        let mut facts = match facts(&one.row, section, books) {
            Ok(facts) => facts,
            Err(bad) => {
                context.report.refuse(&sheet.file, one.line, &one.row.title, bad);
                continue;
            }
        };
        let mut typed = one.row.described.clone();
        if let Err(bad) = books.link(&context.defaults.deals, &section.own, &mut typed) {
            context.report.refuse(&sheet.file, one.line, &one.row.title, bad);
            continue;
        }
        let fields = &context.defaults.deals;
        let whole = typed.on(&facts, fields, context.when);
        match whole.and_then(|facts| lacking(fields, &facts.own).map(|()| facts)) {
            Ok(whole) => facts = whole,
            Err(problems) => {
                context.refuse(&sheet.file, one.line, &one.row.title, Error::Invalid(problems))?;
                continue;
            }
        }
        let pipeline = one.row.pipeline.as_deref();
        let status = books.stages.find(pipeline, &one.row.stage).map_or(Status::Open, |stage| stage.status);
        match (status, facts.closed_on) {
            (Status::Open, Some(_)) => {
                facts.closed_on = None;
                reopened += 1;
            }
            (Status::Won | Status::Lost, None) => {
                let Some(day) = closed_else else {
                    let column = section.closed.as_ref().map_or_else(String::new, Template::heading);
                    let why = Said::of(|words| words.no_closing_day.to_owned());
                    let bad = Bad { column, value: String::new(), why };
                    context.report.refuse(&sheet.file, one.line, &one.row.title, bad);
                    continue;
                };
                facts.closed_on = Some(day.max(facts.opened_on));
                dated += 1;
            }
            _ => {}
        }
        if let Some(id) = context.known(Thing::Deal.code(), &one.id) {
            let differences =
                now.get(&DealId(id)).map_or_else(Vec::new, |now| differences(now, &facts, books));
            context.report.as_before(Thing::Deal, &one.row.title, differences);
            context.report.came(&sheet.file, one.line, false);
            continue;
        }
        let tx = batches.tx().await?;
        facts.position = places.next(tx, facts.stage_id).await?;
        let id = DealId(Uuid::now_v7());
        match create(tx, id, &facts, What::Imported).await {
            Ok(_) => {
                remember(tx, &context.map.source, Thing::Deal.code(), &one.id, id.0).await?;
                books.deals.enter(&one.id, id.0);
                context.report.new_one(Thing::Deal);
                context.report.came(&sheet.file, one.line, true);
            }
            Err(error) => context.refuse(&sheet.file, one.line, &one.row.title, error)?,
        }
    }
    if reopened > 0 {
        context.report.notice(&sheet.file, Said::of(|words| (words.reopened)(reopened)));
    }
    if let (1.., Some(day)) = (dated, closed_else) {
        let told = |locale| date::day(day, locale);
        let notice = Said::with(|text, locale| (text.import().closed_undated)(dated, &told(locale)));
        context.report.notice(&sheet.file, notice);
    }
    Ok(())
}

fn facts(row: &DealRow, section: &Deals, books: &Books) -> Result<DealFacts, Bad> {
    let unknown = || Said::of(|words| (words.unknown)(Thing::Stage.one(words)));
    let stage = books.stages.find(row.pipeline.as_deref(), &row.stage);
    let stage = stage.ok_or_else(|| missing(&section.stage, &row.stage, unknown()))?;
    let owner = books.owners.find(&row.owner).map_err(|why| missing(&section.owner, &row.owner, why))?;
    let customer = found(&books.customers, row.customer.as_deref(), section.customer.as_ref())?;
    let product = found(&books.products, row.product.as_deref(), section.product.as_ref())?;
    Ok(DealFacts {
        customer_id: customer.map(CustomerId),
        title: row.title.clone(),
        amount: row.amount,
        product_id: product.map(ProductId),
        closed_on: row.closed,
        lost_reason: row.lost_reason.clone(),
        ..DealFacts::new(UnitId(owner), stage.id, row.currency, row.opened)
    })
}

/// In which fields the deal differs from the file. Of ids only stages are shown, because they have names.
fn differences(now: &DealNow, file: &DealFacts, books: &Books) -> Vec<Difference> {
    let mut all = Vec::new();
    differs(&mut all, "title", &now.title, &file.title);
    let money = |amount: Option<i64>, currency| {
        amount
            .map_or_else(String::new, |minor| format!("{} {currency}", Money::new(minor, currency).decimal()))
    };
    differs(&mut all, "amount", &money(now.amount, now.currency), &money(file.amount, file.currency));
    let stage = |id: StageId| books.stages.name_of(id).unwrap_or("?");
    if now.stage_id != file.stage_id {
        differs(&mut all, "stage", stage(now.stage_id), stage(file.stage_id));
    }
    let others = [
        ("owner", now.owner_id == file.owner_id),
        ("customer", file.customer_id.is_none() || now.customer_id == file.customer_id),
        ("product", file.product_id.is_none() || now.product_id == file.product_id),
        ("closed_on", file.closed_on.is_none() || now.closed_on == file.closed_on),
    ];
    let others = others.into_iter().filter(|(_, same)| !same);
    all.extend(others.map(|(field, _)| Difference { field: field.to_owned(), values: None }));
    all
}
