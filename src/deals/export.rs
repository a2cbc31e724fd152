//! Exports the list of deals as a file: its columns, and the route. The filter and the order are the list's own.

use super::address::DealsAddress;
use super::model::{FIELDS, Status};
use super::store::export_rows::{ExportCursor, ExportRow, page};
use super::view::DealQuery;
use crate::error::Result;
use crate::export::csv::Cell;
use crate::export::stream::{List, send};
use crate::fields::Field;
use crate::fields::FieldsOf;
use crate::fields::own::model::OwnFields;
use crate::fields::own::store::links::name_links;
use crate::fields::own::store::of_kind;
use crate::i18n::{Locale, Money};
use crate::server::db::Tx;
use crate::server::request::{App, Caller};
use axum::Router;
use axum::extract::{Extension, RawQuery, State};
use axum::response::Response;
use axum::routing::get;

pub fn routes() -> Router<App> {
    Router::new().route("/deals/export.csv", get(export))
}

async fn export(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    RawQuery(params): RawQuery,
) -> Response {
    let address = DealsAddress::parse(params.as_deref().unwrap_or_default());
    let query = DealQuery { after: None, ..address.query };
    send(app, caller, Deals { cursor: ExportCursor::new(query), own: OwnFields::default() }).await
}

struct Deals {
    cursor: ExportCursor,
    own: OwnFields,
}

impl List for Deals {
    const NAME: &'static str = "deals";

    fn file(&self, locale: Locale) -> String {
        locale.text().export.deals_file.to_owned()
    }

    fn head(&self, locale: Locale) -> Vec<String> {
        let words = &locale.text().export;
        let mut head = words.deal_head.map(str::to_owned).to_vec();
        head.extend(FIELDS.iter().map(|field| field.called(locale.text())));
        head.extend(words.deal_tail.map(str::to_owned));
        head.extend(self.own.active().iter().map(|field| field.called(locale.text())));
        head
    }

    fn search(&self) -> &str {
        &self.cursor.query.search
    }

    async fn begin(&mut self, tx: &mut Tx) -> Result<i64> {
        self.own = of_kind(tx, FieldsOf::Deal).await?;
        Ok(super::store::list::sum(tx, &self.cursor.query).await?.count)
    }

    async fn page(&mut self, tx: &mut Tx, locale: Locale) -> Result<Vec<Vec<Cell>>> {
        let rows = page(tx, &mut self.cursor).await?;
        name_links(tx, &mut self.own, rows.iter().map(|row| &row.facts.own)).await?;
        let own = self.own.active();
        Ok(rows.into_iter().map(|row| cells(row, &own, locale)).collect())
    }
}

fn cells(row: ExportRow, own: &[Field], locale: Locale) -> Vec<Cell> {
    let text = locale.text();
    let status = match row.status {
        Status::Open => text.export.open,
        Status::Won => text.export.won,
        Status::Lost => text.export.lost,
    };
    let described = Cell::all_of(FIELDS.iter(), &row.facts, locale);
    let own = Cell::all_of(own.iter(), &row.facts, locale);
    let facts = row.facts;
    let mut cells = vec![
        Cell::text(facts.title),
        Cell::text(row.customer.unwrap_or_default()),
        Cell::text(row.pipeline),
        Cell::text(row.stage),
        Cell::text(status),
        Cell::Amount(facts.amount.map(|minor| Money::new(minor, facts.currency))),
        Cell::text(facts.currency.code()),
        Cell::text(row.product.unwrap_or_default()),
    ];
    cells.extend(described);
    cells.extend([
        Cell::Date(Some(facts.opened_on)),
        Cell::Date(facts.closed_on),
        Cell::text(facts.lost_reason),
        Cell::text(row.owner),
        Cell::text(row.seen_customer.map(|id| id.to_string()).unwrap_or_default()),
        Cell::text(row.id.to_string()),
    ]);
    cells.extend(own);
    cells
}
