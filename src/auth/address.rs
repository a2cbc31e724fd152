//! The e-mail address by which somebody signs in: one way to read it, wherever it is typed (sign-in, set-up,
//! invitations, the profile, the command line). Pure. Whose address it is, is asked in `people::store::address`. Not
//! for the addresses of customers.

use crate::checks::is_email;
use crate::i18n::clean::is_unseen;

/// The address in the form that is stored: lower case, without invisible characters. Turkish keyboards and phones type
/// İ and I where the address has i; such an address holds none of İ, I or ı, so all of them become i. `None` for what
/// is no address, or contains letters that only look like Latin ones.
#[must_use]
pub fn read(typed: &str) -> Option<String> {
    let kept = kept(typed);
    let latin = |c: char| c.is_ascii_graphic() || ('à'..='ž').contains(&c);
    (is_email(&kept) && kept.chars().all(latin)).then_some(kept)
}

/// The same form for any text, address or not.
#[must_use]
pub fn kept(typed: &str) -> String {
    // İ in lower case leaves a combining dot behind.
    let seen: String = typed.chars().filter(|c| !is_unseen(*c) && *c != '\u{307}').collect();
    let small = seen.trim().chars().flat_map(|c| {
        let plain = if matches!(c, 'İ' | 'ı') { 'i' } else { c };
        plain.to_lowercase()
    });
    small.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn turkish_capitals_and_unseen_signs_are_the_same_address() {
        for typed in [
            "can@firma.example",
            "CAN@FİRMA.EXAMPLE",
            "CAN@FIRMA.EXAMPLE",
            "can@fırma.example",
            "Can@Fi\u{307}rma.example",
            "can@fi̇rma.example",
            " can@firma.example\u{200b}",
            "\u{feff}c\u{ad}an@firma\u{2060}.example\u{fe0f}",
            "\u{202a}can@firma.example\u{202c}\n",
        ] {
            assert_eq!(read(typed).as_deref(), Some("can@firma.example"), "{typed:?}");
        }
        assert_eq!(read("ÖMER@ÇELİK.com.tr").as_deref(), Some("ömer@çelik.com.tr"));
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for typed in [
            "",
            "x",
            "can@firma",
            "c an@firma.example",
            "c\u{430}n@firma.example",
            "can＠firma.example",
            "ca\u{301}n@a.b",
        ] {
            assert_eq!(read(typed), None, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_as_it_is(
            typed in "[a-zA-Z][a-zA-ZİıÖç\u{200b}\u{ad}\u{307}]{0,9}@[a-zA-ZİıŞ]{1,9}\\.[a-zI]{2,4}",
        ) {
            let kept = read(&typed);
            prop_assert!(kept.is_some());
            prop_assert_eq!(read(kept.as_deref().unwrap_or_default()), kept.clone());
            prop_assert_eq!(read(&typed.to_uppercase()), kept);
        }

        #[test]
        fn any_text_is_an_address_or_none(typed in "\\PC{0,40}") {
            if let Some(kept) = read(&typed) {
                prop_assert_eq!(read(&kept), Some(kept.clone()));
            }
        }
    }
}
