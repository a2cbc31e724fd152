//! The first few customers, and their contacts, that match a typed text: for pickers and the command palette. The
//! search is that of the list.

use super::list::{bind, list, page_by};
use super::place::{Part, Place};
use super::way::{Way, way};
use super::words::Words;
use crate::customers::model::{CustomerChoice, CustomerQuery};
use crate::error::Result;
use crate::filters::store::Conditions;
use crate::id::CustomerId;
use crate::server::db::Tx;

const CHOICES: u32 = 8;
/// In how many of the matching customers contacts are searched.
const LOOKED_AT: i64 = 60;

/// The best few matches for a typed text.
///
/// # Errors
/// `Internal` only.
pub async fn choices(tx: &mut Tx, typed: &str) -> Result<Vec<CustomerChoice>> {
    let query = CustomerQuery { search: typed.to_owned(), limit: CHOICES, ..CustomerQuery::default() };
    let rows = list(tx, &query).await?.rows.into_iter();
    Ok(rows.map(|row| CustomerChoice { id: row.id, name: row.name, city: row.city }).collect())
}

/// A contact of a customer in reach.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedContact {
    pub name: String,
    pub phone: String,
    pub customer_id: CustomerId,
    pub customer: String,
}

/// The contacts of the first customers that match a typed text, in the order of the list. (A customer also matches by
/// its contacts.)
///
/// # Errors
/// `Internal` only.
pub async fn contacts(tx: &mut Tx, typed: &str) -> Result<Vec<NamedContact>> {
    let words = Words::of(typed);
    let way = if words.has_index() { Way::Index } else { way(tx).await? };
    let first = Place { part: Part::Whole, behind: None };
    let sql = page_by(way, false, (&words, &Conditions::default()), &first).and(
        "SELECT k.name, k.phone, c.id AS customer_id, c.name AS customer FROM page p JOIN customers c ON c.id = p.id \
         JOIN contacts k ON k.customer_id = p.id ORDER BY p.sort_key, p.id, k.place",
    );
    Ok(bind(tx.query(sql), &words, &first, LOOKED_AT, None).all().await?)
}
