//! A template: a text with columns in it, such as `"{product} · {account}"`. Every field of a map is a template, so a
//! column, a constant and a mixture are written alike. It reads no files.

use anyhow::bail;
use serde::Deserialize;
use std::fmt::Write as _;

/// `{column}` means that column's cell, `{{` a literal brace.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Column(String),
}

impl TryFrom<String> for Template {
    type Error = anyhow::Error;

    fn try_from(text: String) -> anyhow::Result<Self> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find('{') {
            plain.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix('{') {
                plain.push('{');
                rest = after;
                continue;
            }
            let Some((column, after)) = rest.split_once('}') else {
                bail!("a {{ without its }} in \"{text}\"");
            };
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(Piece::Column(column.trim().to_owned()));
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Ok(Self(pieces))
    }
}

impl std::fmt::Display for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => f.write_str(text),
            Piece::Column(column) => write!(f, "{{{column}}}"),
        })
    }
}

impl Template {
    /// Its name in the report: the heading if it is a single column, else the whole template.
    #[must_use]
    pub fn heading(&self) -> String {
        match self.0.as_slice() {
            [Piece::Column(column)] => column.clone(),
            _ => self.to_string(),
        }
    }

    /// The columns that it uses.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Column(column) => Some(column.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The text with the cells filled in; empty when it has columns and all of them are empty.
    pub fn fill<'a>(&self, cell: impl Fn(&str) -> &'a str) -> String {
        if self.columns().next().is_some() && self.columns().all(|column| cell(column).is_empty()) {
            return String::new();
        }
        let mut text = String::new();
        for piece in &self.0 {
            let _ = match piece {
                Piece::Text(plain) => text.write_str(plain),
                Piece::Column(column) => text.write_str(cell(column)),
            };
        }
        text.trim().to_owned()
    }

    /// The same, but `None` when any of its columns is empty.
    pub fn fill_whole<'a>(&self, cell: impl Fn(&str) -> &'a str) -> Option<String> {
        let whole = self.columns().all(|column| !cell(column).is_empty());
        whole.then(|| self.fill(cell)).filter(|text| !text.is_empty())
    }
}

/// One template or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "OneOrMany")]
pub struct Templates(pub Vec<Template>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(Template),
    Many(Vec<Template>),
}

impl From<OneOrMany> for Templates {
    fn from(given: OneOrMany) -> Self {
        match given {
            OneOrMany::One(one) => Self(vec![one]),
            OneOrMany::Many(many) => Self(many),
        }
    }
}

impl Templates {
    /// The first text that has all its columns filled.
    pub fn first_whole<'a>(&self, cell: impl Fn(&str) -> &'a str) -> Option<String> {
        self.0.iter().find_map(|template| template.fill_whole(&cell))
    }

    /// Every text that has all its columns filled.
    pub fn all_whole<'a>(&self, cell: impl Fn(&str) -> &'a str) -> Vec<String> {
        self.0.iter().filter_map(|template| template.fill_whole(&cell)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(column: &str) -> &'static str {
        match column {
            "product" => "GTX Pro",
            "id" => "1C1I7A6R",
            _ => "",
        }
    }

    fn template(text: &str) -> Template {
        Template::try_from(text.to_owned()).expect("a good text")
    }

    #[test]
    fn columns_and_constants_mix() {
        assert_eq!(template("{product} / {id}").fill(cell), "GTX Pro / 1C1I7A6R");
        assert_eq!(template("fair").fill(cell), "fair");
        assert_eq!(template("{{{id}").fill(cell), "{1C1I7A6R");
        assert_eq!(template("since {year}").fill(cell), "");
        assert_eq!(template("{product} {year}").fill(cell), "GTX Pro");
        assert_eq!(template("{ product }·{id}").to_string(), "{product}·{id}");
    }

    #[test]
    fn the_first_whole_text_is_taken() {
        let titles = Templates(vec![template("{product} · {account}"), template("{product} · {id}")]);
        assert_eq!(titles.first_whole(cell).as_deref(), Some("GTX Pro · 1C1I7A6R"));
        assert_eq!(Templates(vec![template("{account}")]).first_whole(cell), None);
    }

    #[test]
    fn an_open_brace_is_an_error() {
        assert!(Template::try_from("{product".to_owned()).is_err());
    }
}
