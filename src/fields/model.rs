//! The description of a field: its key in facts, events, forms and files, how it is called, what may be typed. Pure; of
//! no kind of record in particular.

use crate::i18n::Text;

/// One of the program's own words.
pub type Word = fn(&'static Text) -> &'static str;

/// The longest line, where a field says nothing else.
pub const LINE: u32 = 200;

/// What may stand in a field.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One line of at most so many letters.
    Line(u32),
    /// Several lines of at most so many letters together.
    Text(u32),
    Day,
    /// What yes and no are called.
    YesNo(Word, Word),
}

/// A field. Its value in the facts is text for lines, `true` or `false`, a day as `2026-12-31` or nothing.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in facts, events and forms.
    pub key: &'static str,
    pub label: Word,
    pub hint: Option<Word>,
    pub shape: Shape,
    /// The part of the form in which it stands.
    pub part: &'static str,
    /// Its key in the map of an import.
    pub map_key: &'static str,
}

impl Field {
    #[must_use]
    pub const fn new(part: &'static str, key: &'static str, shape: Shape, label: Word) -> Self {
        Self { key, label, hint: None, shape, part, map_key: key }
    }

    #[must_use]
    pub const fn line(part: &'static str, key: &'static str, label: Word) -> Self {
        Self::new(part, key, Shape::Line(LINE), label)
    }

    #[must_use]
    pub const fn hint(self, hint: Word) -> Self {
        Self { hint: Some(hint), ..self }
    }

    #[must_use]
    pub const fn in_map(self, map_key: &'static str) -> Self {
        Self { map_key, ..self }
    }
}

/// Those of a part of the form.
pub fn part(fields: &'static [Field], part: &'static str) -> impl Iterator<Item = &'static Field> {
    fields.iter().filter(move |field| field.part == part)
}
