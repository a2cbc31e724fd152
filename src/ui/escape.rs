//! Escapes by hand the text that leptos 0.8 does not escape: in a page's title and in a text area. Everywhere else
//! leptos escapes; text is never put into scripts and styles, where escaping would not help.

/// The text, escaped for an element whose content the HTML parser decodes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_is_left_that_ends_an_element_and_nothing_is_lost(text in "(\\PC|[<>&;/!-]|&amp;|&#60;|&lt;/)*") {
            let safe = escaped(&text);
            prop_assert!(!safe.contains(['<', '>']));
            let back = safe.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            prop_assert_eq!(back, text);
        }
    }
}
