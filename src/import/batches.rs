//! Groups the rows of an import into transactions of some hundred rows: long enough that the disk is not flushed for
//! each row, short enough that others can write in between. A dry run has a single transaction, which is rolled back.

use crate::auth::Actor;
use crate::error::Result;
use crate::server::db::{Db, SystemTx, Tx};

const ROWS: usize = 500;

pub(crate) struct Batches<'a> {
    db: &'a Db,
    actor: Actor,
    dry_run: bool,
    tx: Option<Tx>,
    rows: usize,
}

impl<'a> Batches<'a> {
    pub(crate) fn new(db: &'a Db, actor: Actor, dry_run: bool) -> Self {
        Self { db, actor, dry_run, tx: None, rows: 0 }
    }

    /// The transaction for one more row.
    pub(crate) async fn tx(&mut self) -> Result<&mut Tx> {
        if self.rows >= ROWS {
            self.commit().await?;
        }
        self.rows += 1;
        let tx = match self.tx.take() {
            Some(tx) => tx,
            None => self.db.write(self.actor.clone()).await?,
        };
        Ok(self.tx.insert(tx))
    }

    /// The transaction for what is done before the first row.
    pub(crate) async fn system(&self) -> Result<SystemTx> {
        self.db.write_system().await
    }

    /// Ends that transaction: commits it, or in a dry run keeps it open, so that only the rest of the run sees it.
    pub(crate) async fn close(&mut self, system: SystemTx) -> Result<()> {
        if self.dry_run {
            self.tx = Some(system.acting_as(self.actor.clone()));
            Ok(())
        } else {
            system.commit().await
        }
    }

    async fn commit(&mut self) -> Result<()> {
        self.rows = 0;
        if self.dry_run {
            return Ok(());
        }
        match self.tx.take() {
            Some(tx) => self.db.commit(tx).await,
            None => Ok(()),
        }
    }

    pub(crate) async fn finish(mut self) -> Result<()> {
        self.commit().await
    }
}
