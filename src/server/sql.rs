//! A statement made only of text that stands in our source: pieces are `&'static str`, so nothing anybody typed can
//! become SQL. Not a query builder: it adds a piece or leaves it out.

use std::borrow::Cow;

#[derive(Clone, Debug)]
pub struct Sql {
    text: Cow<'static, str>,
    /// Where SQLite has words of its own for something.
    sqlite: Option<String>,
    /// Whether it is planned anew each time.
    particular: bool,
}

/// So many rows of so many places, counted from `first`.
fn places(first: usize, rows: usize, width: usize) -> String {
    let one = |row: usize| {
        let places: Vec<String> = (0..width).map(|at| format!("${}", first + row * width + at)).collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(one).collect::<Vec<_>>().join(", ")
}

/// The piece with a row's name and places in it.
fn filled(piece: &'static str, row: &'static str, first: usize) -> String {
    let named = piece.replace("{row}", row);
    (0..6).fold(named, |text, at| text.replace(&format!("{{{at}}}"), &format!("${}", first + at)))
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), sqlite: None, particular: false }
    }
}

impl Sql {
    #[must_use]
    pub fn new(text: &'static str) -> Self {
        Self::from(text)
    }

    /// Adds a piece, with a space before it.
    #[must_use]
    pub fn and(self, piece: &'static str) -> Self {
        self.push(piece)
    }

    /// Adds a piece where it is wanted.
    #[must_use]
    pub fn when(self, wanted: bool, piece: &'static str) -> Self {
        if wanted { self.and(piece) } else { self }
    }

    /// Adds what the engines have different words for.
    #[must_use]
    pub fn per_engine(self, sqlite: &'static str, postgres: &'static str) -> Self {
        let own = self.sqlite.unwrap_or_else(|| self.text.clone().into_owned());
        Self {
            text: joined(self.text.into_owned(), postgres).into(),
            sqlite: Some(joined(own, sqlite)),
            ..self
        }
    }

    /// The best plan depends on what is looked for: PostgreSQL is to make one each time. After a few runs it would make
    /// one for nobody in particular, which reads everything where a word is rare; for the other statements that saves
    /// half their time.
    #[must_use]
    pub fn custom_plan(self) -> Self {
        Self { particular: true, ..self }
    }

    /// Adds the places of so many rows of so many values: `($1, $2, $3), ($1, $4, $5)`. The first of each row is the
    /// person asking.
    #[must_use]
    pub fn rows(self, rows: usize, columns: usize) -> Self {
        let own = columns - 1;
        let row = |row: usize| {
            let places: Vec<String> = (0..own).map(|at| format!("${}", row * own + at + 2)).collect();
            format!("($1, {})", places.join(", "))
        };
        self.push(&(0..rows).map(row).collect::<Vec<_>>().join(", "))
    }

    /// Adds `($2, $3), ($4, $5), …`: so many rows of so many values, none of which is the person asking.
    #[must_use]
    pub fn rows_beside(self, rows: usize, width: usize) -> Self {
        self.push(&places(2, rows, width))
    }

    /// Adds `($1, $2), ($3, $4), …`: so many rows of so many values, where nobody asks.
    #[must_use]
    pub fn bare_rows(self, rows: usize, width: usize) -> Self {
        self.push(&places(1, rows, width))
    }

    /// Adds a piece in which `{row}` is what a row is called and `{0}` to `{5}` are the places from `first` on: the
    /// same words about several values.
    #[must_use]
    pub fn filled(self, piece: &'static str, row: &'static str, first: usize) -> Self {
        self.push(&filled(piece, row, first))
    }

    /// The same of what the engines have different words for.
    #[must_use]
    pub fn filled_per_engine(
        self,
        (sqlite, postgres): (&'static str, &'static str),
        row: &'static str,
        first: usize,
    ) -> Self {
        let own = self.sqlite.unwrap_or_else(|| self.text.clone().into_owned());
        Self {
            text: joined(self.text.into_owned(), &filled(postgres, row, first)).into(),
            sqlite: Some(joined(own, &filled(sqlite, row, first))),
            ..self
        }
    }

    fn push(self, piece: &str) -> Self {
        Self {
            text: joined(self.text.into_owned(), piece).into(),
            sqlite: self.sqlite.map(|own| joined(own, piece)),
            ..self
        }
    }

    pub(super) fn is_particular(&self) -> bool {
        self.particular
    }

    pub(super) fn into_text(self, on_sqlite: bool) -> String {
        let own = self.sqlite.filter(|_| on_sqlite);
        own.unwrap_or_else(|| self.text.into_owned())
    }

    /// Whether it takes any value.
    pub(super) fn has_places(&self) -> bool {
        self.text.contains('$')
    }

    /// Whether the statement asks what is in reach of the person asking, `$1`, or for their own alone. Asking which
    /// kinds are hidden is not enough.
    pub(super) fn asks_for_reach(&self) -> bool {
        let whole = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_digit());
        let asks = |text: &str| {
            let mut found = ["viewer_id = $1", "owner_id = $1"].into_iter().flat_map(|reach| {
                let places = text.match_indices(reach);
                places.map(move |(at, _)| (&text[..at], &text[at + reach.len()..]))
            });
            found.any(|(before, rest)| whole(rest) && !before.ends_with("hidden_kinds WHERE "))
        };
        asks(&self.text) && self.sqlite.as_deref().is_none_or(asks)
    }

    /// Whether the statement asks which of the firm's own kinds are hidden from the person asking, where it reads their
    /// records. `own_records gone` says that it only asks whether a record lies in the trash.
    pub(super) fn asks_for_kinds(&self) -> bool {
        const RECORDS: &str = "own_records";
        let reads = |text: &str| {
            let mut found = text.match_indices(RECORDS).map(|(at, _)| &text[at + RECORDS.len()..]);
            found.any(|rest| !rest.starts_with(" gone "))
        };
        let hidden = ["hidden_kinds WHERE viewer_id = $1)", "hidden_kinds WHERE viewer_id = $1 "];
        let asks = |text: &str| !reads(text) || hidden.iter().any(|asked| text.contains(asked));
        asks(&self.text) && self.sqlite.as_deref().is_none_or(asks)
    }
}

fn joined(mut text: String, piece: &str) -> String {
    text.push(' ');
    text.push_str(piece);
    text
}

#[cfg(test)]
mod tests {
    use super::Sql;

    #[test]
    fn rows_begin_with_the_actor() {
        assert_eq!(Sql::new("VALUES").rows(2, 3).into_text(true), "VALUES ($1, $2, $3), ($1, $4, $5)");
    }

    #[test]
    fn rows_are_numbered_through() {
        assert_eq!(Sql::new("VALUES").bare_rows(2, 2).into_text(false), "VALUES ($1, $2), ($3, $4)");
    }

    #[test]
    fn a_piece_is_filled_with_places() {
        let sql = Sql::new("SELECT 1").filled("AND {row}.a = {0} AND {row}.b > {4}", "c", 12);
        assert_eq!(sql.into_text(true), "SELECT 1 AND c.a = $12 AND c.b > $16");
    }

    #[test]
    fn each_engine_reads_its_own_words() {
        let sql = Sql::new("SELECT 1").per_engine("viewer_id = $1", "LIKE").and("LIMIT 1");
        assert!(!sql.asks_for_reach(), "each text must");
        assert_eq!(sql.clone().into_text(true), "SELECT 1 viewer_id = $1 LIMIT 1");
        assert_eq!(sql.into_text(false), "SELECT 1 LIKE LIMIT 1");
    }

    #[test]
    fn a_kind_is_asked_for_where_its_records_are_read() {
        assert!(Sql::new("SELECT 1 FROM records WHERE viewer_id = $1").asks_for_kinds());
        assert!(!Sql::new("SELECT 1 FROM own_records o WHERE o.id = $2").asks_for_kinds());
        assert!(Sql::new("SELECT 1 FROM own_records gone WHERE gone.id = $2").asks_for_kinds());
        let asked = Sql::new("SELECT 1 FROM own_records o").and("AND o.kind_number NOT IN (SELECT number");
        assert!(!asked.clone().and("FROM hidden_kinds WHERE viewer_id = $10)").asks_for_kinds());
        assert!(asked.clone().and("FROM hidden_kinds WHERE viewer_id = $1)").asks_for_kinds());
        assert!(asked.clone().and("FROM hidden_kinds WHERE viewer_id = $1 AND number = $2").asks_for_kinds());
        assert!(!asked.per_engine("FROM hidden_kinds WHERE viewer_id = $1)", "").asks_for_kinds());
    }

    #[test]
    fn reach_is_that_of_the_person_asking() {
        assert!(Sql::new("SELECT 1 WHERE viewer_id = $1").asks_for_reach());
        assert!(!Sql::new("SELECT viewer_id WHERE id = $1 OR viewer_id = $10").asks_for_reach());
        assert!(Sql::new("SELECT $10").when(true, "WHERE viewer_id = $1)").asks_for_reach());
        let hidden =
            Sql::new("SELECT 1 WHERE nr NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)");
        assert!(!hidden.asks_for_reach());
        assert!(!Sql::new("SELECT $10").when(false, "WHERE viewer_id = $1").asks_for_reach());
    }
}
