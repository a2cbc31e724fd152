//! Exports all activities in reach as a file: its columns, and the route.

use super::store::export_rows::{ExportRow, count_all, page};
use crate::error::Result;
use crate::export::csv::Cell;
use crate::export::stream::{List, send};
use crate::i18n::{Locale, date};
use crate::id::ActivityId;
use crate::server::clock::local;
use crate::server::db::Tx;
use crate::server::request::{App, Caller};
use axum::Router;
use axum::extract::{Extension, State};
use axum::response::Response;
use axum::routing::get;
use chrono_tz::Tz;

pub fn routes() -> Router<App> {
    Router::new().route("/activities/export.csv", get(export))
}

async fn export(State(app): State<App>, Extension(caller): Extension<Caller>) -> Response {
    send(app, caller, Activities { after: None }).await
}

struct Activities {
    after: Option<ActivityId>,
}

impl List for Activities {
    const NAME: &'static str = "activities";

    fn file(&self, locale: Locale) -> String {
        locale.text().export.activities_file.to_owned()
    }

    fn head(&self, locale: Locale) -> Vec<String> {
        locale.text().export.activity_head.map(str::to_owned).to_vec()
    }

    fn search(&self) -> &str {
        ""
    }

    async fn begin(&mut self, tx: &mut Tx) -> Result<i64> {
        count_all(tx).await
    }

    async fn page(&mut self, tx: &mut Tx, locale: Locale) -> Result<Vec<Vec<Cell>>> {
        let zone = tx.actor().zone;
        let rows = page(tx, self.after).await?;
        self.after = rows.last().map(|row| row.id);
        Ok(rows.into_iter().map(|row| cells(row, locale, zone)).collect())
    }
}

fn cells(row: ExportRow, locale: Locale, zone: Tz) -> Vec<Cell> {
    let words = &locale.text().activities;
    let at = local(row.at, zone);
    vec![
        Cell::Date(Some(at.date())),
        Cell::text(date::time(at)),
        Cell::text((words.kind_name)(row.kind)),
        Cell::text(row.direction.map(words.direction_name).unwrap_or_default()),
        Cell::text(row.outcome.map(words.outcome_name).unwrap_or_default()),
        Cell::text(row.person),
        Cell::text(row.contact),
        Cell::text(row.customer.unwrap_or_default()),
        Cell::text(row.deal.unwrap_or_default()),
        Cell::text(row.result),
        Cell::text(row.content),
        Cell::text(row.customer_id.map(|id| id.to_string()).unwrap_or_default()),
        Cell::text(row.deal_id.map(|id| id.to_string()).unwrap_or_default()),
        Cell::text(row.id.to_string()),
        Cell::text(row.record.unwrap_or_default()),
        Cell::text(row.record_id.map(|id| id.to_string()).unwrap_or_default()),
    ]
}
