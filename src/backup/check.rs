//! The check of a database: the engine and its file, the migrations, every row of every table, and the program's own
//! invariants. It changes nothing and may run beside the server.

use super::store::catalog::{self, migrations, tables};
use super::store::invariants;
use super::store::link::Link;
use super::store::rows::rows;
use crate::server::database_url::{DatabaseUrl, Engine};
use crate::server::migrations::{missing, unknown, version_of};
use crate::server::pools::OLDEST_SQLITE;
use crate::server::{failed, sqlite_file};
use anyhow::Result;
use serde::Serialize;
use std::fmt;
use tokio_stream::StreamExt as _;

/// Older versions of PostgreSQL are not tested.
const OLDEST_POSTGRES: u32 = 15;

#[derive(Debug, Serialize)]
pub struct Finding {
    pub what: String,
    pub ok: bool,
    /// Not an error, but worth reading.
    pub warning: bool,
    pub about: String,
}

#[derive(Debug, Serialize)]
pub struct Report {
    pub program: &'static str,
    pub engine: Engine,
    pub ok: bool,
    pub findings: Vec<Finding>,
}

impl Report {
    fn note(&mut self, what: impl Into<String>, ok: bool, about: impl Into<String>) {
        self.ok &= ok;
        self.findings.push(Finding { what: what.into(), ok, warning: false, about: about.into() });
    }

    /// A part that could not be checked is a problem like any other.
    fn note_failure(&mut self, what: &str, why: &anyhow::Error) {
        self.note(what, false, failed::sentence(why));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            let mark = match (finding.ok, finding.warning) {
                (true, false) => "ok     ",
                (true, true) => "WARNING",
                (false, _) => "PROBLEM",
            };
            writeln!(f, "{mark}  {:<44}  {}", finding.what, finding.about)?;
        }
        write!(f, "{}", if self.ok { "all is well" } else { "there are problems, see above" })
    }
}

/// Checks everything.
///
/// # Errors
/// A sentence when the database can't be opened at all.
pub async fn check(place: &DatabaseUrl) -> Result<Report> {
    let mut opened = place.look().await?;
    let mut link = opened.link();
    let mut report =
        Report { program: env!("CARGO_PKG_VERSION"), engine: place.engine(), ok: true, findings: Vec::new() };
    if let DatabaseUrl::Sqlite(file) = place {
        let warnings = sqlite_file::warnings(file).into_iter();
        report.findings.extend(warnings.map(|about| Finding {
            what: "where the file lies".to_owned(),
            ok: true,
            warning: true,
            about,
        }));
    }
    match version(&mut link).await {
        Ok((ok, about)) => report.note("version of the engine", ok, about),
        Err(why) => report.note_failure("version of the engine", &why),
    }
    let whole = match invariants::engine(&mut link).await {
        Ok(wrong) => {
            report.note("file, indexes and references", wrong.is_empty(), short(&wrong));
            wrong.is_empty()
        }
        Err(why) => {
            report.note_failure("file, indexes and references", &why);
            false
        }
    };
    match steps(&mut link).await {
        Ok(about) => report.note("migrations", about.is_empty(), about),
        Err(why) => report.note_failure("migrations", &why),
    }
    if !invariants::is_ours(&mut link).await.unwrap_or(false) {
        report.note("the firm's tables", false, "there are none");
        return Ok(report);
    }
    if let Err(why) = every_row(&mut link, &mut report).await {
        report.note_failure("every row", &why);
    }
    match rules(&mut link).await {
        Ok(found) => {
            for (rule, wrong) in found {
                report.note(
                    rule,
                    wrong == 0,
                    if wrong == 0 { String::new() } else { format!("{wrong} wrong") },
                );
            }
        }
        Err(why) if whole => report.note_failure("the firm's rules", &why),
        Err(_) => {}
    }
    Ok(report)
}

async fn rules(link: &mut Link<'_>) -> Result<Vec<(String, i64)>> {
    let tables = tables(link).await?;
    invariants::firm(link, &tables).await
}

async fn version(link: &mut Link<'_>) -> Result<(bool, String)> {
    let text = catalog::version(link).await?;
    let version = version_of(text.split(' ').next().unwrap_or_default());
    Ok(match link.engine() {
        Engine::Sqlite => (version >= OLDEST_SQLITE, format!("SQLite {text}, inside this program")),
        Engine::Postgres => (version[0] >= OLDEST_POSTGRES, format!("PostgreSQL {text}")),
    })
}

async fn steps(link: &mut Link<'_>) -> Result<String> {
    let applied = migrations(link).await?;
    let list = |steps: Vec<i64>| steps.iter().map(|step| format!("{step:04}")).collect::<Vec<_>>().join(", ");
    let (new, old) = (unknown(&applied), missing(link.engine(), &applied));
    Ok(match (new.is_empty(), old.is_empty()) {
        (true, true) => String::new(),
        (false, _) => format!("a newer Kartotek has worked with it: {}", list(new)),
        (true, false) => format!("{} still to come: start the server once", list(old)),
    })
}

async fn every_row(link: &mut Link<'_>, report: &mut Report) -> Result<()> {
    let mut all = 0_u64;
    let mut stale: Vec<String> = Vec::new();
    for table in tables(link).await? {
        let mut wrong = 0_u64;
        let mut rows = rows(link, &table);
        while let Some(row) = rows.next().await {
            all += 1;
            wrong += u64::from(!invariants::keys_fit(&table, &row?));
        }
        drop(rows);
        if wrong > 0 {
            stale.push(format!("{wrong} of {}", table.name));
        }
    }
    report.note("every row can be read", true, format!("{all} rows"));
    report.note("order and name keys fit their names", stale.is_empty(), short(&stale));
    Ok(())
}

/// The first few of many problems.
fn short(lines: &[String]) -> String {
    let more = if lines.len() > 5 { format!(" and {} more", lines.len() - 5) } else { String::new() };
    lines.iter().take(5).map(String::as_str).collect::<Vec<_>>().join("; ") + &more
}
