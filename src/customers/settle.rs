//! Settling a conflict between two people who changed one customer: the customer's fields. How is `journal::settle`. Pure.

use super::model::CustomerFacts;
use crate::journal::settle;

pub use settle::{Changed, Difference};

/// The fields a conflict can be about, in the order of the form.
const FIELDS: [&str; 14] = [
    "kind",
    "name",
    "phones",
    "emails",
    "city",
    "address",
    "tax_number",
    "tax_office",
    "sector",
    "source",
    "interest",
    "owner_id",
    "note",
    "contacts",
];

/// What differs. `was` are the facts as the form began with them.
#[must_use]
pub fn differences(
    mine: &CustomerFacts,
    theirs: &CustomerFacts,
    was: Option<&CustomerFacts>,
) -> Vec<Difference> {
    settle::differences(&FIELDS, mine, theirs, was)
}

/// Mine, but for the fields that are to stay as they are on record.
#[must_use]
pub fn settled(mine: CustomerFacts, theirs: &CustomerFacts, take: &[String]) -> CustomerFacts {
    settle::settled(&FIELDS, mine, theirs, take)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::model::CustomerForm;
    use crate::id::UnitId;
    use uuid::Uuid;

    fn facts(name: &str, city: &str, note: &str) -> CustomerFacts {
        let form = CustomerForm {
            name: name.into(),
            city: city.into(),
            note: note.into(),
            ..CustomerForm::default()
        };
        form.parse(UnitId(Uuid::nil()), || unreachable!("no contacts")).expect("nothing is wrong")
    }

    #[test]
    fn it_is_told_who_changed_a_field() {
        let was = facts("Güneş", "İzmir", "");
        let (mine, theirs) = (facts("Güneş AŞ", "İzmir", "acele"), facts("Güneş Ltd", "Aydın", ""));
        let found: Vec<_> =
            differences(&mine, &theirs, Some(&was)).into_iter().map(|one| (one.field, one.changed)).collect();
        assert_eq!(found, [("name", Changed::Both), ("city", Changed::Theirs), ("note", Changed::Mine)]);
        let unknown = differences(&mine, &theirs, None);
        assert!(unknown.iter().all(|one| one.changed == Changed::Both), "{unknown:?}");
    }

    #[test]
    fn the_chosen_values_stay() {
        let (mine, theirs) = (facts("Güneş AŞ", "İzmir", "mine"), facts("Güneş Ltd", "Aydın", "theirs"));
        let taken = settled(mine.clone(), &theirs, &["city".into(), "deleted".into(), "nonsense".into()]);
        assert_eq!(taken, facts("Güneş AŞ", "Aydın", "mine"));
        assert_eq!(settled(mine.clone(), &theirs, &[]), mine);
    }
}
