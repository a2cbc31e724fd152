//! Tests of parsing the customer's form.

use super::*;
use crate::customers::model::FIELDS;
use proptest::prelude::*;
use uuid::Uuid;

const MINE: UnitId = UnitId(Uuid::from_u128(1));

fn fresh() -> impl FnMut() -> ContactId {
    let mut next = 100;
    move || {
        next += 1;
        ContactId(Uuid::from_u128(next))
    }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn named(name: &str) -> CustomerForm {
    CustomerForm { name: name.into(), ..CustomerForm::default() }
}

fn fields(form: &CustomerForm) -> Vec<String> {
    form.parse(MINE, TypedAt::default(), FIELDS, fresh())
        .expect_err("has problems")
        .into_iter()
        .map(|problem| problem.field)
        .collect()
}

#[test]
fn a_name_is_enough() {
    let facts = named("  Güneş\u{a0} Enerji\t AŞ ")
        .parse(MINE, TypedAt::default(), FIELDS, fresh())
        .expect("a name is enough");
    assert_eq!(facts.name, "Güneş Enerji AŞ");
    assert_eq!((facts.owner_id, facts.kind), (MINE, CustomerKind::Organisation));
    assert_eq!(fields(&named(" \u{0} ")), ["name"]);
}

#[test]
fn every_problem_stands_at_its_field() {
    let form = CustomerForm {
        kind: "club".into(),
        name: "x".repeat(201),
        phones: strings(&["", "0532 118 42 07", "call me"]),
        emails: strings(&["info@gunes.example", "info"]),
        tax_number: "1234567891".into(),
        owner: "somebody".into(),
        contact_name: strings(&["Selin Güneş", ""]),
        contact_job: strings(&["", "Teknik"]),
        contact_email: strings(&["selin", ""]),
        ..CustomerForm::default()
    };
    assert_eq!(
        fields(&form),
        ["kind", "name", "phones.2", "emails.1", "contact_email.0", "contact_name.1", "tax_number", "owner"]
    );
}

#[test]
fn empty_rows_and_repetitions_are_dropped() {
    let form = CustomerForm {
        phones: strings(&["", " 0532 ", "0532", ""]),
        contact_id: strings(&[
            "",
            Uuid::from_u128(7).to_string().as_str(),
            Uuid::from_u128(7).to_string().as_str(),
        ]),
        contact_name: strings(&["", "Selin", "Tarık"]),
        ..named("Güneş")
    };
    let facts = form.parse(MINE, TypedAt::default(), FIELDS, fresh()).expect("nothing is wrong");
    assert_eq!(facts.phones, ["0532"]);
    let ids: Vec<u128> = facts.contacts.iter().map(|contact| contact.id.0.as_u128()).collect();
    assert_eq!(ids, [7, 101], "an id stands once, the second is new");
}

#[test]
fn line_breaks_are_of_one_kind() {
    let form = named("Güneş").with("note", "a\r\nb\rc\u{0}\n");
    assert_eq!(
        form.parse(MINE, TypedAt::default(), FIELDS, fresh()).expect("nothing is wrong").note,
        "a\nb\nc"
    );
}

proptest! {
    #[test]
    fn facts_survive_the_form(
        name in "[A-Za-zğüşıöçİ]{1,20}( [A-Za-z]{1,10})?",
        phones in prop::collection::hash_set("[0-9]{3,12}", 0..4),
        contacts in prop::collection::vec("[A-Za-zĞÜŞİÖÇ]{1,12}", 0..4),
        note in "[a-zA-Z<>&\"\n ]{0,60}",
    ) {
        let form = CustomerForm {
            phones: phones.into_iter().collect(),
            contact_name: contacts,
            tax_number: "DE1".into(),
            ..named(&name)
         }.with("note", &note);
        let facts = form.parse(MINE, TypedAt::default(), FIELDS, fresh()).expect("nothing is wrong");
        let again = CustomerForm::of(CustomerId(Uuid::from_u128(5)), 3, &facts, FIELDS, Locale::Tr);
        prop_assert_eq!(again.parse(MINE, TypedAt::default(), FIELDS, fresh()).expect("still nothing is wrong"), facts);
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in "\\PC{0,40}") {
        let all = vec![text.clone()];
        let form = CustomerForm {
            kind: text.clone(), name: text.clone(), phones: all.clone(), emails: all.clone(), tax_number: text.clone(),
            owner: text.clone(), contact_id: all.clone(), contact_name: all.clone(), contact_phone: all,
            ..CustomerForm::default()
         }.with("note", &text);
        let _ = form.parse(MINE, TypedAt::default(), FIELDS, fresh());
    }
}
