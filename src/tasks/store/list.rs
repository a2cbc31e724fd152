//! The lists of tasks: open ones in the order in which they are due, done ones with the latest first, and the number of
//! tasks waiting today. Tasks of a deleted deal, or of a deleted customer without a deal, are in no list; they return
//! when that record is restored.

use crate::deals::model::Status;
use crate::error::{Error, Result};
use crate::i18n::Currency;
use crate::id::{CustomerId, DealId, OwnRecordId, TaskId, UnitId};
use crate::live::model::Now;
use crate::people::store::people_in_reach;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use crate::server::way::{FEW, Way};
use crate::tasks::model::TaskKind;
use crate::tasks::view::{About, DealChoice, MOST, PAGE, TaskDeal, TaskPart, TaskQuery, TaskRow};
use chrono::NaiveDate;
use sqlx::types::Json;

/// How many open deals of a customer are offered for a task.
const CHOICES: i64 = 50;

#[derive(sqlx::FromRow)]
struct Line {
    id: TaskId,
    version: i64,
    title: String,
    kind: TaskKind,
    due_on: NaiveDate,
    due_at: Option<i64>,
    done: bool,
    owner_id: UnitId,
    owner: String,
    customer_id: Option<CustomerId>,
    customer: Option<String>,
    phones: Option<Json<Vec<String>>>,
    contact_phone: Option<String>,
    deal_id: Option<DealId>,
    deal: Option<String>,
    status: Option<Status>,
    amount: Option<i64>,
    currency: Option<Currency>,
    record_id: Option<OwnRecordId>,
    record: Option<String>,
}

impl From<Line> for TaskRow {
    fn from(line: Line) -> Self {
        let phones = line.phones.map(|phones| phones.0).unwrap_or_default();
        let deal = match (line.deal_id, line.deal, line.status, line.currency) {
            (Some(id), Some(title), Some(status), Some(currency)) => {
                Some(TaskDeal { id, title, status, amount: line.amount, currency })
            }
            _ => None,
        };
        Self {
            id: line.id,
            version: line.version,
            title: line.title,
            kind: line.kind,
            due_on: line.due_on,
            due_at: line.due_at,
            done: line.done,
            owner_id: line.owner_id,
            owner: line.owner,
            customer: line.customer_id.zip(line.customer),
            phone: phones.into_iter().chain(line.contact_phone).find(|phone| !phone.is_empty()),
            deal,
            record: line.record_id.zip(line.record),
        }
    }
}

/// The tasks of a page, `page (id)`, with what a row shows; the deal and the customer only where the person asking may
/// see them. `CROSS JOIN` makes SQLite keep this order.
const ON_PAGE: &str = "SELECT t.id, t.version, t.title, t.kind, t.due_on, t.due_at, t.done_at IS NOT NULL AS done, \
     t.owner_id, u.name AS owner, c.id AS customer_id, c.name AS customer, c.phones, \
         (SELECT k.phone FROM contacts k WHERE k.customer_id = c.id AND k.phone <> '' ORDER BY k.place \
         LIMIT 1) AS contact_phone, d.id AS deal_id, d.title AS deal, s.status, d.amount, d.currency, \
         o.id AS record_id, o.name AS record \
     FROM page p CROSS JOIN tasks t CROSS JOIN units u \
     LEFT JOIN customers c ON c.id = t.customer_id AND c.deleted_at IS NULL \
         AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
     LEFT JOIN deals d ON d.id = t.deal_id AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
     LEFT JOIN stages s ON s.id = d.stage_id \
     LEFT JOIN own_records o ON o.id = t.record_id \
         AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
         AND o.kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1) \
     WHERE t.id = p.id AND u.id = t.owner_id";

/// Adds the tasks in reach, as `t`.
fn seen(sql: Sql, way: Way) -> Sql {
    match way {
        Way::Owners => sql
            .and("FROM tasks t WHERE t.deleted_at IS NULL")
            .and("AND t.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)"),
        Way::Walk => sql
            .and("FROM tasks t CROSS JOIN reach r WHERE t.deleted_at IS NULL")
            .and("AND r.viewer_id = $1 AND r.unit_id = t.owner_id"),
    }
}

/// Leaves out tasks that hang on a deleted record. `own_records gone` is read for nothing else, whatever its kind.
pub(super) const LIVING: &str = "AND NOT EXISTS (SELECT 1 FROM deals x WHERE x.id = t.deal_id \
     AND x.deleted_at IS NOT NULL) \
     AND NOT EXISTS (SELECT 1 FROM own_records gone WHERE gone.id = t.record_id AND gone.deleted_at IS NOT NULL) \
     AND (t.deal_id IS NOT NULL OR t.record_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM customers x \
     WHERE x.id = t.customer_id AND x.deleted_at IS NOT NULL))";

/// A part of the list.
///
/// # Errors
/// `Internal` only.
pub async fn list(tx: &mut Tx, query: &TaskQuery) -> Result<TaskPart> {
    let way = way(tx, query).await?;
    list_by(tx, query, way).await
}

/// Chooses the way. Only a list of everyone's tasks can be long. The count comes from the index by owner, which also
/// has tasks that hang on deleted records.
async fn way(tx: &mut Tx, query: &TaskQuery) -> Result<Way> {
    if query.about.is_some() || query.whose.owner(tx.actor().unit()).is_some() {
        return Ok(Way::Owners);
    }
    let sql = seen(Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one"), Way::Owners)
        .and(if query.done { "AND t.done_at IS NOT NULL" } else { "AND t.done_at IS NULL" })
        .and("LIMIT $2) AS few");
    let (count,): (i64,) = tx.query(sql).bind(FEW + 1).one().await?;
    Ok(Way::of(count))
}

/// Reads the list in one given way; both ways find the same.
pub(crate) async fn list_by(tx: &mut Tx, query: &TaskQuery, way: Way) -> Result<TaskPart> {
    let limit = if query.limit == 0 { PAGE } else { query.limit.min(MOST) };
    let owner = query.whose.owner(tx.actor().unit());
    let about = query.about.map(|about| about.card().id());
    let today = clock::today(tx.actor().zone);
    let order = if query.done {
        "ORDER BY t.done_at DESC, t.id DESC"
    } else {
        "ORDER BY t.due_on, COALESCE(t.due_at, 1440), t.id"
    };
    let sql = seen(Sql::new("WITH page AS MATERIALIZED (SELECT t.id"), way)
        .and(LIVING)
        .when(owner.is_some(), "AND t.owner_id = $2")
        .when(matches!(query.about, Some(About::Customer(_))), "AND t.customer_id = $3")
        .when(matches!(query.about, Some(About::Deal(_))), "AND t.deal_id = $3")
        .when(matches!(query.about, Some(About::Record(_))), "AND t.record_id = $3")
        .when(query.due, "AND t.due_on <= $4")
        .and(if query.done { "AND t.done_at IS NOT NULL" } else { "AND t.done_at IS NULL" })
        .and(order)
        .and("LIMIT $5)")
        .and(ON_PAGE)
        .and(order);
    let statement = tx.query(sql).bind(owner).bind(about).bind(today).bind(i64::from(limit) + 1);
    let mut lines: Vec<Line> = statement.all().await?;
    let more = lines.len() > limit as usize;
    lines.truncate(limit as usize);
    let choose = query.about.is_none() && !query.due;
    let people = if choose { people_in_reach(tx).await? } else { Vec::new() };
    Ok(TaskPart { rows: lines.into_iter().map(TaskRow::from).collect(), more, people })
}

/// One row.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn row(tx: &mut Tx, id: TaskId) -> Result<TaskRow> {
    let sql = seen(Sql::new("WITH page AS MATERIALIZED (SELECT t.id"), Way::Owners);
    let sql = sql.and("AND t.id = $2)").and(ON_PAGE);
    let line: Option<Line> = tx.query(sql).bind(id).optional().await?;
    line.map(TaskRow::from).ok_or(Error::NotFound)
}

/// How many of the person's own tasks are late or for today.
///
/// # Errors
/// `Internal` only.
pub async fn waiting(tx: &mut Tx) -> Result<u32> {
    let today = clock::today(tx.actor().zone);
    let sql = Sql::new(
        "SELECT COUNT(*) FROM tasks t WHERE t.owner_id = $1 AND t.done_at IS NULL AND t.deleted_at IS NULL \
         AND t.due_on <= $2",
    );
    let (count,): (i64,) = tx.query(sql.and(LIVING)).bind(today).one().await?;
    Ok(u32::try_from(count).unwrap_or_default())
}

/// The firm's date, and how many tasks wait on it.
///
/// # Errors
/// `Internal` only.
pub async fn now(tx: &mut Tx) -> Result<Now> {
    let (today, seconds_left) = clock::day(clock::now(), tx.actor().zone);
    Ok(Now { today, seconds_left, waiting: waiting(tx).await? })
}

/// The deals that a task can hang on: its present one, and the open ones of that customer, as far as they are in reach.
///
/// # Errors
/// `Internal` only.
pub async fn deals_to_choose(
    tx: &mut Tx,
    now: Option<DealId>,
    customer: Option<CustomerId>,
) -> Result<Vec<DealChoice>> {
    Ok(tx
        .query(
            "SELECT d.id, d.title FROM deals d JOIN stages s ON s.id = d.stage_id \
             WHERE d.deleted_at IS NULL AND (d.id = $2 OR (d.customer_id = $3 AND s.status = 'open')) \
               AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             ORDER BY CASE WHEN d.id = $2 THEN 0 ELSE 1 END, d.id DESC LIMIT $4",
        )
        .bind(now)
        .bind(customer)
        .bind(CHOICES)
        .all()
        .await?)
}
