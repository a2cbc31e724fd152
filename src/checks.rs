//! Checks of typed text that several forms need. Pure. They find the problems; the words for them are in `i18n`.

use crate::error::{FieldProblem, Problem};
use crate::i18n::fold::search_key;
use crate::i18n::money::Wrong;
use crate::i18n::{Currency, Locale, Money, clean, days};
use chrono::NaiveDate;
use std::collections::HashSet;

/// Nobody has more phones, addresses or contacts; a longer list is a mistake or an attack.
pub const LONGEST_LIST: usize = 50;

/// Whether the text could be an e-mail address: one `@`, something before it, a host with a dot after it, no blanks,
/// and none of the signs that separate or surround addresses.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let host_ok =
        host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
    !name.is_empty()
        && host_ok
        && !host.contains('@')
        && text.len() <= 254
        && !text.contains(|c: char| {
            c.is_whitespace() || c.is_control() || clean::is_unseen(c) || ",;:<>()[]\"\\".contains(c)
        })
}

/// Collects the problems of a form while it is parsed field by field.
#[derive(Debug, Default)]
pub struct Problems(pub Vec<FieldProblem>);

impl Problems {
    /// Notes the problem.
    pub fn add(&mut self, field: &str, problem: Problem) {
        self.0.push(FieldProblem { field: field.to_owned(), problem });
    }

    /// Notes the problem, and returns `None` in the place of the value.
    pub fn at<T>(&mut self, field: &str, problem: Problem) -> Option<T> {
        self.add(field, problem);
        None
    }

    fn short(&mut self, field: &str, text: String, most: u32) -> String {
        if text.chars().count() > most as usize {
            self.add(field, Problem::TooLong(most));
        }
        text
    }

    /// A text of one line, cleaned of invisible characters.
    pub fn line(&mut self, field: &str, typed: &str, most: u32) -> String {
        self.short(field, clean::line(typed), most)
    }

    /// A day, as people write it; `None` where nothing was typed.
    pub fn day(&mut self, field: &str, typed: &str, today: NaiveDate, locale: Locale) -> Option<NaiveDate> {
        if typed.trim().is_empty() {
            return None;
        }
        match days::read(typed, today, locale) {
            Ok(day) => Some(day),
            Err(problem) => self.at(field, problem),
        }
    }

    /// An amount in minor units; `None` where nothing was typed. A negative amount is refused: nothing is sold for less
    /// than nothing.
    pub fn amount(&mut self, field: &str, typed: &str, currency: Currency) -> Option<i64> {
        if typed.trim().is_empty() {
            return None;
        }
        match Money::parse(typed, currency) {
            Ok(money) if money.minor >= 0 => Some(money.minor),
            Err(Wrong::Currency(other)) => self.at(field, Problem::OtherCurrency(other)),
            _ => self.at(field, Problem::BadAmount),
        }
    }

    /// A text of several lines, cleaned of invisible characters.
    pub fn lines(&mut self, field: &str, typed: &str, most: u32) -> String {
        self.short(field, clean::lines(typed), most)
    }

    /// A list without empty or repeated entries. `several` splits the text of one field; an entry that is not `sound`
    /// is a problem.
    pub fn list(
        &mut self,
        field: &str,
        typed: &[String],
        most: u32,
        several: fn(&str) -> Vec<String>,
        sound: fn(&str) -> Option<Problem>,
    ) -> Vec<String> {
        let mut list: Vec<String> = Vec::new();
        for (row, typed) in typed.iter().enumerate() {
            let name = format!("{field}.{row}");
            for text in several(&clean::lines(typed)) {
                let text = self.line(&name, &text, most);
                if list.contains(&text) {
                    continue;
                }
                if let Some(problem) = sound(&text) {
                    self.add(&name, problem);
                }
                list.push(text);
            }
        }
        if list.len() > LONGEST_LIST {
            self.add(
                &format!("{field}.0"),
                Problem::TooLong(u32::try_from(LONGEST_LIST).unwrap_or_default()),
            );
        }
        list
    }

    /// A list of names, each with a permanent number: existing ones (`was`) keep theirs, a new one gets a number that
    /// was never used. Returned with the index of its row; rows without a name are ignored. No two names may be alike.
    pub fn numbered(
        &mut self,
        field: &str,
        (numbers, names): (&[String], &[String]),
        (longest, most): (u32, usize),
        was: &[u32],
    ) -> Vec<(usize, u32, String)> {
        let mut list: Vec<(usize, u32, String)> = Vec::new();
        let typed = names.iter().filter(|name| !name.trim().is_empty()).count();
        if typed > most {
            self.add(&format!("{field}.0"), Problem::TooMany(u32::try_from(most).unwrap_or_default()));
            return list;
        }
        let mut next = was.iter().copied().max().unwrap_or(0);
        let mut called = HashSet::new();
        for (row, typed) in names.iter().enumerate() {
            let at = format!("{field}.{row}");
            let name = self.line(&at, typed, longest);
            if name.is_empty() {
                continue;
            }
            // A name of signs alone has no search key, so it is compared literally.
            let key = Some(search_key(&name)).filter(|key| !key.is_empty()).unwrap_or_else(|| name.clone());
            if !called.insert(key) {
                self.add(&at, Problem::Taken);
            }
            let known = numbers.get(row).and_then(|nr| nr.parse().ok()).filter(|nr| was.contains(nr));
            let nr = known.filter(|nr| list.iter().all(|(_, other, _)| other != nr)).unwrap_or_else(|| {
                next += 1;
                next
            });
            list.push((row, nr, name));
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn addresses_are_told_from_typing_errors() {
        for good in ["a@b.co", "ayse.isik@firma.com.tr", "x+y@sub.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@",
            "@b.co",
            "a@b",
            "a b@c.de",
            "a@b@c.de",
            "a@.de",
            "a@b..de",
            "a@b.de.",
            "a,b@c.de",
            "<a@b.de>",
            "mailto:a@b.de",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
