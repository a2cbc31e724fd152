//! The commands of the program. It parses the arguments, calls the features and prints; the rules are in the features.

use super::router;
use crate::auth::store::at_the_command_line;
use crate::backup::daily::every_day;
use crate::error::Error;
use crate::people::store::{NewFirm, NewPerson, add_person, found, group, rebuild_reach, root};
use crate::server::address::Proxies;
use crate::server::config::{Command, Config, UserCommand};
use crate::server::database_url::DatabaseUrl;
use crate::server::db::Db;
use crate::server::edge::Edge;
use crate::server::request::App;
use crate::server::serve::serve;
use crate::server::sqlite_file::{self, lock, log, trouble};
use crate::{backup, import, sample, stats};
use anyhow::{Context as _, anyhow, bail};
use axum::http::Uri;
use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;

/// Runs the command.
///
/// # Errors
/// A sentence for the person at the command line.
pub async fn run(config: Config) -> anyhow::Result<()> {
    match &config.command {
        Command::Serve { log_json, .. } => start_log(*log_json, "info"),
        // Commands print everything they have to say, including the cause of a failure.
        _ => start_log(false, "warn,kartotek::server::request=off"),
    }
    match config.command {
        Command::Serve { database, listen, base_url, trusted_proxy, log_json: _, backups } => {
            let place = DatabaseUrl::of(&database.database)?;
            let _alone = alone(&place).await?;
            let db = Db::open_with(&database.database, backups.as_deref()).await?;
            if let DatabaseUrl::Sqlite(file) = &place {
                sqlite_file::warnings(file).iter().for_each(|warning| tracing::warn!("{warning}"));
            }
            match backups.or_else(|| place.usual_backups()) {
                Some(folder) => {
                    if let Some(trouble) = trouble::of_new_folder(&folder) {
                        tracing::error!("there will be no daily backups: {trouble}");
                    }
                    drop(tokio::spawn(every_day(db.clone(), place, folder)));
                }
                None => tracing::warn!("no daily backups: --backups names no folder for them"),
            }
            crate::deals::pipeline::ready_to_sell(&db).await.map_err(told)?;
            crate::fields::own::store::convert::fill(&db).await.map_err(told)?;
            tokio::spawn(crate::fields::own::store::convert::whenever_needed(db.clone()));
            tokio::spawn(crate::journal::store::purge::every_day(db.clone()));
            let secure = base_url.as_deref().is_some_and(|url| url.starts_with("https://"));
            let base = base_url.as_deref().and_then(|url| url.parse::<Uri>().ok()?.into_parts().authority);
            let edge = Edge { base, proxies: Proxies::of(trusted_proxy), ..Edge::default() };
            let app = App { db, throttle: Arc::default(), edge: Arc::new(edge), secure, show: router::show };
            let service = router::router(app.clone());
            serve(app, service, listen, |at| {
                say(&format!("Kartotek: {}", base_url.unwrap_or_else(|| format!("http://{at}"))))
            })
            .await
        }
        Command::Check { database, json } => {
            let (report, well) = backup::cli::checked(&database.database, json).await?;
            say(&report);
            if well { Ok(()) } else { bail!("the check found problems") }
        }
        Command::Backup { database, file } => tell(backup::cli::backed_up(&database.database, &file).await),
        Command::Restore { database, replace, file } => {
            tell(backup::cli::restored(&database.database, &file, replace).await)
        }
        Command::User { command } => user(command).await,
        Command::Sample { database, customers, deals, open, activities, common, seed } => {
            let db = Db::open(&database.database).await?;
            let open = open.unwrap_or(deals / 2);
            let activities = activities
                .unwrap_or_else(|| customers.saturating_mul(2).saturating_add(deals.saturating_mul(3)));
            let options = sample::Options { customers, deals, open, activities, common, seed };
            let actor = at_the_command_line(&db, None).await.map_err(no_owner)?;
            let made = sample::fill(&db, actor, &options).await.map_err(told)?;
            say(&made);
            db.close().await;
            Ok(())
        }
        Command::Import { database, map, dry_run, folder } => {
            let db = Db::open(&database.database).await?;
            let report = import::bring_in(&db, &map, &folder, dry_run).await?;
            say(&report.to_string());
            db.close().await;
            if report.failed() { bail!("{}", report.verdict()) } else { Ok(()) }
        }
        Command::Stats { database, json } => {
            let db = Db::open(&database.database).await?;
            let actor = at_the_command_line(&db, None).await.map_err(no_owner)?;
            let stats = stats::count(&db, actor).await.map_err(told)?;
            say(&if json { serde_json::to_string(&stats)? } else { stats.to_string() });
            db.close().await;
            Ok(())
        }
    }
}

/// Makes sure, before the server starts, that no other server uses the same file: takes the lock.
async fn alone(place: &DatabaseUrl) -> anyhow::Result<Option<lock::Held>> {
    let DatabaseUrl::Sqlite(file) = place else { return Ok(None) };
    if let Some(trouble) = trouble::of_database(file) {
        bail!(trouble);
    }
    let held = lock::take(file)?;
    log::must_belong(file).await?;
    Ok(Some(held))
}

async fn user(command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add { database, email, name, role, sees, group: path, password_stdin: _ } => {
            let password = Some(typed_password()?);
            let db = Db::open(&database.database).await?;
            let mut system = db.write_system().await.map_err(told)?;
            let firm = match root(&mut system).await.map_err(told)? {
                Some(firm) => firm,
                None => found(&mut system, &NewFirm::default()).await.map_err(told)?,
            };
            let mut under = firm;
            for part in
                path.iter().flat_map(|path| path.split('/')).map(str::trim).filter(|part| !part.is_empty())
            {
                under = group(&mut system, under, part).await.map_err(told)?;
            }
            let person = NewPerson { name, email: Some(email), role, sees, password, under: Some(under) };
            add_person(&mut system, person).await.map_err(told)?;
            rebuild_reach(&mut system).await.map_err(told)?;
            system.commit().await.map_err(told)?;
            db.close().await;
            say("added");
        }
        UserCommand::List { database } => {
            let db = Db::open(&database.database).await?;
            let actor = at_the_command_line(&db, None).await.map_err(no_owner)?;
            let mut tx = db.read(actor).await.map_err(told)?;
            for node in crate::people::store::tree(&mut tx).await.map_err(told)? {
                let indent = "  ".repeat(usize::from(node.depth));
                let facts = node.person.map_or_else(String::new, |person| {
                    format!(
                        "  {:?}, sees {:?}, {}",
                        person.role,
                        person.sees,
                        person.email.unwrap_or_else(|| "no sign-in".into())
                    )
                });
                say(&format!("{indent}{}{facts}", node.name));
            }
        }
        UserCommand::ResetPassword { database, email, password_stdin: _ } => {
            let password = typed_password()?;
            let db = Db::open(&database.database).await?;
            crate::auth::store::links::reset_password(&db, &email, &password).await.map_err(told)?;
            db.close().await;
            say("set; all sessions of this person have ended");
        }
    }
    Ok(())
}

fn typed_password() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("the password could not be read")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn told(error: Error) -> anyhow::Error {
    match error {
        Error::Invalid(problems) => {
            let all: Vec<String> =
                problems.iter().map(|one| format!("{}: {:?}", one.field, one.problem)).collect();
            anyhow!(all.join("; "))
        }
        other => anyhow!(other),
    }
}

fn no_owner(error: Error) -> anyhow::Error {
    match error {
        Error::NotFound => anyhow!(
            "there is no firm yet: open the program in a browser, or use `kartotek user add --role owner`"
        ),
        other => told(other),
    }
}

fn tell(told: anyhow::Result<String>) -> anyhow::Result<()> {
    told.map(|line| say(&line))
}

fn say(line: &str) {
    // A closed pipe is no error: the reader has seen enough.
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn start_log(json: bool, usually: &str) {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter = EnvFilter::try_from_env("KARTOTEK_LOG").unwrap_or_else(|_| EnvFilter::new(usually));
    let log =
        fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    if json {
        log.json().init()
    } else {
        log.init()
    }
    std::panic::set_hook(Box::new(
        |panic| tracing::error!(%panic, request = %crate::server::failure::id(), "panic"),
    ));
}
