//! Parses e-mail addresses as people paste them: several in one text, with a name, as a link. Pure. Whether a text is
//! an address is decided by `checks::is_email`; text that is none is returned unchanged, so that the caller can report
//! it.

use crate::checks::is_email;

/// Each of the addresses in a text.
#[must_use]
pub fn several(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (piece, after) = first(rest);
        let words: Vec<String> = piece.split_whitespace().map(written).collect();
        let addresses = words.len() > 1 && words.iter().all(|word| is_email(word));
        let found = if addresses { words } else { vec![written(piece)] };
        all.extend(found.into_iter().filter(|one| !one.is_empty()));
        rest = after.trim();
    }
    all
}

/// The text up to the sign that separates it from the next address. A comma inside a quoted name does not separate:
/// `"Er, Can" <can@…>` is one address.
fn first(text: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        match c {
            '"' => quoted = !quoted && after.contains('"'),
            _ if quoted => {}
            ',' if !before.contains('@') && after.contains('<') => {}
            ';' | ',' | '\n' | '|' => return (before, after),
            ':' if after.starts_with("::") => return (before, &after[2..]),
            '/' if before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace) => {
                return (before, after);
            }
            _ => {}
        }
    }
    (text, "")
}

/// The address alone, without a name, a link or a full stop around it.
#[must_use]
pub fn written(text: &str) -> String {
    let text = text.trim();
    let inner = text.rsplit_once('<').and_then(|(_, inner)| inner.strip_suffix('>')).unwrap_or(text);
    let around = |c: char| c.is_whitespace() || "<>()[]\"'“”".contains(c);
    let inner = inner.trim_matches(around);
    let bare = match inner.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => {
            inner[7..].split('?').next().unwrap_or_default().trim()
        }
        _ => inner,
    };
    let bare = bare.trim_end_matches('.');
    // A text that is still no address is returned whole, so that it is reported as it was written.
    if is_email(bare) { bare.to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_taken_as_people_paste_them() {
        for (pasted, read) in [
            ("Can Er <can@mail.example>", vec!["can@mail.example"]),
            (
                "\"Er, Can\" <can@mail.example>, ali@mail.example",
                vec!["can@mail.example", "ali@mail.example"],
            ),
            ("Er, Can <can@mail.example>", vec!["can@mail.example"]),
            ("mailto:ece@mail.example", vec!["ece@mail.example"]),
            ("MAILTO:ece@mail.example?subject=x", vec!["ece@mail.example"]),
            ("efe@mail.example.", vec!["efe@mail.example"]),
            ("a@b.example; c@d.example", vec!["a@b.example", "c@d.example"]),
            ("tan@mail.example,tan2@mail.example", vec!["tan@mail.example", "tan2@mail.example"]),
            ("a@b.example c@d.example", vec!["a@b.example", "c@d.example"]),
            ("a@b.example / c@d.example", vec!["a@b.example", "c@d.example"]),
            ("a@b.example ::: c@d.example\ne@f.example", vec!["a@b.example", "c@d.example", "e@f.example"]),
            ("ATA@MAIL.EXAMPLE", vec!["ATA@MAIL.EXAMPLE"]),
            ("", vec![]),
        ] {
            assert_eq!(several(pasted), read, "{pasted}");
            assert!(read.iter().all(|one| is_email(one)));
        }
        for bad in
            ["ceren@@mail.example", "esra_arslanmail.example", "gül nar@mail.example", "s@localhost", "-"]
        {
            assert_eq!(several(bad), [bad]);
            assert!(!is_email(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn addresses_come_back_from_one_cell(
            all in prop::collection::vec("[a-z]{1,5}(\\.[a-z]{1,3})?@[a-z]{1,5}\\.example", 0..4),
            join in prop::sample::select(vec!["; ", ",", " / ", "\n", " ", " ::: "]),
        ) {
            prop_assert_eq!(several(&all.join(join)), all);
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC{0,30}|[a@.,;:/<>\"' \n]{0,20}") {
            for one in several(&text) {
                prop_assert!(!is_email(&one) || several(&one) == vec![one.clone()]);
            }
        }
    }
}
