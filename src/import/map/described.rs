//! Whether a map names only described fields that there are: built-in ones by their keys, the firm's own by their
//! names.

use super::{Map, Templates};
use crate::fields::{Field, Shape};
use crate::{customers, deals};
use anyhow::{Context as _, ensure};

impl Map {
    /// What a section holds beside its own keys must be a described field, each but the text of several lines one text.
    pub(super) fn described(&self) -> anyhow::Result<()> {
        let customers =
            self.customers.iter().map(|one| ("customers", &one.described, customers::model::FIELDS));
        let deals = self.deals.iter().map(|one| ("deals", &one.described, deals::model::FIELDS));
        for (section, described, fields) in customers.chain(deals) {
            for (key, templates) in described {
                let field = fields.iter().find(|field| field.map_key == *key);
                let field = field.with_context(|| {
                    let known: Vec<_> = fields.iter().map(|field| &*field.map_key).collect();
                    format!("{section}.{key}: unknown key; beside the others there are {}", known.join(", "))
                })?;
                one_text(section, field, templates)?;
            }
        }
        Ok(())
    }

    /// Whether the firm has the fields of its own that the map names.
    ///
    /// # Errors
    /// A sentence that names the one it has not.
    pub fn own(&self, customers: &[Field], deals: &[Field]) -> anyhow::Result<()> {
        let all = self.customers.iter().map(|one| ("customers.own", &one.own, customers));
        for (section, own, fields) in all.chain(self.deals.iter().map(|one| ("deals.own", &one.own, deals))) {
            for (name, templates) in own {
                let field = fields.iter().find(|field| field.own && field.map_key == *name);
                let field = field.with_context(|| {
                    let known: Vec<_> =
                        fields.iter().filter(|one| one.own).map(|one| &*one.map_key).collect();
                    format!("{section}.\"{name}\": no such field; there are: {}", known.join(", "))
                })?;
                one_text(section, field, templates)?;
            }
        }
        Ok(())
    }
}

fn one_text(section: &str, field: &Field, templates: &Templates) -> anyhow::Result<()> {
    let lines = matches!(field.shape, Shape::Text(_));
    ensure!(lines || templates.0.len() == 1, "{section}.{}: one text, not a list", field.map_key);
    Ok(())
}
