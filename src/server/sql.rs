//! A statement made only of text that stands in our source: pieces are `&'static str`, so nothing anybody typed can become SQL.
//! Not a query builder: it adds a piece or leaves it out.

use std::borrow::Cow;

#[derive(Clone, Debug)]
pub struct Sql(Cow<'static, str>);

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
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
        let mut text = self.0.into_owned();
        text.push(' ');
        text.push_str(piece);
        Self(Cow::Owned(text))
    }

    /// Adds a piece where it is wanted.
    #[must_use]
    pub fn when(self, wanted: bool, piece: &'static str) -> Self {
        if wanted { self.and(piece) } else { self }
    }

    /// Adds the places of so many rows of so many values: `($1, $2, $3), ($1, $4, $5)`. The first of each row is the person asking.
    #[must_use]
    pub fn rows(self, rows: usize, columns: usize) -> Self {
        let own = columns - 1;
        let row = |row: usize| {
            let places: Vec<String> = (0..own).map(|at| format!("${}", row * own + at + 2)).collect();
            format!("($1, {})", places.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        Self(Cow::Owned(format!("{} {}", self.0, rows.join(", "))))
    }

    /// Adds `($1, $2), ($3, $4), …`: so many rows of so many values, where nobody asks.
    #[must_use]
    pub fn bare_rows(self, rows: usize, width: usize) -> Self {
        let one = |row: usize| {
            let places: Vec<String> = (1..=width).map(|at| format!("${}", row * width + at)).collect();
            format!("({})", places.join(", "))
        };
        let mut text = self.0.into_owned();
        text.push(' ');
        text.push_str(&(0..rows).map(one).collect::<Vec<_>>().join(", "));
        Self(Cow::Owned(text))
    }

    pub(super) fn into_text(self) -> Cow<'static, str> {
        self.0
    }

    /// Whether the statement names the person asking, `$1`.
    pub(super) fn names_the_actor(&self) -> bool {
        self.0.match_indices("$1").any(|(at, _)| !self.0[at + 2..].starts_with(|c: char| c.is_ascii_digit()))
    }
}

#[cfg(test)]
mod tests {
    use super::Sql;

    #[test]
    fn rows_begin_with_the_actor() {
        assert_eq!(Sql::new("VALUES").rows(2, 3).into_text(), "VALUES ($1, $2, $3), ($1, $4, $5)");
    }

    #[test]
    fn rows_are_numbered_through() {
        assert_eq!(Sql::new("VALUES").bare_rows(2, 2).into_text(), "VALUES ($1, $2), ($3, $4)");
    }

    #[test]
    fn the_actor_is_found_only_as_a_whole_placeholder() {
        assert!(Sql::new("SELECT 1 WHERE $1 = $2").names_the_actor());
        assert!(!Sql::new("SELECT $10, $12").names_the_actor());
        assert!(Sql::new("SELECT $10").when(true, "WHERE x = $1").names_the_actor());
        assert!(!Sql::new("SELECT $10").when(false, "WHERE x = $1").names_the_actor());
    }
}
