//! The stream of a card: its activities and its history in one order, newest first, page by page. Each of the two is
//! read through an index up to the end of the page. A customer's card also shows what happened to its deals in reach.

use crate::activities::model::{
    ActivityKind, ActivityLine, Direction, LARGEST_PAGE, Mark, Outcome, Party, Show, StreamLine, StreamPage,
    StreamQuery,
};
use crate::activities::store::ground;
use crate::error::Result;
use crate::id::{ActivityId, CustomerId, DealId, OwnRecordId};
use crate::journal::model::Card;
use crate::journal::store::lines_of;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: ActivityId,
    version: i64,
    kind: ActivityKind,
    at: DateTime<Utc>,
    person: String,
    contact: String,
    direction: Option<Direction>,
    outcome: Option<Outcome>,
    result: String,
    content: String,
    deal_id: Option<DealId>,
    deal: Option<String>,
    record_id: Option<OwnRecordId>,
    record: Option<String>,
}

const ROW: &str = "SELECT a.id, a.version, a.kind, a.at, u.name AS person, a.contact, a.direction, a.outcome, \
     a.result, a.content, a.deal_id, d.title AS deal, a.record_id, o.name AS record \
     FROM activities a JOIN units u ON u.id = a.person_id LEFT JOIN deals d ON d.id = a.deal_id \
     LEFT JOIN own_records o ON o.id = a.record_id \
         AND o.kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1) \
     WHERE a.deleted_at IS NULL";

/// A page of the stream.
///
/// # Errors
/// `NotFound` for a card that does not exist or is out of reach.
pub async fn stream(tx: &mut Tx, card: Card, query: &StreamQuery) -> Result<StreamPage> {
    let ground = ground(tx, card).await?;
    let limit = usize::try_from(query.limit.clamp(1, LARGEST_PAGE)).unwrap_or_default();
    // One more than is shown, to see whether there are older ones.
    let most = i64::try_from(limit).unwrap_or_default() + 1;
    let mut lines = Vec::new();
    if query.show != Show::Changes {
        lines.extend(activities(tx, card, query.after, most).await?);
    }
    if query.show != Show::Activities {
        let told = lines_of(tx, card, query.after.map(|mark| (mark.at(), mark.id)), most).await?;
        lines.extend(told.into_iter().map(|(at, line)| (Mark::new(at, line.id.0), StreamLine::Change(line))));
    }
    lines.sort_by_key(|(mark, _)| std::cmp::Reverse(*mark));
    let next = if lines.len() > limit { lines.get(limit - 1).map(|(mark, _)| *mark) } else { None };
    lines.truncate(limit);
    let parties = match ground.customer {
        Some(customer) => parties(tx, customer).await?,
        None => Vec::new(),
    };
    Ok(StreamPage {
        lines: lines.into_iter().map(|(_, line)| line).collect(),
        next,
        fresh: ActivityId(Uuid::now_v7()),
        parties,
    })
}

async fn activities(
    tx: &mut Tx,
    card: Card,
    after: Option<Mark>,
    most: i64,
) -> Result<Vec<(Mark, StreamLine)>> {
    let of_customer = matches!(card, Card::Customer(_));
    let on_card = match card {
        Card::Customer(_) => {
            "AND a.customer_id = $2 AND (a.deal_id IS NULL OR (d.deleted_at IS NULL \
                 AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1))) \
             AND (a.record_id IS NULL OR (o.deleted_at IS NULL \
                 AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)))"
        }
        Card::Record(_) => {
            "AND a.record_id = $2 AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)"
        }
        Card::Deal(_) => {
            "AND a.deal_id = $2 AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)"
        }
    };
    let sql = Sql::new(ROW)
        .and(on_card)
        .when(after.is_some(), "AND (a.at, a.id) < ($4, $5)")
        .and("ORDER BY a.at DESC, a.id DESC LIMIT $3");
    let rows: Vec<Row> = tx
        .query(sql)
        .bind(card.id())
        .bind(most)
        .bind(after.map(Mark::at))
        .bind(after.map(|mark| mark.id))
        .all()
        .await?;
    let zone = tx.actor().zone;
    let line = |row: Row| {
        let mark = Mark::new(row.at, row.id.0);
        let line = ActivityLine {
            id: row.id,
            version: row.version,
            kind: row.kind,
            at: clock::local(row.at, zone),
            person: row.person,
            contact: row.contact,
            direction: row.direction,
            outcome: row.outcome,
            result: row.result,
            content: row.content,
            deal: row.deal_id.zip(row.deal).filter(|_| of_customer),
            record: row.record_id.zip(row.record).filter(|_| of_customer),
        };
        (mark, StreamLine::Activity(line))
    };
    Ok(rows.into_iter().map(line).collect())
}

/// The people who can be chosen as the other side: the contacts of a customer in reach, and the customer itself.
async fn parties(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Party>> {
    let own: Option<(String, String, Json<Vec<String>>)> = tx
        .query(
            "SELECT kind, name, phones FROM customers \
             WHERE id = $2 AND deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(customer)
        .optional()
        .await?;
    let Some((kind, name, phones)) = own else { return Ok(Vec::new()) };
    let contacts: Vec<(String, String)> = tx
        .everyones(
            "SELECT name, phone FROM contacts \
             WHERE customer_id = $2 ORDER BY place, id",
        )
        .bind(customer)
        .all()
        .await?;
    let mut parties: Vec<Party> = contacts.into_iter().map(|(name, phone)| Party { name, phone }).collect();
    if kind == "person" {
        parties.extend(phones.0.into_iter().map(|phone| Party { name: name.clone(), phone }));
    }
    Ok(parties)
}
