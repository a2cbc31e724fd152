//! Text that leptos 0.8 writes into the document as it is: what stands in a title and in a text area. Here it is
//! escaped by hand. Everything else is escaped by leptos; text never goes into scripts and styles, where no escaping
//! helps.

/// Text as the inside of an element whose text the parser still decodes.
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
