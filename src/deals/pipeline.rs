//! Pipelines and their stages in the database: the firm's own process, the same for everyone in it. Not the deals in
//! them; editing is in `pipelines`.

use super::model::{Pipeline, Stage, Status};
use super::pipelines::model::PipelineFacts;
use super::pipelines::store::{on_record, stages::on_record_new, was_not_there};
use crate::error::{Error, Result};
use crate::i18n::Locale;
use crate::id::{PipelineId, StageId};
use crate::journal::model::{What, fields_of};
use crate::server::db::{Db, SystemTx, Tx};
use uuid::Uuid;

/// A stage before it is in the database.
#[derive(Clone, Debug, serde::Serialize)]
pub struct NewStage {
    pub name: String,
    pub status: Status,
    /// 1 to 5.
    pub color: i64,
    /// A percentage.
    pub probability: i64,
}

/// The process a firm begins with, in its language.
#[must_use]
pub fn usual(locale: Locale) -> (&'static str, [NewStage; 6]) {
    let (pipeline, names) = match locale {
        Locale::Tr => ("Satış süreci", ["Yeni", "Görüşme", "Teklif", "Fatura", "Kazanıldı", "Kaybedildi"]),
        Locale::En => ("Sales", ["New", "Talks", "Proposal", "Invoice", "Won", "Lost"]),
    };
    let rules = [
        (Status::Open, 1, 10),
        (Status::Open, 2, 30),
        (Status::Open, 3, 60),
        (Status::Open, 4, 90),
        (Status::Won, 5, 100),
        (Status::Lost, 5, 0),
    ];
    let stages = std::array::from_fn(|at| {
        let (status, color, probability) = rules[at];
        NewStage { name: names[at].to_owned(), status, color, probability }
    });
    (pipeline, stages)
}

/// Makes the usual pipeline where the firm has none. For set-up, before anybody is signed in.
///
/// # Errors
/// `Internal` only.
pub async fn ensure_default(system: &mut SystemTx, locale: Locale) -> Result<()> {
    let found: Option<(PipelineId,)> = system.query("SELECT id FROM pipelines LIMIT 1").optional().await?;
    if found.is_some() {
        return Ok(());
    }
    let (name, stages) = usual(locale);
    let pipeline = PipelineId(Uuid::now_v7());
    system
        .query("INSERT INTO pipelines (id, name, place) VALUES ($1, $2, 1)")
        .bind(pipeline)
        .bind(name.to_owned())
        .execute()
        .await?;
    for (place, stage) in (1_i64..).zip(stages) {
        system
            .query(
                "INSERT INTO stages (id, pipeline_id, name, status, place, color, probability) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(StageId(Uuid::now_v7()))
            .bind(pipeline)
            .bind(stage.name)
            .bind(stage.status)
            .bind(place)
            .bind(stage.color)
            .bind(stage.probability)
            .execute()
            .await?;
    }
    Ok(())
}

/// All pipelines, in their order.
///
/// # Errors
/// `Internal` only.
pub async fn pipelines(tx: &mut Tx) -> Result<Vec<Pipeline>> {
    Ok(tx
        .everyones("SELECT id, name FROM pipelines WHERE deleted_at IS NULL ORDER BY place, id")
        .all()
        .await?)
}

/// The stages of a pipeline, in their order.
///
/// # Errors
/// `Internal` only.
pub async fn stages(tx: &mut Tx, pipeline: PipelineId) -> Result<Vec<Stage>> {
    Ok(tx
        .everyones(
            "SELECT id, pipeline_id, name, status, color, probability FROM stages \
             WHERE pipeline_id = $2 AND deleted_at IS NULL ORDER BY place, id",
        )
        .bind(pipeline)
        .all()
        .await?)
}

/// The stages of all pipelines, in their order.
///
/// # Errors
/// `Internal` only.
pub async fn all_stages(tx: &mut Tx) -> Result<Vec<Stage>> {
    Ok(tx
        .everyones(
            "SELECT s.id, s.pipeline_id, s.name, s.status, s.color, s.probability \
             FROM stages s JOIN pipelines p ON p.id = s.pipeline_id \
             WHERE s.deleted_at IS NULL AND p.deleted_at IS NULL \
             ORDER BY p.place, p.id, s.place, s.id",
        )
        .all()
        .await?)
}

/// One stage in which deals can be.
///
/// # Errors
/// `NotFound` for none, and one of a pipeline that is gone.
pub async fn stage(tx: &mut Tx, id: StageId) -> Result<Stage> {
    let found: Option<Stage> = tx
        .everyones(
            "SELECT s.id, s.pipeline_id, s.name, s.status, s.color, s.probability \
             FROM stages s JOIN pipelines p ON p.id = s.pipeline_id \
             WHERE s.id = $2 AND s.deleted_at IS NULL AND p.deleted_at IS NULL",
        )
        .bind(id)
        .optional()
        .await?;
    found.ok_or(Error::NotFound)
}

/// The pipeline of a stage, also of one that is gone; `None` for what is no stage.
///
/// # Errors
/// `Internal` only.
pub async fn of_stage(tx: &mut Tx, id: StageId) -> Result<Option<PipelineId>> {
    let found: Option<(PipelineId,)> =
        tx.everyones("SELECT pipeline_id FROM stages WHERE id = $2").bind(id).optional().await?;
    Ok(found.map(|(pipeline,)| pipeline))
}

/// Whether there is or was a stage of that id.
///
/// # Errors
/// `Internal` only.
pub async fn ever(tx: &mut Tx, id: StageId) -> Result<bool> {
    Ok(of_stage(tx, id).await?.is_some())
}

/// Adds a pipeline after the others.
///
/// # Errors
/// `Internal` only.
pub async fn add_pipeline(tx: &mut Tx, name: &str) -> Result<PipelineId> {
    let id = PipelineId(Uuid::now_v7());
    insert_pipeline(tx, id, name).await?;
    Ok(id)
}

/// The same under an id that it has already.
///
/// # Errors
/// `Internal` only.
pub async fn insert_pipeline(tx: &mut Tx, id: PipelineId, name: &str) -> Result<()> {
    tx.everyones(
        "INSERT INTO pipelines (id, name, place) \
         SELECT $2, $3, COALESCE(MAX(place), 0) + 1 FROM pipelines",
    )
    .bind(id)
    .bind(name.to_owned())
    .execute()
    .await?;
    let (place,): (i64,) = tx.everyones("SELECT place FROM pipelines WHERE id = $2").bind(id).one().await?;
    let facts = PipelineFacts { name: name.to_owned(), place, deleted: false };
    on_record(tx, id.0, What::Created, was_not_there(fields_of(&facts)), None).await?;
    Ok(())
}

/// Adds a stage after the others of the pipeline.
///
/// # Errors
/// `Internal` only.
pub async fn add_stage(tx: &mut Tx, pipeline: PipelineId, stage: &NewStage) -> Result<StageId> {
    let id = StageId(Uuid::now_v7());
    insert_stage(tx, pipeline, id, stage).await?;
    Ok(id)
}

/// The same under an id that it has already.
///
/// # Errors
/// `Internal` only.
pub async fn insert_stage(tx: &mut Tx, pipeline: PipelineId, id: StageId, stage: &NewStage) -> Result<()> {
    let place: (i64,) = tx
        .everyones(
            "SELECT COALESCE(MAX(place), 0) + 1 FROM stages \
             WHERE pipeline_id = $2",
        )
        .bind(pipeline)
        .one()
        .await?;
    tx.everyones(
        "INSERT INTO stages (id, pipeline_id, name, status, place, color, probability) \
         VALUES ($2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(pipeline)
    .bind(stage.name.clone())
    .bind(stage.status)
    .bind(place.0)
    .bind(stage.color)
    .bind(stage.probability)
    .execute()
    .await?;
    on_record_new(tx, id, stage).await?;
    Ok(())
}

/// Gives a firm that has no pipeline yet the usual one, before anything asks for its stages. An import that comes first
/// and brings its own is left with that.
///
/// # Errors
/// `Internal` only.
pub async fn ready_to_sell(db: &Db) -> Result<()> {
    let mut system = db.write_system().await?;
    with_stages(&mut system).await?;
    system.commit().await
}

/// The same in a transaction that does more.
///
/// # Errors
/// `Internal` only.
pub async fn with_stages(system: &mut SystemTx) -> Result<()> {
    let firm: Option<(Locale,)> = system.query("SELECT language FROM firm").optional().await?;
    if let Some((language,)) = firm {
        ensure_default(system, language).await?;
    }
    Ok(())
}
