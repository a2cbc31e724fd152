//! Restores into an SQLite file: a new file is built beside the old one and checked, then takes its place; the old one
//! is kept under another name.

use super::{Restored, load, settle, stamp};
use crate::backup::file::{Head, Size};
use crate::backup::snapshot::refuse_shared_ids;
use crate::backup::store::catalog::firm;
use crate::backup::store::link::{Link, existing};
use crate::backup::store::{invariants, link};
use crate::server::database_url::Engine;
use crate::server::failure::is_full;
use crate::server::migrations;
use crate::server::sqlite_file::{lock, log, trouble};
use anyhow::{Context as _, Result, bail};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use std::fs::Permissions;
use std::path::{Path, PathBuf};

pub(super) async fn restore(file: &Path, head: Head, to: &Path, replace: bool) -> Result<Restored> {
    let there = to.exists();
    let mut _alone = None;
    if there {
        if let Some(trouble) = trouble::of_database(to) {
            bail!(trouble);
        }
        if let Some(holder) = lock::holder(to) {
            bail!("{} is in use by the server ({holder}): stop it first", to.display());
        }
        _alone = Some(lock::take(to)?);
        may_go(to, replace).await?;
    }
    let beside = with_ending(to, &format!(".restoring-{}", stamp()));
    let built = build(file, &head, &beside).await;
    let size = match built {
        Ok(size) => size,
        Err(why) => {
            remove(&beside);
            return Err(why);
        }
    };
    if there {
        as_before(to, &beside);
        keep_private(to);
    }
    let aside = there.then(|| with_ending(to, &format!(".before-restore-{}", stamp())));
    if let Some(aside) = &aside {
        // The log belongs to the old file and is moved with it; if it stayed, SQLite would take it for the new file's.
        for ending in ["-wal", "-shm"] {
            let log = with_ending(to, ending);
            if log.exists() {
                std::fs::rename(&log, with_ending(aside, ending))?;
            }
        }
        // A hard link first, so that there is a database under the name at every moment, the old one or the new one.
        if std::fs::hard_link(to, aside).is_err() {
            std::fs::rename(to, aside)?;
        }
    }
    std::fs::rename(&beside, to).with_context(|| format!("{} could not be put in place", to.display()))?;
    settle(to.parent());
    Ok(Restored { head, size, aside })
}

/// Gives the new file the owner of the old one, as far as allowed: root may restore on behalf of the server's user.
fn as_before(old: &Path, new: &Path) {
    if let Ok(about) = std::fs::metadata(old) {
        let _ = std::fs::set_permissions(new, private(about.permissions()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let _ = std::os::unix::fs::chown(new, Some(about.uid()), Some(about.gid()));
        }
    }
}

/// Removes the read permission of others from the old file that was moved aside.
fn keep_private(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let file = with_ending(file, ending);
        if let Ok(about) = std::fs::metadata(&file) {
            let _ = std::fs::set_permissions(&file, private(about.permissions()));
        }
    }
}

/// The permissions without those of everybody, and without those of a group that may only read: a group that may write
/// is there on purpose.
fn private(permissions: Permissions) -> Permissions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = permissions.mode();
        Permissions::from_mode(if mode & 0o020 == 0 { mode & 0o700 } else { mode & 0o770 })
    }
    #[cfg(not(unix))]
    permissions
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn remove(file: &Path) {
    for ending in ["", "-journal", "-wal", "-shm"] {
        let _ = std::fs::remove_file(with_ending(file, ending));
    }
}

/// Whether the existing file may be replaced: nobody uses it, and it holds no firm or `replace` was given.
async fn may_go(to: &Path, replace: bool) -> Result<()> {
    let unreadable = |why: sqlx::Error| {
        if replace {
            tracing::warn!(%why, "what is there can't be read as a database; it is put aside as it is");
            Ok(())
        } else {
            Err(anyhow::Error::new(why).context(format!(
                "{} can't be read as a database; --replace puts it aside as it is",
                to.display()
            )))
        }
    };
    if let Err(why) = log::must_belong(to).await {
        // The file and the log are both moved aside as they are.
        return if replace { Ok(()) } else { Err(why) };
    }
    let mut old = match existing(to).connect().await {
        Ok(old) => old,
        Err(why) => return unreadable(why),
    };
    let found = match firm(&mut Link::Sqlite(&mut old)).await {
        Ok(found) => found,
        Err(why) => {
            return unreadable(
                why.downcast().unwrap_or_else(|other| sqlx::Error::Protocol(other.to_string())),
            );
        }
    };
    if let Some(name) = found.filter(|_| !replace) {
        bail!(
            "{} holds the firm {name:?} already. With --replace the file is kept under another name and the backup \
             takes its place",
            to.display()
        );
    }
    // Leaving WAL mode requires exclusive access, and moves everything from the log into the file.
    let alone = async {
        old.execute("PRAGMA busy_timeout = 1000").await?;
        old.execute("PRAGMA journal_mode = DELETE").await
    };
    match alone.await {
        Err(why) if is_full(&why) => bail!("{}: the disk is full; nothing was changed", to.display()),
        Err(why) => bail!("{} is in use: stop the server first ({why})", to.display()),
        Ok(_) => {}
    }
    old.close().await?;
    Ok(())
}

/// Builds a new SQLite file from the backup and checks it: every row is read back, every reference and the file itself
/// are checked.
///
/// # Errors
/// The first check that fails; the file must not be used then.
pub async fn build(file: &Path, head: &Head, to: &Path) -> Result<Size> {
    let mut new = link::build(to).await?;
    let steps = migrations::as_of(Engine::Sqlite, head.engine, &head.migrations);
    migrations::run(&steps, &mut new).await.context("the tables could not be made")?;
    new.execute("BEGIN").await?;
    let size = load(&mut Link::Sqlite(&mut new), file).await?;
    refuse_shared_ids(&mut Link::Sqlite(&mut new)).await?;
    new.execute("COMMIT").await?;
    new.execute("PRAGMA foreign_keys = ON").await?;
    migrations::run(&migrations::sqlite(), &mut new)
        .await
        .context("the restored data could not be brought up to date")?;
    let mut link = Link::Sqlite(&mut new);
    let wrong = invariants::engine(&mut link).await?;
    if !wrong.is_empty() {
        bail!("the restored file does not hold together: {}", wrong.join("; "));
    }
    new.close().await?;
    std::fs::File::open(to)?.sync_all()?;
    Ok(size)
}
