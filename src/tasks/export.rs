//! Exports the list of tasks as a file: its columns, and the route. Whose tasks and whether done ones is the list's own
//! query; `done=any` asks for both.

use super::address::query_of;
use super::store::export_rows::{Done, ExportCursor, ExportRow, count_all, page};
use super::view::{Whose, clock};
use crate::error::Result;
use crate::export::csv::Cell;
use crate::export::stream::{List, send};
use crate::i18n::Locale;
use crate::server::clock::local;
use crate::server::db::Tx;
use crate::server::request::{App, Caller};
use crate::ui::address::value_in;
use axum::Router;
use axum::extract::{Extension, RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use chrono_tz::Tz;

pub fn routes() -> Router<App> {
    Router::new().route("/tasks/export.csv", get(export))
}

async fn export(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    RawQuery(params): RawQuery,
) -> Response {
    let params = params.unwrap_or_default();
    let done = match value_in(&params, "done").as_deref() {
        Some("any") => Done::Either,
        Some(_) => Done::Yes,
        None => Done::No,
    };
    send(app, caller, Tasks(ExportCursor::new(query_of(&params).whose, done))).await
}

struct Tasks(ExportCursor);

impl List for Tasks {
    const NAME: &'static str = "tasks";

    fn file(&self, locale: Locale) -> String {
        locale.text().export.tasks_file.to_owned()
    }

    fn head(&self, locale: Locale) -> Vec<String> {
        locale.text().export.task_head.map(str::to_owned).to_vec()
    }

    fn search(&self) -> &str {
        match self.0.whose {
            Whose::Mine => "mine",
            Whose::All => "",
            Whose::Of(_) => "of one",
        }
    }

    async fn begin(&mut self, tx: &mut Tx) -> Result<i64> {
        count_all(tx, &self.0).await
    }

    async fn page(&mut self, tx: &mut Tx, locale: Locale) -> Result<Vec<Vec<Cell>>> {
        let zone = tx.actor().zone;
        Ok(page(tx, &mut self.0).await?.into_iter().map(|row| cells(row, locale, zone)).collect())
    }
}

fn cells(row: ExportRow, locale: Locale, zone: Tz) -> Vec<Cell> {
    let words = &locale.text().tasks;
    vec![
        Cell::text(row.title),
        Cell::text((words.kind_name)(row.kind)),
        Cell::Date(Some(row.due_on)),
        Cell::text(row.due_at.map(clock).unwrap_or_default()),
        Cell::Date(row.done_at.map(|at| local(at, zone).date())),
        Cell::text(row.customer.unwrap_or_default()),
        Cell::text(row.deal.unwrap_or_default()),
        Cell::text(row.note),
        Cell::text(row.owner),
        Cell::text(row.customer_id.map(|id| id.to_string()).unwrap_or_default()),
        Cell::text(row.deal_id.map(|id| id.to_string()).unwrap_or_default()),
        Cell::text(row.id.to_string()),
        Cell::text(row.record.unwrap_or_default()),
        Cell::text(row.record_id.map(|id| id.to_string()).unwrap_or_default()),
    ]
}
