//! Checks the quotation marks of a CSV file before its rows are read. One that is never closed, or that is closed by
//! the opening one of a later cell, swallows the rows in between, and a CSV parser reports no error. Works on bytes
//! only.

/// A quoted cell with something wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Odd {
    /// Where its opening quotation mark is: the byte, and the line as editors count.
    pub byte: usize,
    pub line: u64,
    /// The line on which the cell ends.
    pub until: u64,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is never closed.
    Open,
    /// There is text after the closing quotation mark.
    TextBehind,
    /// It spans several lines, and one of them has as many separators as the heading: a row may be hidden in it.
    Long,
}

/// The suspicious cells of a file, in order.
#[must_use]
pub fn odd(text: &[u8], separator: u8) -> Vec<Odd> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    let mut heading = Some(0);
    let mut columns = usize::MAX;
    let mut begins = true;
    while let Some(&byte) = text.get(at) {
        if begins && byte == b'"' {
            let cell = Cell::of(text, at, separator);
            let until = line + cell.lines;
            let behind = text.get(cell.end).is_some_and(|next| ![separator, b'\r', b'\n'].contains(next));
            let kind = match cell {
                Cell { closed: false, .. } => Some(Kind::Open),
                _ if behind => Some(Kind::TextBehind),
                Cell { lines: 1.., most, .. } if most >= columns => Some(Kind::Long),
                _ => None,
            };
            found.extend(kind.map(|kind| Odd { byte: at, line, until, kind }));
            (at, line, begins) = (cell.end, until, false);
            continue;
        }
        begins = byte == separator || byte == b'\n' || byte == b'\r';
        if byte == separator {
            heading = heading.map(|count| count + 1);
        } else if byte == b'\n' {
            line += 1;
            // With only one column the heading has no separator, and then every line would count as a possible row.
            if let Some(count) = heading.take_if(|count| *count > 0) {
                columns = count;
            }
        }
        at += 1;
    }
    found
}

/// A quoted cell.
struct Cell {
    /// The byte after the closing quotation mark.
    end: usize,
    closed: bool,
    /// How many line breaks are in it.
    lines: u64,
    /// The most separators on one of its lines.
    most: usize,
}

impl Cell {
    fn of(text: &[u8], open: usize, separator: u8) -> Self {
        let mut cell = Self { end: text.len(), closed: false, lines: 0, most: 0 };
        let mut separators = 0;
        let mut at = open + 1;
        while let Some(&byte) = text.get(at) {
            match byte {
                b'"' if text.get(at + 1) == Some(&b'"') => at += 1,
                b'"' => {
                    cell.end = at + 1;
                    cell.closed = true;
                    break;
                }
                b'\n' => {
                    cell.lines += 1;
                    separators = 0;
                }
                byte if byte == separator => separators += 1,
                _ => {}
            }
            // The first line of the cell belongs to the row itself: only later lines can be hidden rows.
            if cell.lines > 0 {
                cell.most = cell.most.max(separators);
            }
            at += 1;
        }
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(text: &str) -> Vec<(u64, u64, Kind)> {
        odd(text.as_bytes(), b',').iter().map(|odd| (odd.line, odd.until, odd.kind)).collect()
    }

    #[test]
    fn what_swallows_rows_is_found() {
        let last = "id,name,note\n1,Firma 1,not 1\n2,Ege Boru,\"3/4 inç'\n3,Firma 3,not 3\n4,Firma 4,not 4\n";
        assert_eq!(kinds(last), [(3, 6, Kind::Open)]);
        let second = "id,name,note\n1,Firma 1,not 1\n2,\"Ege Boru,3/4 inç'\n3,Firma 3,not 3\n";
        assert_eq!(kinds(second), [(3, 5, Kind::Open)]);
        let two = "id,name,note\n1,Firma 1,not 1\n2,Ege Boru,\"3/4 inç'\n3,Firma 3,not 3\n4,Firma 4,not 4\n\
            5,Ak Boru,\"1/2 inç'\n6,Firma 6,not 6\n";
        assert_eq!(kinds(two), [(3, 6, Kind::TextBehind)]);
        let closed_later =
            "id,name,note\n2,Ege Boru,\"3/4 inç\n3,Firma 3,not 3\n4,Ak Boru,1/2 inç\"\n5,F,n\n";
        assert_eq!(kinds(closed_later), [(2, 4, Kind::Long)]);
        assert_eq!(kinds("a,b\n\"x\" y,2\n"), [(2, 2, Kind::TextBehind)]);
        assert_eq!(kinds("a,b\n\"x"), [(2, 2, Kind::Open)]);
    }

    #[test]
    fn what_programs_write_is_not() {
        for fine in [
            "id,name,note\r\n1,\"\"\"Merve\"\"\",\"a, b\r\nc\"\r\n",
            "id,name,note\n1,3/4\" boru,x\n2,5\" y\",z\n",
            "note\n\"a, b\nc, d\"\n",
            "id,name,note\n1,x,\"one, two, three, four\"\n",
            "",
            "\"id\",\"na\nme\"\n",
        ] {
            assert!(kinds(fine).is_empty(), "{fine:?}");
        }
    }

    proptest! {
        #[test]
        fn rows_that_were_written_well_are_never_odd(
            rows in prop::collection::vec(prop::collection::vec("[a\", \r]{0,6}", 3), 0..6),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["a", "b", "c"]).expect("a heading");
            rows.iter().for_each(|row| writer.write_record(row).expect("a row"));
            prop_assert_eq!(odd(&writer.into_inner().expect("a file"), b','), Vec::new());
        }

        #[test]
        fn a_mark_that_is_taken_away_is_noticed(before in 0..4_usize, behind in 0..4_usize) {
            let row = |nr: usize| format!("{nr},Firma,not\n");
            let rows = |from: usize, many: usize| (from..from + many).map(row).collect::<String>();
            let text = format!("id,name,note\n{}9,\"Ege,boru\n{}", rows(1, before), rows(10, behind));
            prop_assert_eq!(odd(text.as_bytes(), b',').first().map(|odd| (odd.line, odd.kind)),
                Some((before as u64 + 2, Kind::Open)));
        }

        #[test]
        fn no_bytes_break_it(bytes in prop::collection::vec(prop::sample::select(b"a,\"\n\r".to_vec()), 0..40)) {
            let _ = odd(&bytes, b',');
        }
    }
}
