//! Imports a folder of files as a map says: `map` is the TOML, `plan` turns the files into typed rows, `write` resolves
//! names and inserts what is new, `report` describes all of it. Nothing here is made for one particular source;
//! `docs/import.md` explains maps to people.

pub(crate) mod batches;
mod book;
pub(crate) mod contacts;
mod days;
mod decode;
pub mod map;
pub(crate) mod places;
pub(crate) mod plan;
mod quotes;
mod report;
mod said;
pub(crate) mod store;
mod table;
mod template;
mod value;
mod write;

use crate::auth::store::at_the_command_line;
use crate::error::Error;
use crate::fields::FieldsOf;
use crate::fields::own::store::of_kind;
use crate::server::clock;
use crate::server::db::{Db, Tx};
use crate::{customers, deals, own_kinds};
use anyhow::{Context as _, anyhow};
use std::path::Path;

pub use report::{Report, Tally, Thing};

/// Imports the files of the folder on behalf of the firm's owner. Rows that can't be imported are in the report; all
/// others are imported. A second run changes nothing. A dry run does everything in one transaction and rolls it back.
///
/// # Errors
/// A sentence, when there is no firm yet, or when the map, a file or a column is wrong.
pub async fn bring_in(db: &Db, map: &Path, folder: &Path, dry_run: bool) -> anyhow::Result<Report> {
    let map = map::Map::read(map)?;
    let actor = at_the_command_line(db, None).await.map_err(|error| match error {
        Error::NotFound => anyhow!(
            "there is no firm yet: open the program in a browser and fill in the set-up page, or use `kartotek user \
             add --role owner`"
        ),
        other => anyhow!(other),
    })?;
    let mut tx = db.read(actor.clone()).await?;
    let language = store::language(&mut tx).await?;
    let defaults = plan::Defaults {
        currency: actor.currency,
        today: clock::today(actor.zone),
        customers: of_kind(&mut tx, FieldsOf::Customer).await?.with(customers::model::FIELDS),
        deals: of_kind(&mut tx, FieldsOf::Deal).await?.with(deals::model::FIELDS),
        kinds: kinds(&mut tx).await?,
    };
    drop(tx);
    let mut report = Report::new(&map.source, dry_run, language);
    let plan = plan::Plan::read(&map, folder, &defaults, &mut report)?;
    if report.stopped() {
        return Ok(report);
    }
    write::write(db, actor, (&map, &defaults), &plan, &mut report)
        .await
        .context("the database refused; what was committed before stays")?;
    Ok(report)
}

/// Those own kinds of record of the firm that are in use, with their fields.
async fn kinds(tx: &mut Tx) -> crate::error::Result<Vec<plan::KindOfRecord>> {
    let mut kinds = Vec::new();
    for kind in own_kinds::store::all(tx).await?.into_iter().filter(|kind| kind.facts.active) {
        let fields = of_kind(tx, FieldsOf::Own(kind.nr)).await?.active();
        kinds.push(plan::KindOfRecord { nr: kind.nr, facts: kind.facts, fields });
    }
    Ok(kinds)
}
