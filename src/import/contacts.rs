//! The contacts of a customer in a file: each in columns of its own, or all in one cell with one line each, as our own
//! export writes them: `name | job | telephone | e-mail`.

use super::map::Contact;
use super::plan::ContactRow;
use super::template::Template;
use crate::checks::is_email;
use crate::customers::phone::is_phone;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Contacts {
    Fields(Vec<Contact>),
    Lines(Template),
}

impl Default for Contacts {
    fn default() -> Self {
        Self::Fields(Vec::new())
    }
}

/// Parses a contact from one line; `None` where the line has another form.
#[must_use]
pub fn read_line(line: &str) -> Option<ContactRow> {
    let mut parts = vec![String::new()];
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        let part = parts.last_mut()?;
        match sign {
            '\\' => part.extend(signs.next()),
            '|' => parts.push(String::new()),
            other => part.push(other),
        }
    }
    let mut parts = parts.into_iter().map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    let contact = ContactRow { name: next(), job: next(), phone: next(), email: next() };
    let sound = !contact.name.is_empty()
        && (contact.phone.is_empty() || is_phone(&contact.phone))
        && (contact.email.is_empty() || is_email(&contact.email))
        && parts.next().is_none();
    sound.then_some(contact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::export::contact_line;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(name in "[a-z|\\\\]{1,6}", job in "[a-z |\\\\]{0,6}", phone in "(0532 [0-9]{7})?",
            email in "([a-z]{1,3}@b\\.example)?") {
            let job = job.trim().to_owned();
            let line = contact_line(&name, &job, &phone, &email);
            prop_assert_eq!(read_line(&line), Some(ContactRow { name, job, phone, email }));
        }
    }

    #[test]
    fn another_line_is_none() {
        for line in ["", "| x", "Ada | | yok |", "Ada | a | b | c | d"] {
            assert_eq!(read_line(line), None, "{line}");
        }
        assert!(read_line("Ada").is_some());
    }
}
