//! Tests of days typed into a field of their own.

use super::{read, read_moment};
use crate::error::Problem;
use crate::i18n::{Locale, date};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

/// A Wednesday.
fn today() -> NaiveDate {
    on(2026, 11, 18)
}

#[test]
fn a_day_is_read_as_people_write_it_in_either_language() {
    let last = "2026-12-31,31.12.2026,31/12/26,31-12-2026,31 Aralık 2026,31 ARA 2026,31 Dec 2026,\
                31 december, 31.12,31.12.,\
                31/12,31 aralık,December 31,31st december,on 31 Dec,31.12.26,31.12.2026.";
    for locale in Locale::ALL {
        for typed in last.split(',').chain([" 31 december, 2026 "]) {
            assert_eq!(read(typed, today(), locale), Ok(on(2026, 12, 31)), "{typed}");
        }
        for (typed, ahead) in [
            ("bugün", 0),
            ("Today", 0),
            ("yarın", 1),
            ("YARIN", 1),
            ("tomorrow", 1),
            ("öbür gün", 2),
            ("3 gün sonra", 3),
            ("in 2 weeks", 14),
            ("haftaya", 7),
            ("cuma", 2),
            ("Cuma", 2),
            ("cuma günü", 2),
            ("fri", 2),
            ("Pazar", 4),
            ("haftaya salı", 6),
            ("next friday", 9),
        ] {
            assert_eq!(read(typed, today(), locale), Ok(today() + Days::new(ahead)), "{typed}");
        }
    }
    for locale in Locale::ALL {
        for (typed, back) in [
            ("dün", 1),
            ("Yesterday", 1),
            ("evvelsi gün", 2),
            ("önceki gün", 2),
            ("day before yesterday", 2),
            ("3 gün önce", 3),
            ("2 weeks ago", 14),
            ("geçen hafta", 7),
            ("last friday", 5),
            ("geçen salı", 1),
            ("geçen çarşamba", 7),
            ("geçen perşembe günü", 6),
            ("1 ay önce", 31),
            ("last month", 31),
        ] {
            assert_eq!(read(typed, today(), locale), Ok(today() - Days::new(back)), "{typed}");
        }
        for typed in ["dün akşam", "geçen", "last", "3 gün", "500 gün önce", "geçen yıl"] {
            assert_eq!(read(typed, today(), locale), Err(Problem::BadDate), "{typed}");
        }
    }
    assert_eq!(read("5.1", today(), Locale::Tr), Ok(on(2027, 1, 5)));
    assert_eq!(read("1.2.2024", today(), Locale::Tr), Ok(on(2024, 2, 1)));
    assert_eq!(read("15 Mart 2024", today(), Locale::Tr), Ok(on(2024, 3, 15)));
}

#[test]
fn a_day_that_does_not_exist_is_told_from_what_is_no_day() {
    for typed in
        "31.11,30 Şubat,31.04.2027,29.02.2027,2027-02-29,31 Kasım,31.11.2026,0.11,31.04,32.12.2026,31/9/27"
            .split(',')
    {
        assert_eq!(read(typed, today(), Locale::Tr), Err(Problem::NoSuchDay), "{typed}");
    }
    for typed in ",31,31.13.2026,31.12.0026,31 A 2026,1.2.3.4,kırk,yarın ara,\
                  5 Mayıs 31,31.12.2026 ara,1.2.2300,2026-13-01"
        .split(',')
    {
        assert_eq!(read(typed, today(), Locale::Tr), Err(Problem::BadDate), "{typed}");
    }
}

#[test]
fn with_strokes_only_what_can_be_one_day_is_read_on_an_english_page() {
    let both = |typed| Locale::ALL.map(|locale| read(typed, today(), locale));
    assert_eq!(both("3/4/2027"), [Ok(on(2027, 4, 3)), Err(Problem::DayOrMonth)]);
    assert_eq!(both("03/04"), [Ok(on(2027, 4, 3)), Err(Problem::DayOrMonth)]);
    assert_eq!(both("12/31"), [Err(Problem::BadDate), Ok(on(2026, 12, 31))]);
    assert_eq!(both("12/31/2026"), [Err(Problem::BadDate), Ok(on(2026, 12, 31))]);
    assert_eq!(both("5/5/2027"), [Ok(on(2027, 5, 5)), Ok(on(2027, 5, 5))]);
    assert_eq!(both("31/12/2026"), [Ok(on(2026, 12, 31)), Ok(on(2026, 12, 31))]);
    assert_eq!(both("3.4.2027"), [Ok(on(2027, 4, 3)), Ok(on(2027, 4, 3))]);
}

proptest! {
    #[test]
    fn what_is_written_is_read(number in -36_000..73_000_i64, tr: bool) {
        let day = on(1999, 12, 31) + chrono::Duration::days(number);
        let locale = if tr { Locale::Tr } else { Locale::En };
        prop_assert_eq!(read(&date::day(day, locale), today(), locale), Ok(day));
        prop_assert_eq!(read(&day.to_string(), today(), locale), Ok(day));
    }

    #[test]
    fn any_text_is_read_or_refused(typed in "\\PC{0,40}") {
        let _ = read(&typed, today(), Locale::En);
    }

    #[test]
    fn three_numbers_are_that_day_or_none(day in 0..40_u32, month in 0..20_u32, year in 1990..2110_i32) {
        let typed = format!("{day}.{month}.{year}");
        prop_assert_eq!(read(&typed, today(), Locale::Tr).ok(), NaiveDate::from_ymd_opt(year, month, day));
    }
}

#[test]
fn a_moment_is_a_day_and_a_time() {
    let at = |day: NaiveDate, hour, minute| Ok(day.and_hms_opt(hour, minute, 0).expect("a time"));
    let yesterday = today() - Days::new(1);
    for locale in Locale::ALL {
        for (typed, wanted) in [
            ("31.12.2026 14:05", at(on(2026, 12, 31), 14, 5)),
            (" 31 Dec 2026  9.30 ", at(on(2026, 12, 31), 9, 30)),
            ("2026-12-31T14:05", at(on(2026, 12, 31), 14, 5)),
            ("2026-12-31 14:05:59", at(on(2026, 12, 31), 14, 5)),
            ("dün 9:30", at(yesterday, 9, 30)),
            ("yesterday at 2:05 PM", at(yesterday, 14, 5)),
            ("yesterday 12am", at(yesterday, 0, 0)),
            ("3 gün önce saat 16.00", at(today() - Days::new(3), 16, 0)),
            ("14:05", at(today(), 14, 5)),
            ("saat 14:05", at(today(), 14, 5)),
            ("2pm", at(today(), 14, 0)),
            ("31.11.2026 10:00", Err(Problem::NoSuchDay)),
            ("1.2.2300 10:00", Err(Problem::BadDate)),
            ("1800-01-01T10:00", Err(Problem::BadMoment)),
            ("kırk 10:00", Err(Problem::BadDate)),
        ] {
            assert_eq!(read_moment(typed, today(), locale), wanted, "{typed}");
        }
        // A day without its time, and a time that could be a day, are not completed by a guess.
        for typed in
            ",31.12.2026,dün,10.12,yarın 9,31.12.2026 25:00,31.12.2026 9:77,31.12.2026 14pm,am,ş,öğlen"
                .split(',')
        {
            assert_eq!(read_moment(typed, today(), locale), Err(Problem::BadMoment), "{typed}");
        }
    }
}

proptest! {
    #[test]
    fn a_written_moment_is_read_as_itself(days in 0_u64..60_000, minute in 0_u32..24 * 60) {
        let day = on(1950, 1, 1) + Days::new(days);
        let at = day.and_hms_opt(minute / 60, minute % 60, 0).expect("a time");
        for locale in Locale::ALL {
            let written = date::moment(at, locale);
            prop_assert_eq!(read_moment(&written, today(), locale), Ok(at));
        }
    }

    #[test]
    fn no_text_is_too_odd_for_a_moment(text in "\\PC{0,24}") {
        let _ = read_moment(&text, today(), Locale::Tr);
    }
}
