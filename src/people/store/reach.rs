//! The table of what everyone may see, recomputed when the tree or somebody's reach changes. Only rows that differ are
//! written, many at a time: moving one person in a firm of hundreds changes a few rows.

use super::org;
use crate::error::Result;
use crate::id::{KindNr, PersonId, UnitId};
use crate::own_kinds::model::KindAccess;
use crate::people::model::reach;
use crate::server::db::{SystemTx, Tx};
use crate::server::sql::Sql;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many rows go into one statement.
const TOGETHER: usize = 200;

/// What somebody sees at a moment: whose records, and of which own kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    pub units: HashSet<UnitId>,
    /// With whether they may change its records.
    kinds: HashMap<KindNr, bool>,
}

impl Sight {
    /// Whether `other` sees all of this, too.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.units.is_subset(&other.units) && self.kinds.keys().all(|kind| other.kinds.contains_key(kind))
    }
}

/// What the person asking sees now.
///
/// # Errors
/// `Internal` only.
pub async fn sight(tx: &mut Tx) -> Result<Sight> {
    let units: Vec<(UnitId,)> = tx.query("SELECT unit_id FROM reach WHERE viewer_id = $1").all().await?;
    let kinds: Vec<(KindNr, KindAccess)> = tx
        .everyones(
            "SELECT number, changed_by FROM own_kinds \
             WHERE number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)",
        )
        .all()
        .await?;
    let role = tx.actor().role;
    Ok(Sight {
        units: units.into_iter().map(|(unit,)| unit).collect(),
        kinds: kinds.into_iter().map(|(kind, changed_by)| (kind, changed_by.is_for(role))).collect(),
    })
}

/// Recomputes what everyone may see, and tells open streams to check again. Every transaction that changes the tree or
/// somebody's reach must call it.
///
/// # Errors
/// `Internal` only.
pub async fn rebuild_reach(system: &mut SystemTx) -> Result<()> {
    org::rights_changed(system).await?;
    let org = org::load(system).await?;
    let sees = org.seats.iter().map(|(who, seat)| (*who, seat.sees)).collect();
    let mut wanted = reach(&org.parents, &sees);
    // Deactivated people see nothing; their records are still seen by those above them.
    wanted.retain(|(viewer, _)| org.seats.get(viewer).is_some_and(|seat| seat.active));
    let now: Vec<(PersonId, UnitId)> = system.query("SELECT viewer_id, unit_id FROM reach").all().await?;
    let now: BTreeSet<(PersonId, UnitId)> = now.into_iter().collect();
    let gone: Vec<_> = now.difference(&wanted).copied().collect();
    let new: Vec<_> = wanted.difference(&now).copied().collect();
    for some in gone.chunks(TOGETHER) {
        let sql = Sql::new("DELETE FROM reach WHERE (viewer_id, unit_id) IN (VALUES")
            .bare_rows(some.len(), 2)
            .and(")");
        bound(system, sql, some).await?;
    }
    for some in new.chunks(TOGETHER) {
        let sql = Sql::new("INSERT INTO reach (viewer_id, unit_id) VALUES").bare_rows(some.len(), 2);
        bound(system, sql, some).await?;
    }
    Ok(())
}

async fn bound(system: &mut SystemTx, sql: Sql, pairs: &[(PersonId, UnitId)]) -> Result<()> {
    let query = pairs.iter().fold(system.query(sql), |query, (viewer, unit)| query.bind(*viewer).bind(*unit));
    query.execute().await?;
    Ok(())
}
