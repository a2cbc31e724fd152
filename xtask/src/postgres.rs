//! A PostgreSQL cluster for one test run: made in a temporary folder, reached through a socket in it, removed
//! afterwards. Never one that may be running on the machine.

use crate::setup::tools;
use crate::sh::{self, say};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SETTINGS: &str = "\
listen_addresses = ''
max_connections = 400
shared_buffers = 128MB
log_min_messages = fatal
";
/// Settings that do not wait for the disk: after a crash the data may be lost.
const FORGETFUL: &str = "\
fsync = off
synchronous_commit = off
full_page_writes = off
";

/// A shell script that starts the server and waits on its standard input, a pipe from us. The pipe closes when we end
/// in whatever way; then the script stops the server and removes the folder. Ctrl-C reaches the whole process group, so
/// the script ignores it.
const KEEPER: &str = r#"trap '' INT TERM HUP
"$1/postgres" -D "$2/data" -k "$2" </dev/null >"$2/log" 2>&1 &
server=$!
read _
kill -QUIT $(head -n 1 "$2/data/postmaster.pid") 2>/dev/null
wait $server
rm -rf "$2"
"#;

pub struct Cluster {
    bin: PathBuf,
    dir: PathBuf,
    keeper: Child,
}

impl Cluster {
    /// For tests: fast, and nothing survives a crash.
    pub fn start() -> Result<Self> {
        Self::start_with(FORGETFUL)
    }

    /// For measuring and proving: it flushes to disk as a firm's server would.
    pub fn start_durable() -> Result<Self> {
        Self::start_with("")
    }

    fn start_with(more: &str) -> Result<Self> {
        let bin = tools::postgres()?;
        say("starting a throw-away PostgreSQL (about 3 s)");
        // /tmp and not TMPDIR: the path of a socket may have 107 bytes at most.
        let dir = TempDir::with_prefix_in("kartotek-pg", "/tmp").context("a folder for the cluster")?;
        let user = User::find(dir.path())?;
        let mut initdb = user.command(bin.join("initdb"));
        initdb.args([
            "--username=kartotek",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        initdb.arg("-D").arg(dir.path().join("data")).stdout(Stdio::null());
        sh::run(&mut initdb)?;
        let conf = dir.path().join("data/postgresql.conf");
        let all = std::fs::read_to_string(&conf)? + SETTINGS + more;
        std::fs::write(conf, all)?;

        let mut keeper = user.command("/bin/sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(&bin).arg(dir.path()).stdin(Stdio::piped());
        let keeper = keeper.spawn().context("cannot start PostgreSQL")?;
        // From here on the script removes the folder.
        let cluster = Self { bin, dir: dir.keep(), keeper };
        cluster.wait()?;
        Ok(cluster)
    }

    /// The address of the cluster's own database, from which others are made.
    pub fn url(&self) -> String {
        format!("postgres://kartotek@localhost/postgres?host={}", self.dir.display())
    }

    /// Makes an empty database of that name and returns its address; an existing one is dropped.
    pub fn database(&self, name: &str) -> Result<String> {
        self.tell(&self.url(), &format!("drop database if exists {name} with (force)"))?;
        self.tell(&self.url(), &format!("create database {name}"))?;
        Ok(self.url().replacen("/postgres?", &format!("/{name}?"), 1))
    }

    /// Updates the planner's statistics; PostgreSQL would do so by itself within minutes.
    pub fn analyze(&self, database: &str) -> Result<()> {
        self.tell(database, "vacuum analyze")
    }

    /// The single value that a statement returns.
    pub fn ask(&self, database: &str, sql: &str) -> Result<String> {
        sh::read(sh::command(self.psql()).args(["-X", "-q", "-t", "-A", "-c", sql, database]))
    }

    /// Stops it in that mode (`fast`, `immediate`) and starts it again.
    pub fn restart(&self, way: &str) -> Result<()> {
        let mut restart = User::find(&self.dir)?.command(self.bin.join("pg_ctl"));
        restart.args(["restart", "--silent", "--wait", "--mode", way]).arg("-D").arg(self.dir.join("data"));
        restart.arg("-l").arg(self.dir.join("log")).arg("-o").arg(format!("-k {}", self.dir.display()));
        sh::run(restart.stdout(Stdio::null()))
    }

    fn tell(&self, database: &str, sql: &str) -> Result<()> {
        let mut psql = sh::command(self.psql());
        psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql, database]);
        psql.env("PGOPTIONS", "--client-min-messages=warning");
        sh::run(&mut psql)
    }

    pub fn psql(&self) -> PathBuf {
        self.bin.join("psql")
    }

    fn wait(&self) -> Result<()> {
        let start = Instant::now();
        loop {
            let mut ask = sh::command(self.psql());
            ask.args(["-X", "-q", "-c", "select 1"]).arg(self.url());
            if sh::succeeds(&mut ask, Duration::from_secs(5)) {
                return Ok(());
            }
            if start.elapsed() > Duration::from_secs(30) {
                let log = std::fs::read_to_string(self.dir.join("log")).unwrap_or_default();
                bail!("PostgreSQL does not answer: {log}");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
        // The folder is in /tmp, where we may be allowed to remove it and the other user not.
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// PostgreSQL refuses to run as root; then it runs as another user.
enum User {
    Same,
    #[cfg(unix)]
    Other(u32, u32),
}

impl User {
    fn find(dir: &Path) -> Result<Self> {
        if !sh::is_root() {
            return Ok(Self::Same);
        }
        let id = |flag: &str, name: &str| {
            sh::read(sh::command("id").args([flag, name]).stderr(Stdio::null())).ok()?.parse::<u32>().ok()
        };
        let (uid, gid) =
            ["postgres", "nobody"].iter().find_map(|name| Some((id("-u", name)?, id("-g", name)?))).context(
                "PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody`",
            )?;
        std::os::unix::fs::chown(dir, Some(uid), Some(gid))?;
        Ok(Self::Other(uid, gid))
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = sh::command(program);
        // The present folder may be closed to the other user, which causes warnings.
        command.current_dir("/tmp");
        if let Self::Other(uid, gid) = self {
            use std::os::unix::process::CommandExt;
            command.uid(*uid).gid(*gid);
        }
        command
    }
}
