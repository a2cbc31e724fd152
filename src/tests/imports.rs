//! Which file imports which, read from the sources: a circle of imports may not be wider than a folder of `src/`. A
//! re-export (`pub use`) is no import by itself; whoever uses it imports the file that defines the name. Tests are not
//! read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A module's path below the crate: `["deals", "board"]`.
type Module = Vec<String>;

#[derive(Default)]
struct House {
    /// The words of each module's source, without comments, strings and tests.
    sources: BTreeMap<Module, Vec<String>>,
    /// Names that a module re-exports, with the path that each is re-exported from.
    handed_on: BTreeMap<Module, Module>,
}

/// The source as words and signs, without comments, strings and tests.
fn words(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut words = Vec::new();
    for line in source.lines() {
        let mut in_text = false;
        let line = line.trim_start();
        let mut word = String::new();
        let mut before = ' ';
        for sign in line.chars() {
            match sign {
                '/' if before == '/' && !in_text => break,
                '"' if before != '\\' => in_text = !in_text,
                _ if in_text => {}
                _ if sign.is_alphanumeric() || sign == '_' => word.push(sign),
                _ => {
                    if !word.is_empty() {
                        words.push(std::mem::take(&mut word));
                    }
                    if sign == ':' && before == ':' {
                        words.push("::".to_owned());
                    } else if "{},;".contains(sign) {
                        words.push(sign.to_string());
                    }
                }
            }
            before = sign;
        }
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

/// Collects the paths of a `use`, each with the name that it gets, from the word `at` on. Returns where they end.
fn tree(words: &[String], mut at: usize, stem: &[String], found: &mut Vec<(Module, String)>) -> usize {
    let mut path = stem.to_vec();
    while let Some(word) = words.get(at) {
        match word.as_str() {
            "::" => {}
            "{" => {
                at = tree(words, at + 1, &path, found);
                path.clear();
            }
            "as" => {
                let name = words.get(at + 1).cloned().unwrap_or_default();
                found.push((std::mem::take(&mut path), name));
                at += 1;
            }
            "," | "}" | ";" => {
                if let Some(last) = path.last().filter(|_| path.len() > stem.len()).cloned() {
                    let path = std::mem::take(&mut path);
                    found.push((path.into_iter().filter(|part| part != "self").collect(), last));
                }
                if word != "," {
                    return at;
                }
                path = stem.to_vec();
            }
            _ => path.push(word.clone()),
        }
        at += 1;
    }
    at
}

impl House {
    fn read() -> Self {
        let mut house = Self::default();
        house.walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[]);
        for module in house.sources.keys().cloned().collect::<Vec<_>>() {
            for (path, name, public) in house.imports(&module) {
                if public {
                    let mut known_as = module.clone();
                    known_as.push(name);
                    house.handed_on.insert(known_as, path);
                }
            }
        }
        house
    }

    fn walk(&mut self, folder: &Path, above: &[String]) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
            let mut module = above.to_vec();
            if !["mod", "lib"].contains(&name.as_str()) || path.is_dir() {
                module.push(name);
            }
            if path.is_dir() {
                if module != ["tests"] {
                    self.walk(&path, &module);
                }
            } else if path.extension().is_some_and(|ending| ending == "rs") && module != ["main"] {
                let source = std::fs::read_to_string(&path).expect("a source");
                self.sources.insert(module, words(&source));
            }
        }
    }

    /// The paths in this crate that a module names: from the root, with the name it gives each, and whether it
    /// re-exports it.
    fn imports(&self, module: &Module) -> Vec<(Module, String, bool)> {
        let words = &self.sources[module];
        let mut named = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let mut found = Vec::new();
            let public = at > 0 && ["pub", "crate", "super"].contains(&words[at - 1].as_str());
            if words[at] == "use" {
                at = tree(words, at + 1, &[], &mut found);
            } else if ["crate", "super"].contains(&words[at].as_str())
                && words.get(at + 1).is_some_and(|next| next == "::")
            {
                let mut path = vec![words[at].clone()];
                while words.get(at + 1).is_some_and(|next| next == "::") && at + 2 < words.len() {
                    path.push(words[at + 2].clone());
                    at += 2;
                }
                found.push((path, String::new()));
            }
            named.extend(
                found.into_iter().filter_map(|(path, name)| Some((self.rooted(module, path)?, name, public))),
            );
            at += 1;
        }
        named
    }

    fn rooted(&self, module: &Module, path: Module) -> Option<Module> {
        let mut base = module.clone();
        match path.first()?.as_str() {
            "crate" => Some(path[1..].to_vec()),
            "super" => {
                let up = path.iter().take_while(|part| *part == "super").count();
                base.truncate(base.len().checked_sub(up)?);
                base.extend_from_slice(&path[up..]);
                Some(base)
            }
            first => {
                base.push(first.to_owned());
                let own = self.sources.contains_key(&base);
                base.extend_from_slice(&path[1..]);
                own.then_some(base)
            }
        }
    }

    /// The file that defines a name, also through re-exports.
    fn home_of(&self, path: &Module, depth: usize) -> Option<Module> {
        for length in 1..=path.len() {
            let start = path[..length].to_vec();
            if let Some(from) =
                self.handed_on.get(&start).filter(|_| depth < 8 && !self.sources.contains_key(&start))
            {
                let mut on = from.clone();
                on.extend_from_slice(&path[length..]);
                return self.home_of(&on, depth + 1);
            }
        }
        (1..=path.len())
            .rev()
            .map(|length| path[..length].to_vec())
            .find(|module| self.sources.contains_key(module))
    }

    fn arrows(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let of = |module: &Module| {
            let all = self.imports(module).into_iter().filter(|(_, _, public)| !public);
            let homes = all.filter_map(|(path, ..)| self.home_of(&path, 0));
            homes.filter(|home| home != module).collect()
        };
        self.sources.keys().map(|module| (module.clone(), of(module))).collect()
    }
}

/// All modules that this one imports, itself or through others.
fn reached(arrows: &BTreeMap<Module, BTreeSet<Module>>, from: &Module) -> BTreeSet<Module> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from.clone()];
    while let Some(module) = next.pop() {
        next.extend(arrows[&module].iter().filter(|to| reached.insert((*to).clone())).cloned());
    }
    reached
}

#[test]
fn no_circle_of_imports_is_wider_than_a_folder() {
    let arrows = House::read().arrows();
    assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 1_000, "the imports are read");
    let reach: BTreeMap<_, _> = arrows.keys().map(|module| (module, reached(&arrows, module))).collect();
    let mut broken = Vec::new();
    for (from, all) in &arrows {
        for to in all.iter().filter(|to| reach[to].contains(from) && to.first() != from.first()) {
            broken.push(format!("{} -> {}", from.join("::"), to.join("::")));
        }
    }
    assert!(
        broken.is_empty(),
        "These imports close a circle wider than a folder: move what both need to a third place.\n{}",
        broken.join("\n")
    );
}

#[test]
fn imports_are_read_as_they_are_written() {
    let words = words(
        "use crate::{a::{self, B as C}, d::E}; // use crate::no;\nlet x = \"use crate::no;\"; pub use f::G;",
    );
    let mut found = Vec::new();
    tree(&words, 1, &[], &mut found);
    let found: Vec<_> = found.iter().map(|(path, name)| (path.join("::"), name.as_str())).collect();
    assert_eq!(
        found,
        [("crate::a".to_owned(), "self"), ("crate::a::B".to_owned(), "C"), ("crate::d::E".to_owned(), "E")]
    );
    assert_eq!(words.iter().filter(|word| *word == "use").count(), 2);
}
