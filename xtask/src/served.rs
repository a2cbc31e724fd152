//! Runs the program as a child process, on a database and a port of its own, with its log in a file. Used for measuring
//! and proving; the requests are made there.

use crate::sh;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub const PASSWORD: &str = "uzun bir cümle";

/// A running server; it is killed when dropped.
pub struct Served {
    program: PathBuf,
    pub database: String,
    address: SocketAddr,
    pub log: PathBuf,
    child: Child,
    backups: Option<PathBuf>,
    /// The time from the start of the process to its first answer.
    pub started_in: Duration,
}

impl Served {
    pub fn start(program: &Path, database: &str, dir: &Path) -> Result<Self> {
        Self::start_with(program, database, dir, None)
    }

    /// The same without the daily backup, which would begin a minute later and use a core while something is measured.
    pub fn start_without_backups(program: &Path, database: &str, dir: &Path) -> Result<Self> {
        // The path of the backups is a file, so that no folder can be made there.
        Self::start_with(program, database, dir, Some(dir.join("server.log")))
    }

    fn start_with(program: &Path, database: &str, dir: &Path, backups: Option<PathBuf>) -> Result<Self> {
        // Binds a free port and releases it at once; the server then takes it.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let log = dir.join("server.log");
        let child = spawn(program, database, address, &log, backups.as_deref())?;
        let mut served = Self {
            program: program.to_owned(),
            database: database.to_owned(),
            address,
            log,
            child,
            backups,
            started_in: Duration::ZERO,
        };
        served.wait()?;
        Ok(served)
    }

    /// Starts it again after [`Served::kill`] or [`Served::stop`], on the same port.
    pub fn start_again(&mut self) -> Result<()> {
        self.child = spawn(&self.program, &self.database, self.address, &self.log, self.backups.as_deref())?;
        self.wait()
    }

    fn wait(&mut self) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended while it was starting ({status}); its log is {}", self.log.display());
            }
            if agent().get(self.url("/readyz")).call().is_ok_and(|answer| answer.status() == 200) {
                self.started_in = begun.elapsed();
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        bail!("the server did not answer within a minute; its log is {}", self.log.display())
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// SIGKILL: what a power cut or the kernel does to a program.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// SIGTERM, as a service manager stops a program; returns how long it took.
    pub fn stop(&mut self) -> Result<Duration> {
        let begun = Instant::now();
        sh::run(Command::new("kill").arg(self.child.id().to_string()))?;
        let status = self.child.wait()?;
        ensure!(status.success(), "the server did not stop by itself: {status}");
        Ok(begun.elapsed())
    }

    pub fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// The memory used now and at most, in KiB.
    pub fn memory(&self) -> Result<(u64, u64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim_start_matches(':').split_whitespace().next()?.parse().ok()
        };
        of("VmRSS").zip(of("VmHWM")).context("the kernel says how much memory a process has")
    }

    /// The processor time used so far; the kernel counts in hundredths of a second.
    pub fn cpu_time(&self) -> Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The fields begin after the program's name in parentheses, which may hold any characters.
        let (_, fields) = stat.rsplit_once(')').context("a process has a name")?;
        let ticks: Vec<u64> =
            fields.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
        Ok(Duration::from_millis(ticks.iter().sum::<u64>() * 10))
    }

    pub fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).map_or(0, Iterator::count)
    }

    /// Signs in and returns the cookie.
    pub fn sign_in(&self, email: &str) -> Result<String> {
        let form = json!({"form": {"email": email, "password": PASSWORD}});
        let answer = agent()
            .post(self.url("/api/auth/sign_in"))
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .send_json(&form)?;
        ensure!(answer.status().is_success(), "{email} could not sign in: {}", answer.status());
        let cookie = answer.headers().get("set-cookie").context("signing in sets a cookie")?.to_str()?;
        Ok(cookie.split(';').next().unwrap_or_default().to_owned())
    }

    /// A client without a session, with these headers.
    pub fn stranger(&self, headers: &[(&'static str, &str)]) -> Person {
        let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Person { agent: agent(), base: self.url(""), cookie: String::new(), headers }
    }

    /// Sends a request that no browser would send; returns the status.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Result<u16> {
        let mut request = ureq::http::Request::builder().method(method).uri(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = match body {
            "" => agent().run(request.body(())?)?,
            body => agent().run(request.body(body)?)?,
        };
        Ok(answer.status().as_u16())
    }

    /// A client with the session of that cookie.
    pub fn person(&self, cookie: &str) -> Person {
        Person { agent: agent(), base: self.url(""), cookie: cookie.to_owned(), headers: Vec::new() }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(
    program: &Path,
    database: &str,
    address: SocketAddr,
    log: &Path,
    backups: Option<&Path>,
) -> Result<Child> {
    let log = File::options().create(true).append(true).open(log)?;
    let mut serve = sh::command(program);
    serve.args(["serve", "--log-json", "--listen", &address.to_string(), "--database", database]);
    if let Some(backups) = backups {
        serve.arg("--backups").arg(backups);
    }
    serve.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    serve.spawn().with_context(|| format!("cannot start {}", program.display()))
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder();
    config.http_status_as_error(false).timeout_global(Some(Duration::from_secs(60))).build().into()
}

/// A client, with a session or without one; its connection is kept open, as by a browser.
pub struct Person {
    agent: ureq::Agent,
    base: String,
    pub cookie: String,
    headers: Vec<(&'static str, String)>,
}

/// An answer, read completely.
pub struct Answer {
    pub status: u16,
    pub request_id: String,
    pub text: String,
}

impl Person {
    /// Calls a server function.
    pub fn call(&self, path: &str, input: &Value) -> Result<Answer> {
        let mut request = self
            .agent
            .post(format!("{}{path}", self.base))
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json");
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        read(request.send_json(input)?)
    }

    /// Calls it and returns the answer; anything but success is an error.
    pub fn ask(&self, path: &str, input: &Value) -> Result<Value> {
        let answer = self.call(path, input)?;
        ensure!(answer.status == 200, "{path} answered {}: {}", answer.status, answer.text);
        Ok(serde_json::from_str(&answer.text)?)
    }

    /// Opens a page.
    pub fn open(&self, path: &str) -> Result<Answer> {
        let request = self.agent.get(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        read(request.header("sec-fetch-site", "none").call()?)
    }
}

fn read(mut answer: ureq::http::Response<ureq::Body>) -> Result<Answer> {
    let id = answer.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    Ok(Answer {
        status: answer.status().as_u16(),
        request_id: id.unwrap_or_default().to_owned(),
        text: answer.body_mut().with_config().limit(64 * 1024 * 1024).read_to_string()?,
    })
}

/// Runs `kartotek …` on a database and returns its output.
pub fn tell(program: &Path, database: &str, args: &[&str], input: &str) -> Result<String> {
    let mut command = sh::command(program);
    command.args(args).args(["--database", database]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
    child.stdin.take().context("stdin is piped")?.write_all(input.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "kartotek {} failed ({})", args.join(" "), output.status);
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Adds a person with [`PASSWORD`].
pub fn add_person(program: &Path, database: &str, email: &str, role: &str) -> Result<()> {
    let name = email.split('@').next().unwrap_or(email);
    let args = ["user", "add", "--email", email, "--name", name, "--role", role, "--password-stdin"];
    tell(program, database, &args, PASSWORD).map(drop)
}

/// A fresh id (UUID, version 4).
pub fn new_id() -> String {
    let bits = fastrand::u128(..);
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        (bits >> 96) as u32,
        (bits >> 80) as u16,
        (bits >> 64) as u16 & 0xfff,
        (bits >> 52) as u16 & 0xfff,
        bits as u64 & 0xffff_ffff_ffff
    )
}
