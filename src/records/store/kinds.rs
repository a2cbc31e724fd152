//! The list of all kinds of record, and which facts belong to the id of each. What all kinds have in common is in
//! `records`.

use super::{Record, RecordId, give};
use crate::error::{Error, Result};
use crate::id::{ActivityId, CustomerId, DealId, OwnRecordId, TaskId, UnitId};
use crate::journal::model::What;
use crate::live::Kind;
use crate::server::db::Tx;
use uuid::Uuid;

macro_rules! record_ids {
    ($($id:ident is of $facts:ty),+ $(,)?) => {
        /// [`give`] for a record whose kind is known only at run time.
        ///
        /// # Errors
        /// As [`give`]; `NotFound` for a kind that is no record.
        pub async fn give_any(
            tx: &mut Tx,
            (kind, id): (Kind, Uuid),
            from: UnitId,
            to: UnitId,
            what: What,
        ) -> Result<()> {
            $(if kind == <$facts>::KIND {
                return give(tx, $id(id), from, to, what).await;
            })+
            Err(Error::NotFound)
        }

        $(
        impl RecordId for $id {
            type Facts = $facts;
            fn uuid(self) -> Uuid {
                self.0
            }
            fn of(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

record_ids! {
    CustomerId is of crate::customers::model::CustomerFacts,
    DealId is of crate::deals::model::DealFacts,
    ActivityId is of crate::activities::model::ActivityFacts,
    TaskId is of crate::tasks::model::TaskFacts,
    OwnRecordId is of crate::own_records::model::OwnRecordFacts,
}
