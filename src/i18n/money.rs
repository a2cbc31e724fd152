//! Money: whole minor units with their currency. Two amounts can't be added (`Money` has no `Add`); `Totals` adds,
//! separately for each currency. No exchange rates. Parsing of typed amounts is in `input`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Locale;

mod input;

pub use input::{Amount, Marks, Wrong, amount};

macro_rules! currencies {
    ($first:ident $first_code:literal $first_symbol:literal $first_digits:literal,
     $($name:ident $code:literal $symbol:literal $digits:literal),+ $(,)?) => {
        /// The currencies that a firm can use; on the wire and in the database the code of three letters.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "UPPERCASE"))]
        #[serde(rename_all = "UPPERCASE")]
        pub enum Currency { #[default] $first, $($name),+ }

        impl Currency {
            pub const ALL: &'static [Self] = &[Self::$first, $(Self::$name),+];

            /// The code of three letters (ISO 4217).
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { Self::$first => $first_code, $(Self::$name => $code),+ }
            }

            /// The symbol, or the code for a currency without one.
            #[must_use]
            pub const fn symbol(self) -> &'static str {
                match self { Self::$first => $first_symbol, $(Self::$name => $symbol),+ }
            }

            /// How many digits stand after the decimal sign.
            #[must_use]
            pub const fn digits(self) -> u32 {
                match self { Self::$first => $first_digits, $(Self::$name => $digits),+ }
            }
        }
    };
}

currencies! {
    Try "TRY" "₺" 2, Usd "USD" "$" 2, Eur "EUR" "€" 2, Gbp "GBP" "£" 2, Chf "CHF" "CHF" 2, Jpy "JPY" "¥" 0,
    Cny "CNY" "CN¥" 2, Rub "RUB" "₽" 2, Aed "AED" "AED" 2, Sar "SAR" "SAR" 2, Azn "AZN" "AZN" 2, Kwd "KWD" "KWD" 3,
    Cad "CAD" "CA$" 2, Aud "AUD" "A$" 2, Sek "SEK" "SEK" 2, Nok "NOK" "NOK" 2, Dkk "DKK" "DKK" 2, Pln "PLN" "PLN" 2,
    Ron "RON" "RON" 2, Bgn "BGN" "BGN" 2,
}

impl Currency {
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        code.parse().ok()
    }

    /// A currency by what people call it: its code, its symbol or a name: `TL`, `₺`, `Euro`, `dolar`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let plain = |c: char| match c {
            'İ' | 'I' | 'ı' => 'i',
            'ü' | 'Ü' => 'u',
            other => other.to_ascii_lowercase(),
        };
        let name: String = name.chars().filter(|c| !c.is_whitespace() && *c != '.').map(plain).collect();
        let known = NAMES.iter().find(|(names, _)| names.split(' ').any(|one| one == name));
        let own = |c: &Self| c.code().eq_ignore_ascii_case(&name) || c.symbol().eq_ignore_ascii_case(&name);
        known.map(|(_, currency)| *currency).or_else(|| Self::ALL.iter().copied().find(own))
    }

    /// One whole unit in minor units: 100 kuruş.
    #[must_use]
    pub const fn unit(self) -> i64 {
        10_i64.pow(self.digits())
    }

    /// Symbols are written next to the number in English; codes have a space.
    fn is_sign(self) -> bool {
        !self.symbol().ends_with(|c: char| c.is_ascii_alphabetic())
    }
}

/// Further names of the currencies that Turkish firms meet, in lower case without dots. The "new lira" of 2005 is
/// today's lira. The lira before it is not accepted: a million of it became one, and nobody can know which is meant.
const NAMES: &[(&str, Currency)] = &[
    ("tl ytl lira turklirasi turkishlira", Currency::Try),
    ("dolar dollar usdollar abddolari amerikandolari us$", Currency::Usd),
    ("euro avro euros", Currency::Eur),
    ("sterlin pound ingilizsterlini", Currency::Gbp),
];

/// Not one of our currencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown currency")]
pub struct UnknownCurrency;

impl FromStr for Currency {
    type Err = UnknownCurrency;
    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        Self::named(code).ok_or(UnknownCurrency)
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Whole units: `whole(45_000, Try)` is 45.000 ₺.
    #[must_use]
    pub const fn whole(units: i64, currency: Currency) -> Self {
        Self { minor: units.saturating_mul(currency.unit()), currency }
    }

    /// Parses what a person typed: `1.234,56`, `1,234.56`, `45000`, `45.000`, `₺45 000`. A single separator followed by
    /// exactly three digits groups thousands in both languages, so that 45.000 never becomes 45; in a currency with
    /// three decimals it is the decimal sign, as such amounts are always written.
    ///
    /// # Errors
    /// `NoAmount`, or the other currency that was typed with it.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, Wrong> {
        let read = amount(text, currency, Marks { groups: true, ..Marks::default() })?;
        match read.currency {
            Some(other) if other != currency => Err(Wrong::Currency(other)),
            _ => Ok(Self { minor: read.minor, currency }),
        }
    }

    /// With its decimals: `1.234,56 ₺`, `₺1,234.56`.
    #[must_use]
    pub fn exact(self, locale: Locale) -> String {
        self.signed(&self.number(self.currency.digits(), locale), locale)
    }

    /// For cards and sums: decimals only where they are not zero.
    #[must_use]
    pub fn short(self, locale: Locale) -> String {
        let digits = if self.minor % self.currency.unit() == 0 { 0 } else { self.currency.digits() };
        self.signed(&self.number(digits, locale), locale)
    }

    /// For narrow places: `612 bin`, `1,2 mn`; `612K`, `1.2M`. Without the currency.
    #[must_use]
    pub fn rough(self, locale: Locale) -> String {
        let units = self.minor / self.currency.unit();
        let (thousand, million, billion) = match locale {
            Locale::Tr => (" bin", " mn", " mr"),
            Locale::En => ("K", "M", "B"),
        };
        let (size, word) = match units.unsigned_abs() {
            0..1_000 => return grouped(units, locale),
            1_000..1_000_000 => (1_000, thousand),
            1_000_000..1_000_000_000 => (1_000_000, million),
            _ => (1_000_000_000, billion),
        };
        let tenths = units / (size / 10);
        // From ten on, a decimal adds nothing: "1,2 mn" but "12 bin".
        if tenths % 10 == 0 || tenths.abs() >= 100 {
            format!("{}{word}", grouped(tenths / 10, locale))
        } else {
            let (_, point) = marks(locale);
            format!("{}{point}{}{word}", tenths / 10, (tenths % 10).abs())
        }
    }

    /// For a form field: no currency, decimals only where they are not zero: `1.234,56`.
    #[must_use]
    pub fn typed(self, locale: Locale) -> String {
        let (unit, digits) = (self.currency.unit(), self.currency.digits());
        let sign = if self.minor < 0 { "-" } else { "" };
        // In a currency with three decimals, grouped thousands alone would be parsed as decimals.
        let whole = self.minor % unit == 0 && (digits < 3 || self.minor.abs() < 1_000 * unit);
        format!("{sign}{}", self.number(if whole { 0 } else { digits }, locale))
    }

    /// For machines: `1234.56`.
    #[must_use]
    pub fn decimal(self) -> String {
        let (unit, digits) = (self.currency.unit().unsigned_abs(), self.currency.digits() as usize);
        let (size, sign) = (self.minor.unsigned_abs(), if self.minor < 0 { "-" } else { "" });
        if digits == 0 {
            format!("{sign}{size}")
        } else {
            format!("{sign}{}.{:0digits$}", size / unit, size % unit)
        }
    }

    fn number(self, digits: u32, locale: Locale) -> String {
        let unit = self.currency.unit().unsigned_abs();
        let size = self.minor.unsigned_abs();
        let mut out = group(size / unit, locale);
        if digits > 0 {
            let (_, point) = marks(locale);
            let _ = write!(out, "{point}{:0width$}", size % unit, width = digits as usize);
        }
        out
    }

    fn signed(self, number: &str, locale: Locale) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let symbol = self.currency.symbol();
        match locale {
            Locale::Tr => format!("{sign}{number} {symbol}"),
            Locale::En if self.currency.is_sign() => format!("{sign}{symbol}{number}"),
            Locale::En => format!("{sign}{symbol} {number}"),
        }
    }
}

/// The separator of thousands and the decimal sign.
const fn marks(locale: Locale) -> (char, &'static str) {
    match locale {
        Locale::Tr => ('.', ","),
        Locale::En => (',', "."),
    }
}

fn group(number: u64, locale: Locale) -> String {
    let (mark, _) = marks(locale);
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// A whole number with grouped thousands: `1.284`, `1,284`.
#[must_use]
pub fn grouped(number: i64, locale: Locale) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", group(number.unsigned_abs(), locale))
}

/// Sums by currency, in minor units; in the order of the currencies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Totals(BTreeMap<Currency, i64>);

impl Totals {
    /// A sum that has reached this is shown as "too much" and no longer changes.
    pub const TOO_MUCH: i64 = i64::MAX;

    pub fn add(&mut self, money: Money) {
        let sum = self.0.entry(money.currency).or_insert(0);
        // Nothing can be subtracted from such a sum either.
        if *sum != Self::TOO_MUCH {
            *sum = sum.saturating_add(money.minor);
        }
    }

    /// Subtracts an amount; a sum of zero is removed.
    pub fn subtract(&mut self, money: Money) {
        self.add(Money { minor: money.minor.saturating_neg(), ..money });
        self.0.retain(|_, minor| *minor != 0);
    }

    pub fn merge(&mut self, other: &Self) {
        other.iter().for_each(|money| self.add(money));
    }

    pub fn iter(&self) -> impl Iterator<Item = Money> + '_ {
        self.0.iter().map(|(&currency, &minor)| Money { minor, currency })
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `1.637.500 ₺ + 98.000 €`; `0` without any sum.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        self.joined(locale, |money| money.short(locale))
    }

    /// For narrow places: `612 bin ₺ + 98 bin €`.
    #[must_use]
    pub fn rough(&self, locale: Locale) -> String {
        self.joined(locale, |money| {
            money.signed(&Money { minor: money.minor.saturating_abs(), ..money }.rough(locale), locale)
        })
    }

    fn joined(&self, locale: Locale, write: impl Fn(Money) -> String) -> String {
        if self.0.is_empty() {
            return "0".to_owned();
        }
        let one = |money: Money| {
            if money.minor < Self::TOO_MUCH {
                return write(money);
            }
            let said = match locale {
                Locale::Tr => "sayılamayacak kadar çok",
                Locale::En => "too much to count",
            };
            format!("{said} {}", money.currency.symbol())
        };
        self.iter().map(one).collect::<Vec<_>>().join(" + ")
    }
}

impl FromIterator<Money> for Totals {
    fn from_iter<I: IntoIterator<Item = Money>>(all: I) -> Self {
        let mut totals = Self::default();
        all.into_iter().for_each(|money| totals.add(money));
        totals
    }
}

#[cfg(test)]
mod tests;
