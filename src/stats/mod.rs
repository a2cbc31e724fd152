//! Counts and sums of everything in reach of the person asking, for the command line and for end-to-end tests. Not a
//! report for people: those are pages.

mod store;

use crate::auth::Actor;
use crate::deals::model::Status;
use crate::error::Result;
use crate::i18n::{Locale, Money, Totals};
use crate::server::db::Db;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Stats {
    pub customers: i64,
    pub people: i64,
    pub deals: i64,
    pub deals_without_customer: i64,
    pub stages: Vec<StageStats>,
    pub activities: i64,
    pub tasks: i64,
    pub events: i64,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct StageStats {
    pub pipeline: String,
    pub stage: String,
    pub status: Status,
    pub count: i64,
    /// Decimal sums, by currency.
    pub sum: BTreeMap<&'static str, String>,
    #[serde(skip)]
    totals: Totals,
}

/// Counts and sums what is in reach and not deleted.
///
/// # Errors
/// `Internal` only.
pub async fn count(db: &Db, actor: Actor) -> Result<Stats> {
    let mut tx = db.read(actor).await?;
    let counts = store::counts(&mut tx).await?;
    let mut stages: Vec<(crate::id::StageId, StageStats)> = Vec::new();
    for row in store::stages(&mut tx).await? {
        if stages.last().is_none_or(|(id, _)| *id != row.id) {
            let empty = StageStats {
                pipeline: row.pipeline,
                stage: row.stage,
                status: row.status,
                count: 0,
                sum: BTreeMap::new(),
                totals: Totals::default(),
            };
            stages.push((row.id, empty));
        }
        if let (Some((_, stage)), Some(currency)) = (stages.last_mut(), row.currency) {
            let money = Money::new(row.sum, currency);
            stage.count += row.count;
            stage.sum.insert(currency.code(), money.decimal());
            stage.totals.add(money);
        }
    }
    Ok(Stats {
        customers: counts.customers,
        people: counts.people,
        deals: counts.deals,
        deals_without_customer: counts.deals_without_customer,
        stages: stages.into_iter().map(|(_, stage)| stage).collect(),
        activities: counts.activities,
        tasks: counts.tasks,
        events: counts.events,
    })
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = [
            ("customers", self.customers),
            ("people", self.people),
            ("deals", self.deals),
            ("  without customer", self.deals_without_customer),
            ("activities", self.activities),
            ("tasks", self.tasks),
            ("events", self.events),
        ];
        for (name, count) in lines {
            writeln!(f, "{name:<30}{:>12}", crate::i18n::money::grouped(count, Locale::En))?;
        }
        for stage in &self.stages {
            let name = format!("{} / {} ({:?})", stage.pipeline, stage.stage, stage.status).to_lowercase();
            let sums: Vec<String> = stage.totals.iter().map(|money| money.exact(Locale::En)).collect();
            writeln!(
                f,
                "{name:<30}{:>12}  {}",
                crate::i18n::money::grouped(stage.count, Locale::En),
                sums.join(" + ")
            )?;
        }
        Ok(())
    }
}
