//! A person as two letters on a colour of their own. The name is always there too, as text or as a title.

use leptos::prelude::*;

use crate::i18n::{Locale, fold};

/// First letters of the first and the last word, upper-cased as the language wants it (ı → I, i → İ in Turkish).
#[must_use]
pub fn initials(name: &str, locale: Locale) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let letters: String = words.next().into_iter().chain(words.next_back()).collect();
    fold::upper(&letters, locale)
}

/// 1 to 6; the same name has the same number on every machine and in every version.
#[must_use]
pub fn tone_of(name: &str) -> u8 {
    let hash =
        name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    u8::try_from((hash ^ (hash >> 15)) % 6).unwrap_or_default() + 1
}

/// Initials in a circle. Set `named` where the name is not written beside it.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    #[prop(optional)] named: bool,
    #[prop(optional)] large: bool,
) -> impl IntoView {
    // Names are Turkish, whatever the language of the page.
    let letters = initials(&name, Locale::Tr);
    let tone = tone_of(&name).to_string();
    let class = if large { "avatar large" } else { "avatar" };
    if named {
        view! {
            <span class=class data-tone=tone role="img" aria-label=name.clone() title=name>{letters}</span>
        }
        .into_any()
    } else {
        view! { <span class=class data-tone=tone aria-hidden="true" title=name>{letters}</span> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turkish_letters() {
        assert_eq!(initials("ilker ışık", Locale::Tr), "İI");
        assert_eq!(initials("Şule Çağlar Öz", Locale::Tr), "ŞÖ");
        assert_eq!(initials("ilker ışık", Locale::En), "II");
        assert_eq!(initials("Demir", Locale::Tr), "D");
        assert_eq!(initials("  ", Locale::Tr), "");
    }

    #[test]
    fn a_colour_is_one_of_six_and_stays() {
        assert_eq!(tone_of("Ayşe Işık"), tone_of("Ayşe Işık"));
        assert!((1..=6).contains(&tone_of("")));
    }
}
