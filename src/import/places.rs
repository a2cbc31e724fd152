//! Positions for many deals at the end of their stages: the database is asked once for each stage, then positions are
//! counted in memory.

use crate::deals::position::{between, from_hex, to_hex};
use crate::deals::store::end_of;
use crate::error::Result;
use crate::id::StageId;
use crate::server::db::Tx;
use crate::server::failure::our_fault;
use std::collections::HashMap;

/// The last position given out in each stage.
#[derive(Debug, Default)]
pub struct Places(HashMap<StageId, Vec<u8>>);

impl Places {
    /// The next position at the end of the stage.
    ///
    /// # Errors
    /// `Internal` only.
    pub async fn next(&mut self, tx: &mut Tx, stage: StageId) -> Result<String> {
        let next = match self.0.get(&stage) {
            Some(last) => between(Some(last), None),
            None => from_hex(&end_of(tx, stage).await?),
        };
        let next = next.ok_or_else(|| our_fault(&"a broken position"))?;
        let text = to_hex(&next);
        self.0.insert(stage, next);
        Ok(text)
    }
}
