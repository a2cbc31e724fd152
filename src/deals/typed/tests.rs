//! What the deal's form takes and what it refuses.

use super::*;
use crate::deals::settle::differences;
use proptest::prelude::*;
use uuid::Uuid;

const STAGE: StageId = StageId(Uuid::from_u128(3));

fn titled(title: &str) -> DealForm {
    DealForm { title: title.into(), currency: "TRY".into(), stage: STAGE.to_string(), ..DealForm::default() }
}

fn facts() -> DealFacts {
    DealFacts {
        owner_id: UnitId(Uuid::from_u128(1)),
        customer_id: None,
        stage_id: STAGE,
        position: "80".into(),
        title: "Makine".into(),
        amount: None,
        currency: Currency::Try,
        product_id: None,
        source: String::new(),
        contract: false,
        opened_on: NaiveDate::from_ymd_opt(2026, 11, 2).expect("a day"),
        expected_on: None,
        closed_on: None,
        lost_reason: String::new(),
        note: String::new(),
        deleted: false,
    }
}

fn fields(form: &DealForm) -> Vec<String> {
    form.parse().expect_err("has problems").into_iter().map(|problem| problem.field).collect()
}

#[test]
fn a_title_a_currency_and_a_stage_are_enough() {
    let typed = titled("  Makine\u{a0} hattı ").parse().expect("nothing is wrong");
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
        source: "x".repeat(201),
        expected_on: "31.02.2026".into(),
        stage: "x".into(),
        owner: "x".into(),
        note: "x".repeat(10_001),
        ..titled("")
    };
    let all = ["title", "customer", "amount", "product", "source", "expected_on", "stage", "owner", "note"];
    assert_eq!(fields(&form), all);
    assert_eq!(
        fields(&DealForm { currency: "XYZ".into(), amount: "12".into(), ..titled("a") }),
        ["currency"]
    );
}

#[test]
fn amounts_and_days_are_taken_as_people_write_them() {
    let form =
        |amount: &str, day: &str| DealForm { amount: amount.into(), expected_on: day.into(), ..titled("a") };
    let day = NaiveDate::from_ymd_opt(2026, 12, 31);
    for (amount, written) in
        [("1.234,56", "2026-12-31"), ("1,234.56", "31.12.2026"), ("₺1234,56", "31 Aralık 2026")]
    {
        let typed = form(amount, written).parse().expect("nothing is wrong");
        assert_eq!((typed.amount, typed.expected_on), (Some(123_456), day));
    }
    assert_eq!(form("45.000", "").parse().expect("nothing is wrong").amount, Some(4_500_000));
    assert_eq!(form("0", "").parse().expect("nothing is wrong").amount, Some(0));
    assert_eq!(fields(&form("kırk", "yarın")), ["amount", "expected_on"]);
    assert_eq!(fields(&DealForm { currency: "JPY".into(), ..form("12,50", "") }), ["amount"]);
}

#[test]
fn only_what_the_form_holds_can_differ() {
    let theirs = DealFacts { title: "Tezgâh".into(), amount: Some(5), position: "81".into(), ..facts() };
    let mine =
        DealForm { contract: "on".into(), ..DealForm::of(DealId(Uuid::nil()), 1, &facts(), Locale::Tr) };
    let mine = mine.parse().expect("nothing is wrong").on(&theirs);
    let found: Vec<_> = differences(&mine, &theirs).into_iter().map(|one| one.field).collect();
    assert_eq!(found, ["title", "amount", "contract"]);
}

proptest! {
    #[test]
    fn facts_survive_the_form(
        title in "[A-Za-zğüşıöçİ]{1,20}( [A-Za-z]{1,10})?",
        minor in proptest::option::of(0..1_000_000_000_000_000_i64),
        currency in prop::sample::select(Currency::ALL.iter().copied().filter(|one| one.digits() < 3).collect::<Vec<_>>()),
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
        let form = DealForm::of(DealId(Uuid::from_u128(5)), 3, &was, if tr { Locale::Tr } else { Locale::En });
        prop_assert_eq!(form.parse().expect("nothing is wrong").on(&facts()), was);
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in "\\PC{0,40}") {
        let form = DealForm {
            title: text.clone(), customer: text.clone(), amount: text.clone(), currency: text.clone(), product: text.clone(),
            expected_on: text.clone(), stage: text.clone(), owner: text.clone(), note: text.clone(), ..titled("a")
        };
        let _ = (form.parse(), DealForm { amount: text, ..titled("a") }.parse());
    }
}
