//! How server functions speak: JSON both ways, read by the one reader that the browser also has for what a page brought
//! along. Two readers for the same answers would be every type's code twice. It knows no function and no type.

use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, Http};
use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};

/// What `#[server(protocol = Json)]` means: POST, with JSON as question and as answer.
pub type Json = Http<Post<JsonText>, Post<JsonText>>;

pub struct JsonText;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        let text = std::str::from_utf8(&bytes).map_err(serde_json::Error::custom)?;
        if has_nul(text) {
            return Err(serde_json::Error::custom("a NUL"));
        }
        serde_json::from_str(text)
    }
}

/// Whether one of the texts holds the character NUL. Nobody types it, and PostgreSQL can't keep it in a text.
fn has_nul(json: &str) -> bool {
    json.match_indices("\\u0000").any(|(at, _)| {
        let before = json[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        before.is_multiple_of(2)
    })
}

#[cfg(test)]
mod tests {
    use super::has_nul;

    #[test]
    fn a_nul_is_found_and_nothing_that_looks_like_one() {
        for text in ["\0", "a\0b", "\\\0"] {
            assert!(has_nul(&serde_json::to_string(text).expect("a text")), "{text:?}");
        }
        for text in ["\\u0000", "\\\\u0000", "u0000", "\u{1}"] {
            assert!(!has_nul(&serde_json::to_string(text).expect("a text")), "{text:?}");
        }
    }
}
