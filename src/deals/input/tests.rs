//! Tests of parsing the deal's form.

use super::*;
use crate::deals::model::FIELDS;
use crate::journal::model::fields_of;
use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

const STAGE: StageId = StageId(Uuid::from_u128(3));

fn titled(title: &str) -> DealForm {
    DealForm { title: title.into(), currency: "TRY".into(), stage: STAGE.to_string(), ..DealForm::default() }
}

fn facts() -> DealFacts {
    let opened_on = NaiveDate::from_ymd_opt(2026, 11, 2).expect("a day");
    DealFacts {
        position: "80".into(),
        title: "Makine".into(),
        ..DealFacts::new(UnitId(Uuid::from_u128(1)), STAGE, Currency::Try, opened_on)
    }
}

fn parsed(form: &DealForm) -> Result<DealInput, Vec<FieldProblem>> {
    form.parse(TypedAt { today: facts().opened_on, locale: Locale::Tr }, FIELDS)
}

fn fields(form: &DealForm) -> Vec<String> {
    parsed(form).expect_err("has problems").into_iter().map(|problem| problem.field).collect()
}

#[test]
fn a_title_a_currency_and_a_stage_are_enough() {
    let typed = parsed(&titled("  Makine\u{a0} hattı ")).expect("nothing is wrong");
    assert_eq!((typed.title.as_str(), typed.amount, typed.owner_id), ("Makine hattı", None, None));
    assert_eq!(fields(&DealForm::default()), ["title", "currency", "stage"]);
}

#[test]
fn every_problem_stands_at_its_field() {
    let form = DealForm {
        title: "x".repeat(201),
        customer: "Güneş".into(),
        amount: "-1".into(),
        product: "x".into(),
        stage: "x".into(),
        owner: "x".into(),
        ..titled("")
    }
    .with("source", &"x".repeat(201))
    .with("expected_on", "31.02.2026")
    .with("note", &"x".repeat(10_001));
    let all = ["title", "customer", "amount", "product", "source", "stage", "owner", "expected_on", "note"];
    assert_eq!(fields(&form), all);
    assert_eq!(
        fields(&DealForm { currency: "XYZ".into(), amount: "12".into(), ..titled("a") }),
        ["currency"]
    );
}

#[test]
fn amounts_and_days_are_taken_as_people_write_them() {
    let form =
        |amount: &str, day: &str| DealForm { amount: amount.into(), ..titled("a") }.with("expected_on", day);
    let day = NaiveDate::from_ymd_opt(2026, 12, 31);
    for (amount, written) in
        [("1.234,56", "2026-12-31"), ("1,234.56", "31.12.2026"), ("₺1234,56", "31 Aralık 2026")]
    {
        let typed = parsed(&form(amount, written)).expect("nothing is wrong");
        assert_eq!(typed.amount, Some(123_456));
        assert_eq!(typed.on(&facts()).expect("it fits").expected_on, day);
    }
    assert_eq!(parsed(&form("45.000", "")).expect("nothing is wrong").amount, Some(4_500_000));
    assert_eq!(parsed(&form("0", "")).expect("nothing is wrong").amount, Some(0));
    assert_eq!(fields(&form("kırk", "yakında")), ["amount", "expected_on"]);
    assert_eq!(fields(&DealForm { currency: "JPY".into(), ..form("12,50", "") }), ["amount"]);
}

#[test]
fn only_what_the_form_holds_can_differ() {
    let theirs = DealFacts { title: "Tezgâh".into(), amount: Some(5), position: "81".into(), ..facts() };
    let mine = DealForm { ..DealForm::of(DealId(Uuid::nil()), 1, &facts(), FIELDS, Locale::Tr) }
        .with("contract", "on");
    let mine = parsed(&mine).expect("nothing is wrong").on(&theirs).expect("it fits");
    let theirs = fields_of(&theirs);
    let mine = fields_of(&mine);
    let found: Vec<_> = mine
        .iter()
        .filter(|(field, value)| theirs[*field] != **value)
        .map(|(field, _)| field.as_str())
        .collect();
    assert_eq!(found, ["amount", "contract", "title"]);
}

/// Days that do not exist. The form once took them for no day, so that the deal was saved without one.
const NO_SUCH_DAY: &str = "31.11,30 Şubat,31.04.2027,29.02.2027,2027-02-29,31 Kasım,31.11.2026,0.11,31.04";

#[test]
fn a_day_that_does_not_exist_is_told_at_its_field() {
    for day in NO_SUCH_DAY.split(',') {
        let form = titled("a").with("expected_on", day);
        let problem = FieldProblem { field: "expected_on".into(), problem: Problem::NoSuchDay };
        assert_eq!(parsed(&form).expect_err("there is none"), [problem], "{day}");
    }
    let form = titled("a").with("expected_on", "yarın");
    assert_eq!(
        parsed(&form).expect("a day").on(&facts()).expect("it fits").expected_on,
        NaiveDate::from_ymd_opt(2026, 11, 3)
    );
}

proptest! {
    #[test]
    fn facts_survive_the_form(
        title in "[A-Za-zğüşıöçİ]{1,20}( [A-Za-z]{1,10})?",
        minor in proptest::option::of(0..1_000_000_000_000_000_i64),
        currency in prop::sample::select(
            Currency::ALL.iter().copied().filter(|one| one.digits() < 3).collect::<Vec<_>>()
        ),
        day in proptest::option::of(0..70_000_i64),
        customer in proptest::option::of(any::<u128>()),
        contract: bool,
        tr: bool,
        note in "[a-zA-Z<>&\"\n ]{0,60}",
    ) {
        let was = DealFacts {
            title,
            amount: minor,
            currency,
            customer_id: customer.map(|id| CustomerId(Uuid::from_u128(id))),
            expected_on: day.map(|nr| facts().opened_on + chrono::Duration::days(nr - 30_000)),
            contract,
            note: note.trim().to_owned(),
            ..facts()
        };
        let locale = if tr { Locale::Tr } else { Locale::En };
        let form = DealForm::of(DealId(Uuid::from_u128(5)), 3, &was, FIELDS, locale);
        let typed = form.parse(TypedAt { today: facts().opened_on, locale }, FIELDS);
        prop_assert_eq!(typed.expect("nothing is wrong").on(&facts()).expect("it fits"), was);
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in "\\PC{0,40}") {
        let form = DealForm {
            title: text.clone(), customer: text.clone(), amount: text.clone(), currency: text.clone(),
            product: text.clone(), stage: text.clone(), owner: text.clone(), ..titled("a")
         }.with("expected_on", &text.clone()).with("note", &text.clone());
        let _ = (parsed(&form), parsed(&DealForm { amount: text, ..titled("a") }));
    }
}
