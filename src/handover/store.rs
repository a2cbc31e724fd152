//! Who may hand a record over to whom, and doing it: the record has the event, and what goes with it are parts of that
//! event, so that all of it is undone together.

use super::model::{Given, HandOverForm, HandOverOffer};
use crate::auth::model::Permission;
use crate::error::{Error, Problem, Result};
use crate::id::{CustomerId, DealId, EventId, OwnRecordId, TaskId, UnitId};
use crate::journal::model::{Card, What};
use crate::journal::store::{Undoable, parts};
use crate::live::Kind;
use crate::people::model::OwnerChoice;
use crate::people::store::owner_choices;
use crate::records::Record as _;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use crate::{records, tasks};
use uuid::Uuid;

/// The record's name and owner.
///
/// # Errors
/// `NotFound` for none, or one out of reach; `Forbidden` for another person's record without the right to hand over,
/// and for one of a kind that the person asking may not change.
async fn record_of(tx: &mut Tx, card: Card) -> Result<(String, UnitId)> {
    tx.actor().must(Permission::Sell)?;
    let (name, owner) = match card {
        Card::Customer(id) => {
            let (facts, _) = records::read(tx, id).await?;
            (facts.name, facts.owner_id)
        }
        Card::Deal(id) => {
            let (facts, _) = records::read(tx, id).await?;
            (facts.title, facts.owner_id)
        }
        Card::Record(id) => {
            let (facts, _) = records::read(tx, id).await?;
            facts.may_be_changed(tx).await?;
            (facts.name, facts.owner_id)
        }
    };
    if owner != tx.actor().unit() {
        tx.actor().must(Permission::HandOver)?;
    }
    Ok((name, owner))
}

/// With the right to hand over: everyone and every group in reach. Otherwise: every colleague who sells, because their
/// names are known to all.
async fn heirs(tx: &mut Tx, owner: UnitId) -> Result<Vec<OwnerChoice>> {
    let mut heirs = if tx.actor().must(Permission::HandOver).is_ok() {
        owner_choices(tx).await?
    } else {
        tx.everyones(
            "SELECT u.id, u.name, FALSE AS gone FROM units u JOIN people p ON p.id = u.id \
             WHERE p.active AND p.role <> 'viewer' ORDER BY u.sort_key, u.id",
        )
        .all()
        .await?
    };
    heirs.retain(|heir| heir.id != owner && !heir.gone);
    Ok(heirs)
}

/// The owner's open deals that hang on it.
async fn deals_of(tx: &mut Tx, card: Card, owner: UnitId) -> Result<Vec<DealId>> {
    let Card::Customer(CustomerId(customer)) = card else { return Ok(Vec::new()) };
    let found: Vec<(DealId,)> = tx
        .query(
            "SELECT d.id FROM deals d JOIN stages s ON s.id = d.stage_id \
             WHERE d.customer_id = $2 AND d.owner_id = $3 AND d.deleted_at IS NULL AND s.status = 'open' \
               AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY d.id",
        )
        .bind(customer)
        .bind(owner)
        .all()
        .await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// The owner's open tasks that hang on it.
async fn tasks_of(tx: &mut Tx, card: Card, owner: UnitId) -> Result<Vec<TaskId>> {
    let of = match card {
        Card::Customer(_) => "t.customer_id = $2",
        Card::Deal(_) => "t.deal_id = $2",
        Card::Record(_) => "t.record_id = $2",
    };
    let sql = Sql::new("SELECT t.id FROM tasks t WHERE").and(of).and(
        "AND t.owner_id = $3 AND t.deleted_at IS NULL AND t.done_at IS NULL \
         AND t.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY t.id",
    );
    let found: Vec<(TaskId,)> = tx.query(sql).bind(card.id()).bind(owner).all().await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// The page to begin with.
///
/// # Errors
/// As [`give`].
pub async fn offer(tx: &mut Tx, card: Card) -> Result<HandOverOffer> {
    let (name, owner) = record_of(tx, card).await?;
    let (owner_name,): (String,) =
        tx.everyones("SELECT name FROM units WHERE id = $2").bind(owner).one().await?;
    Ok(HandOverOffer {
        name,
        owner: owner_name,
        heirs: heirs(tx, owner).await?,
        deals: deals_of(tx, card, owner).await?.len(),
        tasks: tasks_of(tx, card, owner).await?.len(),
    })
}

/// Hands the record over, with the owner's open deals and tasks if that is wanted.
///
/// # Errors
/// `NotFound` for none, or one out of reach; `Forbidden` for another person's record without the right to hand over;
/// `Invalid` at `to` for somebody who can't have it.
pub async fn give(tx: &mut Tx, card: Card, form: &HandOverForm) -> Result<Given> {
    let (_, owner) = record_of(tx, card).await?;
    let heirs = heirs(tx, owner).await?;
    let heir = heirs.into_iter().find(|heir| heir.id.to_string() == form.to);
    let to = heir.ok_or_else(|| Error::invalid("to", Problem::Unknown))?;
    let (mut deals, mut tasks) = (Vec::new(), Vec::new());
    if !form.along.is_empty() {
        deals = deals_of(tx, card, owner).await?;
        tasks = tasks_of(tx, card, owner).await?;
    }
    let event = EventId(Uuid::now_v7());
    tx.parts_of(Some(event));
    // What hangs on it goes first: once the record is given, the giver may not see it any more.
    for id in &deals {
        records::give(tx, *id, owner, to.id, What::HandedOver).await?;
    }
    for id in &tasks {
        records::give(tx, *id, owner, to.id, What::HandedOver).await?;
    }
    tx.whole_is_next();
    match card {
        Card::Customer(id) => records::give(tx, id, owner, to.id, What::HandedOver).await?,
        Card::Deal(id) => records::give(tx, id, owner, to.id, What::HandedOver).await?,
        Card::Record(id) => records::give(tx, id, owner, to.id, What::HandedOver).await?,
    }
    let seen: Option<(UnitId,)> = tx
        .query("SELECT unit_id FROM reach WHERE viewer_id = $1 AND unit_id = $2")
        .bind(to.id)
        .optional()
        .await?;
    Ok(Given { to: to.name, along: deals.len() + tasks.len(), seen: seen.is_some(), event })
}

/// Undoes handing over, with what went along. Records that were given on or changed owner since stay as they are.
///
/// # Errors
/// The errors of the record's own store.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let along = parts(tx, change.id).await?;
    tx.parts_of(Some(EventId(Uuid::now_v7())));
    for part in &along {
        let back = match part.kind {
            Kind::Deal => records::take_back::<DealId>(tx, part).await.map(drop),
            Kind::Task => tasks::store::take_back(tx, part).await,
            _ => continue,
        };
        match back {
            Err(Error::NotFound | Error::Conflict { .. }) => {}
            other => other?,
        }
    }
    tx.whole_is_next();
    match change.kind {
        Kind::Customer => records::take_back::<CustomerId>(tx, change).await.map(drop),
        Kind::OwnRecord => records::take_back::<OwnRecordId>(tx, change).await.map(drop),
        _ => records::take_back::<DealId>(tx, change).await.map(drop),
    }
}
