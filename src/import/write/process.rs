//! Writes a pipeline with its stages, and the products. Existing ones are recognised by the id from an earlier import
//! or by name.

use super::{Batches, Context, differs};
use crate::deals::model::{Stage, Status};
use crate::deals::pipeline::{NewStage, add_pipeline, add_stage, all_stages, pipelines};
use crate::deals::pipelines::model::code;
use crate::error::Result;
use crate::i18n::Money;
use crate::id::{PipelineId, ProductId, StageId};
use crate::import::book::Book;
use crate::import::map;
use crate::import::plan::Sheet;
use crate::import::report::{Difference, Thing};
use crate::import::store::remember;
use crate::journal::model::What;
use crate::products::model::ProductFacts;
use crate::products::store;
use std::collections::HashMap;
use uuid::Uuid;

/// The kind under which pipelines are remembered; there are too few of them for a line in the report.
const PIPELINE: &str = "pipeline";

/// The stages with their names in files: the pipeline's name and the stage's, in the order of the pipelines.
pub(super) struct Stages(Vec<(String, String, Stage)>);

impl Stages {
    /// The stage with that name; without a named pipeline, that of the first pipeline with such a stage.
    pub(super) fn find(&self, pipeline: Option<&str>, name: &str) -> Option<&Stage> {
        let fits = |of: &str| pipeline.is_none_or(|pipeline| pipeline == of);
        self.0.iter().find(|(of, called, _)| called == name && fits(of)).map(|(_, _, stage)| stage)
    }

    /// The name of a stage.
    pub(super) fn name_of(&self, id: StageId) -> Option<&str> {
        self.0.iter().find(|(_, _, stage)| stage.id == id).map(|(_, _, stage)| stage.name.as_str())
    }
}

/// Adds the missing pipeline and stages and returns all stages by their names in files. A map without a pipeline uses
/// the firm's own stages.
pub(super) async fn stages(context: &mut Context<'_>, batches: &mut Batches<'_>) -> Result<Stages> {
    let Some(section) = &context.map.pipeline else {
        let names = pipelines(batches.tx().await?).await?;
        let names: HashMap<PipelineId, String> = names.into_iter().map(|one| (one.id, one.name)).collect();
        let all = all_stages(batches.tx().await?).await?.into_iter();
        let of = |stage: &Stage| names.get(&stage.pipeline_id).cloned().unwrap_or_default();
        return Ok(Stages(all.map(|stage| (of(&stage), stage.name.clone(), stage)).collect()));
    };
    let pipeline = pipeline(context, batches, &section.name).await?;
    let here = all_stages(batches.tx().await?).await?;
    let mut stages = Vec::new();
    let open = section.stages.iter().filter(|stage| stage.status == Status::Open).count();
    for (at, wanted) in section.stages.iter().enumerate() {
        let external = format!("{}/{}", section.name, wanted.name);
        let remembered = context.known(Thing::Stage.code(), &external).map(StageId);
        let found = here
            .iter()
            .find(|stage| Some(stage.id) == remembered)
            .or_else(|| here.iter().find(|stage| stage.pipeline_id == pipeline && stage.name == wanted.name));
        let stage = match found {
            Some(stage) => {
                let mut differences = Vec::new();
                differs(&mut differences, "name", &stage.name, &wanted.name);
                if stage.status != wanted.status {
                    differs(&mut differences, "status", code(stage.status), code(wanted.status));
                }
                context.report.as_before(Thing::Stage, &wanted.name, differences);
                stage.clone()
            }
            None => {
                let new = new_stage(wanted, at, open);
                let tx = batches.tx().await?;
                let id = add_stage(tx, pipeline, &new).await?;
                remember(tx, &context.map.source, Thing::Stage.code(), &external, id.0).await?;
                context.report.new_one(Thing::Stage);
                let NewStage { name, status, color, probability } = new;
                Stage { id, pipeline_id: pipeline, name, status, color, probability }
            }
        };
        stages.push((section.name.clone(), wanted.name.clone(), stage));
    }
    Ok(Stages(stages))
}

async fn pipeline(context: &mut Context<'_>, batches: &mut Batches<'_>, name: &str) -> Result<PipelineId> {
    let here = pipelines(batches.tx().await?).await?;
    let remembered = context.known(PIPELINE, name).map(PipelineId);
    let found = here
        .iter()
        .find(|one| Some(one.id) == remembered)
        .or_else(|| here.iter().find(|one| one.name == name));
    if let Some(found) = found {
        return Ok(found.id);
    }
    let tx = batches.tx().await?;
    let id = add_pipeline(tx, name).await?;
    remember(tx, &context.map.source, PIPELINE, name, id.0).await?;
    Ok(id)
}

/// A stage with a colour and probability, where the map gives only its name and status.
fn new_stage(wanted: &map::Stage, at: usize, open: usize) -> NewStage {
    let step = |of: usize| i64::try_from(of).unwrap_or(i64::MAX);
    let usual = match wanted.status {
        Status::Open => step(at + 1) * 100 / step(open + 1),
        Status::Won => 100,
        Status::Lost => 0,
    };
    let color = if wanted.status == Status::Open { step(at + 1).min(4) } else { 5 };
    NewStage {
        name: wanted.name.clone(),
        status: wanted.status,
        color,
        probability: wanted.probability.unwrap_or(usual.min(100)),
    }
}

/// Adds the missing products and returns the book of all products, by their id in the file and by name.
pub(super) async fn products(
    context: &mut Context<'_>,
    batches: &mut Batches<'_>,
    sheet: &Sheet<ProductFacts>,
) -> Result<Book> {
    let mut book = context.book(|words| Thing::Product.one(words), Thing::Product);
    let here = store::all(batches.tx().await?).await?;
    for one in &sheet.rows {
        let remembered = context.known(Thing::Product.code(), &one.id).map(ProductId);
        let found = here
            .iter()
            .find(|product| Some(product.id) == remembered)
            .or_else(|| here.iter().find(|product| product.facts.name == one.row.name));
        let id = match found {
            Some(product) => {
                context.report.as_before(
                    Thing::Product,
                    &one.row.name,
                    differences(&product.facts, &one.row),
                );
                context.report.came(&sheet.file, one.line, false);
                product.id
            }
            None => {
                let tx = batches.tx().await?;
                let id = ProductId(Uuid::now_v7());
                if let Err(error) = store::create(tx, id, &one.row, What::Imported).await {
                    context.refuse(&sheet.file, one.line, &one.row.name, error)?;
                    continue;
                }
                remember(tx, &context.map.source, Thing::Product.code(), &one.id, id.0).await?;
                context.report.new_one(Thing::Product);
                context.report.came(&sheet.file, one.line, true);
                id
            }
        };
        book.enter(&one.id, id.0);
        book.enter(&one.row.name, id.0);
    }
    for product in &here {
        book.enter(&product.facts.name, product.id.0);
    }
    Ok(book)
}

fn differences(now: &ProductFacts, file: &ProductFacts) -> Vec<Difference> {
    let mut all = Vec::new();
    let money = |price: Option<i64>, currency| {
        price
            .map_or_else(String::new, |minor| format!("{} {currency}", Money::new(minor, currency).decimal()))
    };
    differs(&mut all, "name", &now.name, &file.name);
    differs(&mut all, "series", &now.series, &file.series);
    differs(&mut all, "price", &money(now.price, now.currency), &money(file.price, file.currency));
    all
}
