//! The sample's own SQL, besides the stores of the features.

use crate::activities::model::ActivityFacts;
use crate::activities::store::called;
use crate::error::Result;
use crate::fields::OwnValues;
use crate::id::{ActivityId, CustomerId, DealId, EventId, UnitId};
use crate::journal::model::{Fields, What, fields_of};
use crate::live::{Kind, Notice};
use crate::records::Ground;
use crate::records::store::{self as records, Entry};
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::types::Json;
use uuid::Uuid;

/// Existing customers with their owners, for deals when no customers are to be made.
pub(super) async fn some_customers(tx: &mut Tx) -> Result<Vec<(CustomerId, UnitId)>> {
    Ok(tx
        .query(
            "SELECT id, owner_id FROM customers \
             WHERE deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY id \
             LIMIT 10000",
        )
        .all()
        .await?)
}

/// Sets since when a deal that was just made has been in its stage.
pub(super) async fn in_stage_since(tx: &mut Tx, deal: DealId, since: DateTime<Utc>) -> Result<()> {
    tx.query(
        "UPDATE deals SET stage_since = $3 WHERE id = $2 AND owner_id IN (SELECT unit_id FROM reach \
         WHERE viewer_id = $1)",
    )
    .bind(deal)
    .bind(since)
    .execute()
    .await?;
    Ok(())
}

/// An activity to be made, with its event and the unit it hangs on.
pub(super) struct NewActivity {
    pub id: ActivityId,
    pub event: Uuid,
    pub owner: UnitId,
    pub facts: ActivityFacts,
}

fn entry(NewActivity { id, owner, facts, .. }: &NewActivity) -> Entry {
    let ground = Ground { owner: *owner, customer: facts.customer_id, deal: facts.deal_id, record: None };
    Entry {
        id: id.0,
        kind: Kind::Activity,
        owner: None,
        ground,
        called: called(facts),
        own: OwnValues::default(),
    }
}

/// Writes many activities with their events in three statements: a million single ones would take half an hour.
pub(super) async fn add_activities(tx: &mut Tx, many: &[NewActivity]) -> Result<()> {
    if many.is_empty() {
        return Ok(());
    }
    let now = clock::now();
    let sql = Sql::new(
        "INSERT INTO activities (id, kind, at, customer_id, deal_id, person_id, contact, direction, outcome, result, \
             content, version, updated_at) SELECT v.* FROM (VALUES",
    );
    let sql = sql.rows_beside(many.len(), 13).and(") AS v JOIN people p ON p.id = $1");
    let mut query = tx.everyones(sql);
    for NewActivity { id, facts, .. } in many {
        query = query
            .bind(*id)
            .bind(facts.kind)
            .bind(facts.at)
            .bind(facts.customer_id)
            .bind(facts.deal_id)
            .bind(facts.person_id)
            .bind(facts.contact.clone())
            .bind(facts.direction)
            .bind(facts.outcome)
            .bind(facts.result.clone())
            .bind(facts.content.clone())
            .bind(1_i64)
            .bind(facts.at);
    }
    query.execute().await?;
    records::insert(tx, many.iter().map(entry).collect()).await?;
    let sql = Sql::new(
        "INSERT INTO events (actor_id, id, at, unit_id, kind, subject_id, customer_id, what, before, after) VALUES",
    );
    let mut before = Fields::new();
    before.insert("deleted".into(), json!(true));
    let mut query = tx.everyones(sql.rows(many.len(), 10));
    for NewActivity { id, event, owner, facts } in many {
        query = query
            .bind(EventId(*event))
            .bind(now)
            .bind(*owner)
            .bind(Kind::Activity)
            .bind(id.0)
            .bind(facts.customer_id)
            .bind(What::Created)
            .bind(Json(before.clone()))
            .bind(Json(fields_of(facts)));
    }
    query.execute().await?;
    tx.recorded(None, Notice::everything());
    Ok(())
}
