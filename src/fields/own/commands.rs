//! The commands of the firm's owner on own fields: add, change, reorder, archive; and undo of these. The rules about
//! names, types and numbers of fields are checked here; the statements are in `store`.

use super::input::OwnFieldForm;
use super::model::{FieldsOf, MOST, OwnField, OwnFieldFacts, OwnFieldsPage};
use super::store::convert::follows;
use super::store::{self, found, of_kind};
use super::view::Follows;
use crate::auth::model::Permission;
use crate::customers;
use crate::deals;
use crate::error::{Error, Problem, Result};
use crate::fields::Field;
use crate::fields::model::FieldChoice;
use crate::i18n::Locale;
use crate::i18n::fold::search_key;
use crate::id::{EventId, OwnFieldId};
use crate::journal::conflict::merged;
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::planned::Planned;
use crate::journal::store::{Undoable, as_of, record_for_all};
use crate::live::Kind;
use crate::ordered::{self, Ordered};
use crate::own_kinds;
use crate::server::db::Tx;
use serde_json::{Value, json};
use uuid::Uuid;

impl Ordered for OwnField {
    type Id = OwnFieldId;

    fn id(&self) -> OwnFieldId {
        self.id
    }

    fn position(&self) -> &str {
        &self.facts.position
    }
}

/// The fields of a kind for the settings, archived ones last, and the firm's own kinds.
///
/// # Errors
/// `Forbidden` for anybody but the firm's owner.
pub async fn list(tx: &mut Tx, of: FieldsOf) -> Result<OwnFieldsPage> {
    tx.actor().must(Permission::Administer)?;
    let mut fields = of_kind(tx, of).await?.fields;
    fields.sort_by_key(|field| !field.facts.active);
    let kinds = own_kinds::store::named(tx).await?;
    Ok(OwnFieldsPage { of, kinds, fields })
}

/// The described built-in fields of a kind of record.
fn built_in(of: FieldsOf) -> &'static [Field] {
    match of {
        FieldsOf::Customer => customers::model::FIELDS,
        FieldsOf::Deal => deals::model::FIELDS,
        FieldsOf::Own(_) => &[],
    }
}

/// The keys of the built-in fields without a description.
fn by_hand(of: FieldsOf) -> &'static [&'static str] {
    match of {
        FieldsOf::Customer => &["name", "kind", "phones", "emails", "contacts", "tax_number", "owner"],
        FieldsOf::Deal => {
            &["title", "customer", "stage", "amount", "currency", "product", "owner", "lost_reason"]
        }
        FieldsOf::Own(_) => &["name", "customer", "stage", "owner"],
    }
}

/// Checks that no active field of the kind has the name, in either language: people could not tell the two apart.
async fn is_free(tx: &mut Tx, id: Option<OwnFieldId>, facts: &OwnFieldFacts) -> Result<()> {
    let called = search_key(&facts.name);
    let fields = of_kind(tx, facts.of).await?.fields;
    let others = fields.iter().filter(|one| one.facts.active && Some(one.id) != id);
    let mut names: Vec<String> = others.map(|one| one.facts.name.clone()).collect();
    for locale in Locale::ALL {
        names.extend(built_in(facts.of).iter().map(|field| field.called(locale.text())));
        names.extend(
            by_hand(facts.of)
                .iter()
                .filter_map(|key| crate::fields::names::field(locale, key))
                .map(str::to_owned),
        );
    }
    let taken =
        |name: &String| if called.is_empty() { *name == facts.name } else { search_key(name) == called };
    if names.iter().any(taken) { Err(Error::invalid("name", Problem::Taken)) } else { Ok(()) }
}

/// Adds a field after the others of its kind.
///
/// # Errors
/// `Invalid` with every problem, `Taken` for a name that is in use; `NotFound` if there is no such kind of record;
/// `Forbidden` for anybody but the firm's owner.
pub async fn add(tx: &mut Tx, form: &OwnFieldForm) -> Result<OwnFieldId> {
    tx.actor().must(Permission::Administer)?;
    let mut facts = form.parse(None).map_err(Error::Invalid)?;
    is_free(tx, None, &facts).await?;
    let fields = room_for_one(tx, facts.of).await?;
    facts.position = ordered::at_the_end(&fields)?;
    let id = OwnFieldId(Uuid::now_v7());
    insert(tx, id, &facts).await?;
    Ok(id)
}

/// The fields of the kind, if one more is allowed.
async fn room_for_one(tx: &mut Tx, of: FieldsOf) -> Result<Vec<OwnField>> {
    if let FieldsOf::Own(nr) = of {
        own_kinds::store::numbered(tx, nr).await?;
    }
    let fields = of_kind(tx, of).await?.fields;
    if fields.len() < MOST {
        return Ok(fields);
    }
    Err(Error::invalid("name", Problem::TooMany(u32::try_from(MOST).unwrap_or_default())))
}

/// Inserts the field and records the event.
async fn insert(tx: &mut Tx, id: OwnFieldId, facts: &OwnFieldFacts) -> Result<()> {
    store::insert(tx, id, facts).await?;
    // Undoing that it was added archives it.
    let before = Fields::from_iter([("active".to_owned(), json!(false))]);
    record_for_all(tx, (Kind::Field, id.0), What::Created, (before, fields_of(facts)), None).await?;
    Ok(())
}

/// Changes a field to the values of the form; `None` if nothing differs.
///
/// # Errors
/// `Invalid` with every problem, at `shape` if there are values that can't be converted to it; `Conflict` if the same
/// fields were changed since the form was opened; `NotFound`; `Forbidden`.
pub async fn change(tx: &mut Tx, id: OwnFieldId, form: &OwnFieldForm) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    let version: i64 = form.version.parse().map_err(|_| Error::BadRequest)?;
    let now = found(tx, id).await?;
    let was = as_of(tx, Kind::Field, id.0, (&now.facts, now.version), version).await?;
    let was = was.ok_or_else(|| conflict(&now))?;
    let form = OwnFieldForm { of: now.facts.of.to_string(), ..form.clone() };
    let mine = form.parse(Some(&was)).map_err(Error::Invalid)?;
    let new = merged(&was, &now.facts, &mine, &[&["shape", "choices"]], false).map_err(|_| conflict(&now))?;
    save(tx, &now, &new, What::Changed, None).await
}

/// Counts the values that could be converted if the field were changed to the form's type; nothing is written.
///
/// # Errors
/// `Invalid` with every problem of the form; `NotFound`; `Forbidden`.
pub async fn preview(tx: &mut Tx, id: OwnFieldId, form: &OwnFieldForm) -> Result<Follows> {
    tx.actor().must(Permission::Administer)?;
    let now = found(tx, id).await?;
    let form = OwnFieldForm { of: now.facts.of.to_string(), ..form.clone() };
    let new = form.parse(Some(&now.facts)).map_err(Error::Invalid)?;
    if now.facts.shape == new.shape { Ok(Follows::default()) } else { follows(tx, &now, &new).await }
}

/// Archives a field, or restores it; `None` if nothing differs.
///
/// # Errors
/// `Invalid` with `Taken` if another field has its name by now; `NotFound`; `Forbidden`.
pub async fn archive(tx: &mut Tx, id: OwnFieldId, archived: bool) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    let now = found(tx, id).await?;
    let new = OwnFieldFacts { active: !archived, ..now.facts.clone() };
    save(tx, &now, &new, What::Changed, None).await
}

/// Moves a field after another one of its kind, or to the first place; `None` if it is there already.
///
/// # Errors
/// `NotFound`, also if the other field is gone or of another kind; `Forbidden`.
pub async fn put_after(tx: &mut Tx, id: OwnFieldId, after: Option<OwnFieldId>) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    let now = found(tx, id).await?;
    let fields = of_kind(tx, now.facts.of).await?.fields;
    let Some(position) = ordered::behind(&fields, id, after)? else { return Ok(None) };
    let new = OwnFieldFacts { position, ..now.facts.clone() };
    save(tx, &now, &new, What::Moved, None).await
}

/// Undoes a change, unless the same fields were changed again since.
///
/// # Errors
/// `Conflict` if they were; `Invalid` with `Taken`; `Forbidden` for anybody but the firm's owner.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let now = found(tx, OwnFieldId(change.subject)).await?;
    let mut back: OwnFieldFacts = change.facts(&fields_of(&now.facts), now.version)?;
    if back.shape.has_choices() {
        // Choices that were added since are kept as archived ones: records can have them, and their numbers must not be
        // given again.
        let since =
            now.facts.choices.iter().filter(|one| back.choices.iter().all(|choice| choice.nr != one.nr));
        let since: Vec<_> = since.map(|one| FieldChoice { archived: true, ..one.clone() }).collect();
        back.choices.extend(since);
    }
    save(tx, &now, &back, What::Undone, Some(change.id)).await?;
    Ok(())
}

/// Makes a change that was prepared in a draft, unless the same fields were changed since it was prepared.
///
/// # Errors
/// As [`add`] and [`change`].
pub async fn carry_out(tx: &mut Tx, planned: &Planned) -> Result<()> {
    let id = OwnFieldId(planned.subject);
    if planned.what == What::Created {
        tx.actor().must(Permission::Administer)?;
        let mut facts: OwnFieldFacts = planned.made()?;
        is_free(tx, None, &facts).await?;
        let fields = room_for_one(tx, facts.of).await?;
        facts.position = ordered::free(&fields, id, &facts.position)?;
        return insert(tx, id, &facts).await;
    }
    let now = found(tx, id).await?;
    let mut new: OwnFieldFacts = planned.facts(&fields_of(&now.facts), now.version)?;
    let fields = of_kind(tx, now.facts.of).await?.fields;
    new.position = ordered::free(&fields, id, &new.position)?;
    save(tx, &now, &new, planned.what, None).await?;
    Ok(())
}

fn conflict(now: &OwnField) -> Error {
    Error::Conflict { version: now.version, theirs: Value::Object(fields_of(&now.facts)) }
}

/// Checks the rules, writes the field and records the event; `None` if nothing differs.
async fn save(
    tx: &mut Tx,
    now: &OwnField,
    new: &OwnFieldFacts,
    what: What,
    undoes: Option<EventId>,
) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    if now.facts == *new {
        return Ok(None);
    }
    let called_so = now.facts.active && search_key(&new.name) == search_key(&now.facts.name);
    if new.active && !called_so {
        is_free(tx, Some(now.id), new).await?;
    }
    let mut new = new.clone();
    if now.facts.shape != new.shape {
        if !now.facts.shape.fits(new.shape) && follows(tx, now, &new).await?.wrong > 0 {
            return Err(Error::invalid("shape", Problem::HasValues));
        }
        // The former type is kept: values and events that were written with it are read by it.
        new.formers = now.facts.formers.iter().filter(|one| one.shape != new.shape).cloned().collect();
        new.formers.push(now.facts.former());
    }
    let new = &new;
    let Some(fields) = difference(&now.facts, new) else { return Ok(None) };
    if !store::update(tx, now, new).await? {
        return Err(conflict(now));
    }
    record_for_all(tx, (Kind::Field, now.id.0), what, fields, undoes).await.map(Some)
}
