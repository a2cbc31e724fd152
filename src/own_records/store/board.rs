//! Reads the board of an own kind: for each stage its first records, in the order made by hand, and their number. The
//! columns of a row are read by the statement of the list.

use super::list::{Asked, Found, ROW, Row, counted, seen, shown, tally, way};
use crate::error::{Error, Result};
use crate::own_kinds::store::numbered;
use crate::own_records::view::{NO_STAGE, OwnBoard, OwnColumn, OwnQuery};
use crate::server::db::Tx;
use crate::server::sql::Sql;

/// The most cards in a column; the list shows all.
const CARDS: i64 = 50;
/// The limit of counting a column. Counting walks through the records: for a person who sees every tenth of them, it
/// takes ten times as long.
const COUNTED: i64 = 1_000;

/// The board with the records that match the query.
///
/// # Errors
/// `NotFound` without a kind that the person asking may see.
pub async fn board(tx: &mut Tx, query: &OwnQuery) -> Result<OwnBoard> {
    let kind = numbered(tx, query.kind.ok_or(Error::NotFound)?).await?;
    let asked = Asked::of(tx, query).await?.in_stage(None);
    let way = way(tx, &asked).await?;
    let mut columns = Vec::new();
    let mut shown = Vec::new();
    let stages = kind.facts.stages.iter().map(|stage| (i64::from(stage.nr), !stage.archived));
    for (nr, is_open) in std::iter::once((NO_STAGE, false)).chain(stages) {
        let of = asked.in_stage(Some(nr));
        let rows = cards(tx, way, &of).await?;
        // An archived stage is shown as long as it has records; so is the column of those without a stage.
        if is_open || !rows.is_empty() {
            let count = if rows.len() < usize::try_from(CARDS).unwrap_or_default() {
                i64::try_from(rows.len()).unwrap_or_default()
            } else {
                counted(tx, &of, way, COUNTED).await?
            };
            columns.push((Some(nr).filter(|nr| *nr != NO_STAGE), rows.len(), count));
            shown.extend(rows);
        }
    }
    let (head, rows) = self::shown(tx, kind, shown, &asked).await?;
    let mut rows = rows.into_iter();
    let column = |(stage, many, count): (Option<i64>, usize, i64)| OwnColumn {
        stage,
        cards: rows.by_ref().take(many).collect(),
        tally: tally(count, COUNTED),
    };
    let columns = columns.into_iter().map(column).collect();
    Ok(OwnBoard { head, columns })
}

/// The first records of the stage that is asked for.
async fn cards(tx: &mut Tx, way: Found, asked: &Asked) -> Result<Vec<Row>> {
    let sql = seen(Sql::new("WITH page AS MATERIALIZED (SELECT o.id"), way, asked, 11)
        .and("ORDER BY o.position, o.id LIMIT $10)")
        .and(ROW)
        .and("ORDER BY o.position, o.id");
    Ok(asked.conditions.bind(asked.bind(tx.query(sql)).bind(CARDS)).all().await?)
}
