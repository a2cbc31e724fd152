//! Looking a name up: the owner, product, customer or stage a row points at. What is not found is told with the name it may have meant,
//! since a guess that nobody sees is worse than a row that stays out.

use super::value::alike;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(Debug)]
pub struct Book {
    what: &'static str,
    ids: HashMap<String, Uuid>,
    /// By how a name reads to a person.
    spelled: HashMap<String, String>,
}

impl Book {
    #[must_use]
    pub fn new(what: &'static str) -> Self {
        Self { what, ids: HashMap::new(), spelled: HashMap::new() }
    }

    /// Enters a name; the first of two that are the same stays.
    pub fn enter(&mut self, name: &str, id: Uuid) {
        self.spelled.entry(alike(name)).or_insert_with(|| name.to_owned());
        self.ids.entry(name.to_owned()).or_insert(id);
    }

    /// # Errors
    /// The reason to be told beside the row.
    pub fn find(&self, name: &str) -> Result<Uuid, String> {
        self.ids.get(name).copied().ok_or_else(|| {
            let hint = self.spelled.get(&alike(name)).map(|meant| {
                format!("; if \"{meant}\" is meant, say so in the map: \"{name}\" = \"{meant}\" under its column in translate")
            });
            format!("unknown {} \"{name}\"{}", self.what, hint.unwrap_or_default())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_or_a_hint_is_given() {
        let mut book = Book::new("product");
        book.enter("GTX Pro", Uuid::from_u128(1));
        book.enter("GTX Pro", Uuid::from_u128(2));
        assert_eq!(book.find("GTX Pro"), Ok(Uuid::from_u128(1)));
        let told = book.find("GTXPro").expect_err("another spelling");
        assert!(told.starts_with("unknown product \"GTXPro\"; if \"GTX Pro\" is meant"), "{told}");
        assert_eq!(book.find("Lamp"), Err("unknown product \"Lamp\"".to_owned()));
    }
}
