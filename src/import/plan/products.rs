//! Parses the products of a file.

use super::{Open, Sheet, columns_in};
use crate::import::map::Products;
use crate::import::report::Report;
use crate::products::model::{LINE, ProductFacts};

pub(super) fn columns(section: &Products) -> Vec<&str> {
    let one = [Some(&section.name), section.id.as_ref(), section.series.as_ref(), section.price.as_ref()];
    columns_in(one.into_iter().flatten(), [])
}

pub(super) fn read(section: &Products, open: &Open, report: &mut Report) -> Sheet<ProductFacts> {
    let called = |row: &_| open.text(row, Some(&section.name));
    open.sheet(report, section.id.as_ref().unwrap_or(&section.name), called, |row| {
        let price = open.amount(row, section.price.as_ref(), None)?;
        let series = open.text(row, section.series.as_ref());
        Ok(ProductFacts {
            name: open.needed(row, &section.name, LINE)?,
            series: match &section.series {
                Some(template) => open.short(template, series, LINE)?,
                None => series,
            },
            price: price.map(|read| read.minor),
            currency: price.map_or(open.reader.currency, |read| read.currency),
            active: true,
        })
    })
}
