//! What the firm's owner does with its own kinds of record: made, changed, put in order, archived, brought back, taken
//! back. Policy stands here; the statements are in `store`.

use super::input::OwnKindForm;
use super::model::{KindStage, MOST, OwnKind, OwnKindFacts};
use super::store::{self, all, found};
use crate::auth::model::Permission;
use crate::deals::position;
use crate::error::{Error, Problem, Result};
use crate::i18n::Locale;
use crate::i18n::fold::search_key;
use crate::id::{EventId, OwnKindId};
use crate::journal::conflict::merged;
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::store::{Undoable, as_of, record_for_all};
use crate::live::Kind;
use crate::server::db::Tx;
use crate::server::failure::our_fault;
use serde_json::{Value, json};
use uuid::Uuid;

/// What the settings show.
///
/// # Errors
/// `Forbidden` for whoever is not the firm's owner.
pub async fn list(tx: &mut Tx) -> Result<Vec<OwnKind>> {
    tx.actor().must(Permission::Administer)?;
    let mut kinds = all(tx).await?;
    kinds.sort_by_key(|kind| !kind.facts.active);
    Ok(kinds)
}

/// Nobody could tell two kinds of one name apart, in whichever language; nor one from what the program has itself.
async fn is_free(tx: &mut Tx, id: Option<OwnKindId>, facts: &OwnKindFacts) -> Result<()> {
    let kinds = all(tx).await?;
    let others: Vec<&OwnKind> =
        kinds.iter().filter(|kind| kind.facts.active && Some(kind.id) != id).collect();
    let key = |name: &str| {
        let key = search_key(name);
        if key.is_empty() { name.to_owned() } else { key }
    };
    for (field, name, locale) in [
        ("one_tr", &facts.one_tr, Locale::Tr),
        ("many_tr", &facts.many_tr, Locale::Tr),
        ("one_en", &facts.one_en, Locale::En),
        ("many_en", &facts.many_en, Locale::En),
    ] {
        let text = locale.text();
        let built_in = [
            text.customers.one,
            text.customers.title,
            text.deals.one,
            text.deals.title,
            text.tasks.one,
            text.tasks.title,
            text.shell.today,
        ];
        let theirs = others.iter().map(|kind| {
            if field.starts_with("one") { kind.facts.one(locale) } else { kind.facts.many(locale) }
        });
        if !name.is_empty() && built_in.into_iter().chain(theirs).any(|other| key(other) == key(name)) {
            return Err(Error::invalid(field, Problem::Taken));
        }
    }
    Ok(())
}

/// A new kind, behind the others.
///
/// # Errors
/// `Invalid` with every problem, `Taken` for a name that is there; `Forbidden` for whoever is not the firm's owner.
pub async fn add(tx: &mut Tx, form: &OwnKindForm) -> Result<OwnKindId> {
    tx.actor().must(Permission::Administer)?;
    let mut facts = form.parse(None).map_err(Error::Invalid)?;
    is_free(tx, None, &facts).await?;
    let kinds = all(tx).await?;
    if kinds.len() >= MOST {
        return Err(Error::invalid("one_tr", Problem::TooMany(u32::try_from(MOST).unwrap_or_default())));
    }
    facts.position = between(kinds.last(), None)?;
    let id = OwnKindId(Uuid::now_v7());
    store::insert(tx, id, &facts).await?;
    // Taking back that it was made is to archive it.
    let before = Fields::from_iter([("active".to_owned(), json!(false))]);
    record_for_all(tx, (Kind::OwnKind, id.0), What::Created, (before, fields_of(&facts)), None).await?;
    Ok(id)
}

/// Changes a kind as the form has it; `None` where nothing differs.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` when somebody changed the same since; `NotFound`; `Forbidden`.
pub async fn change(tx: &mut Tx, id: OwnKindId, form: &OwnKindForm) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    let version: i64 = form.version.parse().map_err(|_| Error::BadRequest)?;
    let now = found(tx, id).await?;
    let was = as_of(tx, Kind::OwnKind, id.0, (&now.facts, now.version), version).await?;
    let was = was.ok_or_else(|| conflict(&now))?;
    let mine = form.parse(Some(&was)).map_err(Error::Invalid)?;
    let new = merged(&was, &now.facts, &mine, &[], false).map_err(|_| conflict(&now))?;
    save(tx, &now, &new, What::Changed, None).await
}

/// Takes it out of use, or puts it back; `None` where it was so.
///
/// # Errors
/// `Invalid` with `Taken` where another one has its name by now; `NotFound`; `Forbidden`.
pub async fn archive(tx: &mut Tx, id: OwnKindId, archived: bool) -> Result<Option<EventId>> {
    let now = found(tx, id).await?;
    let new = OwnKindFacts { active: !archived, ..now.facts.clone() };
    save(tx, &now, &new, What::Changed, None).await
}

/// Puts it behind another one, or first; `None` where it stands there.
///
/// # Errors
/// `NotFound`, also for another one that is gone; `Forbidden`.
pub async fn put_after(tx: &mut Tx, id: OwnKindId, after: Option<OwnKindId>) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    let now = found(tx, id).await?;
    let mut others = all(tx).await?;
    let stood = others.iter().position(|one| one.id == id).unwrap_or_default();
    others.retain(|one| one.id != id);
    let at = match after {
        None => 0,
        Some(after) => others.iter().position(|one| one.id == after).ok_or(Error::NotFound)? + 1,
    };
    if at == stood {
        return Ok(None);
    }
    let before = at.checked_sub(1).and_then(|before| others.get(before));
    let position = between(before, others.get(at))?;
    let new = OwnKindFacts { position, ..now.facts.clone() };
    save(tx, &now, &new, What::Moved, None).await
}

/// Takes a change back, unless somebody has changed the same fields since.
///
/// # Errors
/// `Conflict` when somebody has; `Invalid` with `Taken`; `Forbidden` for whoever is not the firm's owner.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let now = found(tx, OwnKindId(change.subject)).await?;
    let mut back: OwnKindFacts = change.facts(&fields_of(&now.facts), now.version)?;
    // What was put into a stage since stays in it, and its number is not given again.
    let since = now.facts.stages.iter().filter(|one| back.stages.iter().all(|stage| stage.nr != one.nr));
    let since: Vec<_> = since.map(|one| KindStage { archived: true, ..one.clone() }).collect();
    back.stages.extend(since);
    save(tx, &now, &back, What::Undone, Some(change.id)).await?;
    Ok(())
}

fn between(before: Option<&OwnKind>, after: Option<&OwnKind>) -> Result<String> {
    let bytes = |kind: &OwnKind| position::from_hex(&kind.facts.position);
    let (before, after) = (before.and_then(bytes), after.and_then(bytes));
    let place = position::between(before.as_deref(), after.as_deref());
    place.map(|place| position::to_hex(&place)).ok_or_else(|| our_fault(&"there is no place between"))
}

fn conflict(now: &OwnKind) -> Error {
    Error::Conflict { version: now.version, theirs: Value::Object(fields_of(&now.facts)) }
}

async fn save(
    tx: &mut Tx,
    now: &OwnKind,
    new: &OwnKindFacts,
    what: What,
    undoes: Option<EventId>,
) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    let Some(fields) = difference(&now.facts, new) else { return Ok(None) };
    let names = |facts: &OwnKindFacts| {
        [&facts.one_tr, &facts.many_tr, &facts.one_en, &facts.many_en].map(|name| search_key(name))
    };
    if new.active && !(now.facts.active && names(&now.facts) == names(new)) {
        is_free(tx, Some(now.id), new).await?;
    }
    if !store::update(tx, now, new).await? {
        return Err(conflict(now));
    }
    record_for_all(tx, (Kind::OwnKind, now.id.0), what, fields, undoes).await.map(Some)
}
