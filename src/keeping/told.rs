//! The ledger of backups as the owner is told it.

use super::model::{Backup, Keeping, standing};
use super::store::ledger;
use crate::error::Result;
use crate::server::clock;
use crate::server::db::Tx;

/// # Errors
/// `Internal` only.
pub async fn backups(tx: &mut Tx) -> Result<Keeping> {
    let now = clock::now();
    let founded = ledger::founded(tx).await?;
    let lines = ledger::lines(tx).await?;
    let failed_since = lines.first().is_some_and(|line| !line.problem.is_empty());
    let good: Vec<_> = lines.into_iter().filter(|line| line.problem.is_empty()).collect();
    let age = good.first().map(|line| now - line.ended_at);
    let zone = tx.actor().zone;
    Ok(Keeping {
        standing: standing(age, now - founded, failed_since),
        good: u32::try_from(good.len()).unwrap_or(u32::MAX),
        last: good.into_iter().next().map(|line| Backup {
            at: clock::local(line.ended_at, zone),
            file: line.file,
            bytes: line.bytes,
            held: line.held,
        }),
    })
}
