//! The encoding of server functions: JSON in both directions, parsed by the deserializer that the browser also uses for
//! a page's embedded data. A second deserializer would mean that the code of every type is loaded twice. It knows no
//! function and no type.

use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, Http};
use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};

/// What `#[server(protocol = Json)]` means: POST, with JSON as input and output.
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

/// Whether one of the texts contains the NUL character. Nobody types it, and PostgreSQL can't store it in a text.
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
