//! Exports the list of customers as a file: its columns, and the route. The filter and the order are the list's own.

use super::address::query_of;
use super::model::{BUSINESS, CustomerKind, CustomerQuery, FIELDS, REACH};
use super::phone;
use super::store::export_rows::{ExportCursor, ExportRow, count_all, page};
use crate::email;
use crate::error::Result;
use crate::export::csv::Cell;
use crate::export::stream::{List, send};
use crate::fields::Field;
use crate::fields::FieldsOf;
use crate::fields::model::in_part;
use crate::fields::own::model::OwnFields;
use crate::fields::own::store::links::name_links;
use crate::fields::own::store::of_kind;
use crate::i18n::Locale;
use crate::server::db::Tx;
use crate::server::request::{App, Caller};
use axum::Router;
use axum::extract::{Extension, RawQuery, State};
use axum::response::Response;
use axum::routing::get;

pub fn routes() -> Router<App> {
    Router::new().route("/customers/export.csv", get(export))
}

async fn export(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    RawQuery(params): RawQuery,
) -> Response {
    let query = query_of(params.as_deref().unwrap_or_default());
    // Export everything that the query finds, not only from the row at which the person is looking.
    let query = CustomerQuery { after: None, letter: None, ..query };
    send(app, caller, Customers { cursor: ExportCursor::new(query), own: OwnFields::default() }).await
}

struct Customers {
    cursor: ExportCursor,
    own: OwnFields,
}

impl List for Customers {
    const NAME: &'static str = "customers";

    fn file(&self, locale: Locale) -> String {
        locale.text().export.customers_file.to_owned()
    }

    fn head(&self, locale: Locale) -> Vec<String> {
        let words = &locale.text().export;
        let described = |part| in_part(FIELDS, part).map(|field| field.called(locale.text()));
        let mut head = words.customer_head.map(str::to_owned).to_vec();
        head.extend(described(REACH).chain([words.tax_number.to_owned()]).chain(described(BUSINESS)));
        head.extend(words.customer_tail.map(str::to_owned));
        head.extend(self.own.active().iter().map(|field| field.called(locale.text())));
        head
    }

    fn search(&self) -> &str {
        &self.cursor.query.search
    }

    async fn begin(&mut self, tx: &mut Tx) -> Result<i64> {
        self.own = of_kind(tx, FieldsOf::Customer).await?;
        count_all(tx, &self.cursor.query).await
    }

    async fn page(&mut self, tx: &mut Tx, locale: Locale) -> Result<Vec<Vec<Cell>>> {
        let rows = page(tx, &mut self.cursor).await?;
        name_links(tx, &mut self.own, rows.iter().map(|row| &row.facts.own)).await?;
        let own = self.own.active();
        Ok(rows.into_iter().map(|row| cells(row, &own, locale)).collect())
    }
}

fn cells(row: ExportRow, own: &[Field], locale: Locale) -> Vec<Cell> {
    let words = &locale.text().export;
    let kind = match row.facts.kind {
        CustomerKind::Person => words.person,
        CustomerKind::Organisation => words.organisation,
    };
    let described = |part| Cell::all_of(in_part(FIELDS, part), &row.facts, locale);
    let (reach, business) = (described(REACH), described(BUSINESS));
    let own = Cell::all_of(own.iter(), &row.facts, locale);
    let split = |all: Vec<String>| {
        let mut all = all.into_iter();
        (all.next().unwrap_or_default(), all.collect::<Vec<_>>())
    };
    let facts = row.facts;
    let (phone, phones) = split(facts.phones);
    let (email, emails) = split(facts.emails);
    let contacts = facts.contacts.iter().map(|one| contact_line(&one.name, &one.job, &one.phone, &one.email));
    let contacts: Vec<String> = contacts.collect();
    let mut cells = vec![
        Cell::text(facts.name),
        Cell::text(kind),
        Cell::Phone(phone),
        Cell::text(in_one_cell(&phones, phone::several)),
        Cell::text(email),
        Cell::text(in_one_cell(&emails, email::several)),
    ];
    cells.extend(reach);
    cells.push(Cell::text(facts.tax_number));
    cells.extend(business);
    cells.extend([Cell::text(row.owner), Cell::text(row.id.to_string()), Cell::text(contacts.join("\n"))]);
    cells.extend(own);
    cells
}

/// Several values in one cell, in a form that the import splits again: on one line where it would split that, else one
/// value a line.
fn in_one_cell(all: &[String], several: fn(&str) -> Vec<String>) -> String {
    let line = all.join(" / ");
    if several(&line) == all { line } else { all.join("\n") }
}

/// A contact in one line, in the form that the import reads.
#[must_use]
pub fn contact_line(name: &str, job: &str, phone: &str, email: &str) -> String {
    let parts = [name, job, phone, email];
    let filled = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
    let escaped = parts[..filled].iter().map(|part| part.replace('\\', "\\\\").replace('|', "\\|"));
    escaped.collect::<Vec<_>>().join(" | ")
}
