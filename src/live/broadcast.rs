//! How a notice reaches every process: a channel inside this process, PostgreSQL's LISTEN between processes, and
//! polling the SQLite file for writes of other programs. Who may receive a notice is decided in `stream`.

use super::model::Notice;
use sqlx::postgres::{PgListener, PgPool};
use sqlx::sqlite::SqlitePool;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tokio::sync::{broadcast, watch};

/// How many notices are kept for a slow browser; one that falls behind further reads everything again.
const BACKLOG: usize = 256;
const RETRY_LISTENING: Duration = Duration::from_secs(2);
/// How often the SQLite file is checked for writes of another program.
const LOOK_AT_FILE: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub struct Live {
    pub(super) notices: broadcast::Sender<Notice>,
    /// The counter of changed rights, as last read from the database.
    pub(super) rights: watch::Sender<i64>,
    /// Whether a task polls the counter; none does while no stream is open.
    pub(super) ticking: Arc<AtomicBool>,
}

impl Live {
    #[must_use]
    pub(crate) fn new() -> Self {
        Self {
            notices: broadcast::channel(BACKLOG).0,
            rights: watch::Sender::new(0),
            ticking: Arc::default(),
        }
    }

    /// Sends a notice to this process's browsers. Call it after the commit only.
    pub(crate) fn tell(&self, notice: Notice) {
        // Nobody listening is not an error.
        let _ = self.notices.send(notice);
    }

    /// Passes on what any process on this PostgreSQL commits, this one included.
    pub(crate) async fn hear_other_processes(&self, pool: &PgPool) -> sqlx::Result<()> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen("kartotek").await?;
        let live = self.clone();
        tokio::spawn(async move {
            loop {
                match listener.try_recv().await {
                    Ok(Some(heard)) => match serde_json::from_str(heard.payload()) {
                        Ok(notice) => live.tell(notice),
                        Err(cause) => tracing::warn!(%cause, "a notice could not be read"),
                    },
                    // The connection was lost for a while, so notices may have been missed.
                    Ok(None) => live.tell(Notice::everything()),
                    Err(sqlx::Error::PoolClosed) => return,
                    Err(cause) => {
                        tracing::warn!(%cause, "listening to other processes failed; trying again");
                        tokio::time::sleep(RETRY_LISTENING).await;
                        live.tell(Notice::everything());
                    }
                }
            }
        });
        Ok(())
    }

    /// Notices when another program (an import, say) writes to this SQLite file. It is unknown what was written, so
    /// browsers read everything again.
    #[expect(clippy::disallowed_methods, reason = "asks the engine about the file, nothing about the firm")]
    pub(crate) fn notice_other_writers(&self, write: &SqlitePool) {
        let (live, write) = (self.clone(), write.clone());
        tokio::spawn(async move {
            let mut look = tokio::time::interval(LOOK_AT_FILE);
            let mut seen = None;
            while !write.is_closed() {
                look.tick().await;
                // Taken while this process writes; writes of others are noticed at the next look.
                let Some(mut connection) = write.try_acquire() else { continue };
                // `data_version` changes only with commits of other connections, and this is the only connection of
                // ours that commits.
                let version = sqlx::query_scalar::<_, i64>("PRAGMA data_version").fetch_one(&mut *connection);
                let Ok(version) = version.await else { continue };
                if seen.replace(version).is_some_and(|before| before != version) {
                    live.tell(Notice::everything());
                }
            }
        });
    }
}
