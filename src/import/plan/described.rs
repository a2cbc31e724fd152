//! Parses the described fields of a record from a file: the description decides what a field holds, the file's format
//! how it is written.

use super::open::{Open, bad};
use crate::fields::model::Field;
use crate::fields::value::{TICKED, by_name};
use crate::fields::{Shape, TypedFields};
use crate::import::map::Described;
use crate::import::report::Bad;
use crate::import::said::Said;
use crate::import::table::Row;
use crate::import::template::Templates;

/// The values of those described fields that the map names, as a form would have them.
pub(super) fn described(
    fields: &[Field],
    (built_in, own): (&Described, &Described),
    open: &Open,
    row: &Row,
) -> Result<TypedFields, Bad> {
    let mut typed = TypedFields::default();
    for field in fields {
        let section = if field.own { own } else { built_in };
        if let Some(templates) = section.get(&*field.map_key) {
            typed.set(&field.key, text(field, templates, open, row)?);
        }
    }
    Ok(typed)
}

fn text(field: &Field, templates: &Templates, open: &Open, row: &Row) -> Result<String, Bad> {
    let Some(first) = templates.0.first() else { return Ok(String::new()) };
    match &field.shape {
        Shape::Line(most) => open.short(first, open.text(row, Some(first)), *most),
        Shape::Text(most) => {
            let text = open.lines(row, templates);
            match text.chars().count() {
                letters if letters > *most as usize => {
                    Err(bad(first, &text, Said::of(|words| (words.too_long)(letters, *most as usize))))
                }
                _ => Ok(text),
            }
        }
        Shape::Day => Ok(open.date(row, Some(first))?.map(|day| day.to_string()).unwrap_or_default()),
        Shape::YesNo(..) => {
            Ok(if open.answer(row, Some(first))? { TICKED.to_owned() } else { String::new() })
        }
        Shape::Choice(choices) | Shape::Choices(choices) => {
            let text = open.value(row, Some(first));
            let several = matches!(field.shape, Shape::Choices(_));
            let named = if text.is_empty() { Some(String::new()) } else { by_name(choices, &text) };
            named
                .filter(|numbers| several || !numbers.contains(','))
                .ok_or_else(|| bad(first, &text, Said::of(|words| words.unknown_word.to_owned())))
        }
        // A name; it is resolved when the row is written.
        Shape::Linked(..) => Ok(open.text(row, Some(first))),
        // All other shapes are parsed later, as a form does.
        _ => Ok(open.value(row, Some(first))),
    }
}
