//! Deals from a file. Owner, customer, product and stage are still the names the file gives them.

use super::{Open, Sheet, columns_in};
use crate::deals::typed::{LINE, NOTE, TITLE};
use crate::i18n::Currency;
use crate::import::map::Deals;
use crate::import::report::{Report, grouped};
use crate::import::value;
use chrono::NaiveDate;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealRow {
    pub title: String,
    pub owner: String,
    pub stage: String,
    pub customer: Option<String>,
    pub product: Option<String>,
    /// In minor units.
    pub amount: Option<i64>,
    pub currency: Currency,
    pub opened: NaiveDate,
    pub expected: Option<NaiveDate>,
    /// As the file has it; whether it stands is the stage's matter.
    pub closed: Option<NaiveDate>,
    pub lost_reason: String,
    pub source: String,
    pub note: String,
}

pub(super) fn columns(section: &Deals) -> Vec<&str> {
    let mut one = vec![&section.id, &section.owner, &section.stage];
    let optional = [
        &section.customer,
        &section.product,
        &section.amount,
        &section.currency,
        &section.opened,
        &section.expected,
        &section.closed,
        &section.lost_reason,
        &section.source,
    ];
    one.extend(optional.into_iter().flatten());
    columns_in(one, [&section.title, &section.note])
}

pub(super) fn read(section: &Deals, open: &Open, report: &mut Report) -> Sheet<DealRow> {
    let mut undated = 0;
    let mut backwards = 0;
    let opened_else = section.opened_else.unwrap_or(open.today);
    let sheet = open.sheet(report, &section.id, |row| {
        let text = |template| open.text(row, Option::as_ref(template));
        let named = |template| Some(text(template)).filter(|name| !name.is_empty());
        let currency = match named(&section.currency) {
            Some(code) => value::currency(&code).ok_or_else(|| format!("unknown currency \"{code}\""))?,
            None => open.reader.currency,
        };
        let opened = open.date(row, section.opened.as_ref())?;
        let closed = open.date(row, section.closed.as_ref())?;
        let title = section.title.first_whole(open.table.cell(row));
        let title = title.ok_or("no title can be made of it: its columns are empty")?;
        let amount = open.amount(row, section.amount.as_ref(), currency)?;
        if amount.is_some_and(|minor| minor < 0) {
            return Err("its amount is below zero".to_owned());
        }
        let deal = DealRow {
            title: short("title", title, TITLE)?,
            owner: open.needed(row, &section.owner)?,
            stage: open.needed(row, &section.stage)?,
            customer: named(&section.customer),
            product: named(&section.product),
            amount,
            currency,
            opened: opened.or(closed).unwrap_or(opened_else),
            expected: open.date(row, section.expected.as_ref())?,
            closed,
            lost_reason: short("reason", text(&section.lost_reason), LINE)?,
            source: short("source", text(&section.source), LINE)?,
            note: short("note", open.all(row, &section.note).join("\n"), NOTE)?,
        };
        undated += usize::from(opened.or(closed).is_none());
        backwards += usize::from(closed.is_some_and(|closed| closed < deal.opened));
        Ok(deal)
    });
    if undated > 0 && section.opened.is_some() {
        report.notice(format!(
            "{}: {} deals have no opening date and take {opened_else}",
            sheet.file,
            grouped(undated)
        ));
    }
    if backwards > 0 {
        report.notice(format!(
            "{}: {} deals are closed before they are opened",
            sheet.file,
            grouped(backwards)
        ));
    }
    sheet
}

/// The text, if the deal's form would take it.
fn short(what: &str, text: String, most: u32) -> Result<String, String> {
    match text.chars().count() {
        letters if letters > most as usize => {
            Err(format!("its {what} has {letters} letters, the most is {most}"))
        }
        _ => Ok(text),
    }
}
