//! SQLite and PostgreSQL behind one interface: a transaction, values that can be bound on both, rows that can be read
//! from both. Only this file and `db.rs` know that there are two engines; no rule about who may do what is here.

use super::failure::Health;
use super::faults::Faults;
use super::pools::Turn;
use super::sql::Sql;
use super::sqlite_file::log;
use super::statements::Statements;
use super::timing::in_database;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Encode, FromRow, Transaction, Type};

/// Bindable on both engines.
pub trait Value:
    for<'q> Encode<'q, Sqlite> + Type<Sqlite> + for<'q> Encode<'q, Postgres> + Type<Postgres> + Send + 'static
{
}
impl<T> Value for T where
    T: for<'q> Encode<'q, Sqlite>
        + Type<Sqlite>
        + for<'q> Encode<'q, Postgres>
        + Type<Postgres>
        + Send
        + 'static
{
}

/// Readable from both engines.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

pub(super) enum Under {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
    /// The transaction was committed.
    Ended,
}

/// A connection in a transaction.
pub(super) struct Conn {
    under: Under,
    /// A statement has failed: no further statement runs, and nothing is committed. SQLite may have rolled back by
    /// itself, and later statements would then be committed one by one; PostgreSQL would answer a commit with a
    /// rollback but no error.
    broken: bool,
    /// The place in the queue of writers, held until the commit.
    turn: Option<Turn>,
    /// Whether a row was changed, even if only to lock it.
    wrote: bool,
    /// Whether something was changed that needs an event in the history.
    pub(super) changed: bool,
    health: Health,
    faults: Faults,
    statements: Statements,
}

impl Conn {
    pub(super) fn new(
        under: Under,
        turn: Option<Turn>,
        health: Health,
        (faults, statements): (Faults, Statements),
    ) -> Self {
        Self { under, broken: false, turn, wrote: false, changed: false, health, faults, statements }
    }

    pub(super) fn is_postgres(&self) -> bool {
        matches!(self.under, Under::Postgres(_))
    }

    pub(super) async fn commit(&mut self) -> sqlx::Result<()> {
        self.ready().await?;
        let done = match std::mem::replace(&mut self.under, Under::Ended) {
            Under::Sqlite(tx) if self.wrote => in_database(counted(tx)).await,
            Under::Sqlite(tx) => in_database(tx.commit()).await,
            Under::Postgres(tx) => in_database(tx.commit()).await,
            Under::Ended => Err(sqlx::Error::Protocol("it was committed before".into())),
        };
        // The next writer may begin, even if this connection goes on with a new transaction.
        self.turn = None;
        done.inspect_err(|cause| self.health.failed(cause))
    }

    /// Refuses every statement after one has failed.
    async fn ready(&mut self) -> sqlx::Result<()> {
        if self.broken {
            return Err(sqlx::Error::Protocol("a statement of this transaction has failed before".into()));
        }
        if self.turn.is_some() {
            let faulty = self.faults.strike(&mut self.under).await;
            return self.noting(faulty);
        }
        Ok(())
    }

    fn noting<T>(&mut self, done: sqlx::Result<T>) -> sqlx::Result<T> {
        if let Err(cause) = &done
            && !matches!(cause, sqlx::Error::RowNotFound)
        {
            self.broken = true;
            self.health.failed(cause);
        }
        done
    }

    fn text_of(&self, sql: Sql) -> AssertSqlSafe<String> {
        let text = sql.into_text(!self.is_postgres());
        self.statements.note(&text);
        AssertSqlSafe(text)
    }

    pub(super) fn query(&mut self, sql: Sql) -> Query<'_> {
        let args = match self.under {
            Under::Sqlite(_) => Args::Sqlite(SqliteArguments::default()),
            Under::Postgres(_) | Under::Ended => Args::Postgres(PgArguments::default()),
        };
        Query { conn: self, sql, args, wrong: None, locks: false }
    }
}

/// Counts the transaction in the SQLite file itself before the commit, so that a log can be matched to its file
/// (`sqlite_file::log`).
async fn counted(mut tx: Transaction<'static, Sqlite>) -> sqlx::Result<()> {
    log::count(&mut tx).await?;
    tx.commit().await
}

enum Args {
    Sqlite(SqliteArguments),
    Postgres(PgArguments),
}

/// A statement with its values; reading rows works as in sqlx.
pub struct Query<'c> {
    conn: &'c mut Conn,
    sql: Sql,
    args: Args,
    wrong: Option<BoxDynError>,
    /// The statement changes a row only to lock it; what is stored stays the same.
    locks: bool,
}

/// Runs `$call` with the sqlx query of whichever engine is under `$self`.
macro_rules! on_engine {
    ($self:ident, $make:ident::<$row:ty>, $call:ident) => {{
        if let Some(wrong) = $self.wrong {
            return Err(sqlx::Error::Encode(wrong));
        }
        let kept = !$self.sql.is_particular();
        let conn = $self.conn;
        conn.ready().await?;
        let sql = conn.text_of($self.sql);
        let done = match (&mut conn.under, $self.args) {
            (Under::Sqlite(tx), Args::Sqlite(args)) => {
                in_database(sqlx::$make::<Sqlite, $row, _>(sql, args).$call(&mut **tx)).await
            }
            (Under::Postgres(tx), Args::Postgres(args)) => {
                in_database(sqlx::$make::<Postgres, $row, _>(sql, args).persistent(kept).$call(&mut **tx))
                    .await
            }
            _ => Err(sqlx::Error::Protocol("values of another engine".into())),
        };
        conn.noting(done)
    }};
}

impl Query<'_> {
    pub(super) fn locking(mut self) -> Self {
        self.locks = true;
        self
    }

    pub(super) fn refuse(mut self, why: &'static str) -> Self {
        self.wrong = Some(why.into());
        self
    }

    /// Binds the next parameter (`$n`).
    #[must_use]
    pub fn bind<V: Value>(mut self, value: V) -> Self {
        let added = match &mut self.args {
            Args::Sqlite(args) => args.add(value),
            Args::Postgres(args) => args.add(value),
        };
        if let Err(wrong) = added {
            self.wrong.get_or_insert(wrong);
        }
        self
    }

    /// All rows.
    #[expect(clippy::disallowed_methods, reason = "the one place that calls sqlx")]
    pub async fn all<R: Row>(self) -> sqlx::Result<Vec<R>> {
        on_engine!(self, query_as_with::<R>, fetch_all)
    }

    /// The only row; it is an error if there is none.
    #[expect(clippy::disallowed_methods, reason = "the one place that calls sqlx")]
    pub async fn one<R: Row>(self) -> sqlx::Result<R> {
        on_engine!(self, query_as_with::<R>, fetch_one)
    }

    /// The first row, if there is one.
    #[expect(clippy::disallowed_methods, reason = "the one place that calls sqlx")]
    pub async fn optional<R: Row>(self) -> sqlx::Result<Option<R>> {
        on_engine!(self, query_as_with::<R>, fetch_optional)
    }

    /// Runs it and says how many rows it changed.
    #[expect(clippy::disallowed_methods, reason = "the one place that calls sqlx")]
    pub async fn execute(self) -> sqlx::Result<u64> {
        if let Some(wrong) = self.wrong {
            return Err(sqlx::Error::Encode(wrong));
        }
        let conn = self.conn;
        conn.ready().await?;
        let sql = conn.text_of(self.sql);
        let done = match (&mut conn.under, self.args) {
            (Under::Sqlite(tx), Args::Sqlite(args)) => {
                in_database(sqlx::query_with::<Sqlite, _>(sql, args).execute(&mut **tx))
                    .await
                    .map(|done| done.rows_affected())
            }
            (Under::Postgres(tx), Args::Postgres(args)) => {
                in_database(sqlx::query_with::<Postgres, _>(sql, args).execute(&mut **tx))
                    .await
                    .map(|done| done.rows_affected())
            }
            _ => Err(sqlx::Error::Protocol("values of another engine".into())),
        };
        let rows = conn.noting(done)?;
        conn.wrote |= rows > 0;
        conn.changed |= rows > 0 && !self.locks;
        Ok(rows)
    }
}
