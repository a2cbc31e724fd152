//! Parses the deals of a file. Owner, customer, product and stage are still names as in the file.

use super::described::described;
use super::open::{Open, bad};
use super::{Sheet, columns_in, told_day};
use crate::deals::input::TITLE;
use crate::deals::model::NOTE;
use crate::fields::model::LINE;
use crate::fields::{Field, TypedFields};
use crate::i18n::Currency;
use crate::import::map::Deals;
use crate::import::report::{Bad, Report};
use crate::import::said::Said;
use crate::import::table::Row;
use crate::import::template::Template;
use chrono::NaiveDate;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealRow {
    pub title: String,
    pub owner: String,
    /// The stage's pipeline; `None` where the map names none.
    pub pipeline: Option<String>,
    pub stage: String,
    pub customer: Option<String>,
    pub product: Option<String>,
    /// In minor units.
    pub amount: Option<i64>,
    pub currency: Currency,
    pub opened: NaiveDate,
    /// As in the file; whether it counts depends on the stage.
    pub closed: Option<NaiveDate>,
    pub lost_reason: String,
    pub described: TypedFields,
}

pub(super) fn columns(section: &Deals) -> Vec<&str> {
    let mut one = vec![&section.id, &section.owner, &section.stage];
    let optional = [
        &section.pipeline,
        &section.customer,
        &section.product,
        &section.amount,
        &section.currency,
        &section.opened,
        &section.closed,
        &section.lost_reason,
    ];
    one.extend(optional.into_iter().flatten());
    columns_in(
        one,
        std::iter::once(&section.title).chain(section.described.values()).chain(section.own.values()),
    )
}

pub(super) fn read(section: &Deals, fields: &[Field], open: &Open, report: &mut Report) -> Sheet<DealRow> {
    let mut undated = 0;
    let mut backwards = 0;
    let opened_else = section.opened_else.unwrap_or(open.today);
    let called = |row: &Row| open.first(row, &section.title).unwrap_or_default();
    let sheet = open.sheet(report, &section.id, called, |row| {
        let named = |template: &Option<Template>| {
            Some(open.text(row, template.as_ref())).filter(|name| !name.is_empty())
        };
        let column = open.currency(row, section.currency.as_ref())?;
        let opened = open.date(row, section.opened.as_ref())?;
        let closed = open.date(row, section.closed.as_ref())?;
        let Some(title) = open.first(row, &section.title) else {
            return Err(Bad::row(Said::of(|words| words.no_title.to_owned())));
        };
        let titled = section.title.0.first().unwrap_or(&section.id);
        let amount = open.amount(row, section.amount.as_ref(), column)?;
        let deal = DealRow {
            title: open.short(titled, title, TITLE)?,
            owner: open.needed(row, &section.owner, LINE)?,
            stage: open.needed(row, &section.stage, LINE)?,
            pipeline: named(&section.pipeline),
            customer: named(&section.customer),
            product: named(&section.product),
            amount: amount.map(|read| read.minor),
            currency: amount.map(|read| read.currency).or(column).unwrap_or(open.reader.currency),
            opened: opened.or(closed).unwrap_or(opened_else),
            closed,
            lost_reason: reason(section, open, row)?,
            described: described(fields, (&section.described, &section.own), open, row)?,
        };
        undated += usize::from(opened.or(closed).is_none());
        backwards += usize::from(closed.is_some_and(|closed| closed < deal.opened));
        Ok(deal)
    });
    if undated > 0 && section.opened.is_some() {
        let told = |locale| told_day(opened_else, locale);
        let notice = Said::with(|text, locale| (text.import().undated)(undated, &told(locale)));
        report.notice(&sheet.file, notice);
    }
    if backwards > 0 {
        report.notice(&sheet.file, Said::of(|words| (words.backwards)(backwards)));
    }
    sheet
}

/// The reason of a loss: at most as long as the form accepts.
fn reason(section: &Deals, open: &Open, row: &Row) -> Result<String, Bad> {
    let Some(template) = &section.lost_reason else { return Ok(String::new()) };
    let text = open.lines(row, &crate::import::template::Templates(vec![template.clone()]));
    match text.chars().count() {
        letters if letters > NOTE as usize => {
            Err(bad(template, &text, Said::of(|words| (words.too_long)(letters, NOTE as usize))))
        }
        _ => Ok(text),
    }
}
