//! The search in open tasks, for the command palette: every word must be in the title. A rare word is found by the
//! search index; for a common one the tasks are walked in the order in which they are due, which soon finds the first
//! few.

use crate::error::Result;
use crate::i18n::fold::search_key;
use crate::id::TaskId;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use crate::server::text::{looked_for, signs_of};
use crate::tasks::store::list::LIVING;
use chrono::NaiveDate;

/// Further words are ignored.
const WORDS: usize = 4;
/// From this many matches on, a word is common.
const MANY: i64 = 400;

/// An open task.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TaskHit {
    pub id: TaskId,
    pub title: String,
    pub due_on: NaiveDate,
    pub due_at: Option<i64>,
}

/// The first few open tasks in reach, the most urgent first.
///
/// # Errors
/// `Internal` only.
pub async fn search(tx: &mut Tx, typed: &str, few: i64) -> Result<Vec<TaskHit>> {
    let typed = looked_for(typed);
    if let Some(signs) = signs_of(typed) {
        return with_signs(tx, signs, few).await;
    }
    let key = search_key(typed);
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).take(WORDS).collect();
    // The index needs three letters. Of the words that it can find, the longest is likely the rarest.
    let longest =
        words.iter().filter(|word| word.chars().count() >= 3).max_by_key(|word| word.chars().count());
    let Some(longest) = longest else { return Ok(Vec::new()) };
    let longest = format!("%{longest}%");
    let sql = Sql::new(
        "SELECT COUNT(*) FROM (SELECT id FROM records_search WHERE search_key LIKE $2 AND kind = 'task' \
         LIMIT $3) s",
    )
    .custom_plan();
    let (found,): (i64,) = tx.everyones(sql).bind(longest.clone()).bind(MANY).one().await?;
    let sql = Sql::new(
        "SELECT t.id, t.title, t.due_on, t.due_at FROM tasks t JOIN records n ON n.id = t.id \
         WHERE t.done_at IS NULL AND t.deleted_at IS NULL AND t.owner_id IN (SELECT unit_id FROM reach \
         WHERE viewer_id = $1) \
           AND n.search_key LIKE $2 AND n.search_key LIKE $3 AND n.search_key LIKE $4 AND n.search_key LIKE $5",
    )
    .when(found < MANY, "AND t.id IN (SELECT id FROM records_search WHERE search_key LIKE $6 AND kind = 'task')")
    .and(LIVING)
    .and("ORDER BY t.due_on, t.id LIMIT $7")
    .custom_plan();
    // A missing word matches everything.
    let word = |nr: usize| words.get(nr).map_or_else(|| "%".to_owned(), |word| format!("%{word}%"));
    let query = tx.query(sql).bind(word(0)).bind(word(1)).bind(word(2)).bind(word(3)).bind(longest).bind(few);
    Ok(query.all().await?)
}

/// The same for signs, which are searched for literally in the title. `LOWER` must change only ASCII, on both engines.
async fn with_signs(tx: &mut Tx, signs: String, few: i64) -> Result<Vec<TaskHit>> {
    let sql = Sql::new(
        "SELECT t.id, t.title, t.due_on, t.due_at FROM tasks t WHERE t.done_at IS NULL AND t.deleted_at IS NULL \
             AND t.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
    )
    .per_engine(
        "AND INSTR(REPLACE(LOWER(t.title), '’', ''''), $2) > 0",
        "AND STRPOS(REPLACE(LOWER(t.title COLLATE \"C\"), '’', ''''), $2) > 0",
    )
    .and(LIVING)
    .and("ORDER BY t.due_on, t.id LIMIT $3");
    Ok(tx.query(sql).bind(signs).bind(few).all().await?)
}
