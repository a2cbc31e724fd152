//! The rules of this source, as far as a test can check them. A test that fails says what is wrong, where, and what to
//! do about it.

mod columns;
mod reach;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 400;

struct Source {
    path: String,
    text: String,
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(&path, endings, found);
        } else if path.extension().is_some_and(|ending| endings.iter().any(|one| ending == *one)) {
            found.push(path);
        }
    }
}

fn sources(folder: &str, endings: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join(folder), endings, &mut paths);
    assert!(!paths.is_empty(), "{folder} has sources");
    paths
        .into_iter()
        .map(|path| Source {
            text: std::fs::read_to_string(&path).expect("a source can be read"),
            path: path.strip_prefix(root).expect("it is below the root").display().to_string(),
        })
        .collect()
}

fn rust() -> Vec<Source> {
    sources("src", &["rs"])
}

fn refuse(broken: Vec<String>, rule: &str) {
    assert!(broken.is_empty(), "{rule}\n{}", broken.join("\n"));
}

#[test]
fn files_are_short() {
    let broken = rust().into_iter().chain(sources("xtask", &["rs"])).filter_map(|source| {
        let lines = source.text.lines().count();
        (lines > LONGEST_FILE).then(|| format!("{}: {lines} lines", source.path))
    });
    refuse(broken.collect(), "These files have more than 400 lines. Split them; aim at 150 lines a file.");
}

/// A field of deals and a field of customers that need no code besides their description, and how many files may name
/// each: a migration, the model, the store, the words, and what makes samples.
const FIELD_COSTS: [(&str, usize); 2] = [("contract", 5), ("sector", 5)];

#[test]
fn a_field_stands_in_few_files() {
    let sources: Vec<Source> = rust().into_iter().chain(sources("migrations", &["sql"])).collect();
    let mut broken = Vec::new();
    for (field, most) in FIELD_COSTS {
        let is_it = |word: &str| word.eq_ignore_ascii_case(field);
        let code = |source: &&Source| !source.path.contains("tests");
        let found: Vec<_> = sources
            .iter()
            .filter(code)
            .filter(|source| source.text.split(|c: char| !c.is_alphanumeric() && c != '_').any(is_it))
            .map(|source| source.path.clone())
            .collect();
        if found.len() > most {
            broken.push(format!("{field}: {}", found.join(", ")));
        }
    }
    refuse(
        broken,
        "Too many files name these fields. Code that works on described fields (`FIELDS`) must not name one.",
    );
}

#[test]
fn documents_name_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "xtask/src", "end2end", "docs", "deploy", "style", ".cargo"] {
        collect(&root.join(folder), &["rs", "js", "ts", "md", "css", "toml"], &mut files);
    }
    let files: Vec<String> = files.iter().map(|path| format!("/{}", path.display())).collect();
    let mut broken = Vec::new();
    for paper in ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "README.md"] {
        let text = std::fs::read_to_string(root.join(paper)).expect("a document");
        for name in text.split('`').skip(1).step_by(2) {
            let is_file = [".rs", ".js", ".ts"].iter().any(|ending| name.ends_with(ending));
            let is_folder = name.starts_with("src/") && name.ends_with('/');
            let there = match name.strip_suffix('/') {
                Some(folder) => root.join(folder).is_dir(),
                None => files.iter().any(|file| file.ends_with(&format!("/{name}"))),
            };
            if (is_file || is_folder) && !name.contains([' ', '<']) && !there {
                broken.push(format!("{paper}: {name}"));
            }
        }
    }
    refuse(broken, "These documents name files or folders that do not exist. Correct the names.");
}

#[test]
fn every_module_says_what_it_is() {
    let broken =
        rust().into_iter().filter(|source| !source.text.starts_with("//! ")).map(|source| source.path);
    refuse(
        broken.collect(),
        "These files do not begin with `//!`. Say there in two to five lines what the file is and what it is not.",
    );
}

#[test]
fn cfg_stands_on_mod_lines_only() {
    let mut broken = Vec::new();
    for source in rust() {
        let lines: Vec<&str> = source.text.lines().map(str::trim).collect();
        for (at, line) in lines.iter().enumerate() {
            let feature = line.starts_with("#[cfg(") && line.contains("feature");
            let next =
                lines[at + 1..].iter().find(|line| !line.starts_with("#[")).copied().unwrap_or_default();
            let on_mod = ["mod ", "pub mod ", "pub use ", "pub(crate) mod ", "pub(super) mod "]
                .iter()
                .any(|start| next.starts_with(start));
            if feature && !on_mod {
                broken.push(format!("{}:{}: {line}", source.path, at + 1));
            }
            if line.contains(concat!("cfg!(", "feature")) {
                broken.push(format!("{}:{}: {line}", source.path, at + 1));
            }
        }
    }
    refuse(
        broken,
        "Put `cfg` for a feature on a `mod` line only. If the other side needs code instead, write a twin module.",
    );
}

#[test]
fn only_the_text_area_component_writes_a_textarea() {
    let broken = rust().into_iter().filter(|source| {
        source.text.contains("<textarea")
            && !["src/ui/textarea.rs", "src/tests/tidy.rs"].contains(&source.path.as_str())
    });
    refuse(
        broken.map(|source| source.path).collect(),
        "Leptos 0.8 does not escape the text in a <textarea>. Use ui::TextArea instead.",
    );
}

#[test]
fn only_the_page_title_component_writes_a_title() {
    let bare = ["<Title", "<title>", "leptos_meta::Title", "leptos_meta::*"];
    let broken = rust().into_iter().filter(|source| {
        let named =
            source.text.lines().any(|line| line.contains("use leptos_meta") && line.contains("Title"));
        (named || bare.iter().any(|bare| source.text.contains(bare)))
            && !["src/ui/title.rs", "src/tests/tidy.rs"].contains(&source.path.as_str())
    });
    refuse(
        broken.map(|source| source.path).collect(),
        "leptos_meta 0.8 does not escape the title of a page. Use ui::PageTitle instead.",
    );
}

#[test]
fn nothing_is_drawn_into_an_element_without_escaping() {
    let raw = ["<script", "<style", "<noscript", "<Script", "<Style", "<plaintext", "<xmp", "<iframe"];
    let allowed = ["src/app/document.rs", "src/ui/textarea.rs", "src/ui/title.rs"];
    let broken = rust().into_iter().filter(|source| {
        let place = allowed.contains(&source.path.as_str()) || source.path.starts_with("src/tests/");
        !place && raw.iter().any(|raw| source.text.contains(raw))
    });
    refuse(
        broken.map(|source| source.path).collect(),
        "Leptos 0.8 does not escape the text in elements such as <script>, <style> or <iframe>. Use another element, \
         or put the text into a JavaScript or CSS file.",
    );
}

#[test]
fn raw_html_stands_only_in_the_document() {
    let allowed = ["src/app/document.rs", "src/tests/tidy.rs", "src/ui/icon.rs", "src/ui/textarea.rs"];
    let broken = rust()
        .into_iter()
        .filter(|source| source.text.contains("inner_html") && !allowed.contains(&source.path.as_str()));
    refuse(
        broken.map(|source| source.path).collect(),
        "Do not use inner_html: text that people typed must never become HTML.",
    );
}

#[test]
fn views_have_no_style_attributes() {
    let broken = rust().into_iter().filter(|source| {
        source.path != "src/tests/tidy.rs"
            && (source.text.contains(" style=\"") || source.text.contains(" style:"))
    });
    refuse(
        broken.map(|source| source.path).collect(),
        "The content security policy blocks style attributes. Use classes, data attributes or CSSOM instead.",
    );
}

/// The names that follow `before` in the text; `part` says which characters belong to a name.
fn names(text: &str, before: &str, part: fn(char) -> bool) -> Vec<String> {
    let rest = text.match_indices(before).map(|(at, _)| &text[at + before.len()..]);
    let name = |rest: &str| rest.chars().take_while(|letter| part(*letter)).collect::<String>();
    rest.map(name).filter(|name| !name.is_empty()).collect()
}

#[test]
fn every_word_is_used() {
    let said: BTreeSet<String> = rust()
        .iter()
        .flat_map(|source| names(&source.text, ".", |letter| letter.is_ascii_alphanumeric() || letter == '_'))
        .collect();
    let files = rust().into_iter().filter(|source| source.path.starts_with("src/i18n/words/"));
    let silent = files.flat_map(|source| {
        let word = |line: &str| {
            let name = line.strip_prefix("    ")?.split([' ', ':']).next()?;
            let begins = line.contains(" = ")
                && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
            (begins && !name.is_empty() && name != "let" && !said.contains(name))
                .then(|| format!("{}: {name}", source.path))
        };
        source.text.lines().filter_map(word).collect::<Vec<_>>()
    });
    refuse(silent.collect(), "No code uses these words. Delete them.");
}

/// The words of a text, of which names of classes and attributes are some.
fn css_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
}

#[test]
fn every_css_class_and_attribute_is_used() {
    let views: Vec<Source> = sources("src", &["rs", "js"]);
    let views = || views.iter().filter(|source| !source.path.starts_with("src/tests"));
    // Classes are named in texts and as `class:name`, attributes anywhere in the markup.
    let mut used = BTreeSet::new();
    for source in views() {
        let texts = source.text.split('"').skip(1).step_by(2).flat_map(css_words);
        let toggled = source.text.split("class:").skip(1).filter_map(|rest| css_words(rest).next());
        used.extend(texts.chain(toggled).map(str::to_owned));
        if source.path.ends_with(".js") {
            used.extend(css_words(&source.text).map(str::to_owned));
        }
    }
    let named: BTreeSet<&str> = views().flat_map(|source| css_words(&source.text)).collect();
    let unused = sources("style", &["css"]).into_iter().flat_map(|source| {
        let rules: String = source
            .text
            .split("/*")
            .map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest))
            .collect();
        let selectors = || rules.lines().filter(|line| !line.contains(": ") || line.ends_with(['{', ',']));
        let part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let classes = selectors().flat_map(|line| names(line, ".", part)).collect::<BTreeSet<_>>();
        let classes = classes.into_iter().filter(|class| class.starts_with(|c: char| c.is_ascii_lowercase()));
        let classes = classes.filter(|class| !used.contains(class)).map(|class| format!(".{class}"));
        let attributes = selectors().flat_map(|line| names(line, "[data-", part)).collect::<BTreeSet<_>>();
        let attributes = attributes.into_iter().map(|name| format!("data-{name}"));
        let attributes = attributes.filter(|name| !named.contains(&**name)).map(|name| format!("[{name}]"));
        classes.chain(attributes).map(|what| format!("{}: {what}", source.path)).collect::<Vec<_>>()
    });
    refuse(unused.collect(), "No view uses these classes and attributes. Delete their rules.");
}

#[test]
fn every_form_keeps_what_is_typed_in_it() {
    let broken = rust().into_iter().filter(|source| source.path.starts_with("src/")).flat_map(|source| {
        let tags =
            source.text.split("<form class=\"form\"").skip(1).filter_map(|rest| rest.split('>').next());
        let lost = tags.filter(|tag| !tag.contains("action=") && !tag.contains("data-draft="));
        let path = source.path.as_str();
        lost.filter(|_| path != "src/tests/tidy.rs").map(|tag| format!("{path}: {tag}")).collect::<Vec<_>>()
    });
    refuse(
        broken.collect(),
        "ui/drafts.js keeps what is typed in a form under its `action` or `data-draft`. Give the form one of them; an \
         empty `data-draft` means that nothing is kept.",
    );
}

#[test]
fn only_sql_rooms_speak_sql_and_only_what_both_engines_know() {
    let words = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "];
    let rooms = |path: &str| {
        path.ends_with("store.rs")
            || path.contains("/store/")
            || path.starts_with("src/server/")
            || path.starts_with("src/tests/")
            || ["src/live/stream.rs", "src/deals/pipeline.rs", "src/deals/board/places.rs", "src/stats.rs"]
                .contains(&path)
    };
    let foreign = [
        " ILIKE ",
        "NOW()",
        " now()",
        "CURRENT_TIMESTAMP",
        "AUTOINCREMENT",
        "FOR UPDATE",
        "DISTINCT ON",
        "DATE_TRUNC",
        "INTERVAL '",
    ];
    let mut broken = Vec::new();
    for source in rust() {
        for (at, line) in source.text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            let speaks = words.iter().any(|word| code.contains(&format!("\"{word}")));
            if speaks && !rooms(&source.path) {
                broken.push(format!("{}:{}: SQL outside a store: {code}", source.path, at + 1));
            }
            if !["src/tests/tidy.rs", "src/server/clock.rs"].contains(&source.path.as_str())
                && rooms(&source.path)
                && foreign.iter().any(|word| code.contains(word))
            {
                broken.push(format!("{}:{}: only one engine knows this: {code}", source.path, at + 1));
            }
        }
    }
    refuse(broken, "Write SQL only in a store, and only words that both engines know (CONTRIBUTING.md).");
}

#[test]
fn components_name_neither_store_nor_server() {
    let broken = rust().into_iter().filter(|source| {
        source.text.contains("#[component]")
            && !source.path.starts_with("src/tests/")
            && source.text.lines().any(|line| {
                !line.trim_start().starts_with("//")
                    && ["::store::", "super::store", "crate::server"].iter().any(|name| line.contains(name))
            })
    });
    refuse(
        broken.map(|source| source.path).collect(),
        "A component must not use a store or the server. Call a server function in `api.rs` instead.",
    );
}

#[test]
fn the_ui_knows_no_feature() {
    let broken = rust().into_iter().filter(|source| {
        source.path.starts_with("src/ui/")
            && ["crate::customers", "crate::deals", "crate::people", "crate::products"]
                .iter()
                .any(|name| source.text.contains(name))
    });
    refuse(
        broken.map(|source| source.path).collect(),
        "`src/ui/` must not use a feature. Pass labels and values as props.",
    );
}
