//! Tests of malformed files.

use super::*;
use crate::i18n::Locale;
use crate::import::map::{Encoding, Format};

fn read(text: &[u8], source: &Source, wanted: &[&str]) -> anyhow::Result<(Table, Report)> {
    let mut report = Report::default();
    Table::parse(text.to_vec(), source, wanted, &mut report).map(|table| (table, report))
}

fn semicolons() -> Source {
    Source { format: Format { separator: Some(';'), ..Format::default() }, ..Source::default() }
}

fn told(report: &Report) -> String {
    report.told(Locale::En)
}

#[test]
fn broken_rows_are_told_with_their_line_and_the_rest_is_read() {
    let text = b"\xEF\xBB\xBFid,name\r\n1,Ada\r\n\r\n2\r\n3,\"two\nlines\"\n4,\xFF\n5,  E  da \n6,Ka\xE2\x80\x8Bra\n";
    let (table, report) = read(text, &Source::default(), &["id", "name"]).expect("a table");
    let rows: Vec<(u64, &str)> = table.rows.iter().map(|row| (row.line, table.cell(row)("name"))).collect();
    assert_eq!(rows, [(2, "Ada"), (4, ""), (5, "two lines"), (8, "E da"), (9, "Kara")]);
    assert_eq!(table.whole(&table.rows[2])("name"), "two\nlines");
    let told = told(&report);
    assert!(told.contains("line 7") && told.contains("windows-1254"), "{told}");
    assert!(told.contains("unseen signs in 2 cells"), "{told}");
    assert_eq!(report.rows("")[0], 6);
}

#[test]
fn a_column_that_is_not_there_ends_it() {
    let told = |wanted: &[&str]| {
        format!("{:#}", read(b"id,name\n", &Source::default(), wanted).err().expect("an error"))
    };
    assert!(told(&["nmae"]).contains("\"nmae\"; the columns are id, name"));
    assert!(read(b"", &Source::default(), &[]).is_err());
}

#[test]
fn headings_without_names_and_twice_are_told() {
    let empty = "Kod;Ünvan;Telefon;;;\nC1;Deniz Yapı;0532 111 22 33;;;\nC2;Ege Boru;0532 111 22 34;;;\n";
    let (table, report) = read(empty.as_bytes(), &semicolons(), &["Kod", "Ünvan"]).expect("a table");
    assert_eq!((table.rows.len(), report.failed()), (2, false));
    assert!(told(&report).contains("3 columns without a heading"), "{}", told(&report));
    let twice = "Kod;Ünvan;Vadesi;Vadesi\nC1;Deniz Yapı;7.08.2026;8.08.2026\n";
    let (table, report) = read(twice.as_bytes(), &semicolons(), &["Kod"]).expect("a table");
    assert_eq!((table.rows.len(), report.failed()), (1, false));
    assert!(told(&report).contains("“Vadesi” stands over several columns"), "{}", told(&report));
    let (table, report) = read(twice.as_bytes(), &semicolons(), &["Vadesi#2", "Vadesi#1"]).expect("a table");
    let cell = table.cell(&table.rows[0]);
    assert_eq!((cell("Vadesi#1"), cell("Vadesi#2"), report.failed()), ("7.08.2026", "8.08.2026", false));
    let (_, report) = read(twice.as_bytes(), &semicolons(), &["Vadesi"]).expect("a report");
    assert!(report.stopped() && told(&report).contains("{Vadesi#2}"), "{}", told(&report));
}

#[test]
fn rows_that_end_early_are_filled_up_and_empty_cells_behind_are_dropped() {
    let text = "Kod;Ünvan;Telefon;Şehir;Not\n1;Ada;0532 111 22 33\n2;Ege;;;\n3;Işık;0532 111 22 34;;;\n\
         4;Dört;;;;fazla\n;;;;\n";
    let (table, report) = read(text.as_bytes(), &semicolons(), &["Kod", "Not"]).expect("a table");
    let kept: Vec<&str> = table.rows.iter().map(|row| table.cell(row)("Kod")).collect();
    assert_eq!(kept, ["1", "2", "3"]);
    let told = told(&report);
    assert!(told.contains("1 row has fewer cells than the heading") && told.contains("(line 2)"), "{told}");
    assert!(told.contains("1 row has empty cells behind the last heading"), "{told}");
    assert!(told.contains("6 cells are filled, the heading has 5") && told.contains("line 5"), "{told}");
    assert_eq!(report.rows(""), [5, 0, 0, 1, 1]);
}

#[test]
fn a_file_that_loses_rows_in_a_quoted_cell_is_not_read() {
    for (text, line) in [
        ("id,name,note\n1,F,n\n2,Ege Boru,\"3/4 inç'\n3,F,n\n", 3),
        ("id,name,note\n1,F,n\n2,\"Ege Boru,3/4 inç'\n3,F,n\n", 3),
        ("id,name,note\n1,F,n\n2,Ege Boru,\"3/4 inç'\n3,F,n\n5,Ak Boru,\"1/2 inç'\n6,F,n\n", 3),
    ] {
        let (table, report) = read(text.as_bytes(), &Source::default(), &["id"]).expect("a report");
        assert!(report.stopped() && table.rows.is_empty(), "{text}");
        assert!(told(&report).contains(&format!("opens on line {line}")), "{}", told(&report));
        assert!(report.told(Locale::Tr).contains(&format!("{line}. satırda")), "{}", report.told(Locale::Tr));
    }
}

#[test]
fn a_suspicious_row_is_refused_and_the_rest_is_read() {
    let text = b"id,name,note\n1,F,n\n2,Ege,\"3/4 in\n3,F,n\n4,Ak,1/2 in\"\n5,\"G\" AS,n\n6,F,n\n";
    let (table, report) = read(text, &Source::default(), &["id"]).expect("a table");
    let kept: Vec<&str> = table.rows.iter().map(|row| table.cell(row)("id")).collect();
    assert_eq!(kept, ["1", "6"]);
    let told = told(&report);
    assert!(told.contains("lines 3 to 5") && told.contains("multiline = true"), "{told}");
    assert!(told.contains("behind a closing quotation mark") && told.contains("line 6"), "{told}");
    let meant = Source { format: Format { multiline: Some(true), ..Format::default() }, ..Source::default() };
    assert_eq!(read(text, &meant, &["id"]).expect("a table").0.rows.len(), 3);
}

#[test]
fn rules_are_used_and_told() {
    let source = Source {
        format: Format { separator: Some(';'), encoding: Some(Encoding::Windows1254), ..Format::default() },
        translate: [(
            "product".to_owned(),
            [("GTXPro".to_owned(), "GTX Pro".to_owned()), ("x".into(), "y".into())].into(),
        )]
        .into(),
        ..Source::default()
    };
    let (table, report) =
        read(b"id;product\n1;GTXPro\n2;GTX Pro\n3; GTXPro\n", &source, &["product"]).expect("a table");
    assert!(table.rows.iter().all(|row| table.cell(row)("product") == "GTX Pro"));
    let told = told(&report);
    assert!(told.contains("“GTXPro” read as “GTX Pro”: in 2 rows"), "{told}");
    assert!(told.contains("“x” read as “y”: was never needed"), "{told}");
    assert!(told.contains("columns that are not used: “id”"), "{told}");
}
