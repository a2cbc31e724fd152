//! The products table: read by forms, written by the firm's owner. Everyone in the firm sees all products. A product
//! that is no longer offered keeps its row, because deals and history name it.

use super::model::{Product, ProductFacts, ProductForm, ProductPage};
use crate::auth::model::Permission;
use crate::deals::view::ProductChoice;
use crate::error::{Error, Problem, Result};
use crate::i18n::fold::search_key;
use crate::id::{EventId, ProductId};
use crate::journal::conflict::merged;
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::store::{Undoable, as_of, record_for_all};
use crate::live::Kind;
use crate::server::db::Tx;
use crate::server::text::{holds, looked_for, signs_of, sort_key};
use serde_json::{Value, json};
use uuid::Uuid;

/// How many are shown at once; firms with more use the search.
const SHOWN: usize = 200;

/// The products to choose from, by name; `also` is the present choice and is included even if it is no longer offered.
///
/// # Errors
/// `Internal` only.
pub async fn choices(tx: &mut Tx, also: Option<ProductId>) -> Result<Vec<ProductChoice>> {
    Ok(tx
        .everyones(
            "SELECT id, name FROM products WHERE (active OR id = $2) \
             ORDER BY sort_key, id",
        )
        .bind(also)
        .all()
        .await?)
}

/// Whether the product exists and is on offer.
///
/// # Errors
/// `Internal` only.
pub async fn is_sold(tx: &mut Tx, id: ProductId) -> Result<bool> {
    let found: Option<(ProductId,)> =
        tx.everyones("SELECT id FROM products WHERE id = $2 AND active").bind(id).optional().await?;
    Ok(found.is_some())
}

/// All products, those on offer first, by name.
///
/// # Errors
/// `Internal` only.
pub async fn all(tx: &mut Tx) -> Result<Vec<Product>> {
    Ok(tx
        .everyones(
            "SELECT id, version, name, series, price, currency, active FROM products ORDER BY active DESC, sort_key, \
             id",
        )
        .all()
        .await?)
}

/// The products with the typed text in their name or series.
///
/// # Errors
/// `Forbidden` for anybody but an owner.
pub async fn list(tx: &mut Tx, typed: &str) -> Result<ProductPage> {
    tx.actor().must(Permission::Administer)?;
    let mut products = all(tx).await?;
    // A firm has hundreds or some thousands of products, which need no search index.
    let typed = looked_for(typed);
    let (wanted, signs) = (search_key(typed), signs_of(typed));
    products.retain(|product| {
        let text = format!("{} {}", product.facts.name, product.facts.series);
        match &signs {
            Some(signs) => holds(&text, signs),
            None => wanted.split(' ').all(|word| search_key(&text).contains(word)),
        }
    });
    let more = products.len().saturating_sub(SHOWN);
    products.truncate(SHOWN);
    Ok(ProductPage { products, more, currency: tx.actor().currency })
}

async fn found(tx: &mut Tx, id: ProductId) -> Result<Product> {
    let product: Option<Product> = tx
        .everyones(
            "SELECT id, version, name, series, price, currency, active FROM products \
             WHERE id = $2",
        )
        .bind(id)
        .optional()
        .await?;
    product.ok_or(Error::NotFound)
}

/// Refuses a name that another product on offer has: nobody could choose between the two.
async fn is_free(tx: &mut Tx, id: Option<ProductId>, facts: &ProductFacts) -> Result<()> {
    let taken = |one: &Product| one.facts.active && Some(one.id) != id && one.facts.is_called_like(facts);
    if all(tx).await?.iter().any(taken) { Err(Error::invalid("name", Problem::Taken)) } else { Ok(()) }
}

/// Adds a product.
///
/// # Errors
/// `Invalid` with every problem, `Taken` for a name in use; `Forbidden` for anybody but an owner.
pub async fn add(tx: &mut Tx, form: &ProductForm) -> Result<ProductId> {
    let facts = form.parse().map_err(Error::Invalid)?;
    is_free(tx, None, &facts).await?;
    let id = ProductId(Uuid::now_v7());
    create(tx, id, &facts, What::Created).await?;
    Ok(id)
}

/// Inserts a product with that id and puts it on record.
///
/// # Errors
/// `Forbidden` for anybody but an owner.
pub async fn create(tx: &mut Tx, id: ProductId, facts: &ProductFacts, what: What) -> Result<()> {
    tx.actor().must(Permission::Administer)?;
    tx.everyones(
        "INSERT INTO products (id, name, series, price, currency, sort_key, active) \
         VALUES ($2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(facts.name.clone())
    .bind(facts.series.clone())
    .bind(facts.price)
    .bind(facts.currency)
    .bind(sort_key(&facts.name))
    .bind(facts.active)
    .execute()
    .await?;
    // Undoing the creation of a product takes it out of the offer. An imported product has nothing to undo.
    let before = match what {
        What::Created => Fields::from_iter([("active".to_owned(), json!(false))]),
        _ => Fields::new(),
    };
    record_for_all(tx, (Kind::Product, id.0), what, (before, fields_of(facts)), None).await?;
    Ok(())
}

/// Changes a product to what the form says; `None` where nothing differs.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` when somebody changed the same field since; `NotFound`; `Forbidden`.
pub async fn change(tx: &mut Tx, id: ProductId, form: &ProductForm) -> Result<Option<EventId>> {
    let version: i64 = form.version.parse().map_err(|_| Error::BadRequest)?;
    let typed = form.parse().map_err(Error::Invalid)?;
    let now = found(tx, id).await?;
    let was = as_of(tx, Kind::Product, id.0, (&now.facts, now.version), version).await?;
    let new = was.and_then(|was| {
        let mine = ProductFacts { active: was.active, ..typed };
        merged(&was, &now.facts, &mine, &[&["price", "currency"]], false).ok()
    });
    let new = new.ok_or_else(|| conflict(&now))?;
    save(tx, &now, &new, What::Changed, None).await
}

/// Takes it out of the offer, or back in; `None` where it was so already.
///
/// # Errors
/// `Invalid` with `Taken` where another product has its name by now; `NotFound`; `Forbidden`.
pub async fn archive(tx: &mut Tx, id: ProductId, archived: bool) -> Result<Option<EventId>> {
    let now = found(tx, id).await?;
    let new = ProductFacts { active: !archived, ..now.facts.clone() };
    save(tx, &now, &new, What::Changed, None).await
}

/// Undoes a change, unless somebody has changed the same fields since.
///
/// # Errors
/// `Conflict` when somebody has; `Invalid` with `Taken`; `Forbidden` for anybody but an owner.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let now = found(tx, ProductId(change.subject)).await?;
    let back: ProductFacts = change.facts(&fields_of(&now.facts), now.version)?;
    save(tx, &now, &back, What::Undone, Some(change.id)).await?;
    Ok(())
}

fn conflict(now: &Product) -> Error {
    Error::Conflict { version: now.version, theirs: Value::Object(fields_of(&now.facts)) }
}

async fn save(
    tx: &mut Tx,
    now: &Product,
    new: &ProductFacts,
    what: What,
    undoes: Option<EventId>,
) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    let Some(fields) = difference(&now.facts, new) else { return Ok(None) };
    let called_so = now.facts.active && new.is_called_like(&now.facts);
    if new.active && !called_so {
        is_free(tx, Some(now.id), new).await?;
    }
    let changed = tx
        .everyones(
            "UPDATE products SET name = $4, series = $5, price = $6, currency = $7, sort_key = $8, active = $9, \
               version = version + 1 \
             WHERE id = $2 AND version = $3",
        )
        .bind(now.id)
        .bind(now.version)
        .bind(new.name.clone())
        .bind(new.series.clone())
        .bind(new.price)
        .bind(new.currency)
        .bind(sort_key(&new.name))
        .bind(new.active)
        .execute()
        .await?;
    if changed == 0 {
        return Err(conflict(now));
    }
    record_for_all(tx, (Kind::Product, now.id.0), what, fields, undoes).await.map(Some)
}
