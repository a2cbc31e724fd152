//! What these tests do again and again in the small firm of `world`: writing a customer by its form, reading lists,
//! undoing.

use crate::auth::Actor;
use crate::auth::model::Permission;
use crate::customers::model::{CustomerFacts, CustomerForm, CustomerQuery, Page};
use crate::customers::{commands, store};
use crate::error::Result;
use crate::id::{CustomerId, EventId};
use crate::journal::model::{Card, HistoryLine};
use crate::journal::store::lines_of;
use crate::server::db::{Db, Tx};
use crate::server::request::write_as;
use crate::tests::world::{World, on_both_engines};

/// The firm's people, by what they are to the seller.
pub struct House {
    db: Db,
    pub owner: Actor,
    pub manager: Actor,
    pub seller: Actor,
    pub colleague: Actor,
    pub viewer: Actor,
    pub stranger: Actor,
}

/// Runs the test in a new firm on each engine.
pub async fn both(test: impl AsyncFn(&House)) {
    on_both_engines(async |world: &World| {
        let house = House {
            db: world.db.clone(),
            owner: world.actor("owner").await,
            manager: world.actor("manager").await,
            seller: world.actor("seller").await,
            colleague: world.actor("mate").await,
            viewer: world.actor("viewer").await,
            stranger: world.actor("other").await,
        };
        test(&house).await;
    })
    .await;
}

impl House {
    pub async fn reading<T>(&self, who: &Actor, job: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let mut tx = self.db.read(who.clone()).await?;
        job(&mut tx).await
    }

    pub async fn writing<T>(&self, who: &Actor, job: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        write_as(&self.db, who.clone(), Permission::Sell, job).await
    }

    pub async fn add(&self, who: &Actor, form: CustomerForm) -> CustomerId {
        self.writing(who, async |tx| commands::create(tx, &form).await).await.expect("a new customer")
    }

    /// The changes that the customer's card shows, newest first.
    pub async fn told(&self, who: &Actor, id: CustomerId) -> Vec<HistoryLine> {
        let told = self.reading(who, async |tx| lines_of(tx, Card::Customer(id), None, 100).await).await;
        told.expect("a history").into_iter().map(|(_, line)| line).collect()
    }

    pub async fn list(&self, who: &Actor, query: CustomerQuery) -> Page {
        self.reading(who, async |tx| store::list(tx, &query).await).await.expect("a list")
    }

    pub async fn names(&self, who: &Actor, typed: &str) -> Vec<String> {
        let query = CustomerQuery { search: typed.into(), limit: 200, ..CustomerQuery::default() };
        self.list(who, query).await.rows.into_iter().map(|row| row.name).collect()
    }

    pub async fn count(&self, who: &Actor, typed: &str) -> u32 {
        let query = CustomerQuery { search: typed.into(), ..CustomerQuery::default() };
        self.reading(who, async |tx| store::count(tx, &query).await).await.expect("a count").number
    }

    pub async fn facts(&self, who: &Actor, id: CustomerId) -> CustomerFacts {
        self.reading(who, async |tx| store::get(tx, id).await).await.expect("in reach").facts
    }

    pub async fn undo(&self, who: &Actor, event: EventId) -> Result<()> {
        self.writing(who, async |tx| {
            let change = crate::journal::store::undoable(tx, event).await?;
            crate::records::take_back::<crate::id::CustomerId>(tx, &change).await.map(drop)
        })
        .await
    }
}
