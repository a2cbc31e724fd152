//! Reading an amount that a person typed. Pure; the rules are in the tests of `money`.

use super::Currency;

/// More than this is a slip of the finger (ten million millions).
const LIMIT: i64 = 1_000_000_000_000_000;

/// The minor units, or `None` when it is no amount.
pub fn minor(text: &str, currency: Currency) -> Option<i64> {
    let bare = without_currency(text, currency);
    let (bare, negative) = match bare.strip_prefix(['-', '−']) {
        Some(rest) => (rest, true),
        None => (bare.as_str(), false),
    };
    let (whole, decimals) = split(bare, currency.digits())?;
    let unit = currency.unit();
    let missing = currency.digits().checked_sub(u32::try_from(decimals.len()).ok()?)?;
    let fraction = if decimals.is_empty() { 0 } else { decimals.parse::<i64>().ok()? * 10_i64.pow(missing) };
    let minor = whole.parse::<i64>().ok()?.checked_mul(unit)?.checked_add(fraction)?;
    (minor <= LIMIT).then_some(if negative { -minor } else { minor })
}

/// Drops blanks, apostrophes between groups, and the currency before or after.
fn without_currency(text: &str, currency: Currency) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
    let names =
        [currency.symbol(), currency.code(), if currency == Currency::Try { "TL" } else { currency.code() }];
    for name in names {
        let Some(start) = bare.len().checked_sub(name.len()) else { continue };
        if bare.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return bare[..start].to_owned();
        }
        if bare.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name)) {
            return bare[name.len()..].to_owned();
        }
        if let Some(rest) = bare.strip_prefix('-').and_then(|rest| rest.strip_prefix(name)) {
            return format!("-{rest}");
        }
    }
    bare
}

/// The digits before and after the decimal sign.
fn split(text: &str, digits: u32) -> Option<(String, &str)> {
    if !text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let last = text.rfind(['.', ',']);
    let Some(last) = last else { return (!text.is_empty()).then(|| (text.to_owned(), "")) };
    let mark = &text[last..=last];
    let other = if mark == "." { "," } else { "." };
    let after = &text[last + 1..];
    let both = text.contains(other);
    let many = text.matches(mark).count() > 1;
    // One mark with three digits after it groups: nobody's 45.000 ₺ becomes 45. Dinars are written with three decimals, there it parts.
    let groups = many || (!both && after.len() == 3 && digits != 3) || after.is_empty();
    if many && both {
        return None;
    }
    if groups {
        return whole(text, mark).map(|whole| (whole, ""));
    }
    (after.len() <= digits as usize).then_some(())?;
    let before = &text[..last];
    let whole = if before.is_empty() { "0".to_owned() } else { whole(before, other)? };
    Some((whole, after))
}

/// Digits in groups of three.
fn whole(text: &str, mark: &str) -> Option<String> {
    if !text.contains(mark) {
        return text.chars().all(|c| c.is_ascii_digit()).then(|| text.to_owned());
    }
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let sound = (1..=3).contains(&first.len())
        && first != "0"
        && groups.all(|group| group.len() == 3)
        && text.chars().all(|c| c.is_ascii_digit() || mark.starts_with(c));
    sound.then(|| text.replace(mark, ""))
}
