//! The list of own records of a kind as a CSV file: its address, its columns, the cells of a record. Filter and order
//! are those of the list; reading the rows is in `store::export_rows`.

use super::address::query_of;
use super::store::export_rows::{ExportCursor, ExportRow, page};
use super::store::list;
use crate::error::{Error, Result};
use crate::export::csv::Cell;
use crate::export::stream::{List, send};
use crate::fields::own::model::OwnFields;
use crate::fields::own::store::links::name_links;
use crate::fields::own::store::of_kind;
use crate::fields::{Field, FieldsOf};
use crate::i18n::Locale;
use crate::i18n::fold::search_key;
use crate::own_kinds::model::OwnKindFacts;
use crate::own_kinds::store::numbered;
use crate::own_records::view::OwnQuery;
use crate::server::db::Tx;
use crate::server::request::{App, Caller};
use axum::Router;
use axum::extract::{Extension, Path, RawQuery, State};
use axum::response::Response;
use axum::routing::get;

/// The route of the file.
pub fn routes() -> Router<App> {
    Router::new().route("/kinds/{nr}/export.csv", get(export))
}

async fn export(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(nr): Path<String>,
    RawQuery(params): RawQuery,
) -> Response {
    let query = query_of(nr.parse().ok(), params.as_deref().unwrap_or_default());
    let cursor = ExportCursor::new(OwnQuery { after: None, ..query });
    let list = OwnRecords { cursor, kind: OwnKindFacts::default(), own: OwnFields::default() };
    send(app, caller, list).await
}

/// The export while it runs.
struct OwnRecords {
    cursor: ExportCursor,
    kind: OwnKindFacts,
    own: OwnFields,
}

impl List for OwnRecords {
    const NAME: &'static str = "records";

    /// The file name: the name of the kind, in letters that every system can store.
    fn file(&self, locale: Locale) -> String {
        let plain = search_key(self.kind.many(locale));
        let plain: String = plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let plain = plain.trim_matches('-');
        if plain.is_empty() { "records".to_owned() } else { plain.to_owned() }
    }

    fn head(&self, locale: Locale) -> Vec<String> {
        let words = &locale.text().export;
        let mut head = vec![self.kind.one(locale).to_owned()];
        if self.kind.on_customer {
            head.push(locale.text().customers.one.to_owned());
        }
        if !self.kind.stages.is_empty() {
            head.push(locale.text().deals.stage.to_owned());
        }
        head.extend(self.own.active().iter().map(|field| field.called(locale.text())));
        head.extend(words.own_tail.map(str::to_owned));
        head
    }

    fn search(&self) -> &str {
        &self.cursor.query.search
    }

    async fn begin(&mut self, tx: &mut Tx) -> Result<i64> {
        let nr = self.cursor.query.kind.ok_or(Error::NotFound)?;
        self.kind = numbered(tx, nr).await?.facts;
        self.own = of_kind(tx, FieldsOf::Own(nr)).await?;
        list::in_all(tx, &self.cursor.query).await
    }

    async fn page(&mut self, tx: &mut Tx, locale: Locale) -> Result<Vec<Vec<Cell>>> {
        let rows = page(tx, &mut self.cursor).await?;
        name_links(tx, &mut self.own, rows.iter().map(|row| &row.facts.own)).await?;
        let fields = self.own.active();
        Ok(rows.into_iter().map(|row| cells(row, &self.kind, &fields, locale)).collect())
    }
}

/// The cells of a record, in the order of the head.
fn cells(row: ExportRow, kind: &OwnKindFacts, fields: &[Field], locale: Locale) -> Vec<Cell> {
    let own: Vec<Cell> = Cell::all_of(fields.iter(), &row.facts, locale);
    let facts = row.facts;
    let mut cells = vec![Cell::text(facts.name)];
    if kind.on_customer {
        cells.push(Cell::text(row.customer.unwrap_or_default()));
    }
    if !kind.stages.is_empty() {
        let stage = facts.stage.and_then(|nr| kind.stage_shown(nr));
        cells.push(Cell::text(stage.map(|(name, _)| name).unwrap_or_default()));
    }
    cells.extend(own);
    cells.push(Cell::text(row.owner));
    cells.push(Cell::text(row.seen_customer.map(|id| id.to_string()).unwrap_or_default()));
    cells.push(Cell::text(row.id.to_string()));
    cells
}
