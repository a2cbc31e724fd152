//! The ledger of backups as shown to the owner: what was noted, and whether the files really exist. Backups dated in
//! the future are ignored, because the clock was wrong then.

use super::daily::names;
use super::model::{Backup, Keeping, standing};
use super::rotate;
use super::store::ledger::{self, Line};
use crate::error::Result;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::failure::our_fault;
use crate::server::machine;
use chrono::NaiveDateTime;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// # Errors
/// `Internal` only.
pub async fn backups(tx: &mut Tx) -> Result<Keeping> {
    let now = clock::now();
    let zone = tx.actor().zone;
    let founded = ledger::founded(tx).await?;
    let (ahead, lines): (Vec<_>, Vec<_>) =
        ledger::lines(tx).await?.into_iter().partition(|line| line.is_ahead(now));
    let failed_since = lines.first().is_some_and(|line| !line.is_good());
    let good: Vec<_> = lines.into_iter().filter(Line::is_good).collect();
    let count = good.len();
    let newest = good.first().map(|line| (now - line.ended_at, line.file.clone()));
    let local = clock::local(now, zone);
    let (last, ahead) = tokio::task::spawn_blocking(move || look(good, &ahead, local))
        .await
        .map_err(|cause| our_fault(&cause))?;
    let gone = newest.as_ref().is_some_and(|(_, file)| last.as_ref().is_none_or(|last| last.file != *file));
    Ok(Keeping {
        standing: standing(newest.map(|(age, _)| age), now - founded, failed_since, gone),
        good: u32::try_from(count).unwrap_or(u32::MAX),
        ahead: u32::try_from(ahead).unwrap_or(u32::MAX),
        last: last.map(|line| Backup {
            at: clock::local(line.ended_at, zone),
            file: line.file,
            host: line.host,
            bytes: line.bytes,
            held: line.held,
        }),
    })
}

/// The newest backup whose file exists, and how many files are dated in the future.
fn look(good: Vec<Line>, ahead: &[Line], now: NaiveDateTime) -> (Option<Line>, usize) {
    let mut future: BTreeSet<PathBuf> =
        ahead.iter().filter(|line| is_there(line)).map(|line| PathBuf::from(&line.file)).collect();
    let folders: BTreeSet<&Path> =
        good.iter().chain(ahead).filter_map(|line| Path::new(&line.file).parent()).collect();
    for folder in folders {
        let names = names(folder).into_iter().filter(|name| rotate::is_ahead(name, now));
        future.extend(names.map(|name| folder.join(name)));
    }
    (good.into_iter().find(is_there).map(as_seen_here), future.len())
}

/// Whether the file exists as it was written. A file on another machine can't be checked from here, so it is assumed
/// to.
fn is_there(line: &Line) -> bool {
    match std::fs::metadata(&line.file) {
        Ok(about) => about.is_file() && i64::try_from(about.len()).is_ok_and(|bytes| bytes == line.bytes),
        Err(_) => !line.host.is_empty() && line.host != machine::name(),
    }
}

/// Names the machine only if it is another one.
fn as_seen_here(line: Line) -> Line {
    let here = line.host == machine::name();
    if here { Line { host: String::new(), ..line } } else { line }
}
