//! A database that was put in the place of another one whose log was left: it is refused with nothing changed, and the mend that is named
//! mends it. What only looks like that is let in.

use super::{Folder, Server, address, firm, refused, run, sample, stats, text, well};
use std::path::Path;

fn log(file: &Path) -> std::path::PathBuf {
    file.with_extension("db-wal")
}

/// A firm whose server was killed in the middle: what was saved last is in the log alone.
fn killed(file: &Path) {
    let server = Server::of(file);
    sample(file, 8, 3);
    server.kill();
    assert!(std::fs::metadata(log(file)).is_ok_and(|about| about.len() > 0), "a log is left");
}

/// Every command refuses, and nothing is touched.
fn is_refused(folder: &Folder, file: &Path) {
    let state = || (std::fs::read(file).ok(), std::fs::read(log(file)).expect("the log"));
    let (before, database) = (state(), address(file));
    let backup = folder.file("never.backup");
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["check"],
        &["stats"],
        &["user", "list"],
        &["sample", "--customers", "1", "--deals", "1"],
        &["backup", &backup.to_string_lossy()],
    ] {
        if !file.exists() && ["check", "backup"].contains(&arguments[0]) {
            continue;
        }
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--database", &database]).collect();
        let said = refused(&arguments);
        for part in
            ["is not the log of", &*log(file).to_string_lossy(), "mv ", "nothing was opened or changed"]
        {
            assert!(said.contains(part), "{arguments:?}: {part} in {said}");
        }
        assert!(state() == before, "{arguments:?} touched something");
    }
    assert!(!backup.exists());
}

fn put_aside(file: &Path) {
    std::fs::rename(log(file), file.with_extension("db-wal.aside")).expect("it can be moved");
}

#[test]
fn another_firms_file_is_not_mixed_with_the_log() {
    let folder = Folder::new();
    let (file, other) = (folder.file("kartotek.db"), folder.file("other.db"));
    firm(&file);
    firm(&other);
    sample(&other, 30, 9);
    let others = stats(&other);
    killed(&file);
    std::fs::copy(&other, &file).expect("copied over");
    is_refused(&folder, &file);
    // The same by another way of putting a file there.
    std::fs::copy(&other, folder.file("moved.db")).expect("copied");
    std::fs::rename(folder.file("moved.db"), &file).expect("moved");
    is_refused(&folder, &file);
    put_aside(&file);
    assert_eq!(stats(&file), others, "as it was copied");
    well(&["check", "--database", &address(&file)]);
}

#[test]
fn an_older_copy_of_the_same_file_is_not_mixed_with_the_log() {
    let folder = Folder::new();
    let file = folder.file("kartotek.db");
    firm(&file);
    let (copy, was) = (folder.file("copy.db"), stats(&file));
    std::fs::copy(&file, &copy).expect("copied");
    sample(&file, 5, 2);
    killed(&file);
    let newest = folder.file("newest.db");
    std::fs::copy(&file, &newest).expect("copied");
    std::fs::copy(&copy, &file).expect("copied over");
    is_refused(&folder, &file);
    let backup = folder.file("of-another.backup");
    well(&["backup", "--database", &address(&copy), &backup.to_string_lossy()]);
    let restore = ["restore", "--database", &address(&file), &backup.to_string_lossy()];
    assert!(refused(&restore).contains("is not the log of"));
    put_aside(&file);
    assert_eq!(stats(&file), was, "as it was copied");
    // Nothing was lost: the newest file and its log, together again.
    std::fs::copy(&newest, &file).expect("put back");
    std::fs::rename(file.with_extension("db-wal.aside"), log(&file)).expect("put back");
    assert_ne!(stats(&file), was);
    well(&["check", "--database", &address(&file)]);
}

#[test]
fn a_log_without_its_file_is_kept() {
    let folder = Folder::new();
    let file = folder.file("kartotek.db");
    firm(&file);
    killed(&file);
    std::fs::rename(&file, folder.file("elsewhere.db")).expect("moved away");
    is_refused(&folder, &file);
    assert!(!file.exists());
    std::fs::write(&file, "").expect("an empty file");
    is_refused(&folder, &file);
    std::fs::write(&file, "no database at all, but as long as a first page would have to be".repeat(200))
        .expect("another file");
    is_refused(&folder, &file);
    std::fs::rename(folder.file("elsewhere.db"), &file).expect("put back");
    well(&["check", "--database", &address(&file)]);
}

#[test]
fn what_belongs_together_starts() {
    let folder = Folder::new();
    let file = folder.file("kartotek.db");
    firm(&file);
    let mut last = stats(&file);
    // Killed again and again, at once after the start, too.
    for nr in 0..4 {
        let server = Server::of(&file);
        if nr % 2 == 0 {
            sample(&file, 6, 20 + nr);
        }
        server.kill();
        let now = stats(&file);
        assert_eq!(now == last, nr % 2 == 1, "nothing is lost");
        last = now;
    }
    // The whole folder on another machine: other inodes, other times.
    killed(&file);
    let elsewhere = Folder::new();
    for entry in std::fs::read_dir(&folder.0).expect("a folder").flatten() {
        std::fs::copy(entry.path(), elsewhere.file(&entry.file_name().to_string_lossy())).expect("copied");
    }
    let copied = elsewhere.file("kartotek.db");
    well(&["check", "--database", &address(&copied)]);
    assert_eq!(stats(&copied), stats(&file));
    // A log of more than SQLite keeps before it writes it into the file.
    let server = Server::of(&file);
    sample(&file, 2000, 77);
    sample(&file, 3, 78);
    server.kill();
    let checked = run(&["check", "--database", &address(&file)]);
    assert!(checked.status.success(), "{}", text(&checked.stderr));
    // A restore puts file and log aside together, and both still fit.
    let backup = folder.file("all.backup");
    well(&["backup", "--database", &address(&file), &backup.to_string_lossy()]);
    killed(&file);
    well(&["restore", "--replace", "--database", &address(&file), &backup.to_string_lossy()]);
    well(&["check", "--database", &address(&file)]);
}
