//! The SQL of the counts and sums, each with the permissions of the person asking.

use crate::deals::model::Status;
use crate::deals::store::SUM;
use crate::error::Result;
use crate::i18n::Currency;
use crate::id::StageId;
use crate::server::db::Tx;
use crate::server::sql::Sql;

#[derive(sqlx::FromRow)]
pub(super) struct Counts {
    pub customers: i64,
    pub people: i64,
    pub deals: i64,
    pub deals_without_customer: i64,
    pub activities: i64,
    pub tasks: i64,
    pub events: i64,
}

pub(super) async fn counts(tx: &mut Tx) -> Result<Counts> {
    Ok(tx
        .query(
            "SELECT \
                 (SELECT COUNT(*) FROM customers \
                     WHERE deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach \
                     WHERE viewer_id = $1)) AS customers, \
                 (SELECT COUNT(*) FROM people WHERE id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) AS people, \
                 (SELECT COUNT(*) FROM deals \
                     WHERE deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach \
                     WHERE viewer_id = $1)) AS deals, \
                 (SELECT COUNT(*) FROM deals WHERE deleted_at IS NULL AND customer_id IS NULL \
                     AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) AS deals_without_customer, \
                 (SELECT COUNT(*) FROM activities WHERE deleted_at IS NULL AND deal_id IN (SELECT id FROM deals \
                     WHERE deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1))) \
                 + (SELECT COUNT(*) FROM activities WHERE deleted_at IS NULL AND deal_id IS NULL \
                     AND customer_id IN (SELECT id FROM customers \
                     WHERE deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach \
                     WHERE viewer_id = $1))) AS activities, \
                 (SELECT COUNT(*) FROM tasks \
                     WHERE deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach \
                     WHERE viewer_id = $1)) AS tasks, \
                 (SELECT COUNT(*) FROM events WHERE unit_id IN (SELECT unit_id FROM reach \
                 WHERE viewer_id = $1)) AS events",
        )
        .one()
        .await?)
}

/// A stage, with its deals in one currency; without a currency if it is empty.
#[derive(sqlx::FromRow)]
pub(super) struct StageRow {
    pub id: StageId,
    pub pipeline: String,
    pub stage: String,
    pub status: Status,
    pub currency: Option<Currency>,
    pub count: i64,
    pub sum: i64,
}

pub(super) async fn stages(tx: &mut Tx) -> Result<Vec<StageRow>> {
    Ok(tx
        .query(Sql::new(
            "SELECT s.id, p.name AS pipeline, s.name AS stage, s.status, d.currency, COUNT(d.id) AS count,",
        ).and(SUM).and(
            "AS sum \
             FROM stages s JOIN pipelines p ON p.id = s.pipeline_id \
             LEFT JOIN deals d ON d.stage_id = s.id AND d.deleted_at IS NULL \
                 AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             WHERE s.deleted_at IS NULL AND p.deleted_at IS NULL \
             GROUP BY p.place, p.id, p.name, s.place, s.id, s.name, s.status, d.currency \
             ORDER BY p.place, p.id, s.place, s.id, d.currency",
        ))
        .all()
        .await?)
}
