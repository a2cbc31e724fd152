//! Tests of lines as people type them, in both languages.

use super::*;
use crate::i18n::Locale;
use crate::i18n::fold::search_key;
use crate::tasks::view::clock;
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
    let quick = understand(typed, "", today(), Locale::Tr);
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
    let day = |typed: &str| understand(typed, "", today(), Locale::Tr).due_on;
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

/// Lines without a day or time: nothing may be taken out of them.
const ONLY_TEXT: &str = "\
2.5 mm kablo fiyatı gönder
1/2 inç boru teklifi
3/4 vana numunesi
discuss 24/7 support
1.5 milyonluk teklif
Cuma Bey'i ara
Mon Ami Pastanesi'ni ara
Eylül 5 katalog istedi
2 kas gevşetici numune
29 Ekim Caddesi'ndeki şantiyeyi ziyaret et
9.30 puan indirimi konuş
yüzde 9.30 indirim iste
12.10 ton çelik sor
5.12 inç vida numunesi
7/24 destek anlat
1/10 ölçekli çizim hazırla
1:50 ölçekli plan gönder
7/8 anahtar takımı
Ubuntu 24.04 kur
sürüm 12.10 notlarını yolla
fiyatı 5'e indir
2 saat 30 dakika eğitim planla
Cuma Yılmaz'ı ara
Cuma'yı ara
Cuma Hanım'a teklif gönder
Sayın Cuma'ya mektup yaz
Salı Pazarı'nı ziyaret et
salı pazarına uğra
Perşembe Pazarı'ndaki dükkânı ara
Black Friday kampanyası
şalı numunesi iste
Bugün Gazetesi'ni ara
Sabah Gazetesi'ne ilan ver
akşam yemeği ayarla
19 Mayıs Üniversitesi'ni ara
19 Mayıs Anadolu Lisesi'ne uğra
23 Nisan İlkokulu teklifi
15 Temmuz Köprüsü fotoğrafları
20 kasım faturası kes
5 ara
5 nişan yüzüğü numunesi
Kasım Bey'i ara
30 Kasım Bey'e numune gönder
May 5 samples istedi
April 3 katalog istedi
2 ocak ve 1 fırın teklifi
15 - 20 Mart fuarı
15.03.2024 raporunu bul
send today's price list
in 5 day terms";

#[test]
fn only_a_day_is_read_as_a_day() {
    for line in ONLY_TEXT.lines() {
        says(line, &capital(line, Locale::Tr), 0, "");
        assert_eq!(understand(line, "", today(), Locale::Tr).marks, [], "{line}");
    }
}

#[test]
fn beside_what_looks_like_a_day_the_day_is_read() {
    says("yarın 14:00-15:00 toplantı", "14:00-15:00 toplantı", 1, "14:00");
    says("yarın 14.00 – 15.30 arası toplantı", "14.00 – 15.30 arası toplantı", 1, "14:00");
    says("yarın 2.5 mm kablo fiyatı gönder", "2.5 mm kablo fiyatı gönder", 1, "");
    says("yarın 9.30 puan indirimi konuş", "9.30 puan indirimi konuş", 1, "");
    says("yarın 9.30 kahvaltı", "Kahvaltı", 1, "09:30");
    says("Cuma Bey'i salı günü ara", "Cuma Bey'i ara", 6, "");
    says("29 Ekim Caddesi'ne yarın uğra", "29 Ekim Caddesi'ne uğra", 1, "");
    says("cuma Ayşe'yi ara", "Ayşe'yi ara", 2, "");
    says("Cuma günü Yılmaz'ı ara", "Yılmaz'ı ara", 2, "");
    says("Salı Ayşe'yi ara", "Ayşe'yi ara", 6, "");
    says("Salı Nur Eczanesi'ni ara", "Nur Eczanesi'ni ara", 6, "");
    says("Salı toplantısı", "Toplantısı", 6, "");
    says("fri 10:00 demo", "Demo", 2, "10:00");
    says("20 Kasım Ayşe'yi ara", "Ayşe'yi ara", 2, "");
    says("20 kas ara", "Ara", 2, "");
    says("Ayşe'yi 20.11 ara", "Ayşe'yi ara", 2, "");
    says("20.11'de numune yolla", "Numune yolla", 2, "");
    says("20/11 ara", "Ara", 2, "");
    says("5.12 ara", "Ara", 17, "");
    says("20.11 sözleşmeyi yenile", "Sözleşmeyi yenile", 2, "");
    says("20.11 numune hazırla", "Numune hazırla", 2, "");
    says("5.12 faturayı kes", "Faturayı kes", 17, "");
    says("02.12.2026 Çarşamba 10:00 demo", "Demo", 14, "10:00");
    says("Çarşamba 2 Aralık 10:00 demo", "Demo", 14, "10:00");
    says("cuma 2 Aralık demo", "Cuma demo", 14, "");
    says("may 3 call", "Call", 166, "");
    says("saat 5 ara", "Ara", 0, "17:00");
    says("5 ara 2026 ara", "Ara", 17, "");
    says("mail at yarın", "Mail at", 1, "");
    says("yarın mail at 14:00", "Mail at", 1, "14:00");
}

#[test]
fn a_day_that_does_not_exist_is_told_and_stays_in_the_title() {
    let lines = "31.11 sözleşmeyi yenile
30 Şubat ara
31.04.2027 ara
29.02.2027 ara
2027-02-29 ara
31 Kasım'da ara
31.11.2026 fatura kes
0.11 ara
32.12.2026 ara
31 Nisan'a kadar bitir
call on 31.06
31/9/2027 ara
2026-11-31 ara
February 30 call";
    for line in lines.lines() {
        let quick = understand(line, "", today(), Locale::Tr);
        assert_eq!(quick.problem, Some(Problem::NoSuchDay), "{line}");
        assert_eq!((quick.title, quick.due_on), (capital(line, Locale::Tr), today()), "{line}");
        let [mark] = quick.marks[..] else { panic!("{line}: {:?}", quick.marks) };
        let quick = understand(line, &words(line, mark.from, mark.count), today(), Locale::Tr);
        assert_eq!((quick.problem, quick.marks), (None, vec![]), "{line}");
    }
    assert_eq!(understand("yarın 31.11 raporunu gönder", "", today(), Locale::Tr).problem, None);
}

#[test]
fn what_was_read_is_marked_and_can_be_given_back() {
    let line = "Ayşe'yi salı günü saat 14'te ara";
    let quick = understand(line, "", today(), Locale::Tr);
    let pieces = quick.pieces(line);
    let pieces: Vec<(&str, bool)> = pieces.iter().map(|(words, read)| (words.as_str(), *read)).collect();
    assert_eq!(pieces, [("Ayşe'yi", false), ("salı günü", true), ("saat 14'te", true), ("ara", false)]);
    let quick = understand(line, "salı günü", today(), Locale::Tr);
    assert_eq!(
        (quick.title.as_str(), quick.due_on, quick.due_at),
        ("Ayşe'yi salı günü ara", today(), Some(840))
    );
    let quick = understand(line, "salı günü\nsaat 14'te", today(), Locale::Tr);
    assert_eq!((quick.title.as_str(), quick.due_at), (line, None));
}

#[test]
fn the_kind_is_told_by_the_verb() {
    let kind = |typed: &str| understand(typed, "", today(), Locale::Tr).kind;
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
    let name = |typed: &str| understand(typed, "", today(), Locale::Tr).name;
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
        let quick = understand(&line, "", today(), locale);
        assert_eq!((quick.due_on, quick.due_at), (on(2026, 12, 4), Some(600)), "{line}");
        assert_eq!(quick.title, "Ayşe'yi ara");
    }
}

proptest! {
    #[test]
    fn any_line_is_read_without_harm(typed in "\\PC{0,60}") {
        let quick = understand(&typed, "", today(), Locale::Tr);
        prop_assert!(quick.due_at.is_none_or(|at| (0..1440).contains(&at)));
    }

    #[test]
    fn words_that_say_no_time_are_kept(words in prop::collection::vec("[b-d]{4,7}", 1..5), day in 0..3_usize,
        hour in 0..24_i64, minute in 0..60_i64) {
        let text = words.join(" ");
        let near = ["bugün", "yarın", "öbür gün"][day];
        let quick = understand(&format!("{near} {hour:02}:{minute:02} {text}"), "", today(), Locale::Tr);
        prop_assert_eq!(quick.due_on, today() + Days::new(day as u64));
        prop_assert_eq!(quick.due_at, Some(hour * 60 + minute));
        prop_assert_eq!(search_key(&quick.title), text);
    }

    #[test]
    fn every_date_is_read_as_it_is_written(ahead in 0_u64..3_000, tr: bool) {
        let day = today() + Days::new(ahead);
        let locale = if tr { Locale::Tr } else { Locale::En };
        let quick = understand(&format!("{} numune", date::day(day, locale)), "", today(), locale);
        prop_assert_eq!(quick.due_on, day);
        prop_assert_eq!(search_key(&quick.title), "numune");
    }

    #[test]
    fn no_word_is_lost(words in prop::collection::vec(
        prop::sample::select("yarın bugün cuma Cuma Mon Bey'i Ayşe'yi ara 2.5 1/2 31.11 20.11 15 Mart Ekim Caddesi'ne \
                              saat 14:00 14:00-15:00 9.30 puan mm on at in 3 gün sonra sabah Gazetesi'ni haftaya kadar \
                              günü toplantı"
            .split(' ').collect::<Vec<_>>()), 1..8)) {
        let line = words.join(" ");
        let quick = understand(&line, "", today(), Locale::En);
        let count = words.len();
        let mut seen = vec![0; count];
        for mark in &quick.marks {
            prop_assert!(mark.count > 0 && mark.from + mark.count <= count, "{:?}", mark);
            seen[mark.from..mark.from + mark.count].iter_mut().for_each(|seen| *seen += 1);
        }
        prop_assert!(seen.iter().all(|times| *times < 2), "{:?}", quick.marks);
        let holds = |mark: &Mark, at: usize| (mark.from..mark.from + mark.count).contains(&at);
        let taken = |at: usize| quick.marks.iter().any(|mark| mark.taken && holds(mark, at));
        let left: Vec<&str> = (0..count).filter(|at| !taken(*at)).map(|at| words[at]).collect();
        prop_assert_eq!(quick.title.to_lowercase(), left.join(" ").to_lowercase());
        let nothing = quick.due_on == today() && quick.due_at.is_none() && quick.problem.is_none();
        prop_assert!(nothing || !quick.marks.is_empty());
    }
}
