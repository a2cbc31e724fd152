//! The products table as forms read it. Products are the firm's own: everyone in it sees all of them. Writing them is the import's so far.

use crate::deals::shown::ProductChoice;
use crate::error::Result;
use crate::id::ProductId;
use crate::server::db::Tx;

/// The products to choose from, by name; `also` is chosen already and stands among them even if it is sold no more.
///
/// # Errors
/// `Internal` only.
pub async fn choices(tx: &mut Tx, also: Option<ProductId>) -> Result<Vec<ProductChoice>> {
    Ok(tx
        .query(
            "SELECT id, name FROM products WHERE (active OR id = $2) AND EXISTS (SELECT 1 FROM people WHERE id = $1) \
             ORDER BY sort_key, id",
        )
        .bind(also)
        .all()
        .await?)
}

/// Whether there is such a product to choose.
///
/// # Errors
/// `Internal` only.
pub async fn is_sold(tx: &mut Tx, id: ProductId) -> Result<bool> {
    let found: Option<(ProductId,)> = tx
        .query("SELECT id FROM products WHERE id = $2 AND active AND EXISTS (SELECT 1 FROM people WHERE id = $1)")
        .bind(id)
        .optional()
        .await?;
    Ok(found.is_some())
}
