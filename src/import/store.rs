//! The import's own SQL, besides the stores of the features: which row became which record, and the present state of
//! imported records. Only an owner may import, so every statement asks for an owner.

pub mod records;

use super::report::Thing;
use crate::auth::model::Role;
use crate::customers::model::CustomerFacts;
use crate::customers::store::FACTS;
use crate::error::Result;
use crate::i18n::{Currency, Locale};
use crate::id::{CustomerId, DealId, ProductId, StageId, UnitId};
use crate::server::db::{SystemTx, Tx};
use crate::server::sql::Sql;
use chrono::NaiveDate;
use std::collections::HashMap;
use uuid::Uuid;

/// The records imported from a source earlier: our id by kind and by the id in the source.
pub type Known = HashMap<(String, String), Uuid>;

/// Everything imported from this source earlier.
///
/// # Errors
/// `Internal` only.
pub async fn known(tx: &mut Tx, source: &str) -> Result<Known> {
    let rows: Vec<(String, String, Uuid)> = tx
        .everyones(
            "SELECT kind, external_id, id FROM imported \
             WHERE source = $2 AND EXISTS (SELECT 1 FROM people WHERE id = $1 AND role = 'owner')",
        )
        .bind(source.to_owned())
        .all()
        .await?;
    Ok(rows.into_iter().map(|(kind, external, id)| ((kind, external), id)).collect())
}

/// The language for the person asking: their own, else the firm's.
///
/// # Errors
/// `Internal` only.
pub async fn language(tx: &mut Tx) -> Result<Locale> {
    let found: Option<(Locale,)> = tx
        .everyones("SELECT COALESCE(p.language, f.language) FROM people p CROSS JOIN firm f WHERE p.id = $1")
        .optional()
        .await?;
    Ok(found.map(|(language,)| language).unwrap_or_default())
}

/// Notes which row of the source a record was made from, in the transaction that made the record.
///
/// # Errors
/// `Internal` only.
pub async fn remember(tx: &mut Tx, source: &str, kind: &str, external: &str, id: Uuid) -> Result<()> {
    tx.everyones(
        "INSERT INTO imported (source, kind, external_id, id) \
         SELECT $2, $3, $4, $5 FROM people WHERE id = $1 AND role = 'owner' \
         ON CONFLICT (source, kind, external_id) DO UPDATE SET id = excluded.id",
    )
    .bind(source.to_owned())
    .bind(kind.to_owned())
    .bind(external.to_owned())
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

/// The same for groups and people, who are inserted as the system.
///
/// # Errors
/// `Internal` only.
pub async fn remember_unit(
    system: &mut SystemTx,
    source: &str,
    thing: Thing,
    external: &str,
    unit: UnitId,
) -> Result<()> {
    system
        .query(
            "INSERT INTO imported (source, kind, external_id, id) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (source, kind, external_id) DO UPDATE SET id = excluded.id",
        )
        .bind(source.to_owned())
        .bind(thing.code().to_owned())
        .bind(external.to_owned())
        .bind(unit)
        .execute()
        .await?;
    Ok(())
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct UnitNow {
    pub id: UnitId,
    pub parent_id: Option<UnitId>,
    pub name: String,
    /// Only for a person.
    pub role: Option<Role>,
    pub email: Option<String>,
}

/// The present organisation tree.
///
/// # Errors
/// `Internal` only.
pub async fn units_now(tx: &mut Tx) -> Result<Vec<UnitNow>> {
    Ok(tx
        .everyones(
            "SELECT u.id, u.parent_id, u.name, p.role, p.email FROM units u LEFT JOIN people p ON p.id = u.id \
             WHERE EXISTS (SELECT 1 FROM people WHERE id = $1 AND role = 'owner')",
        )
        .all()
        .await?)
}

#[derive(sqlx::FromRow)]
struct CustomerNow {
    id: CustomerId,
    #[sqlx(flatten)]
    facts: CustomerFacts,
}

/// The present state of the customers imported from this source, also deleted ones, without their contacts.
///
/// # Errors
/// `Internal` only.
pub async fn customers_now(tx: &mut Tx, source: &str) -> Result<HashMap<CustomerId, CustomerFacts>> {
    let sql = Sql::new("SELECT c.id,").and(FACTS).and(
        "FROM imported i JOIN customers c ON c.id = i.id \
         WHERE i.source = $2 AND i.kind = 'customer' AND c.owner_id IN (SELECT unit_id FROM reach \
         WHERE viewer_id = $1)",
    );
    let rows: Vec<CustomerNow> = tx.query(sql).bind(source.to_owned()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row.facts)).collect())
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DealNow {
    pub id: DealId,
    pub title: String,
    pub owner_id: UnitId,
    pub stage_id: StageId,
    pub customer_id: Option<CustomerId>,
    pub product_id: Option<ProductId>,
    pub amount: Option<i64>,
    pub currency: Currency,
    pub closed_on: Option<NaiveDate>,
}

/// The present state of the deals imported from this source, also deleted ones.
///
/// # Errors
/// `Internal` only.
pub async fn deals_now(tx: &mut Tx, source: &str) -> Result<HashMap<DealId, DealNow>> {
    let rows: Vec<DealNow> = tx
        .query(
            "SELECT d.id, d.title, d.owner_id, d.stage_id, d.customer_id, d.product_id, d.amount, d.currency, \
             d.closed_on \
             FROM imported i JOIN deals d ON d.id = i.id \
             WHERE i.source = $2 AND i.kind = 'deal' AND d.owner_id IN (SELECT unit_id FROM reach \
             WHERE viewer_id = $1)",
        )
        .bind(source.to_owned())
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The firm's own unit: records that hang on it belong to everybody.
///
/// # Errors
/// `NotFound` when the person asking is no owner.
pub async fn root(tx: &mut Tx) -> Result<UnitId> {
    let found: Option<(UnitId,)> = tx
        .everyones(
            "SELECT id FROM units WHERE parent_id IS NULL AND EXISTS (SELECT 1 FROM people WHERE id = $1 \
             AND role = 'owner')",
        )
        .optional()
        .await?;
    found.map(|(unit,)| unit).ok_or(crate::error::Error::NotFound)
}
