//! What the program makes is its owner's alone, whatever the shell it was started from would allow.

use super::{Folder, Server, adding, address, done, program, text};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

/// The same command from a shell that lets everybody read and write.
fn openly(folder: &Folder, arguments: &[&str]) {
    let plain = program(arguments);
    let mut command = Command::new("sh");
    command.args(["-c", "umask 000; exec \"$@\"", "sh"]).arg(plain.get_program()).args(plain.get_args());
    command.current_dir(&folder.0).stdin(std::process::Stdio::piped());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let output = done(command, "uzun bir parola\n");
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
}

fn open_to_others(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let mode = entry.metadata().expect("it is there").permissions().mode();
        if mode & 0o077 != 0 {
            found.push(format!("{} {:o}", entry.path().display(), mode & 0o7777));
        }
        if entry.path().is_dir() {
            open_to_others(&entry.path(), found);
        }
    }
}

#[test]
fn nobody_else_reads_what_the_program_makes() {
    let folder = Folder::new();
    let (file, database) = (folder.file("kartotek.db"), address(&folder.file("kartotek.db")));
    let is_private = |after: &str| {
        let mut found = Vec::new();
        open_to_others(&folder.0, &mut found);
        assert!(found.is_empty(), "after {after}: {found:?}");
    };
    openly(&folder, &adding(&database));
    is_private("user add");
    openly(&folder, &["sample", "--database", &database, "--customers", "9", "--deals", "3"]);
    openly(
        &folder,
        &["sample", "--database", "sqlite:kartotek.db", "--customers", "2", "--deals", "1", "--seed", "5"],
    );
    let server = Server::of(&file);
    is_private("serve");
    openly(&folder, &["backup", "--database", &database, "new/folders/one.backup"]);
    is_private("backup");
    server.kill();
    openly(&folder, &["restore", "--database", "sqlite:second.db", "new/folders/one.backup"]);
    is_private("restore");
    // One that was open before is not so any more when it is replaced, nor is what is put aside.
    for name in ["kartotek.db", "second.db"] {
        std::fs::set_permissions(folder.file(name), std::fs::Permissions::from_mode(0o644)).expect("opened");
    }
    let checked = done(program(&["check", "--database", &database]), "");
    assert!(text(&checked.stdout).contains("chmod 600"), "{}", text(&checked.stdout));
    openly(&folder, &["restore", "--replace", "--database", &database, "new/folders/one.backup"]);
    openly(&folder, &["restore", "--replace", "--database", "sqlite:second.db", "new/folders/one.backup"]);
    is_private("restore --replace");
    std::fs::create_dir(folder.file("in")).expect("a folder");
    std::fs::set_permissions(folder.file("in"), std::fs::Permissions::from_mode(0o700)).expect("closed");
    for (name, text) in [
        ("in/customers.csv", "Ad\nBir AŞ\n"),
        ("map.toml", "source = \"x\"\n[customers]\nfile = \"customers.csv\"\nname = \"{Ad}\"\n"),
    ] {
        std::fs::write(folder.file(name), text).expect("a file");
        std::fs::set_permissions(folder.file(name), std::fs::Permissions::from_mode(0o600)).expect("closed");
    }
    let _ = done(
        program(&[
            "import",
            "--database",
            &address(&folder.file("third.db")),
            "--map",
            &folder.file("map.toml").to_string_lossy(),
            &folder.file("in").to_string_lossy(),
        ]),
        "",
    );
    assert!(folder.file("third.db").exists());
    is_private("import");
}
