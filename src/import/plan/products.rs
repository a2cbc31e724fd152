//! Products from a file.

use super::{Open, Sheet, columns_in};
use crate::i18n::Currency;
use crate::import::map::Products;
use crate::import::report::Report;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    pub name: String,
    pub series: String,
    /// In minor units.
    pub price: Option<i64>,
    pub currency: Currency,
}

pub(super) fn columns(section: &Products) -> Vec<&str> {
    let one = [Some(&section.name), section.id.as_ref(), section.series.as_ref(), section.price.as_ref()];
    columns_in(one.into_iter().flatten(), [])
}

pub(super) fn read(section: &Products, open: &Open, report: &mut Report) -> Sheet<ProductRow> {
    open.sheet(report, section.id.as_ref().unwrap_or(&section.name), |row| {
        let currency = open.reader.currency;
        Ok(ProductRow {
            name: open.needed(row, &section.name)?,
            series: open.text(row, section.series.as_ref()),
            price: open.amount(row, section.price.as_ref(), currency)?,
            currency,
        })
    })
}
