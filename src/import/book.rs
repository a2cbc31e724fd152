//! Looking a name up: the owner, product, customer or stage a row points at. What is not found is told with the name it
//! may have meant, since a guess that nobody sees is worse than a row that stays out.

use super::said::Said;
use super::value::alike;
use crate::i18n::ImportWords;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Book {
    what: fn(&'static ImportWords) -> &'static str,
    ids: HashMap<String, Uuid>,
    /// By how a name reads to a person.
    spelled: HashMap<String, String>,
    /// Names that several have: none of them is meant by it.
    several: HashSet<String>,
}

impl Book {
    #[must_use]
    pub fn new(what: fn(&'static ImportWords) -> &'static str) -> Self {
        Self { what, ids: HashMap::new(), spelled: HashMap::new(), several: HashSet::new() }
    }

    /// Enters a name; the first of two that are the same stays.
    pub fn enter(&mut self, name: &str, id: Uuid) {
        self.spelled.entry(alike(name)).or_insert_with(|| name.to_owned());
        self.ids.entry(name.to_owned()).or_insert(id);
    }

    /// Notes that several are called so.
    pub fn several(&mut self, name: &str) {
        self.several.insert(name.to_owned());
    }

    /// # Errors
    /// The reason to be told beside the row.
    pub fn find(&self, name: &str) -> Result<Uuid, Said> {
        self.ids.get(name).copied().ok_or_else(|| {
            if self.several.contains(name) {
                return Said::of(|words| words.several_people.to_owned());
            }
            let meant = self.spelled.get(&alike(name));
            Said::of(|words| {
                let hint = meant.map(|meant| (words.meant)(name, meant)).unwrap_or_default();
                format!("{}{hint}", (words.unknown)((self.what)(words)))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use crate::import::report::Thing;

    #[test]
    fn a_name_is_found_or_a_hint_is_given() {
        let mut book = Book::new(|words| Thing::Product.one(words));
        book.enter("GTX Pro", Uuid::from_u128(1));
        book.enter("GTX Pro", Uuid::from_u128(2));
        assert_eq!(book.find("GTX Pro"), Ok(Uuid::from_u128(1)));
        let told = |name| book.find(name).expect_err("another spelling").told(Locale::En).to_owned();
        assert!(told("GTXPro").starts_with("unknown product; if “GTX Pro” is meant"), "{}", told("GTXPro"));
        assert_eq!(told("Lamp"), "unknown product");
    }
}
