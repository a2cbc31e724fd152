//! Addresses: which ones lead to a page of this site, so that nobody is sent elsewhere after a form or after signing
//! in; and encoding and decoding of query values. Pure, the same on the server and in the browser. What the address of
//! a page means is decided in its feature.

/// The path if it surely leads to a page of this site, else `/`. Refused is everything that browsers read differently
/// than it is written: two slashes followed by a host, a backslash, a tab (which browsers drop), `..`, and the same
/// percent-encoded. No address of this site has any of these.
#[must_use]
pub fn own_path(path: &str) -> &str {
    let (page, rest) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    let sound = page.starts_with('/')
        && !page.contains("//")
        && page.chars().all(plain)
        && page.split('/').all(|part| !matches!(part, "." | ".."))
        && rest.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    if sound { path } else { "/" }
}

/// The page that somebody wanted before they had to sign in: `next` in the query, decoded once, and only if it leads to
/// this site. Leptos 0.8 decodes query values twice, so it is read here. Only pages count: a link must not start an
/// export or end on bare data.
#[must_use]
pub fn wanted_path(query: &str) -> String {
    let next =
        query.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("next=")).unwrap_or("/");
    let next = decoded(next);
    let path = own_path(&next);
    let page = path.split(['?', '#']).next().unwrap_or_default();
    let is_page =
        !page.contains('.') && ["/api/", "/pkg/", "/live"].iter().all(|other| !page.starts_with(other));
    (if is_page { path } else { "/" }).to_owned()
}

/// A text as a query value; [`decoded`] reads it.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// A query value, percent-decoded once; bytes that are no UTF-8 are replaced.
#[must_use]
pub fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let hex = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                match (ahead.next().and_then(hex), ahead.next().and_then(hex)) {
                    (Some(high), Some(low)) => {
                        bytes.push(high * 16 + low);
                        rest = ahead;
                    }
                    _ => bytes.push(b'%'),
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The first value of that name in a query, decoded.
#[must_use]
pub fn value_in(params: &str, name: &str) -> Option<String> {
    let pairs = params.trim_start_matches('?').split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| decoded(value))
}

/// The path with one value in its query.
#[must_use]
pub fn with_value(path: &str, name: &str, value: &str) -> String {
    format!("{path}?{name}={}", encoded(value))
}

#[cfg(test)]
mod tests {
    use super::{decoded, encoded, own_path, wanted_path};
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn a_query_is_decoded_once() {
        assert_eq!(decoded("a%20b+c%252F%C5%9F%zz"), "a b c%2Fş%zz");
        assert_eq!(wanted_path("next=/deals%3Fview%3Dlist"), "/deals?view=list");
        assert_eq!(wanted_path("next=%2F%2Fevil.example"), "/");
        assert_eq!(wanted_path("next=/%09/evil.example"), "/");
        assert_eq!(wanted_path(""), "/");
        for no_page in [
            "/customers/export.csv",
            "/deals/export.csv?status=all",
            "/live",
            "/api/auth/sign_out",
            "/pkg/a.css",
        ] {
            assert_eq!(wanted_path(&format!("next={no_page}")), "/", "{no_page}");
        }
    }

    #[test]
    fn our_own_addresses_stay() {
        let id = "/customers/019abf00-0000-7000-8000-000000000000";
        let edit = format!("{id}/edit");
        for own in [
            "/",
            "/deals?view=list",
            "/deals?view=list&q=%C4%B1%C5%9F%C4%B1k+a%2Fb#card",
            "/customers?q=a|b",
            "/customers/export.csv",
            id,
            &edit,
        ] {
            assert_eq!(own_path(own), own);
        }
    }

    #[test]
    fn nobody_is_sent_to_another_house() {
        for bad in [
            "",
            "deals",
            "https://evil.example",
            "javascript:alert(1)",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "/\t/evil.example",
            "\t//evil.example",
            "/\n/evil.example",
            "/\r\n/evil.example",
            "/\0/evil.example",
            "/ /evil.example",
            "/\u{85}/evil.example",
            "/\u{2028}/evil.example",
            "/x\r\nSet-Cookie: a=b",
            "/deals?x=\t",
            "/deals#\\",
            "/..//evil.example",
            "/.//evil.example",
            "/deals/..//evil.example",
            "/%2e%2e//evil.example",
            "/.%2E//evil.example",
            "/%2F/evil.example",
            "/%09/evil.example",
            "/%5Cevil.example",
            "//user:pass@evil.example",
            "/@evil.example",
            "／／evil.example",
        ] {
            assert_eq!(own_path(bad), "/", "{bad:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn what_is_encoded_is_decoded(text: String) {
            let value = encoded(&text);
            prop_assert!(value.bytes().all(|byte| byte.is_ascii_graphic() && !b"&=?#".contains(&byte)));
            prop_assert_eq!(decoded(&value), text);
        }
        #[test]
        fn whatever_is_asked_for_is_a_page_of_ours(
            text in prop_oneof![
                "(/|//|\\\\|\t|\n|\r|\\.|\\.\\.|%2e|%2F|%5c|%09|@|:|\\?|#|http:|evil|\u{85}|\u{2028}|／|ı| ){0,8}",
                "/[!-~]{0,20}",
                "\\PC{0,20}",
                any::<String>(),
            ],
        ) {
            let base = Url::parse("https://own.example/").expect("an address");
            for tried in [text.clone(), text.replace(['\t', '\n', '\r'], ""), decoded(&text)] {
                let own = own_path(&tried);
                let url = base.join(own).expect("a path of ours is an address");
                prop_assert_eq!(url.origin(), base.origin());
                prop_assert!(url.username().is_empty() && url.password().is_none());
                let page = own.split(['?', '#']).next().unwrap_or_default();
                prop_assert_eq!(url.path(), page, "a browser reads it as it stands there");
                // If somebody in between decodes it once more, it still leads nowhere else.
                let again = base.join(&decoded(page)).expect("an address");
                prop_assert_eq!(again.origin(), base.origin());
            }
        }
    }
}
