//! Turkish-correct casing, and the fold for searching: whoever types "isik", "IŞIK" or "ışık" finds Işık. Not for
//! sorting: the order comes from the collation keys that the server stores.

use super::Locale;
use super::clean::is_unseen;
use super::letters::{is_letter_or_digit, is_mark, small};

/// The form in which text is stored and compared for searching: lower case, no marks, İ I ı all become i; letters and
/// digits stay, full stops and apostrophes are dropped ("A.Ş." is "AŞ"), everything else becomes one space.
#[must_use]
pub fn search_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    for c in small(text).chars() {
        match c {
            'ı' => push(&mut key, &mut gap, 'i'),
            '.' | '\'' | '’' | '‘' | 'ʼ' => {}
            c if is_unseen(c) || is_mark(c) => {}
            c if is_letter_or_digit(c) => push(&mut key, &mut gap, c),
            _ => gap = true,
        }
    }
    key
}

fn push(key: &mut String, gap: &mut bool, c: char) {
    if std::mem::take(gap) && !key.is_empty() {
        key.push(' ');
    }
    key.push(c);
}

/// Only the digits of a telephone or tax number, as typed.
#[must_use]
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Upper case as the language wants it: in Turkish i becomes İ.
#[must_use]
pub fn upper(text: &str, locale: Locale) -> String {
    match locale {
        Locale::Tr => text.chars().flat_map(|c| if c == 'i' { 'İ' } else { c }.to_uppercase()).collect(),
        Locale::En => text.to_uppercase(),
    }
}

/// Lower case as the language wants it: in Turkish I becomes ı and İ becomes i.
#[must_use]
pub fn lower(text: &str, locale: Locale) -> String {
    match locale {
        Locale::Tr => text
            .chars()
            .map(|c| match c {
                'I' => 'ı',
                'İ' => 'i',
                c => c,
            })
            .flat_map(char::to_lowercase)
            .collect(),
        Locale::En => text.to_lowercase(),
    }
}

/// The first letter in upper case, the rest untouched.
#[must_use]
pub fn capital(text: &str, locale: Locale) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| upper(&first.to_string(), locale) + chars.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn turkish_words() {
        for word in ["ışık", "IŞIK", "isik", "İŞİK", "Işık", "ISIK"] {
            assert_eq!(search_key(word), "isik", "{word}");
        }
        assert_eq!(search_key("ĞÜŞİÖÇ ğüşıöç"), "gusioc gusioc");
        assert_eq!(search_key("Yılmaz İnşaat A.Ş."), "yilmaz insaat as");
        assert_eq!(search_key("  Çelik—Gıda / Ltd. Şti. "), "celik gida ltd sti");
        assert_eq!(search_key("Kâğıthane"), "kagithane");
        assert_eq!(search_key("Yılmaz’ın"), "yilmazin");
        assert_eq!(search_key("straße"), search_key("STRASSE"));
        assert_eq!(search_key("STRAẞE"), search_key("STRASSE"));
        assert_eq!(search_key("ﬁrma № ２"), "firma no 2");
        assert_eq!(search_key("?!"), "");
    }

    #[test]
    fn casing() {
        assert_eq!(upper("ılık iç", Locale::Tr), "ILIK İÇ");
        assert_eq!(lower("ILIK İÇ", Locale::Tr), "ılık iç");
        assert_eq!(capital("istanbul", Locale::Tr), "İstanbul");
        assert_eq!(capital("istanbul", Locale::En), "Istanbul");
        assert_eq!(capital("", Locale::Tr), "");
    }

    #[test]
    fn only_digits() {
        assert_eq!(digits("VKN 412 009 8765"), "4120098765");
    }

    proptest! {
        #[test]
        fn case_does_not_matter(text in "[a-zA-ZğüşıöçĞÜŞİÖÇâîûß0-9 .,'’/-]{0,40}") {
            let key = search_key(&text);
            prop_assert_eq!(&key, &search_key(&upper(&text, Locale::Tr)));
            prop_assert_eq!(&key, &search_key(&upper(&text, Locale::En)));
            prop_assert_eq!(&key, &search_key(&lower(&text, Locale::Tr)));
            prop_assert_eq!(&key, &search_key(&lower(&text, Locale::En)));
        }

        #[test]
        fn any_text_folds_to_a_key_that_folds_to_itself(text in "\\PC{0,30}") {
            let key = search_key(&text);
            prop_assert_eq!(&key, &search_key(&key));
            prop_assert!(!key.starts_with(' ') && !key.ends_with(' ') && !key.contains("  "));
        }
    }
}
