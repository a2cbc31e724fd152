//! Reads events as lines: those of a card, newest first, and any others with names instead of ids; and what is needed
//! to show their values as text. It writes nothing.

use crate::error::Result;
use crate::fields::OwnValues;
use crate::fields::own::model::OwnFields;
use crate::fields::own::store::all;
use crate::fields::own::store::links::name_links;
use crate::fields::own::values::is_key;
use crate::i18n::{Currency, Locale};
use crate::id::{EventId, KindNr};
use crate::journal::model::{Card, FieldChange, Fields, HistoryLine, What};
use crate::live::Kind;
use crate::own_kinds;
use crate::own_kinds::model::OwnKind;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::engine;
use crate::server::sql::Sql;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::Value;
use sqlx::types::Json;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// An event as it is read, with the columns of its record.
#[derive(sqlx::FromRow)]
pub(super) struct EventRow {
    id: EventId,
    at: DateTime<Utc>,
    actor: String,
    pub(super) kind: Kind,
    subject_id: Uuid,
    subject: Option<String>,
    gone: bool,
    /// The kind and the id of the card that an activity is on.
    card_kind: Option<Kind>,
    card_id: Option<Uuid>,
    /// The number of the record's kind, if it is one of the firm's own kinds.
    own_kind: Option<KindNr>,
    pub(super) what: What,
    before: Json<Fields>,
    after: Json<Fields>,
    currency: Option<Currency>,
}

/// The columns of an event `e`, to be used with [`SUBJECTS`].
pub(super) const COLUMNS: &str = "e.id, e.at, u.name AS actor, e.kind, e.subject_id, e.what, e.before, e.after, \
     COALESCE(d.currency, w.currency) AS currency, \
     COALESCE(r.name, s.name, p.name, w.name, g.name, f.name) AS subject, \
     r.deleted_at IS NOT NULL AS gone, k.kind AS card_kind, k.id AS card_id, q.kind_number AS own_kind";
/// Joins the record of an event. Only outer joins, so that the database reads the events first, by the index on their
/// time, and no more of them than the page has. Each join also compares the kind, because two records of different
/// kinds can have the same id.
pub(super) const SUBJECTS: &str = "LEFT JOIN units u ON u.id = e.actor_id \
     LEFT JOIN records r ON r.id = e.subject_id AND r.kind = e.kind \
     LEFT JOIN deals d ON d.id = e.subject_id AND e.kind = 'deal' \
     LEFT JOIN stages s ON s.id = e.subject_id AND e.kind = 'pipeline' \
     LEFT JOIN pipelines p ON p.id = e.subject_id AND e.kind = 'pipeline' \
     LEFT JOIN products w ON w.id = e.subject_id AND e.kind = 'product' \
     LEFT JOIN records k ON k.id = r.parent_id AND e.kind = 'activity' \
     LEFT JOIN own_records q ON q.id = e.subject_id AND e.kind = 'own_record' \
     LEFT JOIN own_fields f ON f.id = e.subject_id AND e.kind = 'field' \
     LEFT JOIN units g ON g.id = e.subject_id AND e.kind IN ('person', 'group', 'firm')";

/// Leaves out what a card shows anyway or what is of no interest: added activities, another position within a stage, a
/// postponed task.
const NEWS: &str = "AND e.what <> 'snoozed' AND NOT (e.kind = 'activity' AND e.what = 'created') \
     AND NOT (e.what = 'moved' AND CAST(e.after AS TEXT) NOT LIKE '%\"stage_id\"%' \
         AND CAST(e.after AS TEXT) NOT LIKE '%\"stage\":%')";
/// Events of records in reach, whatever their kind; and events that a record was deleted for good, since they contain
/// nothing of it. Records without an owner of their own (activities) are hidden with the record they belong to, if its
/// kind is hidden from the person.
const IN_REACH: &str = "AND (e.what = 'purged' OR EXISTS (SELECT 1 \
     FROM records r LEFT JOIN records o ON o.id = r.parent_id \
     WHERE r.id = e.subject_id AND r.kind = e.kind || '' \
       AND COALESCE(r.owner_id, o.owner_id) IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
       AND COALESCE((SELECT x.kind_number FROM own_records x \
             WHERE x.id = CASE WHEN r.owner_id IS NULL THEN r.parent_id ELSE r.id END), 0) \
         NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)))";
const OLDER: &str = "AND (e.at, e.id) < ($4, $5)";
const NEWEST: &str = "ORDER BY e.at DESC, e.id DESC LIMIT $3";

/// The events of a card before that moment and event, newest first, each with its moment; at most `most`. The caller
/// has checked that the person may see the card.
///
/// # Errors
/// `Internal` only.
pub async fn lines_of(
    tx: &mut Tx,
    card: Card,
    before: Option<(DateTime<Utc>, Uuid)>,
    most: i64,
) -> Result<Vec<(DateTime<Utc>, HistoryLine)>> {
    let part = |sql: Sql, piece: &'static str| {
        sql.and(piece).and(IN_REACH).and(NEWS).when(before.is_some(), OLDER).and(NEWEST)
    };
    // `kind || ''` keeps the index on the kind out of the query plan: it would be read completely, while the others are
    // read only as far as the page goes.
    let (own, beside) = match card {
        Card::Customer(_) => (
            "WHERE e.subject_id = $2 AND e.kind || '' = 'customer'",
            "WHERE c.card_id = $2 AND e.kind || '' NOT IN ('activity', 'task')",
        ),
        Card::Deal(_) => (
            "WHERE e.subject_id = $2 AND e.kind || '' = 'deal'",
            "WHERE c.card_id = $2 AND e.kind || '' <> 'deal'",
        ),
        Card::Record(_) => (
            "WHERE e.subject_id = $2 AND e.kind || '' = 'own_record'",
            "WHERE c.card_id = $2 AND e.kind || '' <> 'own_record'",
        ),
    };
    let sql = part(Sql::new("WITH told AS (SELECT id FROM (SELECT e.id FROM events e"), own).and(") AS own");
    let sql = match card {
        Card::Customer(_) => {
            let sql = sql.and("UNION SELECT id FROM (SELECT e.id FROM events e");
            part(sql, "WHERE e.customer_id = $2").and(") AS of_customer")
        }
        Card::Deal(_) | Card::Record(_) => sql,
    };
    let sql =
        sql.and("UNION SELECT id FROM (SELECT e.id FROM event_cards c JOIN events e ON e.id = c.event_id");
    let sql = part(sql, beside)
        .and(") AS beside) SELECT")
        .and(COLUMNS)
        .and("FROM told JOIN events e ON e.id = told.id")
        .and(SUBJECTS);
    let rows: Vec<EventRow> = tx
        .query(sql.and(NEWEST))
        .bind(card.id())
        .bind(most)
        .bind(before.map(|(at, _)| at))
        .bind(before.map(|(_, id)| id))
        .all()
        .await?;
    let mut lines = told(tx, rows).await?;
    // The card's own name is not repeated in its lines.
    for (_, line) in &mut lines {
        line.subject = line.subject.take().filter(|_| line.subject_id != card.id());
        line.card = line.card.filter(|on| *on != card);
    }
    Ok(lines)
}

/// The events in reach for which the condition `which` holds, with `value` as `$2`, as lines; oldest first.
///
/// # Errors
/// `Internal` only.
pub async fn told_of_firm(
    tx: &mut Tx,
    which: &'static str,
    value: impl engine::Value,
) -> Result<Vec<HistoryLine>> {
    let sql = Sql::new("SELECT").and(COLUMNS).and("FROM events e").and(SUBJECTS);
    let sql = sql.and(
        "WHERE e.unit_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
           AND COALESCE(q.kind_number, 0) NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)",
    );
    let sql = sql.and(which);
    let rows: Vec<EventRow> = tx.query(sql.and("ORDER BY e.id")).bind(value).all().await?;
    Ok(told(tx, rows).await?.into_iter().map(|(_, line)| line).collect())
}

/// Rows as lines, each with its moment. The caller has checked that the person may see them.
pub(super) async fn told(tx: &mut Tx, rows: Vec<EventRow>) -> Result<Vec<(DateTime<Utc>, HistoryLine)>> {
    let ids = ids_in(rows.iter().flat_map(|row| row.before.0.iter().chain(&row.after.0)));
    let names = names_of(tx, ids).await?;
    let own_records = rows.iter().any(|row| row.own_kind.is_some() || row.kind == Kind::OwnKind);
    let values = rows.iter().flat_map(|row| row.before.0.iter().chain(&row.after.0));
    let said = Said::of(tx, own_values_in(values), names, own_records).await?;
    let (zone, role) = (tx.actor().zone, tx.actor().role);
    let line = |row: EventRow| {
        let kind = row.own_kind.and_then(|nr| said.kind(nr));
        let line = HistoryLine {
            id: row.id,
            at: clock::local(row.at, zone),
            // Nobody did this: the program deletes by itself, in the owner's name.
            actor: if row.what == What::Purged { String::new() } else { row.actor },
            kind: row.kind,
            subject_id: row.subject_id,
            subject: row.subject.or_else(|| said.own_kind(row.kind, row.subject_id)),
            gone: row.gone,
            kind_name: kind.map(|kind| kind.facts.one(said.locale).to_owned()),
            card: row.card_kind.zip(row.card_id).and_then(|(kind, id)| Card::of_record(kind, id)),
            what: row.what,
            undoable: !row.before.0.is_empty() && kind.is_none_or(|kind| kind.facts.may_change(role)),
            changes: changes(&row.before, &row.after, &said, kind),
            currency: row.currency,
        };
        (row.at, line)
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Fields whose values mean nothing to a person.
pub(super) const UNTOLD: [&str; 4] = ["position", "deleted", "stage_since", "deals"];

/// The changed fields of an event, with both values ready to show.
fn changes(before: &Fields, after: &Fields, said: &Said, kind: Option<&OwnKind>) -> Vec<FieldChange> {
    after
        .iter()
        .filter(|(field, _)| before.contains_key(*field) && !UNTOLD.contains(&field.as_str()))
        .map(|(field, value)| FieldChange {
            field: field.trim_end_matches("_id").to_owned(),
            label: said.label(field),
            before: said.value(field, before.get(field), kind),
            after: said.value(field, Some(value), kind),
        })
        .collect()
}

/// What is needed to show the values of events: the names of ids, the firm's own fields and kinds, its time zone, the
/// person's language.
pub(super) struct Said {
    names: Names,
    own: OwnFields,
    kinds: Vec<OwnKind>,
    zone: Tz,
    locale: Locale,
}

impl Said {
    /// For these values of the firm's own fields. `own_records` says whether there are events of the firm's own kinds
    /// or of their records, so that the kinds are read only then.
    pub(super) async fn of(
        tx: &mut Tx,
        own_values: Vec<OwnValues>,
        names: Names,
        own_records: bool,
    ) -> Result<Self> {
        let mut own = if own_values.is_empty() { OwnFields::default() } else { all(tx).await? };
        name_links(tx, &mut own, &own_values).await?;
        let kinds = if own_records { own_kinds::store::all(tx).await? } else { Vec::new() };
        Ok(Self { names, own, kinds, zone: tx.actor().zone, locale: tx.actor().locale })
    }

    /// The firm's own kind with that number.
    pub(super) fn kind(&self, nr: KindNr) -> Option<&OwnKind> {
        self.kinds.iter().find(|kind| kind.nr == nr)
    }

    /// The name of one of the firm's own kinds by its id, if `kind` says that the event is about one.
    fn own_kind(&self, kind: Kind, id: Uuid) -> Option<String> {
        let found = self.kinds.iter().find(|one| kind == Kind::OwnKind && one.id.0 == id)?;
        Some(found.facts.one(self.locale).to_owned())
    }

    /// The label of one of the firm's own fields.
    pub(super) fn label(&self, field: &str) -> Option<String> {
        self.own.find(field).map(|field| field.called(self.locale.text()))
    }

    /// A value ready to show. `kind` is the record's own kind: it has the names of the stages.
    pub(super) fn value(&self, field: &str, value: Option<&Value>, kind: Option<&OwnKind>) -> Value {
        if let Some((kind, nr)) = kind.zip(value.and_then(Value::as_i64)).filter(|_| field == STAGE) {
            return kind.facts.stage_shown(nr).map_or(Value::Null, |(name, _)| Value::String(name));
        }
        match (self.own.find(field), value) {
            (Some(own), Some(value)) => Value::String(own.said(value, self.locale)),
            _ => shown(field, value, &self.names, self.zone),
        }
    }
}

/// The values of the firm's own fields among these, each as a set of its own.
pub(super) fn own_values_in<'v>(fields: impl Iterator<Item = (&'v String, &'v Value)>) -> Vec<OwnValues> {
    let own = fields.filter(|(field, _)| is_key(field));
    let one = |(field, value): (&String, &Value)| {
        let mut values = OwnValues::default();
        values.put(field, Some(value.clone()));
        values
    };
    own.map(one).collect()
}

/// The names of ids, by table and id.
pub(super) type Names = HashMap<(String, Uuid), String>;

/// The only field whose value is a moment. In any other field such a value is text that somebody typed.
const MOMENT: &str = "at";

/// The field of an own record with the number of its stage.
const STAGE: &str = "stage";

/// The table that the ids in a field belong to. In any other field an id is text that somebody typed, and is shown as
/// it was typed.
fn kind_in(field: &str) -> Option<&'static str> {
    match field {
        "owner_id" | "under_id" | "person_id" | "handed_to" => Some("unit"),
        "stage_id" | "moved_to" => Some("stage"),
        "product_id" => Some("product"),
        "customer_id" => Some("customer"),
        "deal_id" => Some("deal"),
        "record_id" => Some("own_record"),
        _ => None,
    }
}

/// A value ready to show: an id is replaced by its name, a moment is given in the firm's time zone.
fn shown(field: &str, value: Option<&Value>, names: &Names, zone: Tz) -> Value {
    match (kind_in(field), value) {
        (Some(kind), Some(Value::String(id))) => {
            let name = id.parse().ok().and_then(|id| names.get(&(kind.to_owned(), id)));
            name.cloned().map_or(Value::Null, Value::String)
        }
        (None, Some(Value::String(text))) if field == MOMENT => match text.parse() {
            Ok(at) => Value::String(clock::local(at, zone).format("%Y-%m-%dT%H:%M:%S").to_string()),
            Err(_) => Value::String(text.clone()),
        },
        (_, other) => other.cloned().unwrap_or(Value::Null),
    }
}

/// How many ids one statement looks up.
const TOGETHER: usize = 16;

/// The ids in these fields.
pub(super) fn ids_in<'v>(fields: impl Iterator<Item = (&'v String, &'v Value)>) -> BTreeSet<Uuid> {
    fields
        .filter(|(field, _)| kind_in(field).is_some())
        .filter_map(|(_, value)| value.as_str()?.parse().ok())
        .collect()
}

/// The names of these ids, as far as the person may see them.
pub(super) async fn names_of(tx: &mut Tx, ids: BTreeSet<Uuid>) -> Result<Names> {
    const THEM: &str = "($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut names = HashMap::new();
    for some in ids.chunks(TOGETHER) {
        let sql = Sql::new("SELECT 'unit', id, name FROM units WHERE id IN")
            .and(THEM)
            .and("UNION ALL SELECT 'stage', id, name FROM stages WHERE id IN")
            .and(THEM)
            .and("UNION ALL SELECT 'product', id, name FROM products WHERE id IN")
            .and(THEM)
            .and(
                "UNION ALL SELECT kind, id, name FROM records \
                 WHERE owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
                   AND COALESCE((SELECT x.kind_number FROM own_records x WHERE x.id = records.id), 0) \
                     NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1) AND id IN",
            )
            .and(THEM);
        // The statement has a fixed number of parameters: the first id fills those that are left.
        let places = some.iter().chain(std::iter::repeat(&some[0])).take(TOGETHER);
        let found: Vec<(String, Uuid, String)> =
            places.fold(tx.query(sql), |query, id| query.bind(*id)).all().await?;
        names.extend(found.into_iter().map(|(kind, id, name)| ((kind, id), name)));
    }
    Ok(names)
}
