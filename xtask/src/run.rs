//! `cargo xtask run`: from nothing to an address to open in the browser. With `--sample` an empty database first gets
//! an owner to sign in as, and a made-up firm.

use crate::args::Args;
use crate::sh::{self, say};
use crate::site::{self, Profile};
use anyhow::{Context, Result, bail};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const EMAIL: &str = "owner@example.com";
/// Only given to a server that listens on this machine alone.
const PASSWORD: &str = "kartotek-sample";

pub fn run(mut args: Args) -> Result<()> {
    let sample = args.flag("--sample");
    let release = args.flag("--release");
    let database = args.value("--database")?.unwrap_or_else(|| "sqlite:kartotek.db".to_owned());
    let listen = args.value("--listen")?.unwrap_or_else(|| "127.0.0.1:3000".to_owned());
    let more = args.everything_else();
    if sample
        && !(listen.starts_with("127.") || listen.starts_with("localhost") || listen.starts_with("[::1]"))
    {
        bail!("--sample makes an owner with a known password: it works on 127.0.0.1 only");
    }
    // Checked now, before minutes of building.
    if let Err(error) = TcpListener::bind(&listen) {
        bail!("cannot listen on {listen} ({error}): choose another address with --listen");
    }

    if release {
        crate::setup::node::ensure()?;
    }
    site::build(if release { Profile::Release } else { Profile::Dev })?;
    let server = build_server(release)?;
    if sample {
        fill(&server, &database)?;
    }

    say(format!("starting the server on {database}"));
    let mut serve = sh::command(&server);
    serve.args(["serve", "--database", &database, "--listen", &listen]).args(more);
    let mut child = serve.spawn().context("cannot start the server")?;
    wait_ready(&mut child, &listen)?;
    println!("\n    Kartotek is ready: http://{listen}");
    if sample {
        println!("    sign in as:        {EMAIL}");
        println!("    password:          {PASSWORD}");
    }
    println!("    Ctrl-C ends it.\n");
    let status = child.wait()?;
    if !status.success() {
        bail!("the server ended ({status})");
    }
    Ok(())
}

fn build_server(release: bool) -> Result<PathBuf> {
    say(if release {
        "building the server, optimised (first time about 10 min)"
    } else {
        "building the server (first time about 6 min)"
    });
    let mut cargo = sh::cargo();
    cargo.args(["build", "--locked", "--features", "ssr", "--bin", "kartotek"]);
    if release {
        cargo.arg("--release");
    }
    sh::run(&mut cargo)?;
    Ok(sh::target_dir().join(if release { "release/kartotek" } else { "debug/kartotek" }))
}

/// Only an empty database is filled: a second start must not add a second firm.
fn fill(server: &Path, database: &str) -> Result<()> {
    let ours = |args: &[&str]| {
        let mut command: Command = sh::command(server);
        command.args(args).args(["--database", database]);
        command
    };
    // On an empty database this fails; its message is hidden.
    let people = ours(&["user", "list"]).stderr(Stdio::null()).output()?;
    if String::from_utf8_lossy(&people.stdout).contains('@') {
        say("the database has people already: nothing is added");
        return Ok(());
    }
    say("making an owner and a sample firm (about 10 s)");
    let mut add = ours(&[
        "user",
        "add",
        "--email",
        EMAIL,
        "--name",
        "Deniz Yılmaz",
        "--role",
        "owner",
        "--password-stdin",
    ]);
    let mut child = add.stdin(Stdio::piped()).spawn()?;
    child.stdin.take().context("stdin is piped")?.write_all(PASSWORD.as_bytes())?;
    if !child.wait()?.success() {
        bail!("could not add the owner");
    }
    sh::run(&mut ours(&["sample", "--customers", "300", "--deals", "120", "--seed", "1"]))
}

fn wait_ready(child: &mut Child, listen: &str) -> Result<()> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        if let Some(status) = child.try_wait()? {
            bail!("the server did not start ({status})");
        }
        if ready(listen) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let _ = child.kill();
    bail!("the server did not answer on {listen} within a minute")
}

fn ready(listen: &str) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(listen)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: {listen}\r\nConnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(&answer == b"HTTP/1.1 200")
    };
    ask().unwrap_or(false)
}
