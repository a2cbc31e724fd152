//! Counts the customers of a list, up to a limit. The conditions and ways of reading are those of the list.

use super::list::fitting_keys;
use super::way::{FEW, Number, Way, in_reach, way};
use super::words::Words;
use crate::customers::model::{CustomerQuery, Tally};
use crate::error::Result;
use crate::fields::FieldsOf;
use crate::filters::store::Conditions;
use crate::server::db::Tx;
use crate::server::sql::Sql;

/// The limit when counting what a search finds, and when counting all customers.
const COUNTED: i64 = 1_000;
const COUNTED_OF_ALL: i64 = 50_000;
/// The first parameter of the filter's conditions.
const COUNTING: usize = 10;

/// How many customers are in reach, or how many match a search; both only up to their limits.
///
/// # Errors
/// `Internal` only.
pub async fn count(tx: &mut Tx, query: &CustomerQuery) -> Result<Tally> {
    let words = Words::of(&query.search);
    let conditions = Conditions::of(tx, FieldsOf::Customer, &query.filter).await?;
    let way = if !conditions.is_empty() {
        match way(tx).await? {
            _ if conditions.are_rare() => Way::Conditions,
            Way::Walk if words.has_index() => Way::Index,
            Way::Walk if conditions.have_index() => Way::Conditions,
            way => way,
        }
    } else if words.is_empty() {
        // Counting up to the limit takes longer than the rest of the page, so a recent count is used: it only has to
        // show that there are more.
        if tx.counted_lately().is_some_and(|count| count > COUNTED_OF_ALL) {
            return Ok(tally(COUNTED_OF_ALL + 1, COUNTED_OF_ALL));
        }
        Way::Owners
    } else if words.has_index() {
        // For a word that very many customers have, but few of this person's, the index would be read to its end.
        if in_reach(tx).await? <= FEW { Way::Owners } else { Way::Index }
    } else {
        way(tx).await?
    };
    count_with(tx, (&words, &conditions), way).await
}

/// Counts in one given way; every way gives the same number.
#[cfg(test)]
pub(crate) async fn count_by(tx: &mut Tx, query: &CustomerQuery, way: Way) -> Result<Tally> {
    let conditions = Conditions::of(tx, FieldsOf::Customer, &query.filter).await?;
    count_with(tx, (&Words::of(&query.search), &conditions), way).await
}

async fn count_with(tx: &mut Tx, (words, conditions): (&Words, &Conditions), way: Way) -> Result<Tally> {
    let all = words.is_empty() && conditions.is_empty();
    let most = if all { COUNTED_OF_ALL } else { COUNTED };
    let sql = Sql::new("SELECT COUNT(*) AS number FROM (SELECT 1 AS one");
    let sql = if way == Way::Index && words.has_index() {
        let sql = sql
            .and("FROM records_search c WHERE c.kind = 'customer' AND c.deleted_at IS NULL")
            .and("AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)");
        conditions.narrow(words.in_rows(words.in_index(sql), false), "c", COUNTING, false)
    } else {
        fitting_keys(sql, way, (words, conditions), COUNTING)
    };
    let sql = sql.and("LIMIT $9) AS few");
    let statement = words.bind(tx.query(sql)).bind(most + 1);
    let found: Number = conditions.bind(statement).one().await?;
    if all {
        tx.counted(found.number);
    }
    Ok(tally(found.number, most))
}

fn tally(count: i64, most: i64) -> Tally {
    Tally { number: u32::try_from(count.min(most)).unwrap_or(u32::MAX), more: count > most }
}
