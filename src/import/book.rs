//! A book: finds the record that a row names (an owner, product, customer or stage). For an unknown name the report
//! says which one may have been meant. It never guesses silently: leaving a row out is better than a wrong link that
//! nobody notices.

use super::said::Said;
use super::value::alike;
use crate::i18n::ImportWords;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Book {
    what: fn(&'static ImportWords) -> &'static str,
    ids: HashMap<String, Uuid>,
    /// The name as it was written, by its comparable form (`alike`).
    spelled: HashMap<String, String>,
    /// Names that several records share; such a name refers to none of them.
    several: HashSet<String>,
}

impl Book {
    #[must_use]
    pub fn new(what: fn(&'static ImportWords) -> &'static str) -> Self {
        Self { what, ids: HashMap::new(), spelled: HashMap::new(), several: HashSet::new() }
    }

    /// Adds a name; if the name is there already, the first record keeps it.
    pub fn enter(&mut self, name: &str, id: Uuid) {
        self.spelled.entry(alike(name)).or_insert_with(|| name.to_owned());
        self.ids.entry(name.to_owned()).or_insert(id);
    }

    /// Notes that several records share this name.
    pub fn several(&mut self, name: &str) {
        self.several.insert(name.to_owned());
    }

    /// # Errors
    /// The reason, for the report.
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
