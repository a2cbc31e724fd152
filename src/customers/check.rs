//! Parses Turkish tax and identity numbers, with their check digits. Pure. Telephone numbers are in `phone`, e-mail
//! addresses in `crate::email`.

use crate::error::Problem;

/// Words that people write before a tax number, without blanks and full stops. With `tr` the number must be a Turkish
/// one.
const WORDS: &str = "vkn vn vno vd tc tcno tckn tckimlik tckimlikno tckimliknumarasi kimlik kimlikno kimliknumarasi \
     vergi vergino verginumarasi vergikimlikno vergikimliknumarasi tr trvkn no nr";

/// The tax number in a text, without words, blanks and full stops. Ten digits must be a Turkish tax number and eleven a
/// Turkish identity number, both with correct check digits; other numbers are foreign and taken as they are.
///
/// # Errors
/// `BadTaxNumber`; `LostZero` where a spreadsheet may have dropped a 0 at the start.
pub fn tax_number(text: &str) -> Result<String, Problem> {
    let letter = |c: char| match c {
        'İ' | 'I' | 'ı' => 'i',
        other => other.to_ascii_lowercase(),
    };
    let word: String = text.chars().filter(|c| c.is_alphabetic()).map(letter).collect();
    let turkish = WORDS.split_whitespace().any(|one| one == word);
    let text = text.trim();
    let bare = text.strip_suffix(".0").unwrap_or(text);
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    let signs = bare.chars().all(|c| c.is_ascii_digit() || c.is_alphabetic() || " .:-/\u{a0}".contains(c));
    let wrong = Err(Problem::BadTaxNumber);
    // 1,23457E+09: a spreadsheet has lost the last digits. A word without digits is no number of any country.
    let power = word == "e" && digits.len() > 2 && text.contains('+');
    if power || digits.is_empty() && !text.is_empty() {
        return wrong;
    }
    if !(turkish || word.is_empty()) || !signs {
        // NL123456789B01 begins with its country. Ten or eleven digits beside any other word are meant to be Turkish.
        let mut begin = text.chars();
        let country = begin.by_ref().take(2).all(|c| c.is_ascii_alphabetic());
        let foreign = country && begin.next().is_none_or(|c| !c.is_alphabetic());
        return if foreign || !matches!(digits.len(), 10 | 11) { Ok(text.to_owned()) } else { wrong };
    }
    let padded = format!("{digits:0>10}");
    match digits.len() {
        10 | 11 if is_right(&digits) => Ok(digits),
        10 | 11 => wrong,
        8 | 9 if is_right(&padded) => Err(Problem::LostZero(padded)),
        _ if turkish => wrong,
        _ => Ok(text.to_owned()),
    }
}

/// Whether the check digits at the end of a tax or identity number are correct.
#[must_use]
pub fn is_right(number: &str) -> bool {
    let digits: Option<Vec<u32>> = number.chars().map(|c| c.to_digit(10)).collect();
    match digits {
        Some(digits) if digits.len() == 10 => tax_digit(&digits[..9]) == digits[9],
        Some(digits) if digits.len() == 11 => digits[0] != 0 && identity_digits(&digits[..9]) == digits[9..],
        _ => false,
    }
}

/// The last digit of a tax number (VKN) from its first nine.
fn tax_digit(digits: &[u32]) -> u32 {
    let sum: u32 = digits
        .iter()
        .zip((1..=9_u32).rev())
        .map(|(digit, place)| {
            let shifted = (digit + place) % 10;
            let weighed = shifted * 2_u32.pow(place) % 9;
            if shifted != 0 && weighed == 0 { 9 } else { weighed }
        })
        .sum();
    (10 - sum % 10) % 10
}

/// The last two digits of an identity number (TCKN) from its first nine.
fn identity_digits(digits: &[u32]) -> [u32; 2] {
    let odd: u32 = digits.iter().step_by(2).sum();
    let even: u32 = digits.iter().skip(1).step_by(2).sum();
    // Adding 90 keeps the difference above zero: `even` is at most 4 × 9.
    let tenth = (odd * 7 + 90 - even) % 10;
    [tenth, (odd + even + tenth) % 10]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_tax_and_identity_numbers() {
        for (good, read) in [
            ("1234567890", "1234567890"),
            ("10000000146", "10000000146"),
            ("123 456 78 90", "1234567890"),
            ("VKN: 1234567890", "1234567890"),
            ("V.K.N. 123.456.78.90", "1234567890"),
            ("T.C. Kimlik No: 100 000 001 46", "10000000146"),
            ("TR1234567890", "1234567890"),
            ("VERGİ NO 1234567890", "1234567890"),
            ("1234567890.0", "1234567890"),
            ("", ""),
            ("DE123456789", "DE123456789"),
            ("GR 123456789", "GR 123456789"),
            ("NL123456789B01", "NL123456789B01"),
            ("PL 1234567891", "PL 1234567891"),
            ("ATU12345678", "ATU12345678"),
            ("12345", "12345"),
            ("12-3456789-X", "12-3456789-X"),
        ] {
            assert_eq!(tax_number(good), Ok(read.to_owned()), "{good}");
        }
        for bad in [
            "1234567891",
            "10000000147",
            "00000000000",
            "12345678901",
            "123 456 78 91",
            "VKN 1234567891",
            "TR 1234567891",
            "TCKN 12345",
            "Ege VD 1234567891",
            "1234567890 Ege VD",
            "1,23457E+09",
            "1.23E+9",
            "İzmir",
            "yok",
        ] {
            assert_eq!(tax_number(bad), Err(Problem::BadTaxNumber), "{bad}");
        }
    }

    #[test]
    fn a_lost_zero_is_proposed() {
        let whole =
            (0..10).map(|last| format!("012345678{last}")).find(|one| is_right(one)).expect("one is right");
        assert_eq!(tax_number(&whole), Ok(whole.clone()));
        for typed in [whole[1..].to_owned(), format!("VKN {}", &whole[1..]), format!("{}.0", &whole[1..])] {
            assert_eq!(tax_number(&typed), Err(Problem::LostZero(whole.clone())), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn exactly_one_last_digit_is_right(number in "[1-9][0-9]{8}") {
            let fitting = (0..10).filter(|last| is_right(&format!("{number}{last}"))).count();
            prop_assert_eq!(fitting, 1);
            let fitting = (0..100).filter(|last| is_right(&format!("{number}{last:02}"))).count();
            prop_assert_eq!(fitting, 1);
        }

        #[test]
        fn what_was_read_is_read_again(text in "\\PC{0,20}|[0-9 .VKNTCvkn:]{0,16}") {
            if let Ok(number) = tax_number(&text) {
                prop_assert_eq!(tax_number(&number), Ok(number));
            }
        }
    }
}
