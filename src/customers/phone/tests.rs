//! Tests of parsing, dialling and splitting telephone numbers.

use super::*;
use proptest::prelude::*;

#[test]
fn the_right_number_is_dialled() {
    for (written, dials) in [
        ("+49 (0) 40 6432131-550", "+49406432131550"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("+44 020 7946 0000", "+442079460000"),
        ("+39 (0)6 6982 0000", "+390669820000"),
        ("+39 06 6982 0000", "+390669820000"),
        ("0049 (0)40 6432131", "+49406432131"),
        ("5321184207", "+905321184207"),
        ("0532 118 42 07", "+905321184207"),
        ("0 (532) 118 42 07", "+905321184207"),
        ("(0532) 118-42-07", "+905321184207"),
        ("0212/464.55.20", "+902124645520"),
        ("0212 555 00 00 / 12", "+902125550000"),
        ("(0212) 555 00 00-01-02", "+902125550000"),
        ("(0212) 555 00 00 / 12-13", "+902125550000"),
        ("0212 555 00 00 dahili 12", "+902125550000"),
        ("0212 555 00 00 x12", "+902125550000"),
        ("0212 555 00 00 (dahili: 12)", "+902125550000"),
        ("0212 555 00 00 #12", "+902125550000"),
        ("0532 111 22 33 / 0532 111 22 34", "+905321112233"),
        ("0532 111 22 33 0532 111 22 34", "+905321112233"),
        ("+90 0532 118 42 07", "+905321184207"),
        ("+90 (0)532 118 42 07", "+905321184207"),
        ("+90(532)1184207", "+905321184207"),
        ("90 532 118 42 07", "+905321184207"),
        ("9005321184207", "+905321184207"),
        ("0090 532 118 42 07", "+905321184207"),
        ("00 90 532 118 42 07", "+905321184207"),
        ("5321112233.0", "+905321112233"),
        ("5321112233,0", "+905321112233"),
        ("5.321112233E+09", "+905321112233"),
        ("5.321.112.233", "+905321112233"),
        ("+0532 118 42 07", "+905321184207"),
        ("+00 90 532 118 42 07", "+905321184207"),
        ("+90 212 555 00 00 (12)", "+902125550000"),
        ("905321112233.0", "+905321112233"),
        ("Cep: 0532 118 42 07 (Ali)", "+905321184207"),
        ("tel:+905321112233", "+905321112233"),
        ("＋90 532 118 42 07", "+905321184207"),
        ("０５３２ １１８ ４２ ０７", "+905321184207"),
        ("0532‑118‑42‑07", "+905321184207"),
        ("+1-555-123-4567", "+15551234567"),
        ("+90 444 0 123", "+904440123"),
        ("444 0 123", "4440123"),
        ("444 0 123, 2", "4440123"),
        ("444 0 123-2", "4440123"),
        ("464 55 20", "4645520"),
        ("112", "112"),
        ("112 / 155", "112"),
        ("0850 222 0 123", "+908502220123"),
        // Too many digits for one number: all that was typed is dialled, nothing is cut off.
        ("053211842071", "053211842071"),
        ("49301234567", "49301234567"),
        ("", ""),
    ] {
        assert_eq!(dialled(written), dials, "{written}");
    }
}

#[test]
fn ways_of_writing_are_one_number() {
    for typed in [
        "+90 532 118 42 07",
        "(0090) 5321184207",
        "532-118-4207",
        "05\u{ad}321184207",
        "0090(532)1184207",
        "+90 0532 118 42 07",
    ] {
        assert_eq!(key(typed), "5321184207", "{typed}");
        assert_eq!(key(&dialled(typed)), "5321184207", "{typed}");
    }
    assert_eq!(key("+49 171 1234567"), "491711234567");
    assert_eq!(key("444 0 123"), "4440123");
    assert_eq!(key("0532 118"), "0532118");
}

#[test]
fn several_numbers_are_parted_and_extensions_are_not() {
    let two = ["0532 111 22 33", "0532 111 22 34"];
    for joined in [" ::: ", "; ", ", ", " / ", "/", "\n", " | ", " ve ", " veya ", " & ", "  ", " - "] {
        assert_eq!(several(&two.join(joined)), two, "{joined:?}");
    }
    for one in [
        "0212 555 00 00 dahili 12",
        "0212 555 00 00 x12",
        "(0212) 555 00 00 / 12-13",
        "0212 555 00 00-01-02",
        "0212 555 00 00, 2",
        "444 0 123, 2",
        "0212/464.55.20",
        "+49 (0) 40 6432131-550",
        "0532 111 22 33 (Ali)",
        "112",
        "+90 (532) 118-42-07",
    ] {
        assert_eq!(several(one), [written(one)]);
    }
    assert_eq!(
        several("Ev 0212 464 55 20 dahili 3; Cep 0532 111 22 33"),
        ["Ev 0212 464 55 20 dahili 3", "Cep 0532 111 22 33"]
    );
    assert_eq!(several("0212 464 55 20 / 464 55 21"), ["0212 464 55 20", "464 55 21"]);
    assert_eq!(several("tel:+905321112233"), ["0532 111 22 33"]);
    assert_eq!(several("5321112233.0"), ["0532 111 22 33"]);
    assert_eq!(several("5321112233,0"), ["0532 111 22 33"]);
    assert!(several(" ; / ").is_empty());
}

#[test]
fn phones_are_taken_as_people_write_them() {
    for good in [
        "0532 118 42 07",
        "+90 (532) 118-42-07",
        "444 0 123",
        "112",
        "0532",
        "0232/464.55.20",
        "532---111---2233",
        "0212 555 00 00 dahili 12",
        "0532 111 22 33 (Ali)",
    ] {
        assert!(is_phone(good), "{good}");
    }
    for bad in [
        "",
        "12",
        "abc",
        "0532x1184207",
        "٠٥٣٢",
        "---",
        "5,32E+09",
        "5.32E+09",
        "5.321112E+09",
        "5.321112233E+11",
        "yok",
        "call me",
        "0532111223305321112234",
    ] {
        assert!(!is_phone(bad), "{bad}");
    }
}

#[test]
fn a_number_is_kept_as_people_in_turkey_write_it() {
    for (typed, kept) in [
        ("05321184207", "0532 118 42 07"),
        ("5321184207", "0532 118 42 07"),
        ("+90 (532) 118 42 07", "0532 118 42 07"),
        ("+905321184207", "0532 118 42 07"),
        ("00905321184207", "0532 118 42 07"),
        ("(0212) 555 00 00", "0212 555 00 00"),
        ("(0212 555 00 00)", "0212 555 00 00"),
        ("0212 5550000 dahili 12", "0212 555 00 00 dahili 12"),
        ("0212 5550000/15", "0212 555 00 00/15"),
        ("05321112233 (Ali)", "0532 111 22 33 (Ali)"),
        ("4440123", "444 0 123"),
        ("tel:05321184207", "0532 118 42 07"),
        ("5321184207.0", "0532 118 42 07"),
        // A remark before a number, and foreign numbers, stay as they are.
        ("Cep: 05321184207", "Cep: 05321184207"),
        ("+49 40 1234567", "+49 40 1234567"),
        ("112", "112"),
        ("yok", "yok"),
    ] {
        assert_eq!(written(typed), kept, "{typed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]
    #[test]
    fn however_it_is_written_the_same_is_dialled(
        area in "[23458][0-9]{2}", number in "[0-9]{7}",
        head in prop::sample::select(vec!["", "0", "+90", "+90 0", "+90 (0)", "0090", "90"]),
        gap in prop::sample::select(vec![" ", "", "-", ".", ") ", "\u{a0}"]),
        tail in prop::sample::select(vec!["", " dahili 12", " x5", " (Ali)", "-01", " / 12", ".0"]),
    ) {
        let typed = format!("{head}{area}{gap}{}{}", &number[..3], &number[3..]);
        let whole = typed + tail;
        prop_assert_eq!(dialled(&whole), format!("+90{}{}", area, number));
        prop_assert!(is_phone(&whole));
        let kept = written(&whole);
        let begin = format!("0{area} {} {} {}", &number[..3], &number[3..5], &number[5..]);
        prop_assert!(kept.starts_with(&begin), "{}", kept);
        prop_assert_eq!(dialled(&kept), dialled(&whole));
        prop_assert_eq!(written(&kept), kept);
    }

    #[test]
    fn what_is_kept_is_kept_again_and_dials_the_same(text in "[-0-9 +()/.x]{0,24}|\\PC{0,20}") {
        let kept = written(&text);
        prop_assert_eq!(dialled(&kept), dialled(&text));
        prop_assert_eq!(written(&kept), kept);
    }

    #[test]
    fn digits_alone_are_a_number(digits in "[0-9]{3,15}") {
        prop_assert!(is_phone(&digits));
        prop_assert_eq!(several(&digits), vec![written(&digits)]);
    }

    #[test]
    fn what_was_parted_is_not_parted_again(text in "[-0-9 +()/,;.x:\n]{0,40}|\\PC{0,20}") {
        for one in several(&text) {
            prop_assert_eq!(several(&one), vec![one.clone()]);
        }
        let dials = dialled(&text);
        prop_assert!(dials.trim_start_matches('+').bytes().all(|c| c.is_ascii_digit()));
        prop_assert_eq!(dialled(&dials), dials);
    }

    #[test]
    fn numbers_that_were_kept_come_back_from_one_cell(
        all in prop::collection::vec("0[2358][0-9]{2} [0-9]{3} [0-9]{2} [0-9]{2}( x[0-9]{1,3})?", 0..4),
    ) {
        prop_assert_eq!(several(&all.join(" / ")), all);
    }
}

#[test]
fn digits_are_marked_where_they_stand() {
    for (phone, typed, marked) in [
        ("0532 118 42 07", "4207", "42 07"),
        ("0532 118 42 07", "0532", "0532"),
        ("0532 118 42 07", "90532118", "532 118"),
        ("0532 118 42 07", "05321184207", "0532 118 42 07"),
        ("0532 532 53 25", "5325", "53 25"),
        ("+49 40 1234567", "4567", "4567"),
        ("yok", "4567", ""),
    ] {
        let found = place_of(phone, typed).map_or("", |(from, until)| &phone[from..until]);
        assert_eq!(found, marked, "{phone}: {typed}");
    }
}
