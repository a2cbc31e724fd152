//! The program as it is shipped, started as a person starts it: what it leaves on the disk, what it says when it can't, and that it never
//! harms a database that is not whole or not alone. What the program does for people is tested in `src/tests/`.

mod alone;
mod failures;
mod foreign_log;
mod private;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("kartotek-program-{}", uuid::Uuid::new_v4().simple()));
        std::fs::create_dir(&folder).expect("a folder can be made");
        Self(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn address(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kartotek"));
    command
        .args(arguments)
        .env("RUST_BACKTRACE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn done(mut command: Command, typed: &str) -> Output {
    let mut child = command.spawn().expect("it starts");
    // Who refuses at once does not read what is typed.
    let _ = child.stdin.take().expect("a pipe").write_all(typed.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn run(arguments: &[&str]) -> Output {
    done(program(arguments), "uzun bir parola\n")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs it and wants it to go well.
fn well(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Runs it and wants it refused; gives what was said.
fn refused(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(!output.status.success(), "{arguments:?} went well: {}", text(&output.stdout));
    text(&output.stderr)
}

/// What adds the owner.
fn adding(database: &str) -> Vec<&str> {
    let owner = ["--email", "ayse@firma.example", "--name", "Ayşe", "--role", "owner", "--password-stdin"];
    [&["user", "add", "--database", database][..], &owner].concat()
}

/// A firm with its owner and a few customers.
fn firm(file: &Path) {
    well(&adding(&address(file)));
    sample(file, 20, 1);
}

fn sample(file: &Path, customers: u32, seed: u32) {
    let (customers, seed) = (customers.to_string(), seed.to_string());
    well(&[
        "sample",
        "--database",
        &address(file),
        "--customers",
        &customers,
        "--deals",
        "5",
        "--seed",
        &seed,
    ]);
}

fn stats(file: &Path) -> String {
    well(&["stats", "--json", "--database", &address(file)])
}

/// A server that serves, until it is killed.
struct Server(Child);

impl Server {
    fn of(file: &Path) -> Self {
        let mut child = program(&["serve", "--database", &address(file), "--listen", "127.0.0.1:0"])
            .spawn()
            .expect("it starts");
        let mut first = String::new();
        BufReader::new(child.stdout.take().expect("a pipe"))
            .read_line(&mut first)
            .expect("it says something");
        assert!(first.contains("http://127.0.0.1:"), "{first}{:?}", child.wait_with_output());
        Self(child)
    }

    fn kill(mut self) {
        self.0.kill().expect("it is killed");
        self.0.wait().expect("it is gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
