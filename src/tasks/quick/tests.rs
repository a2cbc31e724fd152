//! Lines as people type them, in both languages.

use super::*;
use crate::i18n::Locale;
use crate::tasks::shown::clock;
use chrono::Days;
use proptest::prelude::*;

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

/// A Wednesday.
fn today() -> NaiveDate {
    on(2026, 11, 18)
}

/// Title, days ahead, time.
fn read(typed: &str) -> (String, i64, String) {
    let quick = understand(typed, today(), Locale::Tr);
    (quick.title, (quick.due_on - today()).num_days(), quick.due_at.map(clock).unwrap_or_default())
}

#[track_caller]
fn says(typed: &str, title: &str, ahead: i64, at: &str) {
    assert_eq!(read(typed), (title.to_owned(), ahead, at.to_owned()), "{typed}");
}

#[test]
fn turkish_days_and_times() {
    says("yarın 14:00 Ayşe'yi ara", "Ayşe'yi ara", 1, "14:00");
    says("Ayşe'yi yarın saat 14'te ara", "Ayşe'yi ara", 1, "14:00");
    says("bugün teklif gönder", "Teklif gönder", 0, "");
    says("teklif gönder", "Teklif gönder", 0, "");
    says("salı günü Ünal Tekstil'i ziyaret et", "Ünal Tekstil'i ziyaret et", 6, "");
    says("cumaya kadar sözleşmeyi hazırla", "Sözleşmeyi hazırla", 2, "");
    says("ÇARŞAMBA toplantı", "Toplantı", 7, "");
    says("bu çarşamba toplantı", "Toplantı", 0, "");
    says("haftaya ara", "Ara", 7, "");
    says("haftaya pazartesi 9.30 toplantı", "Toplantı", 5, "09:30");
    says("gelecek hafta cuma demo", "Demo", 9, "");
    says("öbür gün ara", "Ara", 2, "");
    says("3 gün sonra Işık Otomotiv'i ara", "Işık Otomotiv'i ara", 3, "");
    says("2 hafta sonra kontrol et", "Kontrol et", 14, "");
    says("yarın sabah ara", "Ara", 1, "09:00");
    says("yarın akşam 8'de ara", "Ara", 1, "20:00");
    says("yarın 3'te ara", "Ara", 1, "15:00");
    says("saat 2 buçukta demo", "Demo", 0, "14:30");
    says("öğleden sonra numune yolla", "Numune yolla", 0, "14:00");
}

#[test]
fn english_days_and_times() {
    says("tomorrow 2pm call Ayşe", "Call Ayşe", 1, "14:00");
    says("call Ayşe tomorrow at 2", "Call Ayşe", 1, "14:00");
    says("call Ayşe on Friday at 10 am", "Call Ayşe", 2, "10:00");
    says("next friday demo", "Demo", 9, "");
    says("friday next week demo", "Demo", 9, "");
    says("in 3 days send the quote", "Send the quote", 3, "");
    says("send the quote by 20 November", "Send the quote", 2, "");
    says("day after tomorrow visit Nur", "Visit Nur", 2, "");
    says("this evening call back", "Call back", 0, "18:00");
    says("12am check", "Check", 0, "00:00");
    says("12 pm lunch", "Lunch", 0, "12:00");
}

#[test]
fn dates() {
    let day = |typed: &str| understand(typed, today(), Locale::Tr).due_on;
    assert_eq!(day("15.03 Ayşe'yi ara"), on(2027, 3, 15));
    assert_eq!(day("20.11 ara"), on(2026, 11, 20));
    assert_eq!(day("15/3/2028 ara"), on(2028, 3, 15));
    assert_eq!(day("2026-12-31 ara"), on(2026, 12, 31));
    assert_eq!(day("15 Mart'ta ara"), on(2027, 3, 15));
    assert_eq!(day("1 aralıkta ara"), on(2026, 12, 1));
    assert_eq!(day("March 15 call"), on(2027, 3, 15));
    assert_eq!(day("15 mart 2029 ara"), on(2029, 3, 15));
    assert_eq!(day("29.02 ara"), on(2028, 2, 29));
    says("20.11 14.30 demo", "Demo", 2, "14:30");
    says("14.30 demo", "Demo", 0, "14:30");
}

#[test]
fn what_only_looks_like_a_day_or_a_time_stays_in_the_title() {
    says("Pazar araştırması gönder", "Pazar araştırması gönder", 0, "");
    says("pazar günü ara", "Ara", 4, "");
    says("yarın Sabah Gazetesi'ni ara", "Sabah Gazetesi'ni ara", 1, "");
    says("5 ara bağlantı siparişi", "5 ara bağlantı siparişi", 0, "");
    says("12.50 TL fiyatı doğrula", "12.50 TL fiyatı doğrula", 0, "");
    says("1.500 adet etiket", "1.500 adet etiket", 0, "");
    says("40 kişilik masa", "40 kişilik masa", 0, "");
    says("31.31 kodu", "31.31 kodu", 0, "");
    says("", "", 0, "");
    says("yarın 14:00", "", 1, "14:00");
}

#[test]
fn the_kind_is_told_by_the_verb() {
    let kind = |typed: &str| understand(typed, today(), Locale::Tr).kind;
    assert_eq!(kind("Ayşe'yi teklif için ara"), TaskKind::Call);
    assert_eq!(kind("call Ayşe about the quote"), TaskKind::Call);
    assert_eq!(kind("teklif v2 gönder"), TaskKind::Quote);
    assert_eq!(kind("yarın Nur Eczane'ye uğra"), TaskKind::Visit);
    assert_eq!(kind("e-posta at"), TaskKind::Email);
    assert_eq!(kind("Işıl'la toplantı"), TaskKind::Meeting);
    assert_eq!(kind("numune hazırla"), TaskKind::Other);
}

#[test]
fn the_name_to_look_for() {
    let name = |typed: &str| understand(typed, today(), Locale::Tr).name;
    assert_eq!(name("yarın 14:00 Ayşe'yi ara"), "Ayşe");
    assert_eq!(name("Ünal Tekstil'i ara"), "Ünal Tekstil");
    assert_eq!(name("tomorrow 2pm call Demir Çelik about prices"), "Demir Çelik");
    assert_eq!(name("ayşe'yi ara"), "ayşe");
    assert_eq!(name("Ara"), "");
    assert_eq!(name("teklif gönder"), "");
}

#[test]
fn a_written_line_is_read_back() {
    for locale in Locale::ALL {
        let line = line_of("Ayşe'yi ara", on(2026, 12, 4), Some(600), locale);
        let quick = understand(&line, today(), locale);
        assert_eq!((quick.due_on, quick.due_at), (on(2026, 12, 4), Some(600)), "{line}");
        assert_eq!(quick.title, "Ayşe'yi ara");
    }
}

proptest! {
    #[test]
    fn any_line_is_read_without_harm(typed in "\\PC{0,60}") {
        let quick = understand(&typed, today(), Locale::Tr);
        prop_assert!(quick.due_at.is_none_or(|at| (0..1440).contains(&at)));
    }

    #[test]
    fn words_that_say_no_time_are_kept(words in prop::collection::vec("[b-d]{4,7}", 1..5), day in 0..3_usize, hour in 0..24_i64, minute in 0..60_i64) {
        let text = words.join(" ");
        let near = ["bugün", "yarın", "öbür gün"][day];
        let quick = understand(&format!("{near} {hour:02}:{minute:02} {text}"), today(), Locale::Tr);
        prop_assert_eq!(quick.due_on, today() + Days::new(day as u64));
        prop_assert_eq!(quick.due_at, Some(hour * 60 + minute));
        prop_assert_eq!(search_key(&quick.title), text);
    }

    #[test]
    fn every_date_is_read_as_it_is_written(ahead in 0_u64..3_000, tr: bool) {
        let day = today() + Days::new(ahead);
        let locale = if tr { Locale::Tr } else { Locale::En };
        let quick = understand(&format!("{} numune", date::day(day, locale)), today(), locale);
        prop_assert_eq!(quick.due_on, day);
        prop_assert_eq!(search_key(&quick.title), "numune");
    }
}
