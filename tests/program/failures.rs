//! What a person reads when a command can't do its work: one sentence with the path and what to do, whatever the command and whatever is
//! wrong. No code of an engine, no stack.

use super::{Folder, address, done, firm, program, text, well};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Every command that opens a database, with what it needs beside.
fn commands(folder: &Folder, database: &str) -> Vec<Vec<String>> {
    let (backup, map) = (folder.file("good.backup"), folder.file("map.toml"));
    let new = folder.file("never.backup");
    let words: [&[&str]; 9] = [
        &["serve", "--listen", "127.0.0.1:0"],
        &["check"],
        &["stats"],
        &["user", "list"],
        &["user", "add", "--email", "b@firma.example", "--name", "B", "--role", "viewer", "--password-stdin"],
        &["sample", "--customers", "1", "--deals", "1"],
        &["backup", &new.to_string_lossy()],
        &["restore", &backup.to_string_lossy()],
        &["import", "--map", &map.to_string_lossy(), &folder.0.to_string_lossy()],
    ];
    let command = |words: &&[&str]| -> Vec<String> {
        words.iter().copied().chain(["--database", database]).map(str::to_owned).collect()
    };
    words.iter().map(command).collect()
}

fn prepared() -> Folder {
    let folder = Folder::new();
    let file = folder.file("good.db");
    firm(&file);
    well(&["backup", "--database", &address(&file), &folder.file("good.backup").to_string_lossy()]);
    std::fs::write(
        folder.file("map.toml"),
        "source = \"x\"\n[customers]\nfile = \"c.csv\"\nname = \"{Ad}\"\n",
    )
    .expect("a map");
    std::fs::write(folder.file("c.csv"), "Ad\nBir AŞ\n").expect("a file");
    folder
}

/// One sentence, for people.
fn is_a_sentence(arguments: &[String], output: &Output, parts: &[&str]) {
    let said = text(&output.stderr);
    assert!(!output.status.success(), "{arguments:?} went well");
    for never in
        ["code:", "internal", "Internal", "backtrace", "panicked", "Caused by", "secret", "os error 13"]
    {
        assert!(!said.contains(never), "{arguments:?}: {never} in {said}");
    }
    for part in parts {
        assert!(said.contains(part), "{arguments:?}: {part} is not in {said}");
    }
    assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
}

fn refuses_all(folder: &Folder, database: &str, parts: &[&str], but: &[&str]) {
    for arguments in commands(folder, database) {
        if but.contains(&arguments[0].as_str()) {
            continue;
        }
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        is_a_sentence(&arguments, &done(program(&words), "uzun bir parola\n"), parts);
    }
}

#[test]
fn a_place_that_is_no_database_is_named_with_the_way_out() {
    let folder = prepared();
    let shown = |path: &Path| path.to_string_lossy().into_owned();
    let home = shown(&folder.0);
    refuses_all(&folder, &address(&folder.0), &[&home, "is a folder", "kartotek.db"], &[]);
    let missing = folder.file("none").join("kartotek.db");
    refuses_all(
        &folder,
        &address(&missing),
        &[&shown(&folder.file("none")), "mkdir -p"],
        &["check", "backup"],
    );
    let under = folder.file("map.toml").join("kartotek.db");
    refuses_all(
        &folder,
        &address(&under),
        &[&shown(&folder.file("map.toml")), "is a file"],
        &["check", "backup"],
    );
    let garbage = folder.file("garbage.db");
    std::fs::write(&garbage, "this is a letter to a customer. ".repeat(400)).expect("a file");
    refuses_all(&folder, &address(&garbage), &[&shown(&garbage)], &[]);
    assert_eq!(std::fs::read(&garbage).expect("it is there").len(), 32 * 400, "it is as it was");
    for mut arguments in commands(&folder, &address(&missing)) {
        if ["check", "backup"].contains(&arguments[0].as_str()) {
            let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let output = done(program(&words), "");
            arguments.truncate(1);
            is_a_sentence(&arguments, &output, &["there is no database at", &shown(&missing)]);
        }
    }
}

#[test]
fn what_belongs_to_somebody_else_is_named_with_its_owner() {
    let me = std::fs::metadata("/proc/self").map(|about| std::os::unix::fs::MetadataExt::uid(&about));
    let setpriv =
        Command::new("setpriv").arg("--version").output().is_ok_and(|output| output.status.success());
    if me.ok() != Some(0) || !setpriv {
        eprintln!("not root, or no setpriv: nobody else can be played, this was not tried");
        return;
    }
    let folder = prepared();
    let open = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set")
    };
    open(&folder.0, 0o755);
    for name in ["good.backup", "map.toml", "c.csv"] {
        open(&folder.file(name), 0o644);
    }
    // The build's own folder may be closed to others.
    let program: PathBuf = folder.file("kartotek");
    std::fs::copy(env!("CARGO_BIN_EXE_kartotek"), &program).expect("copied");
    open(&program, 0o755);
    let as_nobody = |arguments: &[String]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program).args(arguments);
        command.env("RUST_BACKTRACE", "1").stdin(std::process::Stdio::piped());
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        done(command, "uzun bir parola\n")
    };
    let shared = folder.file("shared");
    std::fs::create_dir(&shared).expect("a folder");
    open(&shared, 0o777);
    // The file of another, in a folder one may write in; readable or not.
    for mode in [0o600, 0o644] {
        let file = shared.join("kartotek.db");
        std::fs::copy(folder.file("good.db"), &file).expect("copied");
        open(&file, mode);
        let name = file.to_string_lossy().into_owned();
        for arguments in commands(&folder, &address(&file)) {
            if mode == 0o644 && ["check", "backup"].contains(&arguments[0].as_str()) {
                continue;
            }
            is_a_sentence(
                &arguments,
                &as_nobody(&arguments),
                &[&name, "root (uid 0)", "(uid 65534)", "chown "],
            );
        }
    }
    // One's own file in a folder one may not write in.
    let theirs = folder.file("theirs");
    std::fs::create_dir(&theirs).expect("a folder");
    let file = theirs.join("kartotek.db");
    std::fs::copy(folder.file("good.db"), &file).expect("copied");
    std::os::unix::fs::chown(&file, Some(65534), Some(65534)).expect("given");
    open(&theirs, 0o755);
    let name = theirs.to_string_lossy().into_owned();
    for arguments in commands(&folder, &address(&file)) {
        is_a_sentence(&arguments, &as_nobody(&arguments), &[&name, "root (uid 0)", "(uid 65534)"]);
    }
    // A folder one may not even enter.
    open(&theirs, 0o700);
    for arguments in commands(&folder, &address(&file)) {
        if !["check", "backup"].contains(&arguments[0].as_str()) {
            is_a_sentence(&arguments, &as_nobody(&arguments), &[&name, "root (uid 0)"]);
        }
    }
    // A backup that may not be written where it is wanted.
    let backup: Vec<String> = [
        "backup",
        "--database",
        &address(&shared.join("mine.db")),
        &theirs.join("x.backup").to_string_lossy(),
    ]
    .map(str::to_owned)
    .to_vec();
    std::fs::copy(folder.file("good.db"), shared.join("mine.db")).expect("copied");
    std::os::unix::fs::chown(shared.join("mine.db"), Some(65534), Some(65534)).expect("given");
    is_a_sentence(&backup, &as_nobody(&backup), &[&name, "root (uid 0)", "(uid 65534)"]);
}

#[test]
fn an_address_that_is_taken_is_named() {
    let folder = prepared();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let listen = taken.local_addr().expect("its address").to_string();
    let arguments =
        ["serve", "--database", &address(&folder.file("good.db")), "--listen", &listen].map(str::to_owned);
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    is_a_sentence(
        &arguments,
        &done(program(&words), ""),
        &[&listen, "another program listens there", "--listen"],
    );
}

#[test]
fn a_postgresql_that_does_not_let_us_in_is_named_without_the_password() {
    let folder = prepared();
    let nobody = "postgres://ayse:secret@127.0.0.1:1/firma";
    std::thread::scope(|scope| {
        for arguments in commands(&folder, nobody) {
            scope.spawn(move || {
                let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
                is_a_sentence(
                    &arguments,
                    &done(program(&words), "uzun bir parola\n"),
                    &["127.0.0.1:1", "--database"],
                );
            });
        }
    });
    let Some(address) = test_postgres() else {
        eprintln!("KARTOTEK_TEST_POSTGRES is not set: an unknown database was not tried");
        return;
    };
    let unknown = address.replace("/postgres?", "/no_such_firm?");
    if unknown != address {
        refuses_all(&folder, &unknown, &["no database no_such_firm", "createdb"], &[]);
    }
}

#[expect(clippy::disallowed_methods, reason = "tests have no command line")]
fn test_postgres() -> Option<String> {
    std::env::var("KARTOTEK_TEST_POSTGRES").ok()
}
