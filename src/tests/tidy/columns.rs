//! No line is longer than 120 characters. Files that need longer lines are listed here with the reason; a file that no
//! longer needs them must be taken off the list.

use super::{refuse, sources};

const WIDEST: usize = 120;

/// Files with lines that no break makes easier to read.
const STAY_LONG: [(&str, &str); 2] =
    [("src/ui/icon.rs", "the outlines of icons are one text each"), ("src/ui/places.rs", "so is the logo's")];

#[test]
fn no_line_is_longer_than_120_columns() {
    let excused = || STAY_LONG.iter().map(|(path, _)| *path);
    let folders: [(&str, &[&str]); 4] = [
        ("src", &["rs", "js"]),
        ("xtask/src", &["rs", "js", "mjs"]),
        ("end2end", &["ts", "mjs"]),
        ("style", &["css"]),
    ];
    let mut needed = Vec::new();
    let mut broken = Vec::new();
    for source in folders.iter().flat_map(|(folder, endings)| sources(folder, endings)) {
        for (at, line) in source.text.lines().enumerate().filter(|(_, line)| line.chars().count() > WIDEST) {
            // A comment can always be wrapped.
            let comment = line.trim_start().starts_with("//");
            match excused().find(|begin| !comment && source.path.starts_with(begin)) {
                Some(begin) => needed.push(begin),
                None => broken.push(format!("{}:{}", source.path, at + 1)),
            }
        }
    }
    let idle = excused().filter(|begin| !needed.contains(begin));
    broken.extend(idle.map(|begin| format!("{begin}: no line is too long any more; take it off STAY_LONG")));
    refuse(
        broken,
        "These lines are longer than 120 columns. Wrap texts, comments and markup by hand; rustfmt does the rest.",
    );
}
