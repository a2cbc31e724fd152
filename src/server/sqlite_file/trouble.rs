//! Why a file or folder can't be used, in one sentence that names the path, its owner, the user that the program runs
//! as, and what to do. It only looks and changes nothing.

use super::{beside, folder};
use crate::server::machine;
use std::io::ErrorKind;
use std::path::Path;

/// What is at a path, as far as this process can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Nothing,
    /// A folder above it may not be entered, so nothing is known.
    Hidden,
    File(Access),
    Folder(Access),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Access {
    owner: u32,
    mode: u32,
    may: May,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    Use,
    Not,
    ReadOnlyDisk,
}

fn look(path: &Path) -> Seen {
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(cause) if cause.kind() == ErrorKind::PermissionDenied => return Seen::Hidden,
        Err(_) => return Seen::Nothing,
    };
    let may = match machine::may_use(path, about.is_dir()) {
        Ok(()) => May::Use,
        Err(cause) if cause.kind() == ErrorKind::ReadOnlyFilesystem => May::ReadOnlyDisk,
        Err(_) => May::Not,
    };
    let access = Access { owner: machine::owner(&about), mode: machine::mode(path).unwrap_or(0), may };
    if about.is_dir() { Seen::Folder(access) } else { Seen::File(access) }
}

/// What keeps SQLite from using the file, as far as the file system shows it.
#[must_use]
pub fn of_database(file: &Path) -> Option<String> {
    let seen = look(file);
    if let Seen::Folder(_) = seen {
        let shown = file.display();
        return Some(format!(
            "{shown} is a folder: --database names a file in it, such as sqlite:{shown}/kartotek.db"
        ));
    }
    let home = folder(file);
    of_folder(home, "SQLite keeps its log beside the database there").or_else(|| refused(file, seen)).or_else(
        || {
            ["-wal", "-shm", "-journal"].iter().find_map(|ending| {
                let file = beside(file, ending);
                refused(&file, look(&file))
            })
        },
    )
}

/// What keeps the program from making files in the folder.
#[must_use]
pub fn of_folder(home: &Path, why: &str) -> Option<String> {
    let shown = home.display();
    match look(home) {
        Seen::Nothing if ancestors(home).any(Path::is_file) => {
            let file = ancestors(home).find(|above| above.is_file()).unwrap_or(home);
            Some(format!("{shown} can't be a folder, since {} is a file: name another place", file.display()))
        }
        Seen::Nothing => {
            Some(format!("there is no folder {shown}: make it (mkdir -p {shown}) or name another place"))
        }
        Seen::File(_) => Some(format!("{shown} is a file and no folder: name another place")),
        seen => refused(home, seen).map(|refused| format!("{refused} ({why})")),
    }
}

/// What keeps the program from making the folder or, if the folder exists, files in it.
#[must_use]
pub fn of_new_folder(home: &Path) -> Option<String> {
    let home = std::path::absolute(home).unwrap_or_else(|_| home.to_owned());
    let there = ancestors(&home).find(|above| look(above) != Seen::Nothing)?;
    of_folder(there, &format!("{} is to be made there", home.display()))
}

/// An error of the operating system at that path, in words.
#[must_use]
pub fn of_io(path: &Path, cause: &std::io::Error) -> String {
    let shown = path.display();
    let home = folder(path);
    let known = match cause.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            refused(path, look(path)).or_else(|| of_folder(home, "a file is to be made there"))
        }
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            of_folder(home, "a file is to be made there").or_else(|| Some(format!("there is no {shown}")))
        }
        ErrorKind::IsADirectory => Some(format!("{shown} is a folder: name a file in it")),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(format!(
            "{shown} can't be written: the disk is full. Make room, or name a place on another disk"
        )),
        _ => None,
    };
    known.unwrap_or_else(|| format!("{shown} can't be used: {cause}"))
}

fn ancestors(path: &Path) -> impl Iterator<Item = &Path> {
    path.ancestors().filter(|above| !above.as_os_str().is_empty())
}

fn refused(path: &Path, seen: Seen) -> Option<String> {
    match seen {
        Seen::File(access) | Seen::Folder(access) => {
            denied(path, access, matches!(seen, Seen::Folder(_)), machine::me(), &machine::user)
        }
        Seen::Nothing => None,
        Seen::Hidden => {
            let above = ancestors(path).skip(1).find_map(|above| match look(above) {
                Seen::Folder(access) => {
                    denied(above, Access { may: May::Not, ..access }, true, machine::me(), &machine::user)
                }
                _ => None,
            });
            Some(above.unwrap_or_else(|| {
                format!("{} can't be reached: a folder above it may not be entered", path.display())
            }))
        }
    }
}

/// The sentence for something that exists but may not be used.
fn denied(
    path: &Path,
    access: Access,
    is_folder: bool,
    me: u32,
    name: &dyn Fn(u32) -> Option<String>,
) -> Option<String> {
    let (shown, Access { owner, mode, may }) = (path.display(), access);
    let person = |number: u32| {
        name(number).map_or_else(|| format!("uid {number}"), |name| format!("{name} (uid {number})"))
    };
    let short = |number: u32| name(number).unwrap_or_else(|| number.to_string());
    let what = if is_folder { "write in it" } else { "read and write it" };
    match may {
        May::Use => None,
        May::ReadOnlyDisk => Some(format!(
            "{shown} (of {}, mode {mode:04o}) lies on a disk that is mounted read-only: mount it writable, \
             or name another place",
            person(owner)
        )),
        May::Not if owner == me => Some(format!(
            "{shown} belongs to {}, as whom this program runs, but its mode {mode:04o} lets nobody {what}: \
             chmod {} {shown}",
            person(owner),
            if is_folder { "u+rwx" } else { "u+rw" }
        )),
        May::Not => Some(format!(
            "{shown} belongs to {} (mode {mode:04o}), and this program runs as {}, who may not {what}: run it as {}, \
             or give it over: chown {} {shown}{}",
            person(owner),
            person(me),
            short(owner),
            short(me),
            if is_folder { "" } else { "*" }
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::world::fresh_sqlite;

    fn names(number: u32) -> Option<String> {
        [(0, "root"), (998, "kartotek")]
            .iter()
            .find(|(known, _)| *known == number)
            .map(|(_, name)| (*name).to_owned())
    }

    #[test]
    fn the_sentence_names_path_owner_person_and_mend() {
        let path = Path::new("/var/lib/kartotek/kartotek.db");
        let said =
            |owner, may, folder, me| denied(path, Access { owner, mode: 0o600, may }, folder, me, &names);
        for (said, parts) in [
            (
                said(0, May::Not, false, 998),
                [
                    "/var/lib/kartotek/kartotek.db belongs to root (uid 0)",
                    "mode 0600",
                    "kartotek (uid 998)",
                    "chown kartotek /var/lib/kartotek/kartotek.db*",
                ],
            ),
            (
                said(4242, May::Not, true, 998),
                [
                    "belongs to uid 4242",
                    "may not write in it",
                    "run it as 4242",
                    "chown kartotek /var/lib/kartotek/kartotek.db",
                ],
            ),
            (
                said(998, May::Not, false, 998),
                ["kartotek (uid 998)", "mode 0600", "read and write it", "chmod u+rw"],
            ),
            (
                said(998, May::ReadOnlyDisk, false, 0),
                ["kartotek (uid 998)", "read-only", "mount it writable", "another place"],
            ),
        ] {
            let said = said.expect("a sentence");
            assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        }
        assert_eq!(said(0, May::Use, false, 998), None);
    }

    #[test]
    fn what_stands_in_the_way_is_named() {
        let (home, _) = fresh_sqlite();
        let file = home.join("kartotek.db");
        assert_eq!(of_database(&file), None);
        std::fs::write(&file, "").expect("a file");
        assert_eq!(of_database(&file), None);
        let told = |path: &Path| of_database(path).expect("a sentence");
        assert!(told(&home).contains("is a folder"), "{}", told(&home));
        let missing = home.join("none").join("kartotek.db");
        assert!(told(&missing).contains("mkdir -p"), "{}", told(&missing));
        let under = file.join("kartotek.db");
        assert!(told(&under).contains("is a file"), "{}", told(&under));
        let full = of_io(&file, &ErrorKind::StorageFull.into());
        assert!(full.contains("disk is full") && full.contains("kartotek.db"), "{full}");
        let _ = std::fs::remove_dir_all(home);
    }
}
