//! The firm's own fields that stand in a list, and what stands in them in each row. Which do is said in the settings;
//! a list puts them behind its own columns.

use super::links::name_links;
use super::of_kind;
use crate::error::Result;
use crate::fields::own::model::{COLUMNS, OwnFields};
use crate::fields::{Field, FieldsOf, OwnValues};
use crate::i18n::Locale;
use crate::server::db::Tx;

/// The fields of a kind of record that stand in its list.
pub struct Columns(OwnFields);

impl Columns {
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

    /// What they are called.
    #[must_use]
    pub fn called(&self, locale: Locale) -> Vec<String> {
        self.0.active().iter().map(|field| field.called(locale.text())).collect()
    }

    /// What stands in them in each of these rows, ready to show; of what is out of sight nothing.
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
