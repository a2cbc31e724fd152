//! Makes the customers, deals, activities and tasks of a made-up Turkish firm, the same for the same seed: for trying
//! the program out, and for measuring it with large numbers. Dates are around the day on which it is made. Nothing here
//! is about real people: the words are common ones and the addresses end in `.example`.

mod activities;
mod customers;
mod deals;
mod people;
pub(crate) mod random;
mod store;
mod tasks;
mod words;

use crate::auth::Actor;
use crate::auth::model::{Permission, Role};
use crate::deals::pipeline::{pipelines, ready_to_sell, stages};
use crate::error::{Error, Result};
use crate::id::{ActivityId, CustomerId, DealId, PersonId, ProductId, TaskId, UnitId};
use crate::import::batches::Batches;
use crate::import::places::Places;
use crate::import::store::{UnitNow, root, units_now};
use crate::journal::model::What;
use crate::products::model::ProductFacts;
use crate::products::store as product_store;
use crate::server::clock;
use crate::server::db::{Db, Tx};
use chrono::TimeDelta;
use random::Random;
use store::NewActivity;

pub use people::people;

/// How much to make.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub customers: u32,
    pub deals: u32,
    /// How many of the deals are open.
    pub open: u32,
    /// Spread over the customers and the deals.
    pub activities: u32,
    /// How many of a hundred customers belong to the whole firm.
    pub common: u32,
    pub seed: u64,
}

/// How many of a hundred deals have no customer yet.
const WITHOUT_CUSTOMER: u32 = 3;
/// How many of a hundred activities are about a deal.
const OF_DEALS: u32 = 35;
/// How many activities one statement writes.
const TOGETHER: u32 = 100;

/// The sample firm offered by the set-up page: some salespeople in two teams, customers and deals.
///
/// # Errors
/// `Internal` only.
pub async fn firm(db: &Db, actor: Actor) -> Result<()> {
    people(db, actor.clone()).await?;
    fill(db, actor, &Options { customers: 300, deals: 120, open: 64, activities: 960, common: 20, seed: 1 })
        .await?;
    Ok(())
}

/// Adds customers and deals, spread over the people who sell, and returns a sentence about what it did.
///
/// # Errors
/// `Forbidden` for anybody but an owner.
pub async fn fill(db: &Db, actor: Actor, options: &Options) -> Result<String> {
    actor.must(Permission::Administer)?;
    ready_to_sell(db).await?;
    let now = clock::now();
    let today = clock::today(actor.zone);
    let currency = actor.currency;
    let mut random = Random::new(options.seed, u64::try_from(now.timestamp_millis()).unwrap_or_default());
    let mut batches = Batches::new(db, actor, false);
    let tx = batches.tx().await?;
    let firm = root(tx).await?;
    let sellers = sellers(&units_now(tx).await?);
    let products = products(tx, &mut random).await?;
    let pipeline = pipelines(tx).await?.into_iter().next().ok_or(Error::NotFound)?;
    let stages = stages(tx, pipeline.id).await?;
    let mut buyers: Vec<(CustomerId, UnitId)> =
        if options.customers == 0 { store::some_customers(tx).await? } else { Vec::new() };
    for _ in 0..options.customers {
        let owner = if random.percent(options.common) { firm } else { sellers[random.at(sellers.len())] };
        let id = CustomerId(random.id());
        let facts = customers::customer(&mut random, owner);
        crate::customers::commands::add(batches.tx().await?, id, &facts, What::Created).await?;
        buyers.push((id, owner));
    }
    let ground = deals::Ground { stages: &stages, products: &products, currency, today };
    let mut places = Places::default();
    let mut sales = Vec::new();
    let mut promised = 0_u32;
    for nr in 0..options.deals {
        let buyer = if buyers.is_empty() || random.percent(WITHOUT_CUSTOMER) {
            None
        } else {
            Some(buyers[random.at(buyers.len())])
        };
        let owner = match buyer {
            Some((_, owner)) if owner != firm => owner,
            _ => sellers[random.at(sellers.len())],
        };
        let id = DealId(random.id());
        let (mut facts, days) =
            deals::deal(&mut random, &ground, nr < options.open, owner, buyer.map(|(id, _)| id));
        let tx = batches.tx().await?;
        facts.position = places.next(tx, facts.stage_id).await?;
        crate::records::create(tx, id, &facts, What::Created).await?;
        if nr < options.open && random.percent(tasks::WITH_STEP) {
            let facts = tasks::task(&mut random, today, owner, None, Some(id));
            let id = TaskId(random.id());
            crate::records::create(tx, id, &facts, What::Created).await?;
            promised += 1;
        }
        store::in_stage_since(tx, id, now - TimeDelta::days(days.into())).await?;
        sales.push((id, buyer.map(|(id, _)| id), owner));
    }
    let mut made = 0;
    while made < options.activities && !(buyers.is_empty() && sales.is_empty()) {
        let some = (options.activities - made).min(TOGETHER);
        let many: Vec<NewActivity> = (0..some)
            .map(|_| {
                let of_deal = buyers.is_empty() || (!sales.is_empty() && random.percent(OF_DEALS));
                let (deal, customer, owner) = if of_deal {
                    let (deal, customer, owner) = sales[random.at(sales.len())];
                    (Some(deal), customer, owner)
                } else {
                    let (customer, owner) = buyers[random.at(buyers.len())];
                    (None, Some(customer), owner)
                };
                let who = if sellers.contains(&owner) { owner } else { sellers[random.at(sellers.len())] };
                let id = ActivityId(random.id());
                let facts = activities::activity(&mut random, now, PersonId(who.0), customer, deal);
                NewActivity { id, event: random.id(), owner, facts }
            })
            .collect();
        store::add_activities(batches.tx().await?, &many).await?;
        made += some;
    }
    for nr in 0..options.customers {
        if !random.percent(tasks::TO_CALL) {
            continue;
        }
        let (customer, owner) = buyers[nr as usize];
        let owner = if owner == firm { sellers[random.at(sellers.len())] } else { owner };
        let facts = tasks::task(&mut random, today, owner, Some(customer), None);
        let id = TaskId(random.id());
        crate::records::create(batches.tx().await?, id, &facts, What::Created).await?;
        promised += 1;
    }
    batches.finish().await?;
    let open = options.open.min(options.deals);
    Ok(format!(
        "made {} customers, {} deals, {open} of them open, {made} activities and {promised} tasks, with seed {}",
        options.customers, options.deals, options.seed
    ))
}

/// The salespeople; in a firm without any, everybody who may sell.
fn sellers(units: &[UnitNow]) -> Vec<UnitId> {
    let of = |fits: fn(Role) -> bool| {
        units.iter().filter(|unit| unit.role.is_some_and(fits)).map(|unit| unit.id).collect::<Vec<_>>()
    };
    let mut sellers = of(|role| role == Role::Salesperson);
    if sellers.is_empty() {
        sellers = of(|role| role.may(Permission::Sell));
    }
    // The database returns them in no order.
    sellers.sort_unstable();
    sellers
}

/// The sample's products, added where they are missing, in the order of `words::PRODUCTS`.
async fn products(tx: &mut Tx, random: &mut Random) -> Result<Vec<ProductId>> {
    let here = product_store::all(tx).await?;
    let currency = tx.actor().currency;
    let mut ids = Vec::new();
    for (name, series, price, _) in words::PRODUCTS {
        let id = ProductId(random.id());
        let found = here.iter().find(|product| product.facts.name == *name).map(|product| product.id);
        if found.is_none() {
            let price = Some(i64::from(*price) * currency.unit());
            let (name, series) = ((*name).to_owned(), (*series).to_owned());
            let facts = ProductFacts { name, series, price, currency, active: true };
            product_store::create(tx, id, &facts, What::Imported).await?;
        }
        ids.push(found.unwrap_or(id));
    }
    Ok(ids)
}
