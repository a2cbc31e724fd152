//! Before a newer program migrates the tables: makes a backup of everything. And when an older program meets the tables
//! of a newer one: refuses to start.

use super::create::back_up;
use super::restore::stamp;
use super::store::catalog::firm;
use super::store::invariants::shared_ids;
use super::store::link::Link;
use crate::server::database_url::DatabaseUrl;
use crate::server::migrations::unknown;
use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};

/// Refuses a database that a newer program has changed.
///
/// # Errors
/// A sentence that says what can be done.
pub fn refuse_newer(applied: &[i64], backups: Option<&Path>) -> Result<()> {
    let unknown = unknown(applied);
    if unknown.is_empty() {
        return Ok(());
    }
    let steps = unknown.iter().map(|step| format!("{step:04}")).collect::<Vec<_>>().join(", ");
    let back = match backups.and_then(newest) {
        Some(file) => format!(
            "the state from before the update is in {0}: `kartotek restore {0} --replace` brings it back, without what \
             was done since",
            file.display()
        ),
        None => "restore a backup from before the update".to_owned(),
    };
    bail!(
        "a newer Kartotek has worked with this database (step {steps}), and this one, {}, does not know how. \
         Nothing was changed. Start the newer version again; or, if it must be this one, {back}",
        env!("CARGO_PKG_VERSION")
    )
}

/// The newest backup in the folder.
fn newest(folder: &Path) -> Option<PathBuf> {
    let files = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let ours = files.filter(|path| {
        path.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with("before-") && name.ends_with(".backup"))
    });
    ours.max_by_key(|path| path.metadata().and_then(|about| about.modified()).ok())
}

/// Refuses a firm in which two records have the same id, before the migration that puts all records into one table.
///
/// # Errors
/// A sentence that names them.
pub async fn refuse_shared_ids(link: &mut Link<'_>) -> Result<()> {
    let shared = shared_ids(link).await?;
    if shared.is_empty() {
        return Ok(());
    }
    bail!(
        "two records have the same id, and one of each pair must go first: {}. Nothing was changed. Delete it with the \
         version before this one; thirty days later it is gone for good, and this version starts",
        shared.join("; ")
    )
}

/// Backs up a firm whose tables are about to be migrated, as far as backups are possible.
///
/// # Errors
/// When the backup fails: then nothing may be changed.
pub async fn before_steps(
    link: &mut Link<'_>,
    steps: &[i64],
    place: &DatabaseUrl,
    backups: Option<&Path>,
) -> Result<()> {
    if steps.is_empty() || firm(link).await?.is_none() {
        return Ok(());
    }
    refuse_shared_ids(link).await?;
    let Some(folder) = backups else {
        tracing::warn!("the tables are changed without a backup before, since no --backups folder is given");
        return Ok(());
    };
    let file = folder.join(format!("before-{}-{}.backup", env!("CARGO_PKG_VERSION"), stamp()));
    back_up(place, &file).await.context(
        "no backup could be made before the update, so nothing was changed. Make room, or name another folder with \
         --backups",
    )?;
    tracing::info!(file = %file.display(), "backed up before the update");
    Ok(())
}
