//! How amounts are written and read.

use proptest::prelude::*;

use super::*;

fn lira(minor: i64) -> Money {
    Money::new(minor, Currency::Try)
}

fn read(text: &str) -> Option<i64> {
    Money::parse(text, Currency::Try).ok().map(|money| money.minor)
}

#[test]
fn written() {
    assert_eq!(lira(123_456).exact(Locale::Tr), "1.234,56 ₺");
    assert_eq!(lira(123_456).exact(Locale::En), "₺1,234.56");
    assert_eq!(lira(34_000_000).short(Locale::Tr), "340.000 ₺");
    assert_eq!(lira(34_000_050).short(Locale::Tr), "340.000,50 ₺");
    assert_eq!(lira(-5).exact(Locale::Tr), "-0,05 ₺");
    assert_eq!(lira(-5).exact(Locale::En), "-₺0.05");
    assert_eq!(lira(0).short(Locale::Tr), "0 ₺");
    assert_eq!(Money::new(100_000, Currency::Chf).short(Locale::En), "CHF 1,000");
    assert_eq!(Money::new(1_000, Currency::Jpy).exact(Locale::En), "¥1,000");
    assert_eq!(Money::new(1_234_567, Currency::Kwd).exact(Locale::Tr), "1.234,567 KWD");
    assert_eq!(lira(123_456).typed(Locale::Tr), "1234,56");
    assert_eq!(lira(4_500_000).typed(Locale::En), "45000");
    assert_eq!(lira(123_456).decimal(), "1234.56");
}

#[test]
fn written_roughly() {
    assert_eq!(lira(61_250_000).rough(Locale::Tr), "612 bin");
    assert_eq!(lira(61_250_000).rough(Locale::En), "612K");
    assert_eq!(lira(123_456_700).rough(Locale::Tr), "1,2 mn");
    assert_eq!(lira(200_000_000).rough(Locale::En), "2M");
    assert_eq!(lira(99_900).rough(Locale::Tr), "999");
    assert_eq!(lira(150_000).rough(Locale::Tr), "1,5 bin");
}

#[test]
fn read_as_typed() {
    assert_eq!(read("45000"), Some(4_500_000));
    assert_eq!(read("45.000"), Some(4_500_000));
    assert_eq!(read("45,000"), Some(4_500_000));
    assert_eq!(read("1.234,56"), Some(123_456));
    assert_eq!(read("1,234.56"), Some(123_456));
    assert_eq!(read("1234,5"), Some(123_450));
    assert_eq!(read("1.234.567"), Some(123_456_700));
    assert_eq!(read(" 45 000 TL "), Some(4_500_000));
    assert_eq!(read("₺45,000.50"), Some(4_500_050));
    assert_eq!(read("-12,5"), Some(-1_250));
    assert_eq!(read(",5"), Some(50));
    assert_eq!(read("45000."), None);
    for wrong in [
        "",
        " ",
        "on bin",
        "1.23.456",
        "1,2345",
        "0.125",
        "1.234,567",
        "1,234,56.7",
        "--5",
        "1e9",
        "99999999999999999999",
    ] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
    assert!(Money::parse("12.5", Currency::Jpy).is_err());
    for (typed, minor) in
        [("1,234.567", 1_234_567), ("1,234", 1_234), ("0.250", 250), ("45.000", 45_000), ("45", 45_000)]
    {
        assert_eq!(Money::parse(typed, Currency::Kwd), Ok(Money::new(minor, Currency::Kwd)), "{typed}");
    }
}

#[test]
fn sums_stay_apart() {
    let mut totals: Totals =
        [lira(100), lira(250), Money::new(9_800_000, Currency::Eur)].into_iter().collect();
    assert_eq!(totals.text(Locale::Tr), "3,50 ₺ + 98.000 €");
    totals.subtract(lira(350));
    assert_eq!(totals.text(Locale::En), "€98,000");
    assert_eq!(Totals::default().text(Locale::Tr), "0");
    assert_eq!(serde_json::to_string(&totals).unwrap(), r#"{"EUR":9800000}"#);
    assert_eq!(totals.rough(Locale::Tr), "98 bin €");
}

#[test]
fn what_is_too_much_stays_so_and_is_said() {
    let most = Money::new(i64::MAX, Currency::Try);
    for mut totals in
        [Totals::from_iter([most]), [Money::new(i64::MAX - 1, Currency::Try); 3].into_iter().collect()]
    {
        totals.subtract(Money::new(500, Currency::Try));
        totals.add(Money::new(700, Currency::Eur));
        assert_eq!(totals.text(Locale::Tr), "sayılamayacak kadar çok ₺ + 7 €");
        assert_eq!(totals.rough(Locale::En), "too much to count ₺ + €7");
    }
    let least: Totals = [Money::new(-i64::MAX, Currency::Try); 2].into_iter().collect();
    assert!(!least.rough(Locale::Tr).is_empty());
}

#[test]
fn codes() {
    for &currency in Currency::ALL {
        assert_eq!(currency.code().parse(), Ok(currency));
        assert_eq!(serde_json::to_string(&currency).unwrap(), format!("\"{}\"", currency.code()));
    }
    assert!("XXX".parse::<Currency>().is_err());
}

proptest! {
    #[test]
    fn what_is_written_is_read(minor in -1_000_000_000_000_000_i64..1_000_000_000_000_000, tr: bool, pick in 0..Currency::ALL.len()) {
        let (locale, currency) = (if tr { Locale::Tr } else { Locale::En }, Currency::ALL[pick]);
        let money = Money::new(minor, currency);
        prop_assert_eq!(Money::parse(&money.exact(locale), currency), Ok(money));
        prop_assert_eq!(Money::parse(&money.typed(locale), currency), Ok(money));
        // Written short, a currency of three decimals can't be told from grouping.
        if currency.digits() < 3 {
            prop_assert_eq!(Money::parse(&money.short(locale), currency), Ok(money));
        }
    }

    #[test]
    fn nothing_typed_panics(text in "\\PC{0,20}") {
        let _ = Money::parse(&text, Currency::Try);
    }
}
