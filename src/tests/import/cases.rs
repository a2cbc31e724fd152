//! Files as firms really have them: several numbers in one cell, amounts and days in every way of writing, a quotation
//! mark that is never closed. They were imported by hand first; what came out right is expected here.

use super::{Ground, on_both_engines};
use crate::auth::model::Role;
use crate::i18n::Locale;
use crate::import::{Tally, Thing};
use crate::people::store::{NewPerson, add_person, group, root};
use sqlx::types::Json;
use std::collections::BTreeMap;

const CUSTOMERS: &str = "source = \"t\"\n[format]\nseparator = \";\"\n[customers]\nfile = \"c.csv\"\nid = \"{Kod}\"\n\
     name = \"{Ünvan}\"\n\
    phones = [\"{Telefon}\"]\nemails = [\"{E-posta}\"]\ntax_number = \"{VN}\"\n";

/// What a customer has now.
#[derive(Debug, sqlx::FromRow)]
struct Has {
    name: String,
    phones: Json<Vec<String>>,
    emails: Json<Vec<String>>,
    tax_number: String,
    note: String,
}

async fn customers(ground: &Ground) -> BTreeMap<String, Has> {
    let mut look = ground.db.read_system().await.expect("a look");
    let sql = "SELECT name, phones, emails, tax_number, note FROM customers";
    let all: Vec<Has> = look.query(sql).all().await.expect("customers");
    all.into_iter().map(|one| (one.name.clone(), one)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_read_as_people_write_them() {
    const ROWS: [(&str, &[&str]); 23] = [
        ("0532 111 22 33 ::: 0532 111 22 34", &["0532 111 22 33", "0532 111 22 34"]),
        ("0212 555 00 00 dahili 12", &["0212 555 00 00 dahili 12"]),
        ("0212 555 00 00 x12", &["0212 555 00 00 x12"]),
        ("(0212) 555 00 00 / 12-13", &["0212 555 00 00 / 12-13"]),
        ("0212 555 00 00-01-02", &["0212 555 00 00-01-02"]),
        ("444 0 123, 2", &["444 0 123, 2"]),
        ("0532\u{2011}118\u{2011}42\u{2011}07", &["0532 118 42 07"]),
        ("0212 555 00 00 (dahili: 12)", &["0212 555 00 00 (dahili: 12)"]),
        ("0532 111 22 33; 0532 111 22 34", &["0532 111 22 33", "0532 111 22 34"]),
        ("0532 111 22 33, 0532 111 22 34", &["0532 111 22 33", "0532 111 22 34"]),
        ("yok", &[]),
        ("-", &[]),
        ("0532 111 22 33 (Ali)", &["0532 111 22 33 (Ali)"]),
        ("5321112233.0", &["0532 111 22 33"]),
        ("tel:+905321112233", &["0532 111 22 33"]),
        ("\u{202a}+90 532 118 42 07\u{202c}", &["0532 118 42 07"]),
        ("\u{200e}05321184207", &["0532 118 42 07"]),
        ("0532\u{ad}1184207", &["0532 118 42 07"]),
        ("+1\u{fe0f}-555-123-4567", &["+1-555-123-4567"]),
        ("\u{2068}+90 532 118 42 07\u{2069}", &["0532 118 42 07"]),
        ("+90\u{a0}532\u{a0}118\u{a0}42\u{a0}07", &["0532 118 42 07"]),
        ("+90\u{2009}532\u{2009}118\u{2009}4207", &["0532 118 42 07"]),
        ("＋90 532 118 42 07", &["0532 118 42 07"]),
    ];
    on_both_engines(async |ground| {
        let mut file = "Kod;Ünvan;Telefon;E-posta;VN\n".to_owned();
        for (nr, (typed, _)) in ROWS.iter().enumerate() {
            file.push_str(&format!("P{nr};Firma {nr};\"{typed}\";;\n"));
        }
        file.push_str("X1;Bilgisayar;5,32E+09;;\nX2;Ka\u{200b}ra Kum;;\u{feff}ali@firma.example;\n");
        ground.file("map.toml", CUSTOMERS);
        ground.file("c.csv", &file);
        let report = ground.run(false).await;
        assert!(!report.failed(), "{report}");
        let now = customers(ground).await;
        for (nr, (typed, read)) in ROWS.iter().enumerate() {
            assert_eq!(now[&format!("Firma {nr}")].phones.0, *read, "{typed}");
        }
        assert_eq!(
            (&now["Bilgisayar"].phones.0, now["Bilgisayar"].note.as_str()),
            (&vec![], "Telefon: 5,32E+09")
        );
        assert_eq!(now["Kara Kum"].emails.0, ["ali@firma.example"]);
        let told = report.told(Locale::Tr);
        for piece in [
            "c.csv, Telefon: Bu bir telefon numarası değil. Örnek: 0532 118 42 07 (1 satırda)\n    satır 25 \
             “Bilgisayar”: 5,32E+09\n",
            "c.csv: Telefon: “yok” boş sayıldı, 1 satırda",
            "c.csv: 25 satır: 25 yeni, 0 önceki gibi, 0 alınmayan\n",
        ] {
            assert!(told.contains(piece), "{piece}\n{told}");
        }
        let again = ground.run(false).await;
        assert_eq!(again.tally(Thing::Customer), Tally { as_before: 25, ..Tally::default() }, "{again}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_address_does_not_keep_a_customer_out() {
    on_both_engines(async |ground| {
        let whole = (0..10).map(|last| format!("012345678{last}"));
        let whole = whole.into_iter().find(|one| crate::customers::check::is_right(one)).expect("one is right");
        let lost = &whole[1..];
        let file = format!(
            "Kod;Ünvan;Telefon;E-posta;VN\nM1;Ceren Ak;0532 111 22 01;ceren@@mail.example;\n\
            M2;Esra Arslan;532---111---2233;esra_arslanmail.example;\nM3;;0532 111 22 03;bos@mail.example;\n\
            M4;\"\"\"Merve\"\"\";0532 111 22 04;merve@mail.example;\nM5;Ali Can;0532 111 22 05;\"a@b.example; \
            c@d.example\";\n\
            M6;Can Er;0532 111 22 06;Can Er <can@mail.example>;\nM7;Ece Su;0532 111 22 07;mailto:ece@mail.example;\n\
            M8;Efe Taş;0532 111 22 08;efe@mail.example.;\nM9;Ela Kum;0532 111 22 09;ela@mail.example ;\n\
            M11;Nur Dağ;0532 111 22 11;-;\nM12;Tan Ay;0532 111 22 12;tan@mail.example,tan2@mail.example;\n\
            M13;Ata Gün;0532 111 22 13;ATA@MAIL.EXAMPLE;\nM15;Gül Nar;0532 111 22 15;gül nar@mail.example;\n\
            M16;Vergi A;0532 111 22 16;;{lost}\nM18;Vergi C;0532 111 22 18;;123 456 78 90\n\
            M19;Vergi D;;;VKN 1234567891\n"
        );
        ground.file("map.toml", CUSTOMERS);
        ground.file("c.csv", &file);
        let report = ground.run(false).await;
        assert_eq!(report.rows("c.csv"), [16, 15, 0, 1, 0], "{report}");
        let now = customers(ground).await;
        let emails = |name: &str| now[name].emails.0.join(" ");
        for (name, read) in [
            ("Ceren Ak", ""),
            ("\"Merve\"", "merve@mail.example"),
            ("Ali Can", "a@b.example c@d.example"),
            ("Can Er", "can@mail.example"),
            ("Ece Su", "ece@mail.example"),
            ("Efe Taş", "efe@mail.example"),
            ("Ela Kum", "ela@mail.example"),
            ("Nur Dağ", ""),
            ("Tan Ay", "tan@mail.example tan2@mail.example"),
            ("Ata Gün", "ATA@MAIL.EXAMPLE"),
            ("Gül Nar", ""),
        ] {
            assert_eq!(emails(name), read, "{name}");
        }
        assert_eq!(now["Gül Nar"].note, "E-posta: gül nar@mail.example");
        assert_eq!(now["Vergi C"].tax_number, "1234567890");
        assert_eq!((now["Vergi A"].tax_number.as_str(), now["Vergi A"].note.as_str()),
            ("", format!("VN: {lost}").as_str()));
        assert_eq!(now["Vergi D"].note, "VN: VKN 1234567891");
        let told = report.told(Locale::En);
        for piece in [
            "c.csv, E-posta: This is no e-mail address. Example: name@company.com (in 3 rows)\n    line 2 “Ceren Ak”: \
             ceren@@mail.example\n    line 3 “Esra Arslan”: esra_arslanmail.example\n    line 14 “Gül Nar”: \
             gül nar@mail.example\n",
            &format!("c.csv, VN: Its first 0 may be lost: if it is {whole}"),
            "c.csv, Ünvan: is empty (in 1 row)\n    line 4\n",
        ] {
            assert!(told.contains(piece), "{piece}\n{told}");
        }
    })
    .await;
}

const DEALS: &str = "source = \"t\"\n[format]\nseparator = \";\"\n[deals]\nfile = \"d.csv\"\nid = \"{No}\"\n\
     title = \"{Konu}\"\n\
    owner = \"owner@shop.example\"\nstage = \"Yeni\"\n";

/// The amount, currency and expected day of each deal, by its title.
async fn deals(ground: &Ground) -> BTreeMap<String, (Option<i64>, String, String)> {
    let mut look = ground.db.read_system().await.expect("a look");
    let sql = "SELECT title, amount, currency, expected_on FROM deals";
    let all: Vec<(String, Option<i64>, String, Option<chrono::NaiveDate>)> =
        look.query(sql).all().await.expect("deals");
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    all.into_iter().map(|(title, amount, currency, on)| (title, (amount, currency, day(on)))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_are_never_wrong_in_silence() {
    on_both_engines(async |ground| {
        let map =
            DEALS.replace("\n[deals]", "\ndecimal = \",\"\nthousands = \".\"\ncurrency = \"TRY\"\n[deals]");
        ground.file("map.toml", &format!("{map}amount = \"{{Tutar}}\"\ncurrency = \"{{Döviz}}\"\n"));
        let good: [(&str, &str, i64, &str); 24] = [
            ("₺1.000,00", "", 100_000, "TRY"),
            ("1.000,00 TL", "", 100_000, "TRY"),
            ("1.000,00 ₺", "", 100_000, "TRY"),
            ("€ 1.150,18", "", 115_018, "EUR"),
            ("1\u{a0}234,56", "", 123_456, "TRY"),
            ("1\u{202f}234,56", "", 123_456, "TRY"),
            ("1.234,-", "", 123_400, "TRY"),
            ("1 234,56", "", 123_456, "TRY"),
            ("1.234,56", "", 123_456, "TRY"),
            ("1234,56", "", 123_456, "TRY"),
            ("1.000,00TL", "", 100_000, "TRY"),
            ("TL 1.000", "", 100_000, "TRY"),
            ("1.000", "", 100_000, "TRY"),
            ("3,100", "", 310, "TRY"),
            ("1.000,00", "TL", 100_000, "TRY"),
            ("1.000,00", "₺", 100_000, "TRY"),
            ("1.000,00", "€", 100_000, "EUR"),
            ("1.000,00", "try ", 100_000, "TRY"),
            ("1.000,00", "$", 100_000, "USD"),
            ("1.000,00", "Euro", 100_000, "EUR"),
            ("1.000,00", "USD", 100_000, "USD"),
            ("1.000,00", "YTL", 100_000, "TRY"),
            ("€ 1.000,00", "EUR", 100_000, "EUR"),
            ("-", "", 0, "TRY"),
        ];
        let bad = [
            ("(1.234,56)", ""),
            ("12.50", ""),
            ("1,234.56", ""),
            ("1.5", ""),
            ("-5", ""),
            ("1.00", ""),
            ("1..000,00", ""),
            ("1.0.0.0,00", ""),
            (".5", ""),
            ("1.2345,00", ""),
            ("10,00,", ""),
            ("90000000000000000,00", ""),
            ("1.000,00", "TRL"),
            ("€ 1.000,00", "TRY"),
        ];
        let mut file = "No;Konu;Tutar;Döviz\n".to_owned();
        let rows = good.iter().map(|(amount, currency, ..)| (amount, currency));
        for (nr, (amount, currency)) in
            rows.chain(bad.iter().map(|(amount, currency)| (amount, currency))).enumerate()
        {
            file.push_str(&format!("D{nr};Tutar {nr};{amount};{currency}\n"));
        }
        ground.file("d.csv", &file);
        let report = ground.run(false).await;
        let now = deals(ground).await;
        for (nr, (typed, column, minor, currency)) in good.iter().enumerate() {
            let read = Some(*minor).filter(|minor| *minor > 0);
            let is = &now[&format!("Tutar {nr}")];
            assert_eq!((is.0, is.1.as_str()), (read, *currency), "{typed} {column}");
        }
        assert_eq!(report.rows("d.csv"), [38, 24, 0, 14, 0], "{report}");
        let told = report.told(Locale::Tr);
        for piece in [
            "d.csv, Tutar: tutar değil (10 satırda)",
            "d.csv, Tutar: sıfırdan küçük tutar (2 satırda)",
            "d.csv, Döviz: bilinmeyen para birimi (1 satırda)\n    satır 38 “Tutar 36”: TRL\n",
            "d.csv, Tutar: tutarda EUR yazıyor, para birimi sütununda TRY (1 satırda)",
            "Tutar: 1 tutar kendi yazdığı para biriminden alındı: EUR",
            "Tutar: 1 tutarın kuruşundan sonra da sıfır var (3,100); ondalık olarak okundu",
        ] {
            assert!(told.contains(piece), "{piece}\n{told}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_two_amounts_is_asked() {
    on_both_engines(async |ground| {
        ground.file("map.toml", &format!("{DEALS}amount = \"{{Tutar}}\"\n"));
        ground.file(
            "d.csv",
            "No;Konu;Tutar\nD1;Bir;45.000\nD2;İki;45.000,00\nD3;Üç;45000\nD4;Dört;1.250.000\n",
        );
        let report = ground.run(false).await;
        let told = report.told(Locale::Tr);
        assert!(told.contains("iki türlü okunabilir") && told.contains("satır 2 “Bir”: 45.000\n"), "{told}");
        let now = deals(ground).await;
        assert_eq!(now.get("Bir"), None);
        let amounts: Vec<_> = ["İki", "Üç", "Dört"].map(|title| now[title].0).to_vec();
        assert_eq!(amounts, [Some(4_500_000), Some(4_500_000), Some(125_000_000)]);
        let map = DEALS.replace("\n[deals]", "\ndecimal = \",\"\n[deals]");
        ground.file("map.toml", &format!("{map}amount = \"{{Tutar}}\"\n"));
        let answered = ground.run(false).await;
        assert!(!answered.failed(), "{answered}");
        assert_eq!(answered.rows("d.csv"), [4, 1, 3, 0, 0]);
        assert_eq!(deals(ground).await["Bir"].0, Some(4_500_000));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_may_mean_none_are_asked_in_groups() {
    on_both_engines(async |ground| {
        let map = DEALS.replace("\n[deals]", "\ndates = [\"%d.%m.%Y\"]\n[deals]") + "expected = \"{Kapanış}\"\n";
        ground.file("map.toml", &map);
        let mut file = "No;Konu;Kapanış\n".to_owned();
        let days = [
            "0.0.00",
            "0.0.00",
            "0.0.00",
            "0.0.00",
            "01.01.1900",
            "01.01.1970",
            "31.12.9999",
            "31182",
            "29.02.2027",
            "2024-03-12 09:14",
            "7.08.2025",
            "05.12.24",
            "12 Mart 2024",
            "12.03.2024 00:00:00",
            "",
        ];
        for (nr, day) in days.iter().enumerate() {
            file.push_str(&format!("T{nr};Gün {nr};{day}\n"));
        }
        ground.file("d.csv", &file);
        let report = ground.run(false).await;
        let told = report.told(Locale::Tr);
        for piece in [
            "d.csv, Kapanış: “tarih yok” demek olabilir",
            "    “0.0.00” 4 satırda: satır 2–5\n    satır 6 “Gün 4”: 01.01.1900\n    satır 7 “Gün 5”: \
             01.01.1970\n    satır 8 “Gün 6”: 31.12.9999\n",
            "bir tablonun gün sayısı olabilir: haritada dates içine \"excel\" ekleyin (1 satırda)\n    satır 9 “Gün \
             7”: 31182 = 1985-05-15\n",
            "d.csv, Kapanış: tarih değil (1 satırda)\n    satır 10 “Gün 8”: 29.02.2027\n",
        ] {
            assert!(told.contains(piece), "{piece}\n{told}");
        }
        let now = deals(ground).await;
        let on = |nr: usize| now[&format!("Gün {nr}")].2.clone();
        assert_eq!(
            (9..15).map(on).collect::<Vec<_>>(),
            ["2024-03-12", "2025-08-07", "2024-12-05", "2024-03-12", "2024-03-12", ""]
        );
        let answers = "[deals.translate.\"Kapanış\"]\n\"0.0.00\" = \"\"\n\"01.01.1900\" = \"\"\n\
             \"01.01.1970\" = \"01.01.1970\"\n";
        ground.file("map.toml", &format!("{map}{answers}"));
        let answered = ground.run(false).await;
        assert_eq!(answered.rows("d.csv"), [15, 6, 6, 3, 0], "{answered}");
        assert_eq!(deals(ground).await["Gün 5"].2, "1970-01-01");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_loses_rows_brings_nothing_in() {
    on_both_engines(async |ground| {
        let before = ground.stats().await;
        ground.file(
            "map.toml",
            "source = \"t\"\n[customers]\nfile = \"c.csv\"\nid = \"{id}\"\nname = \"{name}\"\n\
             note = [\"{note}\"]\n",
        );
        let rows: String = (4..60).map(|nr| format!("{nr},Firma {nr},not {nr}\n")).collect();
        ground.file("c.csv", &format!("id,name,note\n1,Firma 1,not 1\n2,Ege Boru,\"3/4 inç'\n{rows}"));
        let report = ground.run(false).await;
        assert!(report.failed() && report.stopped());
        assert!(report.told(Locale::En).contains("c.csv: a quotation mark (\") opens on line 3"), "{report}");
        assert!(report.to_string().contains("c.csv: 3. satırda bir tırnak"), "{report}");
        assert_eq!(ground.stats().await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_for_every_row_is_known_by_address_or_name() {
    on_both_engines(async |ground| {
        let map = |owner: &str| {
            format!(
                "source = \"t\"\n[customers]\nfile = \"c.csv\"\nkind = \"person\"\nname = \"{{name}}\"\n\
                 owner = \"{owner}\"\n"
            )
        };
        ground.file("c.csv", "name\nAda\n");
        ground.file("map.toml", &map("Nobody"));
        let told = ground.run(false).await.told(Locale::En);
        assert!(told.contains("unknown owner") && told.contains("line 2 “Ada”: Nobody"), "{told}");
        ground.file("map.toml", &map("owner@shop.example"));
        assert_eq!(ground.run(false).await.tally(Thing::Customer).new, 1);
        let mut look = ground.db.read_system().await.expect("a look");
        let sql = "SELECT c.kind, u.name FROM customers c JOIN units u ON u.id = c.owner_id";
        let found: Vec<(String, String)> = look.query(sql).all().await.expect("customers");
        assert_eq!(found, [("person".to_owned(), "Owner".to_owned())]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_kept_as_they_are_seen_wherever_they_come_from() {
    on_both_engines(async |ground| {
        let mut system = ground.db.write_system().await.expect("a transaction");
        let firm = root(&mut system).await.expect("a look").expect("the firm");
        let under = group(&mut system, firm, "Sa\u{200b}tış\n").await.expect("a group");
        assert_eq!(group(&mut system, firm, "Satış").await.expect("the same"), under);
        let person = |name: &str| NewPerson {
            name: name.into(),
            email: None,
            role: Role::Viewer,
            sees: None,
            password: None,
            under: Some(under),
        };
        add_person(&mut system, person("Ka\u{ad}ra\r\nKum\u{0}")).await.expect("a person");
        assert!(
            add_person(&mut system, person(" \u{200e}")).await.is_err(),
            "a name that nobody can see is refused"
        );
        system.commit().await.expect("it is kept");
        let mut look = ground.db.read_system().await.expect("a look");
        let names: Vec<(String,)> =
            look.query("SELECT name FROM units ORDER BY name").all().await.expect("units");
        let names: Vec<&str> = names.iter().map(|(name,)| name.as_str()).collect();
        assert_eq!(names, ["Kara Kum", "Kartotek", "Owner", "Satış"]);
    })
    .await;
}
