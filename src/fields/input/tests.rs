//! Each description fits the facts it describes: what is typed comes back from them, in both languages.

use super::*;
use crate::customers::model::{CustomerFacts, CustomerKind};
use crate::deals::model::DealFacts;
use crate::fields::Shape;
use crate::i18n::Currency;
use crate::id::{StageId, UnitId};
use crate::{customers, deals};
use uuid::Uuid;

fn when(locale: Locale) -> TypedAt {
    TypedAt { today: NaiveDate::from_ymd_opt(2026, 11, 2).expect("a day"), locale }
}

fn customer() -> CustomerFacts {
    CustomerFacts::new(UnitId(Uuid::nil()), CustomerKind::Person, "Ayşe".into())
}

fn deal() -> DealFacts {
    let opened_on = when(Locale::Tr).today;
    DealFacts::new(UnitId(Uuid::nil()), StageId(Uuid::nil()), Currency::Try, opened_on)
}

/// Something that a form may hold in the field, as it is written there again.
fn sample(field: &Field, locale: Locale) -> &'static str {
    match (field.shape, locale) {
        (Shape::Line(_), _) => "İki  kat",
        (Shape::Text(_), _) => "bir\niki",
        (Shape::YesNo(..), _) => "true",
        (Shape::Day, Locale::Tr) => "31.12.2026",
        (Shape::Day, Locale::En) => "31 Dec 2026",
    }
}

fn comes_back<F: Serialize + DeserializeOwned>(fields: &[Field], empty: &F) {
    for locale in Locale::ALL {
        for field in fields {
            assert!(fields_of(empty).contains_key(field.key), "{} is no fact", field.key);
            assert!(!(field.label)(locale.text()).is_empty());
            let typed = TypedFields::from([(field.key, sample(field, locale))]);
            let facts = typed.on(empty, fields, when(locale)).expect("the sample fits");
            let again = TypedFields::of(fields, &facts, locale);
            let once_more = again.on(empty, fields, when(locale)).expect("it is read again");
            assert_eq!(fields_of(&facts), fields_of(&once_more), "{}", field.key);
            assert_ne!(fields_of(&facts), fields_of(empty), "{} was not written", field.key);
            let value = &fields_of(&facts)[field.key];
            assert!(!field.said(value, locale).is_empty());
        }
    }
}

#[test]
fn what_is_typed_comes_back_from_the_facts() {
    comes_back(customers::model::FIELDS, &customer());
    comes_back(deals::model::FIELDS, &deal());
}

#[test]
fn what_is_no_text_is_refused_at_its_field() {
    let typed: TypedFields = serde_json::from_str(r#"{"source": ["x"], "nonsense": 5}"#).expect("any values");
    let told = typed.on(&customer(), customers::model::FIELDS, when(Locale::En)).expect_err("no text");
    assert_eq!(told, [FieldProblem { field: "source".into(), problem: Problem::Unknown }]);
}

#[test]
fn keys_stand_once_among_all_that_is_described() {
    for fields in [customers::model::FIELDS, deals::model::FIELDS] {
        let mut keys: Vec<_> = fields.iter().flat_map(|field| [field.key, field.map_key]).collect();
        keys.sort_unstable();
        let all = keys.len();
        keys.dedup();
        let renamed = fields.iter().filter(|field| field.key != field.map_key).count();
        assert_eq!(keys.len(), all / 2 + renamed);
    }
}
