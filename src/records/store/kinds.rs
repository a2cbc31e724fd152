//! The list of all kinds of record: which facts belong to the id of each, and its own table with the few statements
//! that are alike for all such tables. The table of all records is in `store`, how a record is saved in `records`.

use crate::error::{Error, Result};
use crate::id::{ActivityId, CustomerId, DealId, OwnRecordId, TaskId, UnitId};
use crate::journal::model::What;
use crate::live::Kind;
use crate::records::{Record, RecordId, give};
use crate::server::db::Tx;
use uuid::Uuid;

/// A kind's own table, and the statements on it that are the same for each such table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub kind: Kind,
    /// Deletes the row of the record `$2`.
    pub delete: &'static str,
    /// Deletes the rows of the next `$3` records of this kind `$4` that belong to the record `$2`.
    pub delete_some: &'static str,
    /// Gives the deleted records of the unit `$1` to the unit `$2`; `$3` is the kind.
    pub give_deleted: &'static str,
    /// Takes the customer `$2` away from the next `$3` rows, as a change of the record.
    pub lose_customer: &'static str,
    /// The same for records that only follow their card: they have no new version.
    pub follow_without_customer: &'static str,
    /// It has an owner of its own.
    pub owned: bool,
    /// It can hang on a customer.
    pub on_customers: bool,
    /// It is deleted for good together with the record that it belongs to.
    pub ends_with_parent: bool,
}

macro_rules! record_ids {
    ($($id:ident is of $facts:ty, in $table:literal ($($trait:ident),*)),+ $(,)?) => {
        /// All kinds, those that belong to others first.
        pub const TABLES: [Table; Kind::RECORDS.len()] = [$(Table {
            $($trait: true,)*
            ..Table {
                kind: <$facts>::KIND,
                delete: concat!("DELETE FROM ", $table, " WHERE id = $2"),
                delete_some: concat!("DELETE FROM ", $table, " WHERE id IN \
                    (SELECT id FROM records WHERE parent_id = $2 AND kind = $4 ORDER BY id LIMIT $3)"),
                give_deleted: concat!("UPDATE ", $table, " SET owner_id = $2 WHERE id IN \
                    (SELECT id FROM records WHERE owner_id = $1 AND kind = $3 AND deleted_at IS NOT NULL)"),
                lose_customer: concat!("UPDATE ", $table, " SET customer_id = NULL, version = version + 1 \
                    WHERE id IN (SELECT id FROM ", $table, " WHERE customer_id = $2 LIMIT $3)"),
                follow_without_customer: concat!("UPDATE ", $table, " SET customer_id = NULL \
                    WHERE id IN (SELECT id FROM ", $table, " WHERE customer_id = $2 LIMIT $3)"),
                owned: false,
                on_customers: false,
                ends_with_parent: false,
            }
        }),+];

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
    ActivityId is of crate::activities::model::ActivityFacts,
        in "activities" (on_customers, ends_with_parent),
    TaskId is of crate::tasks::model::TaskFacts, in "tasks" (owned, on_customers, ends_with_parent),
    OwnRecordId is of crate::own_records::model::OwnRecordFacts, in "own_records" (owned, on_customers),
    DealId is of crate::deals::model::DealFacts, in "deals" (owned, on_customers),
    CustomerId is of crate::customers::model::CustomerFacts, in "customers" (owned),
}

#[cfg(test)]
mod tests {
    use super::TABLES;
    use crate::live::Kind;

    #[test]
    fn every_kind_of_record_has_a_table() {
        for kind in Kind::RECORDS {
            assert!(TABLES.iter().any(|table| table.kind == kind), "{kind:?}");
        }
        assert!(Kind::CARDS.iter().all(|kind| Kind::RECORDS.contains(kind)));
    }
}
