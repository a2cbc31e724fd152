//! Restores into PostgreSQL, all in one transaction. A firm that is replaced is backed up first, into a file beside the
//! backup.

use super::{Restored, load, stamp};
use crate::backup::create::back_up;
use crate::backup::file::Head;
use crate::backup::snapshot::refuse_shared_ids;
use crate::backup::store::catalog::firm;
use crate::backup::store::fill::{clear, others};
use crate::backup::store::link::{Link, connect};
use crate::server::database_url::{DatabaseUrl, Engine};
use crate::server::migrations;
use anyhow::{Context as _, Result, bail};
use sqlx::Connection as _;
use sqlx::postgres::PgConnectOptions;
use std::path::Path;
use std::time::Duration;

pub(super) async fn restore(
    file: &Path,
    head: Head,
    options: &PgConnectOptions,
    replace: bool,
) -> Result<Restored> {
    let place = DatabaseUrl::Postgres(Box::new(options.clone()));
    let mut connection = connect(options).await?;
    let found = firm(&mut Link::Postgres(&mut connection)).await?;
    if let Some(name) = found.as_ref().filter(|_| !replace) {
        bail!(
            "the database holds the firm {name:?} already. With --replace it is backed up beside the file first, \
             then replaced"
        );
    }
    let mut busy = others(&mut Link::Postgres(&mut connection)).await?;
    for _ in 0..10 {
        if busy == 0 {
            break;
        }
        // Connections that were just closed are still counted for a moment.
        tokio::time::sleep(Duration::from_millis(100)).await;
        busy = others(&mut Link::Postgres(&mut connection)).await?;
    }
    if busy > 0 {
        bail!("the database is in use by {busy} others: stop every server first");
    }
    let mut aside = None;
    if found.is_some() {
        let kept = file.with_file_name(format!("replaced-{}.backup", stamp()));
        back_up(&place, &kept).await.context("what is there could not be backed up, so it stays")?;
        aside = Some(kept);
    }
    let mut tx = connection.begin().await?;
    clear(&mut Link::Postgres(&mut tx)).await?;
    migrations::run(&migrations::as_of(Engine::Postgres, head.engine, &head.migrations), &mut *tx)
        .await
        .context("the tables could not be made")?;
    let size = load(&mut Link::Postgres(&mut tx), file).await?;
    refuse_shared_ids(&mut Link::Postgres(&mut tx)).await?;
    migrations::run(&migrations::postgres(), &mut *tx)
        .await
        .context("the restored data could not be brought up to date")?;
    tx.commit().await?;
    // Without statistics PostgreSQL plans as if the tables were empty.
    Link::Postgres(&mut connection).run("ANALYZE".to_owned()).await?;
    connection.close().await?;
    Ok(Restored { head, size, aside })
}
