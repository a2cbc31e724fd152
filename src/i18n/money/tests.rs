//! Tests of writing and parsing amounts.

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
    assert_eq!(lira(123_456).typed(Locale::Tr), "1.234,56");
    assert_eq!(lira(4_500_000).typed(Locale::En), "45,000");
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
    for (typed, minor) in [
        ("₺1.000,00", 100_000),
        ("1.000,00 TL", 100_000),
        ("1.000,00TL", 100_000),
        ("TL 1.000", 100_000),
        ("1\u{a0}234,56", 123_456),
        ("1\u{202f}234,56", 123_456),
        ("1'234.56", 123_456),
        ("(1.234,56)", -123_456),
        ("1.234,-", 123_400),
        ("1.234,56-", -123_456),
        ("1.234 Türk Lirası", 123_400),
        ("\u{202a}1.234,50\u{202c}", 123_450),
        ("1.234,500", 123_450),
    ] {
        assert_eq!(read(typed), Some(minor), "{typed}");
    }
    for wrong in [
        "1..000,00",
        "1.0.0.0,00",
        "1.2345,00",
        "10,00,",
        "4 5 000",
        "1.234 567,00",
        "(5",
        "(-5)",
        "₺5 TL",
        "5 kg",
    ] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
    assert_eq!(Money::parse("€ 1.150,18", Currency::Try), Err(Wrong::Currency(Currency::Eur)));
    assert!(Money::parse("12.5", Currency::Jpy).is_err());
    for (typed, minor) in
        [("1,234.567", 1_234_567), ("1,234", 1_234), ("0.250", 250), ("45.000", 45_000), ("45", 45_000)]
    {
        assert_eq!(Money::parse(typed, Currency::Kwd), Ok(Money::new(minor, Currency::Kwd)), "{typed}");
    }
}

#[test]
fn thousands_and_millions_are_written_as_words() {
    for (typed, minor) in [
        ("45 bin", 4_500_000),
        ("45 BİN TL", 4_500_000),
        ("45k", 4_500_000),
        ("45K ₺", 4_500_000),
        ("₺45K", 4_500_000),
        ("1,5 mn", 150_000_000),
        ("1.5M", 150_000_000),
        ("2,25 milyon lira", 225_000_000),
        ("1,2 mr", 120_000_000_000),
        ("0,5 bin", 50_000),
        ("1.234,5 bin", 123_450_000),
        ("1,23456 bin", 123_456),
    ] {
        assert_eq!(read(typed), Some(minor), "{typed}");
    }
    for wrong in
        ["1.500 mn", "1,500 bin", "45 b", "bin", "k45", "45 kk", "45 bin kg", "1,234567 bin", "9999999 mr"]
    {
        assert_eq!(read(wrong), None, "{wrong}");
    }
    assert_eq!(Money::parse("12 k", Currency::Jpy), Ok(Money::new(12_000, Currency::Jpy)));
    assert_eq!(Money::parse("5 bin €", Currency::Try), Err(Wrong::Currency(Currency::Eur)));
    // The short forms of narrow places can be parsed again.
    for units in [900, 1_500, 12_000, 612_000, 1_200_000, 45_000_000, 3_000_000_000] {
        let money = Money::whole(units, Currency::Try);
        for locale in Locale::ALL.into_iter().filter(|locale| units < 1_000_000_000 || *locale == Locale::Tr)
        {
            assert_eq!(read(&money.rough(locale)), Some(money.minor), "{}", money.rough(locale));
        }
    }
}

#[test]
fn what_a_form_shows_is_grouped_and_read_again() {
    assert_eq!(lira(16_500_000).typed(Locale::Tr), "165.000");
    assert_eq!(lira(123_456).typed(Locale::En), "1,234.56");
    for currency in Currency::ALL.iter().copied() {
        for minor in
            [0, 1, 5, 99, 100, 999, 1_000, 4_500, 45_000, 100_000, 1_234_567, 45_000_000, 999_999_999_000]
        {
            for locale in Locale::ALL {
                let money = Money::new(minor, currency);
                assert_eq!(
                    Money::parse(&money.typed(locale), currency),
                    Ok(money),
                    "{}",
                    money.typed(locale)
                );
            }
        }
    }
}

#[test]
fn what_a_file_says_of_its_signs_is_kept_to() {
    let signs = |decimal, thousands| Marks { decimal, thousands, groups: false };
    let read = |text, marks| amount(text, Currency::Try, marks).map(|read| read.minor);
    for marks in [signs(Some(','), Some('.')), signs(Some(','), None), signs(None, Some('.'))] {
        for (text, minor) in
            [("1.234,56", 123_456), ("45.000", 4_500_000), ("1 234,56", 123_456), ("3,100", 310)]
        {
            assert_eq!(read(text, marks), Ok(minor), "{text} {marks:?}");
        }
        for wrong in ["12.50", "1.5", "1.00", ".5", "1,234.56", "45.00"] {
            assert_eq!(read(wrong, marks), Err(Wrong::NoAmount), "{wrong} {marks:?}");
        }
    }
    let nothing = Marks::default();
    for (text, minor) in [
        ("45000", 4_500_000),
        ("45.000,00", 4_500_000),
        ("1.250.000", 125_000_000),
        ("12.5", 1_250),
        ("1,5", 150),
    ] {
        assert_eq!(read(text, nothing), Ok(minor), "{text}");
    }
    for either in ["45.000", "3,100", "123.456", "-45.000 TL"] {
        assert_eq!(read(either, nothing), Err(Wrong::Either), "{either}");
    }
    assert!(amount("3,100", Currency::Try, signs(Some(','), None)).is_ok_and(|read| read.long));
    let euros = Amount { minor: 115_018, currency: Some(Currency::Eur), long: false };
    assert_eq!(amount("€ 1.150,18", Currency::Try, nothing), Ok(euros));
    assert_eq!(amount("45.000", Currency::Jpy, nothing).map(|read| read.minor), Ok(45_000));
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
    for (name, currency) in [
        ("TL", Currency::Try),
        ("₺", Currency::Try),
        ("try ", Currency::Try),
        ("YTL", Currency::Try),
        ("Türk Lirası", Currency::Try),
        ("€", Currency::Eur),
        ("Euro", Currency::Eur),
        ("EURO", Currency::Eur),
        ("$", Currency::Usd),
        ("ABD Doları", Currency::Usd),
        ("DOLAR", Currency::Usd),
        ("İNGİLİZ STERLİNİ", Currency::Gbp),
    ] {
        assert_eq!(name.parse(), Ok(currency), "{name}");
    }
    for unknown in ["XXX", "TRL", "", "kg"] {
        assert!(unknown.parse::<Currency>().is_err(), "{unknown}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(minor in -1_000_000_000_000_000_i64..1_000_000_000_000_000, tr: bool,
        pick in 0..Currency::ALL.len()) {
        let (locale, currency) = (if tr { Locale::Tr } else { Locale::En }, Currency::ALL[pick]);
        let money = Money::new(minor, currency);
        prop_assert_eq!(Money::parse(&money.exact(locale), currency), Ok(money));
        prop_assert_eq!(Money::parse(&money.typed(locale), currency), Ok(money));
        // In short form, an amount of a currency with three decimals looks like grouped thousands.
        if currency.digits() < 3 {
            prop_assert_eq!(Money::parse(&money.short(locale), currency), Ok(money));
        }
    }

    #[test]
    fn a_number_is_read_as_the_file_says_or_not_at_all(minor in 0..1_000_000_000_000_i64, comma: bool, grouped: bool,
        sign in prop::sample::select(vec!["", "₺", "TL ", "€"])) {
        let (locale, decimal) = if comma { (Locale::Tr, ',') } else { (Locale::En, '.') };
        let money = lira(minor);
        let text = if grouped { money.number(2, locale) } else { money.decimal().replace('.', &decimal.to_string()) };
        let written = format!("{sign}{text}");
        let said = Marks { decimal: Some(decimal), ..Marks::default() };
        prop_assert_eq!(amount(&written, Currency::Try, said).map(|read| read.minor), Ok(minor));
        // With the signs of the other language it is refused, and without given signs it is read correctly: never ten,
        // a hundred or a thousand times as much.
        let other = Marks { decimal: Some(if comma { '.' } else { ',' }), ..Marks::default() };
        prop_assert!(amount(&written, Currency::Try, other).is_err());
        prop_assert_eq!(amount(&written, Currency::Try, Marks::default()).map(|read| read.minor), Ok(minor));
    }

    #[test]
    fn nothing_typed_panics(text in "\\PC{0,20}|[-0-9., ()₺€TL'−]{0,14}") {
        let _ = Money::parse(&text, Currency::Try);
        let _ = amount(&text, Currency::Try, Marks { decimal: Some(','), ..Marks::default() });
    }
}
