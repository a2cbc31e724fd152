//! Searches what can be chosen in a field that links to a record or a person: the best matches for a typed text, as far
//! as they are in reach of the person asking.

use crate::customers;
use crate::deals;
use crate::deals::view::DealQuery;
use crate::error::{Error, Result};
use crate::fields::FieldsOf;
use crate::i18n::fold::search_key;
use crate::own_records;
use crate::server::db::Tx;
use crate::ui::Pick;
use uuid::Uuid;

/// The most matches.
const OFFERED: usize = 8;

/// The best matches among records of this kind; among people if `of` is `None`.
///
/// # Errors
/// `Internal` only.
pub async fn choices(tx: &mut Tx, of: Option<FieldsOf>, typed: &str) -> Result<Vec<Pick>> {
    let pick = |id: Uuid, name: String, sub: String| Pick { id: id.to_string(), name, sub };
    Ok(match of {
        None => {
            let people: Vec<(Uuid, String)> = tx
                .everyones(
                    "SELECT u.id, u.name FROM units u JOIN people p ON p.id = u.id WHERE p.active \
                     ORDER BY u.sort_key, u.id",
                )
                .all()
                .await?;
            let key = search_key(typed);
            let fits = |name: &str| search_key(name).contains(&key);
            let fitting = people.into_iter().filter(|(_, name)| fits(name)).take(OFFERED);
            fitting.map(|(id, name)| pick(id, name, String::new())).collect()
        }
        Some(FieldsOf::Customer) => {
            let found = customers::store::choices(tx, typed).await?.into_iter();
            found.map(|one| pick(one.id.0, one.name, one.city)).collect()
        }
        Some(FieldsOf::Deal) => {
            let query = DealQuery { search: typed.to_owned(), ..DealQuery::default() };
            let rows = deals::store::list::list(tx, &query).await?.rows.into_iter().take(OFFERED);
            rows.map(|row| pick(row.id.0, row.title, row.customer.unwrap_or_default())).collect()
        }
        Some(FieldsOf::Own(nr)) => {
            let most = i64::try_from(OFFERED).unwrap_or_default();
            let named = match own_records::store::found::first(tx, nr, typed, most).await {
                // The kind can be hidden from the person asking: then there is nothing to choose.
                Err(Error::NotFound) => Vec::new(),
                named => named?,
            };
            named.into_iter().map(|one| pick(one.id.0, one.name, String::new())).collect()
        }
    })
}
