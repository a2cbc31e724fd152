//! Checks that the described fields that a map names exist: built-in ones by their keys, the firm's own by their names.

use super::{Described, Map, Records, Templates};
use crate::fields::{Field, Shape};
use crate::i18n::fold::search_key;
use crate::import::plan::{Defaults, KindOfRecord};
use crate::{customers, deals};
use anyhow::{Context as _, ensure};

impl Map {
    /// Keys of a section other than its own must be described fields. Only a text of several lines may have several
    /// templates.
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

    /// Checks that the firm has the own fields and own kinds of record that the map names.
    ///
    /// # Errors
    /// A sentence that names the one that is missing.
    pub fn own(&self, defaults: &Defaults) -> anyhow::Result<()> {
        if let Some(customers) = &self.customers {
            all_there("customers.own", &customers.own, &defaults.customers)?;
        }
        if let Some(deals) = &self.deals {
            all_there("deals.own", &deals.own, &defaults.deals)?;
        }
        for records in &self.records {
            let kind = records.kind_of(&defaults.kinds)?;
            all_there("records.own", &records.own, &kind.fields)?;
        }
        Ok(())
    }
}

impl Records {
    /// The firm's own kind with that name.
    ///
    /// # Errors
    /// A sentence that names the kinds that exist.
    pub fn kind_of<'k>(&self, kinds: &'k [KindOfRecord]) -> anyhow::Result<&'k KindOfRecord> {
        let wanted = search_key(&self.kind);
        let called = |kind: &&KindOfRecord| {
            let facts = &kind.facts;
            let names = [&facts.one_tr, &facts.many_tr, &facts.one_en, &facts.many_en];
            names.into_iter().any(|name| !name.is_empty() && search_key(name) == wanted)
        };
        kinds.iter().find(called).with_context(|| {
            let known: Vec<_> =
                kinds.iter().flat_map(|kind| [&*kind.facts.one_tr, &*kind.facts.one_en]).collect();
            let known: Vec<_> = known.into_iter().filter(|name| !name.is_empty()).collect();
            format!(
                "records.kind = \"{}\": no such kind of record; there are: {}",
                self.kind,
                known.join(", ")
            )
        })
    }
}

fn all_there(section: &str, own: &Described, fields: &[Field]) -> anyhow::Result<()> {
    for (name, templates) in own {
        let field = fields.iter().find(|field| field.own && field.map_key == *name);
        let field = field.with_context(|| {
            let known: Vec<_> = fields.iter().filter(|one| one.own).map(|one| &*one.map_key).collect();
            format!("{section}.\"{name}\": no such field; there are: {}", known.join(", "))
        })?;
        one_text(section, field, templates)?;
    }
    Ok(())
}

fn one_text(section: &str, field: &Field, templates: &Templates) -> anyhow::Result<()> {
    let lines = matches!(field.shape, Shape::Text(_));
    ensure!(lines || templates.0.len() == 1, "{section}.{}: one text, not a list", field.map_key);
    Ok(())
}
