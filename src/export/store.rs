//! The event of an export: who exported which list, how many rows, and with which search.

use crate::error::Result;
use crate::journal::model::{Fields, What};
use crate::journal::store::{Change, record};
use crate::live::Kind;
use crate::server::db::Tx;
use serde_json::Value;

/// Puts an export on record before its first row is sent. The event is about the person who exports, whose facts do not
/// change.
///
/// # Errors
/// `Internal` only.
pub async fn put_on_record(tx: &mut Tx, list: &str, search: &str, rows: i64) -> Result<()> {
    let unit = tx.actor().unit();
    let mut after = Fields::new();
    after.insert("list".into(), Value::from(list));
    after.insert("search".into(), Value::from(search));
    after.insert("rows".into(), Value::from(rows));
    let change = Change {
        kind: Kind::Person,
        subject: tx.actor().id.0,
        units: (unit, unit),
        customer: None,
        what: What::Exported,
        before: Fields::new(),
        after,
        cmd: None,
        undoes: None,
    };
    record(tx, change).await?;
    Ok(())
}
