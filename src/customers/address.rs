//! The address (query string) of the list of customers: the search, the letter to begin at, the row to go on after; and
//! the links to call or write. Pure. Parsed here and not by the router, because leptos 0.8 decodes query values twice.

use super::model::{CustomerQuery, PAGE};
use super::phone;
use crate::filters::address::{filter_of, pairs};
use crate::ui::address::{decoded, encoded};

/// The list that an address names.
#[must_use]
pub fn query_of(params: &str) -> CustomerQuery {
    let value = |name: &str| {
        let pairs = params.trim_start_matches('?').split('&');
        let found = pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
        found.map(|(_, value)| decoded(value)).filter(|value| !value.trim().is_empty())
    };
    CustomerQuery {
        search: value("q").unwrap_or_default(),
        after: value("after"),
        letter: value("letter"),
        filter: filter_of(params),
        limit: PAGE,
    }
}

/// The address of a list.
#[must_use]
pub fn address_of(query: &CustomerQuery) -> String {
    let parts =
        [("q", Some(&query.search)), ("letter", query.letter.as_ref()), ("after", query.after.as_ref())];
    let params: Vec<String> = parts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| (name, value.clone()))
        .chain(pairs(&query.filter))
        .map(|(name, value)| format!("{name}={}", encoded(&value)))
        .collect();
    if params.is_empty() { "/customers".to_owned() } else { format!("/customers?{}", params.join("&")) }
}

/// The letters offered to jump to in the list, in Turkish order.
pub const LETTERS: [&str; 29] = [
    "A", "B", "C", "Ç", "D", "E", "F", "G", "Ğ", "H", "I", "İ", "J", "K", "L", "M", "N", "O", "Ö", "P", "R",
    "S", "Ş", "T", "U", "Ü", "V", "Y", "Z",
];

/// The link that calls a telephone number.
#[must_use]
pub fn call_link(phone: &str) -> String {
    format!("tel:{}", phone::dialled(phone))
}

/// The link that writes an e-mail. The address is encoded, so that no character in it adds a recipient or a subject.
#[must_use]
pub fn mail_link(email: &str) -> String {
    let mut link = "mailto:".to_owned();
    for byte in email.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'+' | b'@' => {
                link.push(char::from(byte));
            }
            other => link.push_str(&format!("%{other:02X}")),
        }
    }
    link
}

/// The link that opens WhatsApp, which needs the number with its country, digits only. `None` for a Turkish number that
/// is no mobile.
#[must_use]
pub fn message_link(phone: &str) -> Option<String> {
    let full = phone::full(phone)?;
    let mobile = !full.starts_with("90") || (full.starts_with("905") && full.len() == 12);
    mobile.then(|| format!("https://wa.me/{full}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filters::address::tests::any_filter;
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn numbers_lead_where_they_should() {
        assert_eq!(call_link("+90 (232) 464-55-20"), "tel:+902324645520");
        assert_eq!(call_link("444 0 123"), "tel:4440123");
        assert_eq!(message_link("0532 118 42 07").as_deref(), Some("https://wa.me/905321184207"));
        assert_eq!(message_link("+90 532 118 42 07").as_deref(), Some("https://wa.me/905321184207"));
        assert_eq!(message_link("+49 171 1234567").as_deref(), Some("https://wa.me/491711234567"));
        for (written, to) in [
            ("+49 (0) 40 6432131-550", "49406432131550"),
            ("+44 (0)20 7946 0000", "442079460000"),
            ("5321184207", "905321184207"),
            ("0212 555 00 00 / 12", "902125550000"),
            ("(0212) 555 00 00-01-02", "902125550000"),
            ("0532 111 22 33 / 0532 111 22 34", "905321112233"),
            ("+90 0532 118 42 07", "905321184207"),
            ("5321112233.0", "905321112233"),
            ("0090 532 118 42 07", "905321184207"),
        ] {
            assert_eq!(call_link(written), format!("tel:+{to}"));
            let mobile = !to.starts_with("90212");
            assert_eq!(message_link(written), mobile.then(|| format!("https://wa.me/{to}")));
        }
        for none in ["444 0 123", "+90 444 0 123", "112", "464 55 20", "0266 515 31 40"] {
            assert_eq!(message_link(none), None, "{none}");
        }
    }

    #[test]
    fn nothing_wanted_is_the_plain_address() {
        assert_eq!(address_of(&query_of("")), "/customers");
        assert_eq!(address_of(&query_of("?q=+&after=")), "/customers");
        assert_eq!(query_of("?q=%C5%9Eirket+a%2526b").search, "Şirket a%26b");
    }

    proptest! {
        #[test]
        fn a_letter_goes_to_that_address_alone(email in "\\PC{1,12}|[a?&=,;:%@/#+]{1,12}") {
            let link = Url::parse(&mail_link(&email)).expect("a link");
            prop_assert_eq!((link.query(), link.fragment()), (None, None));
            prop_assert!(!link.path().contains([',', ';']));
            prop_assert_eq!(decoded(&link.path().replace('+', "%2B")), email);
        }

        #[test]
        fn a_call_dials_nothing_but_digits(phone in "\\PC{0,20}") {
            let link = call_link(&phone);
            prop_assert!(link["tel:".len()..].chars().all(|c| c.is_ascii_digit() || c == '+'));
        }

        #[test]
        fn what_is_written_is_read(search in "\\PC{0,30}", letter in prop::option::of("[A-ZÇĞİÖŞÜ]"),
            after in prop::option::of("[0-9a-f]{2,40}"), filter in any_filter()) {
            let search = if search.trim().is_empty() { String::new() } else { search };
            let query = CustomerQuery { search, letter, filter, after, limit: PAGE };
            let address = address_of(&query);
            prop_assert_eq!(query_of(address.strip_prefix("/customers").expect("our own")), query);
        }
    }
}
