//! SQL for the conditions of a list: pieces that test each record, or that begin with the records found by the rarest
//! condition. It knows no particular list: a list passes the alias of its rows and the index of the first free
//! parameter. The compared values are rows of `own_values`.

use super::model::{Condition, Filter, How, MOST};
use super::value::{said, value_of};
use crate::error::Result;
use crate::fields::model::{LinkTo, Shape};
use crate::fields::own::store::links::name_links;
use crate::fields::own::store::of_kind;
use crate::fields::value::{day, moment, money};
use crate::fields::{Field, FieldsOf, OwnValues};
use crate::i18n::fold::search_key;
use crate::records::store::own_values::{day_number, moment_number, text_key};
use crate::server::db::Tx;
use crate::server::engine::Query;
use crate::server::sql::Sql;
use serde_json::Value;
use uuid::Uuid;

/// If a condition matches no more records than this, the list begins with its index.
const RARE: i64 = 2_000;
/// The values of a condition are counted no further than this.
const COUNTED: i64 = RARE * 25;
/// How many parameters a condition has.
const PLACES: usize = 6;

/// The test on a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    /// There is a value.
    Any,
    /// It links to a record in reach, of that own kind, or of a built-in kind: 0.
    InSight(i64),
    Between(i64, i64),
    /// An amount in that currency.
    Amount(i64, i64, String),
    Text(String),
    Part(String),
    Target(Uuid),
    /// No value passes.
    Never,
}

/// The row has such a value. The plus makes SQLite test each row of the list; otherwise it would turn this into a join
/// and begin with all values.
const HAS_SQLITE: &str = "AND EXISTS (SELECT 1 FROM own_values v WHERE v.record_id = +{row}.id AND";
const HAS: &str = "AND EXISTS (SELECT 1 FROM own_values v WHERE v.record_id = {row}.id AND";
const LACKS_SQLITE: &str = "AND NOT EXISTS (SELECT 1 FROM own_values v WHERE v.record_id = +{row}.id AND";
const LACKS: &str = "AND NOT EXISTS (SELECT 1 FROM own_values v WHERE v.record_id = {row}.id AND";

#[derive(Clone, Debug)]
struct Asked {
    /// The number of the field.
    nr: i64,
    test: Test,
    /// True if no value may pass.
    none: bool,
}

/// The conditions of a list, prepared for SQL.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    asked: Vec<Asked>,
    /// Each condition in words.
    pub said: Vec<String>,
    /// The condition to begin with, if one is rare, and how many records it matches.
    rarest: Option<(usize, i64)>,
}

impl Test {
    /// The condition on `own_values v`; `{0}` is its first parameter. With `found` for use through an index, otherwise
    /// for the values of one record.
    const fn sql(&self, found: bool) -> &'static str {
        match self {
            Self::Any => "v.field_number = {0} AND v.item = 0",
            Self::InSight(_) => {
                "v.field_number = {0} AND v.target_id IN (SELECT t.id FROM records t JOIN reach s \
                 ON s.unit_id = t.owner_id \
                 WHERE t.id = v.target_id AND t.deleted_at IS NULL AND s.viewer_id = $1) \
                 AND NOT EXISTS (SELECT 1 FROM hidden_kinds WHERE viewer_id = $1 AND number = {1})"
            }
            Self::Between(..) if found => "v.field_number = {0} AND v.number >= {1} AND v.number <= {2}",
            Self::Amount(..) if found => {
                "v.field_number = {0} AND v.number >= {1} AND v.number <= {2} AND v.text_key = {3}"
            }
            // The plus keeps a planner without statistics from using the index of all numbers for the values of one
            // record.
            Self::Between(..) => "v.field_number = {0} AND +v.number >= {1} AND +v.number <= {2}",
            Self::Amount(..) => {
                "v.field_number = {0} AND +v.number >= {1} AND +v.number <= {2} AND v.text_key || '' = {3}"
            }
            Self::Text(_) => "v.field_number = {0} AND v.text_key = {3}",
            Self::Part(_) => "v.field_number = {0} AND v.text_key LIKE {3}",
            Self::Target(_) => "v.target_id = {4} AND v.field_number = {0}",
            Self::Never => "v.field_number = {0} AND 1 = 0",
        }
    }

    /// Whether an index can find the matching values.
    const fn has_index(&self) -> bool {
        !matches!(self, Self::Any | Self::InSight(_) | Self::Part(_))
    }
}

impl Conditions {
    /// Prepares the conditions for that kind of record. An unknown field or an invalid value matches nothing.
    ///
    /// # Errors
    /// `Internal` only.
    pub async fn of(tx: &mut Tx, of: FieldsOf, filter: &Filter) -> Result<Self> {
        if filter.is_empty() {
            return Ok(Self::default());
        }
        let mut own = of_kind(tx, of).await?;
        let wanted = filter.0.iter().take(MOST);
        let compared = |condition: &Condition| {
            let value = value_of(&own.find(&condition.field)?.shape, &condition.value)?;
            let mut alone = OwnValues::default();
            alone.put(&condition.field, Some(value));
            Some(alone)
        };
        let compared: Vec<OwnValues> = wanted.clone().filter_map(compared).collect();
        name_links(tx, &mut own, &compared).await?;
        let locale = tx.actor().locale;
        let mut all = Self::default();
        for condition in wanted {
            let (words, test) = match own.fields.iter().find(|one| one.key() == condition.field) {
                Some(one) => {
                    let field = one.field(own.currency, &own.names);
                    (said(&field, condition, locale), asked(one.nr, &field, condition))
                }
                None => {
                    let never = Asked { nr: 0, test: Test::Never, none: false };
                    (locale.text().filters().unknown.to_owned(), never)
                }
            };
            all.said.push(words);
            all.asked.push(test);
        }
        all.rarest = all.find_rarest(tx).await?;
        Ok(all)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// Whether one of them matches so few records that a list should begin there.
    #[must_use]
    pub fn are_rare(&self) -> bool {
        self.rarest.is_some_and(|(_, count)| count <= RARE)
    }

    /// Whether [`Conditions::begin`] has something to begin with.
    #[must_use]
    pub const fn have_index(&self) -> bool {
        self.rarest.is_some()
    }

    async fn find_rarest(&self, tx: &mut Tx) -> Result<Option<(usize, i64)>> {
        let mut rarest: Option<(usize, i64)> = None;
        for (at, one) in self.asked.iter().enumerate().filter(|(_, one)| one.test.has_index() && !one.none) {
            let most = rarest.map_or(COUNTED, |(_, count)| count);
            let sql = Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one FROM own_values v WHERE");
            let sql = sql.filled(one.test.sql(true), "", 2).and("LIMIT $8) AS few").custom_plan();
            let (count,): (i64,) = one.bind(tx.everyones(sql), COUNTED).bind(most).one().await?;
            if rarest.is_none_or(|(_, least)| count < least) {
                rarest = Some((at, count));
            }
        }
        Ok(rarest)
    }

    /// Adds the conditions on the rows with alias `row`; their parameters begin at `first`. `begun` is whether the
    /// statement begins with [`Conditions::begin`]: then that condition is not tested again, and PostgreSQL may test
    /// the others through any index.
    #[must_use]
    pub fn narrow(&self, sql: Sql, row: &'static str, first: usize, begun: bool) -> Sql {
        let sql = if self.is_empty() { sql } else { sql.custom_plan() };
        let met = self.rarest.filter(|_| begun).map(|(at, _)| at);
        let left = self.asked.iter().enumerate().filter(|(at, _)| Some(*at) != met);
        left.fold(sql, |sql, (at, one)| {
            let begin = if one.none { (LACKS_SQLITE, LACKS) } else { (HAS_SQLITE, HAS) };
            let test = (one.test.sql(false), one.test.sql(begun));
            let first = first + at * PLACES;
            sql.filled_per_engine(begin, row, first).filled_per_engine(test, row, first).and(")")
        })
    }

    /// Begins with the values that the rarest condition finds, as `v`; the list joins its own rows by `v.record_id`.
    #[must_use]
    pub fn begin(&self, sql: Sql, first: usize) -> Sql {
        let (at, one) = match self.rarest.and_then(|(at, _)| Some((at, self.asked.get(at)?))) {
            Some(found) => found,
            None => return sql.and("FROM (SELECT id AS record_id FROM records) v"),
        };
        let first = first + at * PLACES;
        let sql = sql.and("FROM (SELECT v.record_id FROM own_values v WHERE").custom_plan();
        // PostgreSQL's statistics know nothing of one field's values. The limit tells it how many there are.
        sql.filled(one.test.sql(true), "", first).filled_per_engine(("", "LIMIT {5}"), "", first).and(") v")
    }

    /// Binds all parameters that [`Conditions::narrow`] and [`Conditions::begin`] use.
    #[must_use]
    pub fn bind<'q>(&self, query: Query<'q>) -> Query<'q> {
        self.asked.iter().enumerate().fold(query, |query, (at, one)| {
            // What was counted to its limit may have more. The count and the list read the same state of the database.
            let known = self.rarest.filter(|(rarest, count)| *rarest == at && *count < COUNTED);
            one.bind(query, known.map_or(i64::MAX, |(_, count)| count))
        })
    }
}

impl Asked {
    /// Binds the condition's parameters; `most` is how many values it can have.
    fn bind<'q>(&self, query: Query<'q>, most: i64) -> Query<'q> {
        let (low, high) = match &self.test {
            Test::Between(low, high) | Test::Amount(low, high, _) => (*low, *high),
            Test::InSight(kind) => (*kind, 0),
            _ => (0, 0),
        };
        let text = match &self.test {
            Test::Amount(.., text) | Test::Text(text) | Test::Part(text) => text.clone(),
            _ => String::new(),
        };
        let target = if let Test::Target(id) = self.test { Some(id) } else { None };
        query.bind(self.nr).bind(low).bind(high).bind(text).bind(target).bind(most)
    }
}

/// The test of the condition on the field with that number.
fn asked(nr: i64, field: &Field, condition: &Condition) -> Asked {
    let any = match field.shape {
        Shape::Linked(LinkTo::Records(FieldsOf::Own(nr)), _) => Test::InSight(nr.0),
        Shape::Linked(LinkTo::Records(_), _) => Test::InSight(0),
        _ => Test::Any,
    };
    let linked_record = matches!(any, Test::InSight(_));
    let compare = |condition: &Condition| {
        let value = value_of(&field.shape, &condition.value)?;
        compared(&field.shape, condition.how, &value)
    };
    let fits = How::of(&field.shape).contains(&condition.how);
    let (test, none) = match condition.how {
        _ if !fits => (Test::Never, false),
        How::Filled => (any, false),
        How::Empty => (any, true),
        how => match compare(condition) {
            // A link to a record out of reach matches nothing, so that it reveals nothing.
            Some(Test::Target(_)) if linked_record && !is_named(field, condition) => (Test::Never, false),
            Some(test) => (test, how == How::IsNot),
            None => (Test::Never, false),
        },
    };
    Asked { nr, test, none }
}

fn is_named(field: &Field, condition: &Condition) -> bool {
    matches!(&field.shape, Shape::Linked(_, names) if names.contains_key(&condition.value))
}

fn compared(shape: &Shape, how: How, value: &Value) -> Option<Test> {
    let range = |number: i64| match how {
        How::From => (number, i64::MAX),
        How::Until => (i64::MIN, number),
        _ => (number, number),
    };
    let between = |number: i64| {
        let (low, high) = range(number);
        Test::Between(low, high)
    };
    Some(match shape {
        Shape::Day => between(day_number(day(value)?)),
        Shape::Moment => between(moment_number(moment(value)?)),
        Shape::Number | Shape::Choice(_) | Shape::Choices(_) => between(value.as_i64()?),
        Shape::Money(_) => {
            let money = money(value)?;
            let (low, high) = range(money.minor);
            Test::Amount(low, high, money.currency.code().to_owned())
        }
        Shape::Linked(to, _) => Test::Target(to.id(value)?.parse().ok()?),
        Shape::YesNo(..) => return None,
        Shape::Line(_) | Shape::Text(_) | Shape::Link | Shape::Phone | Shape::Email => {
            let text = value.as_str()?;
            match how {
                How::Has => Test::Part(format!("%{}%", search_key(text))),
                _ => Test::Text(text_key(text)),
            }
        }
    })
}
