//! Reads a deal's card: the deal with the names behind its ids, and its customer as far as the person asking may see
//! it.

use super::list;
use crate::deals::model::{Deal, FIELDS, Pipeline, Stage, Status};
use crate::deals::pipeline;
use crate::deals::view::{CustomerBrief, DealCard};
use crate::error::{Error, Result};
use crate::fields::FieldsOf;
use crate::fields::own;
use crate::fields::said::said_of;
use crate::id::{CustomerId, DealId, StageId};
use crate::server::clock;
use crate::server::db::Tx;
use crate::tasks::store::next_step::next_step;
use chrono::{DateTime, Utc};
use sqlx::types::Json;

#[derive(sqlx::FromRow)]
struct Around {
    owner: String,
    product: Option<String>,
    stage_since: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct CustomerLine {
    id: CustomerId,
    name: String,
    city: String,
    phones: Json<Vec<String>>,
    emails: Json<Vec<String>>,
}

/// The whole card. A customer out of reach is left out.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn card(tx: &mut Tx, id: DealId) -> Result<DealCard> {
    let (mut facts, version) = crate::records::read(tx, id).await?;
    let around: Option<Around> = tx
        .query(
            "SELECT u.name AS owner, p.name AS product, d.stage_since \
             FROM deals d JOIN units u ON u.id = d.owner_id LEFT JOIN products p ON p.id = d.product_id \
             WHERE d.id = $2 AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .optional()
        .await?;
    let around = around.ok_or(Error::NotFound)?;
    let (stage, stages) = stage_among(tx, facts.stage_id).await?;
    let elsewhere = elsewhere(tx, &stage).await?;
    let customer = match facts.customer_id {
        Some(customer) => brief(tx, customer).await?,
        None => None,
    };
    facts.customer_id = customer.as_ref().map(|customer| customer.id);
    let others = match facts.customer_id {
        Some(customer) => list::others(tx, customer, id).await?,
        None => Vec::new(),
    };
    let mut own_fields = own::store::of_kind(tx, FieldsOf::Deal).await?;
    own::store::links::for_the_browser(tx, &mut own_fields, &mut facts.own).await?;
    let linked = own::store::links::leading_to(tx, id.0).await?;
    let zone = tx.actor().zone;
    let days_in_stage =
        (clock::today(zone) - clock::local(around.stage_since, zone).date()).num_days().max(0);
    let name = customer.as_ref().map(|customer| customer.name.clone());
    let deal =
        Deal { id, version, owner: around.owner, customer: name, product: around.product, stage, facts };
    let next = next_step(tx, id).await?;
    let fields = own_fields.with(FIELDS);
    let fields = fields.iter().filter(|field| field.key != "note");
    let said = said_of(fields, &deal.facts, tx.actor().locale);
    Ok(DealCard { deal, stages, elsewhere, days_in_stage, next, customer, others, linked, said })
}

/// The stage, and all stages of its pipeline in order.
async fn stage_among(tx: &mut Tx, id: StageId) -> Result<(Stage, Vec<Stage>)> {
    let stage = pipeline::stage(tx, id).await?;
    let stages = pipeline::stages(tx, stage.pipeline_id).await?;
    Ok((stage, stages))
}

/// The first open stage of each other pipeline.
async fn elsewhere(tx: &mut Tx, here: &Stage) -> Result<Vec<(String, Stage)>> {
    let pipelines = pipeline::pipelines(tx).await?;
    if pipelines.len() < 2 {
        return Ok(Vec::new());
    }
    let stages = pipeline::all_stages(tx).await?;
    let first = |of: &Pipeline| {
        stages.iter().find(|stage| stage.pipeline_id == of.id && stage.status == Status::Open).cloned()
    };
    let others = pipelines.into_iter().filter(|one| one.id != here.pipeline_id);
    Ok(others.filter_map(|one| first(&one).map(|stage| (one.name, stage))).collect())
}

/// The customer, if in reach and not deleted.
///
/// # Errors
/// `Internal` only.
pub async fn brief(tx: &mut Tx, id: CustomerId) -> Result<Option<CustomerBrief>> {
    let line: Option<CustomerLine> = tx
        .query(
            "SELECT id, name, city, phones, emails FROM customers \
             WHERE id = $2 AND deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(line.map(|line| CustomerBrief {
        id: line.id,
        name: line.name,
        city: line.city,
        phones: line.phones.0,
        emails: line.emails.0,
    }))
}
