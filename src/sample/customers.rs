//! Made-up customers: organisations and people with the facts of a real card. Pure.

use super::random::Random;
use super::words;
use crate::customers::check::is_right;
use crate::customers::model::{Contact, CustomerFacts, CustomerKind};
use crate::fields::OwnValues;
use crate::i18n::fold::search_key;
use crate::id::{ContactId, UnitId};

/// A customer of that owner.
pub(super) fn customer(random: &mut Random, owner_id: UnitId) -> CustomerFacts {
    let (city, _, area, districts) =
        words::CITIES[random.weighed(words::CITIES.iter().map(|(_, weight, ..)| *weight))];
    let firm = random.percent(72);
    let (name, sector) = if firm { firm_name(random) } else { (person(random), String::new()) };
    let host = if firm { format!("{}.example", slug(&name, "")) } else { "posta.example".to_owned() };
    let mut phones = vec![if firm { landline(random, area) } else { mobile(random) }];
    if random.percent(25) {
        phones.push(mobile(random));
    }
    let mailbox = if firm {
        random.pick(&["bilgi", "info", "satinalma", "muhasebe"]).to_owned()
    } else {
        slug(&name, ".")
    };
    let mut contacts = Vec::new();
    if firm {
        for _ in 0..[1, 1, 1, 2, 2, 0, 0, 3][random.at(8)] {
            contacts.push(contact(random, &host));
        }
    }
    let street = random.pick(words::STREETS);
    let address = format!("{street} No: {}, {}", random.between(1, 180), random.pick(districts));
    let interest = words::PRODUCTS[random.at(words::PRODUCTS.len())].0;
    CustomerFacts {
        owner_id,
        kind: if firm { CustomerKind::Organisation } else { CustomerKind::Person },
        emails: if random.percent(80) { vec![format!("{mailbox}@{host}")] } else { Vec::new() },
        name,
        phones,
        city: city.to_owned(),
        address: if random.percent(85) { address } else { String::new() },
        // People get no number: eleven digits with correct check digits may belong to somebody.
        tax_number: if firm && random.percent(75) { tax_number(random) } else { String::new() },
        tax_office: if firm { random.pick(districts).to_owned() } else { String::new() },
        sector,
        source: random.pick(words::SOURCES).to_owned(),
        interest: if random.percent(55) { interest.to_owned() } else { String::new() },
        note: if random.percent(20) { random.pick(words::NOTES).to_owned() } else { String::new() },
        contacts,
        deleted: false,
        own: OwnValues::default(),
    }
}

pub(super) fn person(random: &mut Random) -> String {
    format!("{} {}", random.pick(words::FIRST_NAMES), random.pick(words::SURNAMES))
}

fn firm_name(random: &mut Random) -> (String, String) {
    let (trade, sector) = words::TRADES[random.at(words::TRADES.len())];
    let head = match random.below(10) {
        0..4 => random.pick(words::SURNAMES).to_owned(),
        4..8 => random.pick(words::BRANDS).to_owned(),
        8 => format!("{} {}", random.pick(words::BRANDS), random.pick(words::SURNAMES)),
        _ => format!("{} Kardeşler", random.pick(words::SURNAMES)),
    };
    let (form, _) = words::LEGAL_FORMS[random.weighed(words::LEGAL_FORMS.iter().map(|(_, weight)| *weight))];
    (format!("{head} {trade} {form}").trim_end().to_owned(), sector.to_owned())
}

fn contact(random: &mut Random, host: &str) -> Contact {
    let name = person(random);
    let first = name.split(' ').next().unwrap_or_default();
    Contact {
        id: ContactId(random.id()),
        job: random.pick(words::JOBS).to_owned(),
        phone: if random.percent(80) { mobile(random) } else { String::new() },
        email: if random.percent(65) { format!("{}@{host}", slug(first, "")) } else { String::new() },
        name,
    }
}

fn mobile(random: &mut Random) -> String {
    format!(
        "{} {} {} {}",
        random.pick(words::MOBILE_CODES),
        random.between(200, 899),
        random.digits(2),
        random.digits(2)
    )
}

fn landline(random: &mut Random, area: &str) -> String {
    format!("{area} {} {} {}", random.between(212, 588), random.digits(2), random.digits(2))
}

/// Ten digits with a correct check digit at the end.
fn tax_number(random: &mut Random) -> String {
    let nine = format!("{}{}", random.between(1, 9), random.digits(8));
    let fitting = (0..10).map(|last| format!("{nine}{last}")).find(|number| is_right(number));
    fitting.unwrap_or_default()
}

fn slug(name: &str, between: &str) -> String {
    search_key(name).split(' ').collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::input::CustomerForm;
    use crate::customers::model::FIELDS;
    use crate::fields::TypedAt;
    use crate::i18n::Locale;
    use crate::id::CustomerId;
    use std::collections::HashSet;
    use uuid::Uuid;

    #[test]
    fn every_card_would_pass_its_own_form() {
        let owner = UnitId(Uuid::from_u128(1));
        let mut random = Random::new(1, 0);
        let mut names = HashSet::new();
        for _ in 0..2_000 {
            let facts = customer(&mut random, owner);
            let form = CustomerForm::of(CustomerId(random.id()), 1, &facts, FIELDS, Locale::Tr);
            assert_eq!(
                form.parse(owner, TypedAt::default(), FIELDS, || ContactId(Uuid::from_u128(2))).as_ref(),
                Ok(&facts)
            );
            assert!(
                facts.emails.iter().all(|email| email.ends_with(".example") && email.is_ascii()),
                "{:?}",
                facts.emails
            );
            names.insert(facts.name);
        }
        assert!(names.len() > 1_600, "{} names", names.len());
    }

    #[test]
    fn the_same_seed_makes_the_same_people() {
        let owner = UnitId(Uuid::from_u128(1));
        let some = |seed| {
            (0..20).scan(Random::new(seed, 0), |random, _| Some(customer(random, owner))).collect::<Vec<_>>()
        };
        assert_eq!(some(5), some(5));
        assert_ne!(some(5), some(6));
    }
}
