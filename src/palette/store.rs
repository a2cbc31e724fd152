//! The palette's search: the same searches as in the lists, cut to the best few, with the same reach.

use super::model::{FEW, Hit, HitKind};
use crate::customers::model::CustomerQuery;
use crate::customers::phone;
use crate::customers::store as customers;
use crate::customers::store::choices::NamedContact;
use crate::deals::model::Status;
use crate::deals::store::list as deals;
use crate::deals::view::DealQuery;
use crate::error::Result;
use crate::i18n::Locale;
use crate::i18n::fold::search_key;
use crate::own_kinds;
use crate::own_records::store::found as records;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::text::{holds, signs_of};
use crate::tasks::store::search as tasks;
use crate::tasks::view::when;
use uuid::Uuid;

/// Nobody types a longer search on purpose.
const LONGEST: usize = 100;
/// Fewer digits than this are no telephone number.
const DIGITS: usize = 4;

/// The best few results of each kind, in words of that language.
///
/// # Errors
/// `Internal` only.
pub async fn find(tx: &mut Tx, typed: &str, locale: Locale) -> Result<Vec<Hit>> {
    let typed: String = typed.chars().take(LONGEST).collect();
    let (key, signs) = (search_key(&typed), signs_of(&typed));
    if key.is_empty() && signs.is_none() {
        return Ok(Vec::new());
    }
    let text = locale.text();
    let mut hits = Vec::new();
    let query = CustomerQuery {
        search: typed.clone(),
        limit: u32::try_from(FEW).unwrap_or_default(),
        ..CustomerQuery::default()
    };
    for one in customers::list::list(tx, &query).await?.rows {
        // A customer found by a number is shown with that number.
        let sub = if one.marked.is_some() { one.phone } else { one.city };
        hits.push(Hit { kind: HitKind::Customer, id: one.id.0, title: one.name, sub });
    }
    let number = phone::key(&typed);
    let contacts = customers::choices::contacts(tx, &typed).await?;
    for one in contacts
        .into_iter()
        .filter(|one| match &signs {
            Some(signs) => holds(&one.name, signs),
            None => fits(one, &key, &number),
        })
        .take(FEW)
    {
        hits.push(Hit { kind: HitKind::Contact, id: one.customer_id.0, title: one.name, sub: one.customer });
    }
    let query = DealQuery { search: typed.clone(), ..DealQuery::default() };
    let mut rows = deals::list(tx, &query).await?.rows;
    // Open deals come first: they are looked for more often.
    rows.sort_by_key(|row| row.status != Status::Open);
    for row in rows.into_iter().take(FEW) {
        let money = row.money().map(|money| money.short(locale));
        let state = match row.status {
            Status::Open => row.stage,
            Status::Won => text.deals.won.to_owned(),
            Status::Lost => text.deals.lost.to_owned(),
        };
        let sub: Vec<String> = [row.customer, Some(state), money].into_iter().flatten().collect();
        hits.push(Hit { kind: HitKind::Deal, id: row.id.0, title: row.title, sub: sub.join(" · ") });
    }
    let today = clock::today(tx.actor().zone);
    for one in tasks::search(tx, &typed, i64::try_from(FEW).unwrap_or_default()).await? {
        let sub = when(one.due_on, one.due_at, today, locale);
        hits.push(Hit { kind: HitKind::Task, id: one.id.0, title: one.title, sub });
    }
    for one in own_kinds::store::named(tx).await?.into_iter().filter(|kind| begins(&kind.many, &key)) {
        let kind = HitKind::List(one.nr);
        hits.push(Hit { kind, id: Uuid::nil(), title: one.many, sub: String::new() });
    }
    for one in records::found(tx, None, &typed, i64::try_from(FEW).unwrap_or_default()).await? {
        hits.push(Hit { kind: HitKind::Record, id: one.id.0, title: one.name, sub: one.kind });
    }
    Ok(hits)
}

/// Whether a word of the name begins with the typed text.
fn begins(name: &str, key: &str) -> bool {
    let name = search_key(name);
    !key.is_empty() && (name.starts_with(key) || name.contains(&format!(" {key}")))
}

/// Whether the customer was found by this contact: by a part of the contact's name, perhaps together with the
/// customer's, or by the number.
fn fits(contact: &NamedContact, key: &str, number: &str) -> bool {
    let (own, customer) = (search_key(&contact.name), search_key(&contact.customer));
    let named = key.split(' ').any(|word| own.contains(word))
        && key.split(' ').all(|word| own.contains(word) || customer.contains(word));
    named || (number.len() >= DIGITS && phone::key(&contact.phone).contains(number))
}
