//! The commands of the firm's owner on own kinds: add, change, reorder, archive; and undo of these. The rules about
//! names and numbers of kinds are checked here; the statements are in `store`.

use super::input::OwnKindForm;
use super::model::{KindStage, MOST, OwnKind, OwnKindFacts};
use super::store::{self, all, found};
use crate::auth::model::Permission;
use crate::error::{Error, Problem, Result};
use crate::i18n::Locale;
use crate::i18n::fold::search_key;
use crate::id::{EventId, KindNr, OwnKindId};
use crate::journal::conflict::merged;
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::planned::Planned;
use crate::journal::store::{Undoable, as_of, record_for_all};
use crate::live::Kind;
use crate::ordered::{self, Ordered};
use crate::people::store::org::rights_changed;
use crate::server::db::Tx;
use serde_json::{Value, json};
use uuid::Uuid;

impl Ordered for OwnKind {
    type Id = OwnKindId;

    fn id(&self) -> OwnKindId {
        self.id
    }

    fn position(&self) -> &str {
        &self.facts.position
    }
}

/// All kinds for the settings, archived ones last.
///
/// # Errors
/// `Forbidden` for anybody but the firm's owner.
pub async fn list(tx: &mut Tx) -> Result<Vec<OwnKind>> {
    tx.actor().must(Permission::Administer)?;
    let mut kinds = all(tx).await?;
    kinds.sort_by_key(|kind| !kind.facts.active);
    Ok(kinds)
}

/// Checks that no active kind and nothing built in has one of the names, in its language: people could not tell the two
/// apart.
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

/// All kinds, if one more is allowed.
async fn room_for_one(tx: &mut Tx) -> Result<Vec<OwnKind>> {
    let kinds = all(tx).await?;
    if kinds.len() < MOST {
        return Ok(kinds);
    }
    Err(Error::invalid("one_tr", Problem::TooMany(u32::try_from(MOST).unwrap_or_default())))
}

/// Adds a kind after the others.
///
/// # Errors
/// `Invalid` with every problem, `Taken` for a name that is in use; `Forbidden` for anybody but the firm's owner.
pub async fn add(tx: &mut Tx, form: &OwnKindForm) -> Result<OwnKindId> {
    tx.actor().must(Permission::Administer)?;
    let mut facts = form.parse(None).map_err(Error::Invalid)?;
    is_free(tx, None, &facts).await?;
    let kinds = room_for_one(tx).await?;
    facts.position = ordered::at_the_end(&kinds)?;
    let id = OwnKindId(Uuid::now_v7());
    let nr = store::next_number(tx).await?;
    insert(tx, (id, nr), &facts).await?;
    Ok(id)
}

/// Inserts the kind and records the event.
async fn insert(tx: &mut Tx, (id, nr): (OwnKindId, KindNr), facts: &OwnKindFacts) -> Result<()> {
    store::insert(tx, (id, nr), facts).await?;
    // Undoing that it was added archives it.
    let before = Fields::from_iter([("active".to_owned(), json!(false))]);
    record_for_all(tx, (Kind::OwnKind, id.0), What::Created, (before, fields_of(facts)), None).await?;
    Ok(())
}

/// Changes a kind to the values of the form; `None` if nothing differs.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` if the same fields were changed since the form was opened; `NotFound`;
/// `Forbidden`.
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

/// Archives a kind, or restores it; `None` if nothing differs.
///
/// # Errors
/// `Invalid` with `Taken` if another kind has its name by now; `NotFound`; `Forbidden`.
pub async fn archive(tx: &mut Tx, id: OwnKindId, archived: bool) -> Result<Option<EventId>> {
    let now = found(tx, id).await?;
    let new = OwnKindFacts { active: !archived, ..now.facts.clone() };
    save(tx, &now, &new, What::Changed, None).await
}

/// Moves a kind after another one, or to the first place; `None` if it is there already.
///
/// # Errors
/// `NotFound`, also if the other kind is gone; `Forbidden`.
pub async fn put_after(tx: &mut Tx, id: OwnKindId, after: Option<OwnKindId>) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    let now = found(tx, id).await?;
    let Some(position) = ordered::behind(&all(tx).await?, id, after)? else { return Ok(None) };
    let new = OwnKindFacts { position, ..now.facts.clone() };
    save(tx, &now, &new, What::Moved, None).await
}

/// Undoes a change, unless the same fields were changed again since.
///
/// # Errors
/// `Conflict` if they were; `Invalid` with `Taken`; `Forbidden` for anybody but the firm's owner.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let now = found(tx, OwnKindId(change.subject)).await?;
    let mut back: OwnKindFacts = change.facts(&fields_of(&now.facts), now.version)?;
    // Stages that were added since are kept as archived ones: records can be in them, and their numbers must not be
    // given again.
    let since = now.facts.stages.iter().filter(|one| back.stages.iter().all(|stage| stage.nr != one.nr));
    let since: Vec<_> = since.map(|one| KindStage { archived: true, ..one.clone() }).collect();
    back.stages.extend(since);
    save(tx, &now, &back, What::Undone, Some(change.id)).await?;
    Ok(())
}

/// Makes a change that was prepared in a draft, unless the same fields were changed since it was prepared. A new kind
/// gets the number that it had in the draft, because fields in the draft can belong to it.
///
/// # Errors
/// As [`add`] and [`change`].
pub async fn carry_out(tx: &mut Tx, planned: &Planned) -> Result<()> {
    let id = OwnKindId(planned.subject);
    if planned.what == What::Created {
        tx.actor().must(Permission::Administer)?;
        let mut facts: OwnKindFacts = planned.made()?;
        is_free(tx, None, &facts).await?;
        let kinds = room_for_one(tx).await?;
        facts.position = ordered::free(&kinds, id, &facts.position)?;
        let nr = planned.number.map(KindNr).ok_or(Error::BadRequest)?;
        return insert(tx, (id, nr), &facts).await;
    }
    let now = found(tx, id).await?;
    let mut new: OwnKindFacts = planned.facts(&fields_of(&now.facts), now.version)?;
    new.position = ordered::free(&all(tx).await?, id, &new.position)?;
    save(tx, &now, &new, planned.what, None).await?;
    Ok(())
}

fn conflict(now: &OwnKind) -> Error {
    Error::Conflict { version: now.version, theirs: Value::Object(fields_of(&now.facts)) }
}

/// Checks the rules, writes the kind and records the event; `None` if nothing differs.
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
    if (now.facts.seen_by, now.facts.changed_by) != (new.seen_by, new.changed_by) {
        // The open event streams check what each person sees now; a browser whose person sees something else reads
        // everything again.
        rights_changed(tx.unscoped()).await?;
    }
    record_for_all(tx, (Kind::OwnKind, now.id.0), what, fields, undoes).await.map(Some)
}
