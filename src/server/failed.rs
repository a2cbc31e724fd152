//! Why a command failed, in words for the person at the command line: one sentence, without error codes or a stack
//! trace. Not for HTTP requests: those answer with codes (`error.rs`) and log the cause.

use super::sqlite_file::trouble;
use crate::error::Error;
use anyhow::anyhow;
use sqlx::postgres::PgConnectOptions;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

const FULL: &str = "the disk is full: make room and try again; what was said to be done is kept";

/// The cause of the last internal error outside of a request. `Error::Internal` itself carries only a code, and at the
/// command line there is no log in which to look the cause up.
static CAUSE: Mutex<Option<String>> = Mutex::new(None);

/// Notes the cause of a failure outside of any request.
pub fn remember(cause: String) {
    *CAUSE.lock().unwrap_or_else(PoisonError::into_inner) = Some(cause);
}

fn remembered() -> String {
    let cause = CAUSE.lock().unwrap_or_else(PoisonError::into_inner).clone();
    cause.unwrap_or_else(|| "something failed that should not; please tell us what you did".to_owned())
}

fn of_ours(error: &Error) -> String {
    match error {
        Error::Internal { .. } | Error::Unavailable | Error::Offline => remembered(),
        Error::DiscFull => FULL.to_owned(),
        other => other.to_string(),
    }
}

/// The whole error in one line: what was tried, and why it failed.
#[must_use]
pub fn sentence(why: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in why.chain() {
        let ours = cause.downcast_ref::<sqlx::Error>();
        let part = match cause.downcast_ref::<Error>() {
            Some(error) => of_ours(error),
            None => ours.map_or_else(|| cause.to_string(), of_engine),
        };
        if parts.last().is_none_or(|last| !last.contains(&part)) {
            parts.push(part);
        }
        // The causes below this one say the same again, with the error code.
        if ours.is_some() {
            break;
        }
    }
    parts.join(": ")
}

/// The error of a database engine, in words.
#[must_use]
pub fn of_engine(cause: &sqlx::Error) -> String {
    if super::failure::is_full(cause) {
        return FULL.to_owned();
    }
    let engine = match cause {
        sqlx::Error::Database(engine) => engine,
        sqlx::Error::PoolTimedOut => return "the database gave no connection within ten seconds".to_owned(),
        sqlx::Error::Io(cause) => return format!("the connection to the database failed: {cause}"),
        other => return other.to_string(),
    };
    let code = engine.code().unwrap_or_default();
    // Codes of up to four digits are SQLite's (sqlite.org/rescode.html), codes of five characters PostgreSQL's.
    let sqlite = (code.len() < 5).then(|| code.parse::<u32>().ok()).flatten();
    match (sqlite.map(|code| code & 0xff), code.as_ref()) {
        (Some(5 | 6), _) => "another program has held the database for longer than ten seconds".to_owned(),
        (Some(8), _) => {
            "the database may be read only: its file, its folder or the disk can't be written".to_owned()
        }
        (Some(10), _) => format!("the disk could not be read or written ({})", engine.message()),
        (Some(11), _) => {
            "the database is damaged: `kartotek check` says where, `kartotek restore` brings a backup back"
                .to_owned()
        }
        (Some(14), _) => "the file could not be opened".to_owned(),
        (Some(26), _) => "the file is no SQLite database".to_owned(),
        _ => engine.message().to_owned(),
    }
}

/// Whether SQLite can't use the file at all: not allowed, read-only, unreadable, full, or not a database.
#[must_use]
pub fn is_shut(cause: &sqlx::Error) -> bool {
    let code = cause.as_database_error().and_then(|cause| cause.code()?.parse::<u32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, 3 | 8 | 10 | 13 | 14 | 23 | 26))
}

/// Why the SQLite file could not be opened.
#[must_use]
pub fn of_sqlite(file: &Path, cause: &sqlx::Error) -> anyhow::Error {
    match trouble::of_database(file) {
        Some(trouble) => anyhow!(trouble),
        None => anyhow!("{} can't be used: {}", file.display(), of_engine(cause)),
    }
}

/// Why connecting to PostgreSQL failed. Never shows the password.
#[must_use]
pub fn of_postgres(options: &PgConnectOptions, cause: &sqlx::Error) -> anyhow::Error {
    let (user, name) = (options.get_username(), options.get_database().unwrap_or(options.get_username()));
    let place = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None if options.get_host().starts_with('/') => options.get_host().to_owned(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let code = cause.as_database_error().and_then(|cause| cause.code()).unwrap_or_default();
    match (cause, code.as_ref()) {
        (sqlx::Error::Io(cause), _) => anyhow!(
            "no PostgreSQL answers at {place} ({cause}): see that it runs and that --database names the right place"
        ),
        (_, "28P01" | "28000") => anyhow!(
            "PostgreSQL at {place} did not let {user} in ({}): see the name and the password in --database",
            of_engine(cause)
        ),
        (_, "3D000") => anyhow!(
            "PostgreSQL at {place} has no database {name}: make it (createdb -O {user} {name}) or name another one"
        ),
        _ => anyhow!("PostgreSQL at {place} could not be used: {}", of_engine(cause)),
    }
}

/// Why the program can't listen on that address.
#[must_use]
pub fn of_listening(listen: SocketAddr, cause: &std::io::Error) -> anyhow::Error {
    use std::io::ErrorKind;
    let why = match cause.kind() {
        ErrorKind::AddrInUse => {
            "another program listens there already, perhaps Kartotek itself: stop it, or name another address with \
             --listen"
        }
        ErrorKind::AddrNotAvailable => "this machine has no such address: name one of its own with --listen",
        ErrorKind::PermissionDenied => {
            "ports below 1024 are kept for root: name a higher one with --listen and let a proxy pass on what comes"
        }
        _ => return anyhow!("can't listen on {listen}: {cause}"),
    };
    anyhow!("can't listen on {listen}: {why}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn a_chain_becomes_one_line_without_repeating_itself() {
        let why = Err::<(), _>(std::io::Error::other("the wire is cut"))
            .context("it was tried: the wire is cut")
            .context("nothing was done")
            .expect_err("an error");
        assert_eq!(sentence(&why), "nothing was done: it was tried: the wire is cut");
        let ours = anyhow!(Error::DiscFull).context("the rows did not come in");
        assert_eq!(sentence(&ours), format!("the rows did not come in: {FULL}"));
        remember("the wire is cut".to_owned());
        let ours = sentence(&anyhow!(Error::Internal { request: String::new() }));
        assert!(!ours.contains("internal"), "{ours}");
        assert_eq!(
            sentence(&anyhow!(sqlx::Error::PoolTimedOut)),
            "the database gave no connection within ten seconds"
        );
    }

    #[test]
    fn addresses_say_what_to_do() {
        let listen: SocketAddr = "127.0.0.1:80".parse().expect("an address");
        for (kind, part) in [
            (std::io::ErrorKind::AddrInUse, "another program listens there already"),
            (std::io::ErrorKind::PermissionDenied, "ports below 1024"),
            (std::io::ErrorKind::AddrNotAvailable, "no such address"),
        ] {
            let said = of_listening(listen, &kind.into()).to_string();
            assert!(said.contains(part) && said.contains("127.0.0.1:80"), "{said}");
        }
    }
}
