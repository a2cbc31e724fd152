//! How many customers a list holds; counted only so far. What is found, and by which way, is as in the list.

use super::list::fitting_keys;
use super::way::{FEW, Number, Way, in_reach, way};
use super::words::Words;
use crate::customers::model::{CustomerQuery, Tally};
use crate::error::Result;
use crate::fields::FieldsOf;
use crate::filters::store::Conditions;
use crate::server::db::Tx;
use crate::server::sql::Sql;

/// What a search finds is counted so far, and what there is in all.
const COUNTED: i64 = 1_000;
const COUNTED_OF_ALL: i64 = 50_000;
/// Where the values of conditions stand.
const COUNTING: usize = 10;

/// How many customers there are in reach, or how many fit a search; both are counted only so far.
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
        // Counting so far takes longer than the rest of the page; that there are more is no exact number.
        if tx.counted_lately().is_some_and(|count| count > COUNTED_OF_ALL) {
            return Ok(tally(COUNTED_OF_ALL + 1, COUNTED_OF_ALL));
        }
        Way::Owners
    } else if words.has_index() {
        // The index would be read to its end for a word that very many have in common and few of theirs do.
        if in_reach(tx).await? <= FEW { Way::Owners } else { Way::Index }
    } else {
        way(tx).await?
    };
    count_with(tx, (&words, &conditions), way).await
}

/// The same by one way: all ways count the same.
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
        conditions.narrow(words.in_rows(words.in_index(sql), false), "c", COUNTING)
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
