//! Decodes a file: UTF-8 with or without a byte order mark, UTF-16, and the Turkish code page of Windows. The encoding
//! is never guessed; only a byte order mark overrides the map.

use super::map::Encoding;

/// The same text in UTF-8, without a byte order mark. Text in UTF-8 is passed on unchecked, because each row is checked
/// later.
#[must_use]
pub fn to_utf8(bytes: Vec<u8>, encoding: Encoding) -> Vec<u8> {
    match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest.to_vec(),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match encoding {
            Encoding::Utf8 => bytes,
            Encoding::Utf16 => utf16(&bytes, u16::from_le_bytes),
            Encoding::Windows1254 => bytes.into_iter().map(windows_1254).collect::<String>().into_bytes(),
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect::<String>()
        .into_bytes()
}

/// Windows-1254: Latin-1 with six Turkish letters, and with signs in the place of control characters.
fn windows_1254(byte: u8) -> char {
    const SIGNS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', '\u{8e}', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', '\u{9e}', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => SIGNS[usize::from(byte - 0x80)],
        0xD0 => 'Ğ',
        0xDD => 'İ',
        0xDE => 'Ş',
        0xF0 => 'ğ',
        0xFD => 'ı',
        0xFE => 'ş',
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turkish_comes_through() {
        let told =
            |bytes: &[u8], encoding| String::from_utf8(to_utf8(bytes.to_vec(), encoding)).expect("UTF-8");
        assert_eq!(told(b"\xDE\xFDk \xD0\xDD\x80", Encoding::Windows1254), "Şık Ğİ€");
        assert_eq!(told(b"\xEF\xBB\xBF\xC5\x9Ek", Encoding::Utf8), "Şk");
        assert_eq!(told(b"\xFF\xFE\x5E\x01k\x00", Encoding::Utf8), "Şk");
        assert_eq!(told(b"\xFE\xFF\x01\x5E\x00k", Encoding::Utf8), "Şk");
    }
}
