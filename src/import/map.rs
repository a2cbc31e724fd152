//! The map of an import, as written in the TOML file: which file and which columns mean what. An unknown key is an
//! error, so that a typo never drops a column silently. Pure, except for reading the file; `docs/import.md` explains it
//! to people.

mod described;
mod format;

use super::contacts::Contacts;
use super::template::{Template, Templates};
use super::value;
use crate::auth::model::Role;
use crate::deals::model::Status;
use crate::deals::pipelines::model::NAME;
use crate::i18n::clean;
use anyhow::{Context as _, bail, ensure};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

pub use format::{Encoding, Format, Source, Translate};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The name of the source: imported rows are remembered under it.
    pub source: String,
    #[serde(default)]
    pub format: Format,
    pub people: Option<People>,
    pub products: Option<Products>,
    pub customers: Option<Customers>,
    pub pipeline: Option<Pipeline>,
    pub deals: Option<Deals>,
    #[serde(default)]
    pub records: Vec<Records>,
    pub tasks: Option<Tasks>,
    pub activities: Option<Activities>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    pub file: String,
    #[serde(default)]
    pub format: Format,
    #[serde(default)]
    pub translate: Translate,
    pub id: Option<Template>,
    pub name: Template,
    pub email: Option<Template>,
    /// `salesperson` by default.
    #[serde(default = "salesperson")]
    pub role: Role,
    /// The groups above the person, from the top down.
    #[serde(default)]
    pub groups: Templates,
    /// The name of the person who leads the last of the groups.
    pub manager: Option<Template>,
}

fn salesperson() -> Role {
    Role::Salesperson
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Products {
    pub file: String,
    #[serde(default)]
    pub format: Format,
    #[serde(default)]
    pub translate: Translate,
    pub id: Option<Template>,
    pub name: Template,
    pub series: Option<Template>,
    pub price: Option<Template>,
}

/// The described fields in a section, by their keys in the map.
pub type Described = BTreeMap<String, Templates>;

#[derive(Clone, Debug, Deserialize)]
pub struct Customers {
    pub file: String,
    #[serde(default)]
    pub format: Format,
    #[serde(default)]
    pub translate: Translate,
    pub id: Option<Template>,
    /// An organisation by default.
    pub kind: Option<Template>,
    pub name: Template,
    /// The owner; the whole firm by default.
    pub owner: Option<Template>,
    #[serde(default)]
    pub phones: Templates,
    #[serde(default)]
    pub emails: Templates,
    pub tax_number: Option<Template>,
    #[serde(default)]
    pub contacts: Contacts,
    /// The firm's own fields, by name.
    #[serde(default)]
    pub own: Described,
    #[serde(flatten)]
    pub described: Described,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub name: Template,
    pub job: Option<Template>,
    pub phone: Option<Template>,
    pub email: Option<Template>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    pub name: String,
    pub stages: Vec<Stage>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub name: String,
    #[serde(default)]
    pub status: Status,
    /// A percentage; by default it follows from the status.
    pub probability: Option<i64>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Deals {
    pub file: String,
    #[serde(default)]
    pub format: Format,
    #[serde(default)]
    pub translate: Translate,
    pub id: Template,
    /// The first of these that has all its columns filled.
    pub title: Templates,
    pub owner: Template,
    /// The stage's pipeline, needed where several pipelines have a stage of that name.
    pub pipeline: Option<Template>,
    pub stage: Template,
    pub customer: Option<Template>,
    pub product: Option<Template>,
    pub amount: Option<Template>,
    pub currency: Option<Template>,
    pub opened: Option<Template>,
    /// For rows without a day; the day of the import by default.
    pub opened_else: Option<NaiveDate>,
    pub closed: Option<Template>,
    /// For won and lost rows without a day; without a default such a row is refused.
    pub closed_else: Option<NaiveDate>,
    pub lost_reason: Option<Template>,
    /// The firm's own fields, by name.
    #[serde(default)]
    pub own: Described,
    #[serde(flatten)]
    pub described: Described,
}

/// Records of one of the firm's own kinds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// The name of the kind, singular or plural, in either language.
    pub kind: String,
    pub file: String,
    #[serde(default)]
    pub format: Format,
    #[serde(default)]
    pub translate: Translate,
    pub id: Template,
    pub name: Template,
    /// The owner; the whole firm by default.
    pub owner: Option<Template>,
    pub customer: Option<Template>,
    /// The first stage by default.
    pub stage: Option<Template>,
    /// The fields, by name.
    #[serde(default)]
    pub own: Described,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tasks {
    pub file: String,
    #[serde(default)]
    pub format: Format,
    #[serde(default)]
    pub translate: Translate,
    pub id: Template,
    pub title: Template,
    pub owner: Template,
    pub kind: Option<Template>,
    /// The day; `at` is the time of day.
    pub due: Template,
    pub at: Option<Template>,
    /// The day on which it was done; a row without one is an open task.
    pub done: Option<Template>,
    pub customer: Option<Template>,
    pub deal: Option<Template>,
    /// A record of one of the firm's own kinds.
    pub record: Option<Template>,
    #[serde(default)]
    pub note: Templates,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activities {
    pub file: String,
    #[serde(default)]
    pub format: Format,
    #[serde(default)]
    pub translate: Translate,
    pub id: Template,
    pub day: Template,
    pub time: Option<Template>,
    pub kind: Template,
    pub direction: Option<Template>,
    pub outcome: Option<Template>,
    /// Which of our people.
    pub person: Template,
    /// The name of the other side.
    pub contact: Option<Template>,
    pub customer: Option<Template>,
    pub deal: Option<Template>,
    /// A record of one of the firm's own kinds.
    pub record: Option<Template>,
    pub result: Option<Template>,
    #[serde(default)]
    pub content: Templates,
}

/// Implements `source` for a section: its file, with how the file is written.
macro_rules! source_of {
    ($($section:ident),+) => {$(
        impl $section {
            #[must_use]
            pub fn source(&self, general: &Format) -> Source {
                Source { file: self.file.clone(), format: self.format.over(general), translate: self.translate.clone() }
            }
        }
    )+};
}
source_of!(People, Products, Customers, Deals, Records, Tasks, Activities);

impl Pipeline {
    /// Cleans names of invisible characters, and checks the stages by the rules of the settings.
    fn tidy(&mut self) -> anyhow::Result<()> {
        let names = self.stages.iter_mut().map(|stage| ("pipeline.stages", &mut stage.name));
        for (key, name) in names.chain([("pipeline.name", &mut self.name)]) {
            *name = clean::line(name);
            let letters = name.chars().count();
            ensure!((1..=NAME as usize).contains(&letters), "{key}: a name has 1 to {NAME} characters");
        }
        ensure!(!self.stages.is_empty(), "pipeline.stages: a pipeline needs stages");
        let mut names: Vec<&str> = self.stages.iter().map(|stage| stage.name.as_str()).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            bail!("pipeline.stages: two are called \"{}\"", twice[0]);
        }
        let beyond =
            self.stages.iter().filter_map(|stage| stage.probability).find(|one| !(0..=100).contains(one));
        if let Some(beyond) = beyond {
            bail!("pipeline.stages: probability = {beyond} is no percentage, it is 0 to 100");
        }
        Ok(())
    }
}

impl Map {
    /// Reads and checks the map.
    ///
    /// # Errors
    /// A sentence that names the file and the wrong key.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the map {} could not be read", path.display()))?;
        Self::parse(&text).with_context(|| format!("the map {}", path.display()))
    }

    /// A sentence that names the wrong key.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mut map: Self = toml::from_str(text)?;
        ensure!(!map.source.trim().is_empty(), "source: needs a name");
        let something = [
            map.people.is_some(),
            map.products.is_some(),
            map.customers.is_some(),
            map.deals.is_some(),
            !map.records.is_empty(),
            map.tasks.is_some(),
            map.activities.is_some(),
        ];
        let something = something.contains(&true);
        ensure!(
            something || map.pipeline.is_some(),
            "it brings nothing in: name [people], [products], [customers], [deals], [[records]], [tasks] or \
             [activities]"
        );
        if let Some(pipeline) = &mut map.pipeline {
            pipeline.tidy()?;
        }
        map.described()?;
        for (key, template) in map.naming() {
            if template.columns().next().is_none() {
                bail!("{key} = \"{template}\": name a column in braces, such as \"{{{template}}}\"");
            }
        }
        if let Some(kind) = map.customers.as_ref().and_then(|customers| customers.kind.as_ref()) {
            let constant = kind.columns().next().is_none();
            let known = value::kind(&kind.to_string()).is_some();
            ensure!(
                known || !constant,
                "customers.kind = \"{kind}\": person, organisation, or a column in braces"
            );
        }
        Ok(map)
    }

    /// The fields that tell rows apart: a constant there is always a mistake.
    fn naming(&self) -> Vec<(&'static str, &Template)> {
        let mut all = Vec::new();
        if let Some(people) = &self.people {
            all.push(("people.name", &people.name));
            all.extend(people.id.iter().map(|id| ("people.id", id)));
        }
        if let Some(products) = &self.products {
            all.push(("products.name", &products.name));
            all.extend(products.id.iter().map(|id| ("products.id", id)));
        }
        if let Some(customers) = &self.customers {
            all.push(("customers.name", &customers.name));
            all.extend(customers.id.iter().map(|id| ("customers.id", id)));
        }
        if let Some(deals) = &self.deals {
            all.push(("deals.id", &deals.id));
        }
        for records in &self.records {
            all.extend([("records.id", &records.id), ("records.name", &records.name)]);
        }
        all.extend(self.tasks.iter().map(|tasks| ("tasks.id", &tasks.id)));
        all.extend(self.activities.iter().map(|activities| ("activities.id", &activities.id)));
        all
    }
}

#[cfg(test)]
mod tests;
