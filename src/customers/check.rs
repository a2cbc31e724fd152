//! Checks of what only a customer's form holds: telephone numbers and the Turkish tax and identity numbers. Pure; e-mail addresses are
//! in `crate::checks`.

/// Whether the text could be a telephone number: people write them in many ways, so only what can't be one is refused.
#[must_use]
pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 3
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '-' | '/' | '.'))
}

/// Whether the text could be a tax number. Ten digits must be a tax number and eleven an identity number, each with the right check
/// digits; anything else is a number of another country and taken as it is.
#[must_use]
pub fn is_tax_number(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    match digits {
        Some(digits) if digits.len() == 10 => tax_digit(&digits[..9]) == digits[9],
        Some(digits) if digits.len() == 11 => digits[0] != 0 && identity_digits(&digits[..9]) == digits[9..],
        _ => true,
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
    // 10 × 9 keeps the difference above zero.
    let tenth = (odd * 7 + 90 - even) % 10;
    [tenth, (odd + even + tenth) % 10]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn phones_are_taken_as_people_write_them() {
        for good in ["0532 118 42 07", "+90 (532) 118-42-07", "444 0 123", "112", "0232/464.55.20"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["", "12", "abc", "0532x1184207", "٠٥٣٢", "---"] {
            assert!(!is_phone(bad), "{bad}");
        }
    }

    #[test]
    fn known_tax_and_identity_numbers() {
        for good in ["1234567890", "10000000146", "", "DE123456789", "12345", "TR 1234567891"] {
            assert!(is_tax_number(good), "{good}");
        }
        for bad in ["1234567891", "10000000147", "00000000000", "12345678901"] {
            assert!(!is_tax_number(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn exactly_one_last_digit_is_right(number in "[1-9][0-9]{8}") {
            let fitting = (0..10).filter(|last| is_tax_number(&format!("{number}{last}"))).count();
            prop_assert_eq!(fitting, 1);
            let fitting = (0..100).filter(|last| is_tax_number(&format!("{number}{last:02}"))).count();
            prop_assert_eq!(fitting, 1);
        }

        #[test]
        fn no_text_breaks_the_checks(text in "\\PC{0,20}") {
            let _ = (is_phone(&text), is_tax_number(&text));
        }
    }
}
