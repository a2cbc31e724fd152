//! Parses values as files write them: amounts, days, kinds, yes and no. A value that can't be parsed is reported with a
//! reason, never guessed.

use super::days::Days;
use super::map::Format;
use super::said::Said;
use crate::activities::model::{ActivityKind, Direction, Outcome};
use crate::customers::model::CustomerKind;
use crate::i18n::fold::search_key;
use crate::i18n::money::{Marks, Wrong, amount};
use crate::i18n::{Currency, Locale, Text};
use crate::tasks::model::TaskKind;
use anyhow::{Context as _, bail};

/// Parses values by the format of one file.
#[derive(Clone, Debug)]
pub struct Reader {
    pub days: Days,
    marks: Marks,
    pub currency: Currency,
}

/// A parsed amount, and what was notable about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    pub minor: i64,
    pub currency: Currency,
    /// It has more decimals than its currency.
    pub long: bool,
    /// The currency was written beside it, and is not the file's.
    pub own: bool,
}

impl Reader {
    /// # Errors
    /// A sentence that names what is wrong with the format.
    pub fn new(format: &Format, firms_currency: Currency) -> anyhow::Result<Self> {
        if let Some(decimal) = format.decimal.filter(|decimal| !".,".contains(*decimal)) {
            bail!("decimal: '{decimal}' can't be one, it is . or ,");
        }
        if format.thousands.is_some() && format.thousands == format.decimal {
            bail!("decimal and thousands are the same sign: {}", format.thousands.unwrap_or_default());
        }
        let currency = match &format.currency {
            Some(code) => {
                Currency::named(code).with_context(|| format!("currency: \"{code}\" is not known"))?
            }
            None => firms_currency,
        };
        let marks = Marks { decimal: format.decimal, thousands: format.thousands, groups: false };
        Ok(Self { days: Days::new(format.dates.as_deref())?, marks, currency })
    }

    /// The amount; `None` for an empty text. `column` is the currency from another column.
    ///
    /// # Errors
    /// The reason, for the report.
    pub fn amount(&self, text: &str, column: Option<Currency>) -> Result<Option<Read>, Said> {
        if text.is_empty() {
            return Ok(None);
        }
        let file = column.unwrap_or(self.currency);
        let read = amount(text, file, self.marks).map_err(|wrong| match wrong {
            Wrong::Either => Said::of(|words| words.either_amount.to_owned()),
            Wrong::NoAmount | Wrong::Currency(_) => Said::of(|words| words.bad_amount.to_owned()),
        })?;
        let currency = read.currency.unwrap_or(file);
        if let Some(column) = column.filter(|column| *column != currency) {
            return Err(Said::of(|words| (words.two_currencies)(currency.code(), column.code())));
        }
        Ok(Some(Read { minor: read.minor, currency, long: read.long, own: currency != file }))
    }
}

/// Whether the text is only a way to write "nothing".
#[must_use]
pub fn is_nothing(text: &str) -> bool {
    const WORDS: [&str; 11] =
        ["yok", "none", "null", "nil", "na", "n a", "bos", "bilinmiyor", "belirsiz", "x", "xx"];
    let signs = !text.is_empty() && !text.contains(char::is_alphanumeric);
    let marks = text.chars().all(|c| "-–—_.?*/ ".contains(c));
    signs && marks || WORDS.contains(&search_key(text).as_str())
}

/// A kind of customer, by its word in either language.
#[must_use]
pub fn kind(text: &str) -> Option<CustomerKind> {
    match search_key(text).as_str() {
        "person" | "kisi" | "sahis" | "bireysel" | "gercek kisi" => Some(CustomerKind::Person),
        "organisation" | "organization" | "firma" | "kurulus" | "kurum" | "sirket" | "company"
        | "kurumsal" | "tuzel kisi" => Some(CustomerKind::Organisation),
        _ => None,
    }
}

/// Yes or no, by its word in either language; an empty text means no.
#[must_use]
pub fn answer(text: &str) -> Option<bool> {
    match search_key(text).as_str() {
        "evet" | "yes" | "true" | "1" | "var" | "on" | "e" | "y" => Some(true),
        "" | "hayir" | "no" | "false" | "0" | "yok" | "off" | "h" | "n" => Some(false),
        _ => None,
    }
}

/// The value that a word of the pages stands for, in either language.
fn named<T: Copy>(text: &str, all: &[T], name: fn(&'static Text, T) -> &'static str) -> Option<T> {
    let key = search_key(text);
    let called = |one: T| Locale::ALL.iter().any(|locale| search_key(name(locale.text(), one)) == key);
    all.iter().copied().find(|one| called(*one))
}

#[must_use]
pub fn task_kind(text: &str) -> Option<TaskKind> {
    let name = |words: &'static Text, kind| (words.tasks.kind_name)(kind);
    TaskKind::parse(text).or_else(|| named(text, &TaskKind::ALL, name))
}

#[must_use]
pub fn activity_kind(text: &str) -> Option<ActivityKind> {
    let name = |words: &'static Text, kind| (words.activities.kind_name)(kind);
    ActivityKind::of(text).or_else(|| named(text, &ActivityKind::ALL, name))
}

#[must_use]
pub fn direction(text: &str) -> Option<Direction> {
    named(text, &[Direction::In, Direction::Out], |words, one| (words.activities.direction_name)(one))
}

#[must_use]
pub fn outcome(text: &str) -> Option<Outcome> {
    let all: Vec<Outcome> = [Outcome::Reached].into_iter().chain(Outcome::FAILED).collect();
    let name = |words: &'static Text, one| (words.activities.outcome_name)(one);
    Outcome::of(text).or_else(|| named(text, &all, name))
}

/// A time of day, such as `14:05`, as the minute of the day.
#[must_use]
pub fn minute(text: &str) -> Option<i64> {
    let mut parts = text.split([':', '.']).map(|part| part.parse::<i64>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let sound = (0..24).contains(&hour) && (0..60).contains(&minute);
    let seconds = parts.all(|part| part.is_some_and(|second| (0..60).contains(&second)));
    (sound && seconds).then_some(hour * 60 + minute)
}

/// A comparable form: the same for two spellings of one name, such as "GTXPro" and "GTX Pro".
#[must_use]
pub fn alike(name: &str) -> String {
    search_key(name).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(format: &Format) -> Reader {
        Reader::new(format, Currency::Usd).expect("a good format")
    }

    fn minor(reader: &Reader, text: &str) -> Option<i64> {
        reader.amount(text, None).ok().flatten().map(|read| read.minor)
    }

    #[test]
    fn numbers_are_read_in_the_files_manner_or_not_at_all() {
        let plain = reader(&Format::default());
        for (text, read) in [("1054", 105_400), ("0.5", 50), ("12.3400", 1234), ("-3", -300), ("1,5", 150)] {
            assert_eq!(minor(&plain, text), Some(read), "{text}");
        }
        assert_eq!(plain.amount("", None), Ok(None));
        for bad in ["12.345", "twelve", "1e3", ".", "5.", "--1", "99999999999999999999"] {
            assert!(plain.amount(bad, None).is_err(), "{bad}");
        }
        let turkish = reader(&Format { decimal: Some(','), thousands: Some('.'), ..Format::default() });
        assert_eq!(minor(&turkish, "1.234,56"), Some(123_456));
        for format in [
            Format { decimal: Some('x'), ..Format::default() },
            Format { decimal: Some('.'), thousands: Some('.'), ..Format::default() },
        ] {
            assert!(Reader::new(&format, Currency::Usd).is_err());
        }
    }

    #[test]
    fn a_currency_that_is_written_counts() {
        let lira = reader(&Format { decimal: Some(','), currency: Some("TL".into()), ..Format::default() });
        let read = |text, column| lira.amount(text, column);
        let euros = Read { minor: 115_018, currency: Currency::Eur, long: false, own: true };
        assert_eq!(read("€ 1.150,18", None), Ok(Some(euros)));
        assert_eq!(read("€ 1.150,18", Some(Currency::Eur)), Ok(Some(Read { own: false, ..euros })));
        let two = read("€ 1.000,00", Some(Currency::Try)).expect_err("a contradiction");
        assert!(two.told(Locale::En).contains("EUR") && two.told(Locale::Tr).contains("TRY"));
    }

    #[test]
    fn words_are_known() {
        for text in ["yok", "YOK", "-", "—", "--", "?", "n/a", "N.A.", "Bilinmiyor", "."] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["", "0", "Yoksul", "a-b", "0532"] {
            assert!(!is_nothing(text), "{text}");
        }
        assert_eq!(kind("Kişi"), Some(CustomerKind::Person));
        assert_eq!(kind("KURULUŞ"), Some(CustomerKind::Organisation));
        assert_eq!(kind("club"), None);
        assert_eq!(
            (answer("Evet"), answer("HAYIR"), answer(""), answer("belki")),
            (Some(true), Some(false), Some(false), None)
        );
    }

    #[test]
    fn words_of_the_pages_are_known_in_both_languages() {
        for locale in Locale::ALL {
            let words = locale.text();
            for kind in TaskKind::ALL {
                assert_eq!(task_kind((words.tasks.kind_name)(kind)), Some(kind));
            }
            for kind in ActivityKind::ALL {
                assert_eq!(activity_kind((words.activities.kind_name)(kind)), Some(kind));
            }
            for one in [Direction::In, Direction::Out] {
                assert_eq!(direction((words.activities.direction_name)(one)), Some(one));
            }
            for one in [Outcome::Reached].into_iter().chain(Outcome::FAILED) {
                assert_eq!(outcome((words.activities.outcome_name)(one)), Some(one));
            }
        }
        assert_eq!(
            (minute("14:05"), minute("9.30"), minute("24:00"), minute("x")),
            (Some(845), Some(570), None, None)
        );
    }

    #[test]
    fn spellings() {
        assert_eq!(alike("GTXPro"), alike("GTX Pro"));
        assert_eq!(alike("IŞIK A.Ş."), alike("ışık aş"));
    }
}
