//! Restoring into an SQLite file: a new one is built beside, checked, and put in the place of the old one, which stays
//! under another name.

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
        // A log that the old file needs goes with it; one that stayed would be taken for the new one's.
        for ending in ["-wal", "-shm"] {
            let log = with_ending(to, ending);
            if log.exists() {
                std::fs::rename(&log, with_ending(aside, ending))?;
            }
        }
        // A second name first: so there is a database at every moment, the old one or the new one.
        if std::fs::hard_link(to, aside).is_err() {
            std::fs::rename(to, aside)?;
        }
    }
    std::fs::rename(&beside, to).with_context(|| format!("{} could not be put in place", to.display()))?;
    settle(to.parent());
    Ok(Restored { head, size, aside })
}

/// The new file belongs to whom the old one belonged to, as far as we may say so: root may restore for the server's
/// user.
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

/// What others may not read once it is put aside, either.
fn keep_private(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let file = with_ending(file, ending);
        if let Ok(about) = std::fs::metadata(&file) {
            let _ = std::fs::set_permissions(&file, private(about.permissions()));
        }
    }
}

/// The same without what it gives to everybody, and to a group that may only read: one that may write is there for a
/// reason.
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

/// Whether what is there may be replaced: nobody uses it, and it holds no firm or the person said so.
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
        // Both are put aside as they are.
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
            "{} holds the firm {name:?} already. With --replace the file is kept under another name and the backup takes its place",
            to.display()
        );
    }
    // Leaving the log needs the file for oneself, and takes into it all that the log holds.
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

/// Builds a new SQLite file from the backup and checks it: every row read back, every reference, the file itself.
///
/// # Errors
/// Whatever of it does not hold; the file is then of no use.
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
