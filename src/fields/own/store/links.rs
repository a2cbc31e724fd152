//! Fields that link to a record or a person: the names of the targets, as far as the person asking may see them, and
//! the records that link to a card. A target out of reach is not shown, and the link is kept when a form that did not
//! show it is saved.

use super::all;
use crate::error::{Error, FieldProblem, Problem, Result};
use crate::fields::FieldsOf;
use crate::fields::OwnValues;
use crate::fields::model::{Field, LinkTo, Shape};
use crate::fields::own::model::OwnFields;
use crate::fields::own::view::{LinkedGroup, LinkedRow};
use crate::journal::model::Card;
use crate::live::Kind;
use crate::own_kinds;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The most linking records on a card.
const ON_CARD: i64 = 60;
/// How many names one statement looks up.
const AT_ONCE: usize = 500;

/// The fields among these that are links.
fn leading(fields: &[Field]) -> impl Iterator<Item = (&Field, LinkTo)> {
    fields.iter().filter_map(|field| match field.shape {
        Shape::Linked(to, _) => Some((field, to)),
        _ => None,
    })
}

/// The id of the target of a link.
fn id_in(field: &Field, to: LinkTo, values: &OwnValues) -> Option<Uuid> {
    to.id(values.get(&field.key)?)?.parse().ok()
}

/// Adds to `own` the names of the targets of the links in these values, as far as they are in reach of the person
/// asking.
///
/// # Errors
/// `Internal` only.
pub async fn name_links<'v>(
    tx: &mut Tx,
    own: &mut OwnFields,
    values: impl IntoIterator<Item = &'v OwnValues>,
) -> Result<()> {
    let active = own.active();
    if leading(&active).next().is_none() {
        return Ok(());
    }
    let fields: Vec<(&Field, LinkTo)> = leading(&active).collect();
    let mut wanted: Vec<(LinkTo, BTreeSet<Uuid>)> = Vec::new();
    for values in values {
        for (field, to) in &fields {
            let Some(id) = id_in(field, *to, values) else { continue };
            if own.names.contains_key(&id.to_string()) {
                continue;
            }
            match wanted.iter_mut().find(|(known, _)| known == to) {
                Some((_, ids)) => {
                    ids.insert(id);
                }
                None => wanted.push((*to, BTreeSet::from([id]))),
            }
        }
    }
    for (to, ids) in wanted {
        let ids: Vec<Uuid> = ids.into_iter().collect();
        for ids in ids.chunks(AT_ONCE) {
            let named = names_of(tx, to, ids).await?.into_iter();
            own.names.extend(named.map(|(id, name)| (id.to_string(), name)));
        }
    }
    Ok(())
}

/// The names of these targets, if they exist, are of this kind and in reach. The names of people are known to
/// everybody.
async fn names_of(tx: &mut Tx, to: LinkTo, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let behind = ids.len() + 2;
    Ok(match to {
        LinkTo::Person => {
            let sql = Sql::new("SELECT u.id, u.name FROM units u JOIN people p ON p.id = u.id WHERE u.id IN");
            let query = tx.everyones(sql.rows_beside(1, ids.len()));
            ids.iter().fold(query, |query, id| query.bind(*id)).all().await?
        }
        LinkTo::Records(of) => {
            let sql = Sql::new("SELECT r.id, r.name FROM records r WHERE r.id IN")
                .rows_beside(1, ids.len())
                .filled("AND r.kind = {0} AND r.deleted_at IS NULL", "r", behind)
                .and("AND r.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)");
            let own = "AND EXISTS (SELECT 1 FROM own_records o WHERE o.id = r.id AND o.kind_number = {1}) \
                 AND {1} NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)";
            let (sql, nr) = match of {
                FieldsOf::Own(nr) => (sql.filled(own, "r", behind), Some(nr)),
                _ => (sql, None),
            };
            let query = ids.iter().fold(tx.query(sql), |query, id| query.bind(*id));
            query.bind(of.kind()).bind(nr).all().await?
        }
    })
}

/// The name of one target.
async fn name_of(tx: &mut Tx, to: LinkTo, id: Uuid) -> Result<Option<String>> {
    Ok(names_of(tx, to, &[id]).await?.pop().map(|(_, name)| name))
}

/// Checks the links of a record before it is saved. A new target must exist and be in reach. An old target that is out
/// of reach is kept if no other was chosen, because the form could not show it.
///
/// # Errors
/// `Invalid` with `Unknown` at each field whose target does not exist or is out of reach.
pub async fn settle_links(
    tx: &mut Tx,
    own: &OwnFields,
    values: &mut OwnValues,
    was: Option<&OwnValues>,
) -> Result<()> {
    let active = own.active();
    let mut wrong = Vec::new();
    for (field, to) in leading(&active) {
        let before = was.and_then(|was| id_in(field, to, was));
        match (id_in(field, to, values), before) {
            (now, before) if now == before => {}
            (Some(id), _) => {
                if name_of(tx, to, id).await?.is_none() {
                    wrong.push(FieldProblem { field: field.key.to_string(), problem: Problem::Unknown });
                }
            }
            (None, Some(id)) => {
                if name_of(tx, to, id).await?.is_none() {
                    values.put(&field.key, was.and_then(|was| was.get(&field.key)).cloned());
                }
            }
            (None, None) => {}
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

/// Prepares values for the browser: adds the name of each target, and removes links whose target is out of reach.
/// [`name_links`] must have read the names.
pub fn show_links(own: &OwnFields, values: &mut OwnValues) {
    let active = own.active();
    for (field, to) in leading(&active) {
        let Some(id) = values.get(&field.key).and_then(|value| to.id(value)).map(str::to_owned) else {
            continue;
        };
        let shown = own.names.get(&id).map(|name| json!({to.key(): id, "name": name}));
        values.put(&field.key, shown);
    }
}

/// Calls [`name_links`] and [`show_links`].
///
/// # Errors
/// `Internal` only.
pub async fn for_the_browser(tx: &mut Tx, own: &mut OwnFields, values: &mut OwnValues) -> Result<()> {
    name_links(tx, own, [&*values]).await?;
    show_links(own, values);
    Ok(())
}

/// A record that links to the card.
#[derive(sqlx::FromRow)]
struct Leads {
    field: i64,
    id: Uuid,
    kind: Kind,
    name: String,
}

/// The records in reach that link to this one, grouped by field. A field belongs to one kind of record, so hidden kinds
/// are excluded by their fields: these are few, and records are many.
///
/// # Errors
/// `Internal` only.
pub async fn leading_to(tx: &mut Tx, target: Uuid) -> Result<Vec<LinkedGroup>> {
    let rows: Vec<Leads> = tx
        .query(
            "SELECT l.field_number AS field, r.id, r.kind, r.name \
             FROM own_values l JOIN records r ON r.id = l.record_id \
             WHERE l.target_id = $2 AND r.deleted_at IS NULL \
               AND r.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
               AND l.field_number NOT IN (SELECT f.number FROM own_fields f \
                 WHERE f.kind IN (SELECT 'kind_' || number FROM hidden_kinds WHERE viewer_id = $1)) \
             ORDER BY l.field_number, r.name_key, r.id LIMIT $3",
        )
        .bind(target)
        .bind(ON_CARD)
        .all()
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let (fields, kinds, locale) =
        (all(tx).await?.fields, own_kinds::store::all(tx).await?, tx.actor().locale);
    let text = locale.text();
    let mut groups: Vec<(i64, LinkedGroup)> = Vec::new();
    for row in rows {
        let Some(field) = fields.iter().find(|field| field.nr == row.field) else { continue };
        let Some(card) = Card::of_record(row.kind, row.id) else { continue };
        let line = LinkedRow { path: card.path(), name: row.name };
        if let Some((_, group)) = groups.iter_mut().find(|(nr, _)| *nr == row.field) {
            group.rows.push(line);
            continue;
        }
        let of = match field.facts.of {
            FieldsOf::Customer => text.customers.title.to_owned(),
            FieldsOf::Deal => text.deals.title.to_owned(),
            FieldsOf::Own(nr) => kinds
                .iter()
                .find(|kind| kind.nr == nr)
                .map(|kind| kind.facts.many(locale).to_owned())
                .unwrap_or_default(),
        };
        let title = format!("{of} · {}", field.facts.name);
        groups.push((row.field, LinkedGroup { title, rows: vec![line] }));
    }
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}
