//! The own fields that are columns of a list, and their cells as text. Which fields these are is set in the settings;
//! the list shows them after its own columns.

use super::links::name_links;
use super::of_kind;
use crate::error::Result;
use crate::fields::own::model::{COLUMNS, OwnFields};
use crate::fields::{Field, FieldsOf, OwnValues};
use crate::i18n::Locale;
use crate::server::db::Tx;

/// The own fields that are columns in the list of a kind of record.
pub struct Columns(OwnFields);

impl Columns {
    /// Reads them.
    ///
    /// # Errors
    /// `Internal` only.
    pub async fn of(tx: &mut Tx, of: FieldsOf) -> Result<Self> {
        let mut own = of_kind(tx, of).await?;
        own.fields.retain(|field| field.facts.active && field.facts.listed);
        own.fields.truncate(COLUMNS);
        Ok(Self(own))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.fields.is_empty()
    }

    /// Their names.
    #[must_use]
    pub fn called(&self, locale: Locale) -> Vec<String> {
        self.0.active().iter().map(|field| field.called(locale.text())).collect()
    }

    /// The cells of each row, as text; a link out of reach is empty.
    ///
    /// # Errors
    /// `Internal` only.
    pub async fn cells(&mut self, tx: &mut Tx, rows: &[OwnValues]) -> Result<Vec<Vec<String>>> {
        name_links(tx, &mut self.0, rows).await?;
        let (fields, locale) = (self.0.active(), tx.actor().locale);
        let cell = |own: &OwnValues, field: &Field| match own.get(&field.key) {
            Some(value) if !field.is_empty(value) => field.said(value, locale),
            _ => String::new(),
        };
        Ok(rows.iter().map(|own| fields.iter().map(|field| cell(own, field)).collect()).collect())
    }
}
