//! A customer's contacts in the database. All contacts of a customer are written together with it; none can be changed
//! through another customer.

use crate::customers::model::Contact;
use crate::error::{Error, Result};
use crate::id::{ContactId, CustomerId};
use crate::server::db::Tx;
use std::collections::HashSet;

pub(super) async fn read(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Contact>> {
    Ok(tx
        .query(
            "SELECT id, name, job, phone, email FROM contacts WHERE customer_id = $2 AND customer_id IN \
                 (SELECT id FROM customers WHERE id = $2 AND owner_id IN (SELECT unit_id FROM reach \
                 WHERE viewer_id = $1)) \
             ORDER BY place, id",
        )
        .bind(customer)
        .all()
        .await?)
}

/// Makes the contacts exactly these, in this order. The statements do not ask for reach: the customer's own statement
/// in the same transaction has asked, and may just have moved the customer out of reach.
///
/// # Errors
/// `NotFound` for the id of another customer's contact.
pub(super) async fn write(tx: &mut Tx, customer: CustomerId, contacts: &[Contact]) -> Result<()> {
    let kept: HashSet<ContactId> = contacts.iter().map(|contact| contact.id).collect();
    let there: Vec<(ContactId,)> =
        tx.everyones("SELECT id FROM contacts WHERE customer_id = $2").bind(customer).all().await?;
    for (gone,) in there.into_iter().filter(|(id,)| !kept.contains(id)) {
        tx.everyones("DELETE FROM contacts WHERE id = $2").bind(gone).execute().await?;
    }
    for (place, contact) in (0_i64..).zip(contacts) {
        let written = tx
            .everyones(
                "INSERT INTO contacts (id, customer_id, place, name, job, phone, email) \
                 VALUES ($2, $3, $4, $5, $6, $7, $8) \
                 ON CONFLICT (id) DO UPDATE SET place = excluded.place, name = excluded.name, job = excluded.job, \
                     phone = excluded.phone, email = excluded.email \
                 WHERE contacts.customer_id = excluded.customer_id",
            )
            .bind(contact.id)
            .bind(customer)
            .bind(place)
            .bind(contact.name.clone())
            .bind(contact.job.clone())
            .bind(contact.phone.clone())
            .bind(contact.email.clone())
            .execute()
            .await?;
        if written == 0 {
            return Err(Error::NotFound);
        }
    }
    Ok(())
}
