//! Tests that each description fits the facts it describes: what is typed can be read back from them, in both
//! languages.

use super::*;
use crate::customers::model::{CustomerFacts, CustomerKind};
use crate::deals::model::DealFacts;
use crate::fields::FieldsOf;
use crate::fields::Shape;
use crate::fields::model::Names;
use crate::fields::own::model::{OwnField, OwnFieldFacts, OwnShape};
use crate::i18n::Currency;
use crate::id::{OwnFieldId, StageId, UnitId};
use crate::{customers, deals};
use proptest::prelude::*;
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

/// A text for this field that comes back unchanged when its value is shown in a form.
fn sample(field: &Field, locale: Locale) -> &'static str {
    match (&field.shape, locale) {
        (Shape::Line(_), _) => "İki  kat",
        (Shape::Text(_), _) => "bir\niki",
        (Shape::YesNo(..), _) => "true",
        (Shape::Day, Locale::Tr) => "31.12.2026",
        (Shape::Day, Locale::En) => "31 Dec 2026",
        (Shape::Moment, Locale::Tr) => "31.12.2026 09:05",
        (Shape::Moment, Locale::En) => "31 Dec 2026 09:05",
        (Shape::Number, Locale::Tr) => "-1.234,5",
        (Shape::Number, Locale::En) => "-1,234.5",
        (Shape::Money(_), _) => "12,50 USD",
        (Shape::Choice(_), _) => "2",
        (Shape::Choices(_), _) => "2,1",
        (Shape::Link, _) => "www.firma.com/a?b=ş",
        (Shape::Phone, _) => "0532 118 42 07",
        (Shape::Email, _) => "ad@firma.com",
        (Shape::Linked(..), _) => "01a223d2-3002-7181-af19-3b58099d9cb9",
    }
}

fn comes_back<F: Serialize + DeserializeOwned>(fields: &[Field], empty: &F) {
    for locale in Locale::ALL {
        for field in fields {
            assert!(field.own || fields_of(empty).contains_key(&*field.key), "{} is no fact", field.key);
            assert!(!field.called(locale.text()).is_empty());
            let typed = TypedFields::from([(&*field.key, sample(field, locale))]);
            let facts = typed.on(empty, fields, when(locale)).expect("the sample fits");
            let again = TypedFields::of(fields, &facts, locale);
            let once_more = again.on(empty, fields, when(locale)).expect("it is read again");
            assert_eq!(fields_of(&facts), fields_of(&once_more), "{}", field.key);
            assert_ne!(fields_of(&facts), fields_of(empty), "{} was not written", field.key);
            let value = &fields_of(&facts)[&*field.key];
            assert!(!field.said(value, locale).is_empty());
        }
    }
}

#[test]
fn what_is_typed_comes_back_from_the_facts() {
    comes_back(customers::model::FIELDS, &customer());
    comes_back(deals::model::FIELDS, &deal());
    // One of the firm's own fields of each shape.
    let own: Vec<Field> =
        OwnShape::ALL.into_iter().zip(1..).map(|(shape, nr)| own_field(shape, nr)).collect();
    for field in &own {
        comes_back(std::slice::from_ref(field), &deal());
        comes_back(std::slice::from_ref(field), &customer());
    }
}

fn own_field(shape: OwnShape, nr: i64) -> Field {
    let choice = |nr: u32, name: &str| FieldChoice { nr, name: name.into(), archived: nr == 2 };
    let facts = OwnFieldFacts {
        of: FieldsOf::Deal,
        name: "Makine".into(),
        hint: String::new(),
        part: String::new(),
        shape,
        choices: vec![choice(1, "Bir"), choice(2, "İki")],
        target: FieldsOf::Customer,
        required: true,
        listed: false,
        searched: false,
        position: "80".into(),
        active: true,
        formers: Vec::new(),
    };
    // The target of a link has a known name.
    let id = "01a223d2-3002-7181-af19-3b58099d9cb9".to_owned();
    let names = Names::from([(id, "Güneş".to_owned())]);
    OwnField { id: OwnFieldId(Uuid::nil()), nr, version: 1, facts }.field(Currency::Try, &names)
}

#[test]
fn what_does_not_fit_a_shape_is_told_at_its_field() {
    for (shape, typed, problem) in [
        (OwnShape::Line, "", Problem::Required),
        (OwnShape::Number, "yirmi", Problem::BadNumber),
        (OwnShape::Number, "", Problem::Required),
        (OwnShape::Money, "-", Problem::BadAmount),
        (OwnShape::Day, "31.11.2026", Problem::NoSuchDay),
        (OwnShape::Moment, "31.12.2026", Problem::BadMoment),
        (OwnShape::Moment, "31.11.2026 10:00", Problem::NoSuchDay),
        (OwnShape::Choice, "3", Problem::Unknown),
        (OwnShape::Choice, "1,2", Problem::Unknown),
        (OwnShape::Choices, "1,9", Problem::Unknown),
        (OwnShape::YesNo, "", Problem::Required),
        (OwnShape::Link, "javascript:alert(1)//a.b", Problem::BadLink),
        (OwnShape::Link, "firma", Problem::BadLink),
        (OwnShape::Link, "https://a b.com", Problem::BadLink),
        (OwnShape::Phone, "telefon", Problem::BadPhone),
        (OwnShape::Email, "ad@firma", Problem::BadEmail),
        (OwnShape::Text, "  ", Problem::Required),
    ] {
        let field = own_field(shape, 7);
        let told =
            TypedFields::from([("own_7", typed)]).on(&deal(), std::slice::from_ref(&field), when(Locale::Tr));
        let expected = FieldProblem { field: "own_7".into(), problem };
        assert_eq!(told.expect_err("it does not fit"), [expected], "{shape:?} {typed:?}");
    }
    // A field that the form did not contain stays as it is, even if it is required.
    let field = own_field(OwnShape::Line, 7);
    assert_eq!(TypedFields::default().on(&deal(), &[field], when(Locale::Tr)), Ok(deal()));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}", at in 0..OwnShape::ALL.len()) {
        for locale in Locale::ALL {
            let field = own_field(OwnShape::ALL[at], 7);
            if let Ok(value) = field.value(&text, when(locale)) {
                prop_assert_eq!(field.value(&field.typed(&value, locale), when(locale)), Ok(value));
            }
        }
    }
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
        let mut keys: Vec<&str> = fields.iter().flat_map(|field| [&*field.key, &*field.map_key]).collect();
        keys.sort_unstable();
        let all = keys.len();
        keys.dedup();
        let renamed = fields.iter().filter(|field| field.key != field.map_key).count();
        assert_eq!(keys.len(), all / 2 + renamed);
    }
}
