//! Writes customers. Without an owner in the map they belong to the whole firm.

use super::books::Books;
use super::{Batches, Context, differ_described, differs};
use crate::customers::commands::add;
use crate::customers::model::{CustomerFacts, CustomerForm};
use crate::error::{Error, FieldProblem, Result};
use crate::fields::own::input::missing;
use crate::fields::{Field, TypedAt};
use crate::i18n::Locale;
use crate::id::{ContactId, CustomerId, UnitId};
use crate::import::plan::{ContactRow, CustomerRow, Sheet};
use crate::import::report::{Bad, Difference, Thing};
use crate::import::store::{customers_now, remember, root};
use crate::import::template::Template;
use crate::journal::model::What;
use uuid::Uuid;

pub(super) async fn write(
    context: &mut Context<'_>,
    batches: &mut Batches<'_>,
    sheet: &Sheet<CustomerRow>,
    books: &mut Books,
) -> Result<()> {
    let Some(section) = context.map.customers.as_ref().filter(|_| !sheet.rows.is_empty()) else {
        return Ok(());
    };
    let firm = root(batches.tx().await?).await?;
    let now = customers_now(batches.tx().await?, &context.map.source).await?;
    let locale = context.when.locale;
    let fields = context.defaults.customers.as_slice();
    let column = section.owner.as_ref().map_or_else(String::new, Template::heading);
    for one in &sheet.rows {
        let owner =
            match one.row.owner.as_deref().map(|name| books.owners.find(name).map_err(|why| (name, why))) {
                None => firm,
                Some(Ok(unit)) => UnitId(unit),
                Some(Err((name, why))) => {
                    let bad = Bad { column: column.clone(), value: name.to_owned(), why };
                    context.report.refuse(&sheet.file, one.line, &one.row.name, bad);
                    continue;
                }
            };
        let mut row = one.row.clone();
        if let Err(bad) = books.link(fields, &section.own, &mut row.described) {
            context.report.refuse(&sheet.file, one.line, &one.row.name, bad);
            continue;
        }
        let whole = facts(&row, owner, context.when, fields);
        let facts = match whole.and_then(|facts| missing(fields, &facts.own).map(|()| facts)) {
            Ok(facts) => facts,
            Err(problems) => {
                context.refuse(&sheet.file, one.line, &one.row.name, Error::Invalid(problems))?;
                continue;
            }
        };
        if let Some(id) = context.known(Thing::Customer.code(), &one.id) {
            let differences = now
                .get(&CustomerId(id))
                .map_or_else(Vec::new, |now| differences((now, &facts), fields, locale));
            context.report.as_before(Thing::Customer, &facts.name, differences);
            context.report.came(&sheet.file, one.line, false);
            continue;
        }
        let tx = batches.tx().await?;
        let id = CustomerId(Uuid::now_v7());
        match add(tx, id, &facts, What::Imported).await {
            Ok(()) => {
                remember(tx, &context.map.source, Thing::Customer.code(), &one.id, id.0).await?;
                books.customers.enter(&one.id, id.0);
                context.report.new_one(Thing::Customer);
                context.report.came(&sheet.file, one.line, true);
            }
            Err(error) => context.refuse(&sheet.file, one.line, &one.row.name, error)?,
        }
    }
    Ok(())
}

/// Checks a row by the rules of the form: a customer that the form would refuse could never be saved again from its
/// card.
fn facts(
    row: &CustomerRow,
    owner: UnitId,
    when: TypedAt,
    fields: &[Field],
) -> Result<CustomerFacts, Vec<FieldProblem>> {
    let of_contacts =
        |part: fn(&ContactRow) -> &String| row.contacts.iter().map(|contact| part(contact).clone()).collect();
    let form = CustomerForm {
        kind: row.kind.code().to_owned(),
        name: row.name.clone(),
        phones: row.phones.clone(),
        emails: row.emails.clone(),
        tax_number: row.tax_number.clone(),
        typed: row.described.clone(),
        contact_name: of_contacts(|contact| &contact.name),
        contact_job: of_contacts(|contact| &contact.job),
        contact_phone: of_contacts(|contact| &contact.phone),
        contact_email: of_contacts(|contact| &contact.email),
        ..CustomerForm::default()
    };
    form.parse(owner, when, fields, || ContactId(Uuid::now_v7()))
}

fn differences(
    (now, file): (&CustomerFacts, &CustomerFacts),
    fields: &[Field],
    locale: Locale,
) -> Vec<Difference> {
    let mut all = Vec::new();
    let list = |texts: &[String]| texts.join(", ");
    for (field, here, file) in [
        ("name", &now.name, &file.name),
        ("tax_number", &now.tax_number, &file.tax_number),
        ("phones", &list(&now.phones), &list(&file.phones)),
        ("emails", &list(&now.emails), &list(&file.emails)),
    ] {
        differs(&mut all, field, here, file);
    }
    differ_described(&mut all, fields, (now, file), locale);
    all
}
