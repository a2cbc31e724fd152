//! The firm's products: they are added, changed, archived and offered again; two products can't have the same name.

use super::deals::problem;
use super::world::{World, on_both_engines};
use crate::deals::commands;
use crate::error::{Error, Problem};
use crate::i18n::Locale;
use crate::id::ProductId;
use crate::journal::commands::{undo, undo_made};
use crate::live::Kind;
use crate::products::model::ProductForm;
use crate::products::store;

fn form(name: &str, price: &str) -> ProductForm {
    ProductForm { name: name.into(), price: price.into(), currency: "TRY".into(), ..ProductForm::default() }
}

impl World {
    async fn add_product(&self, form: &ProductForm) -> crate::error::Result<ProductId> {
        self.by("owner", async |tx| store::add(tx, form).await).await
    }

    async fn products(&self, typed: &str) -> Vec<(String, Option<i64>, bool)> {
        let page = self.seen_by("owner", async |tx| store::list(tx, typed).await).await.expect("products");
        page.products.into_iter().map(|one| (one.facts.name, one.facts.price, one.facts.active)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn products_come_change_and_leave_the_offer() {
    on_both_engines(async |world| {
        let system = world.add_product(&form("Çelik kapı", "12.500")).await.expect("added");
        world
            .add_product(&ProductForm { series: "Ahşap".into(), ..form("Oda kapısı", "") })
            .await
            .expect("added");
        assert_eq!(
            problem(world.add_product(&form("ÇELİK KAPI", "")).await),
            ("name".into(), Problem::Taken)
        );
        assert_eq!(problem(world.add_product(&form(" ", "1")).await), ("name".into(), Problem::Required));
        // Products are found by name and by series, also if they are typed without Turkish letters.
        assert_eq!(world.products("ahsap").await.len(), 1);
        assert_eq!(world.products("celik kapi").await, [("Çelik kapı".into(), Some(1_250_000), true)]);
        assert_eq!(world.products("%").await, []);

        // Two people change the same version of a product: changes of different fields are both kept, for the same
        // field the second person gets a conflict.
        let change = async |form: ProductForm| {
            world.by("owner", async |tx| store::change(tx, system, &form).await).await
        };
        let at_first = |name, price| ProductForm { version: "1".into(), ..form(name, price) };
        let event = change(at_first("Çelik kapı", "13.000")).await.expect("changed").expect("an event");
        change(at_first("Çelik dış kapı", "12.500")).await.expect("the name is another field");
        assert!(matches!(
            change(at_first("Çelik kapı", "14.000")).await,
            Err(Error::Conflict { version: 3, .. })
        ));
        assert_eq!(world.products("celik").await, [("Çelik dış kapı".into(), Some(1_300_000), true)]);
        world.by("owner", async |tx| undo(tx, event).await).await.expect("the price goes back");
        assert_eq!(world.products("celik").await, [("Çelik dış kapı".into(), Some(1_250_000), true)]);

        // An archived product is not offered for new deals.
        let offered = async || {
            let draft = world
                .seen_by("seller", async |tx| commands::draft(tx, Locale::Tr, None, None, None).await)
                .await
                .expect("a form");
            draft.products.into_iter().map(|one| one.name).collect::<Vec<_>>()
        };
        assert_eq!(offered().await, ["Çelik dış kapı", "Oda kapısı"]);
        let archive =
            async |archived| world.by("owner", async |tx| store::archive(tx, system, archived).await).await;
        archive(true).await.expect("archived").expect("an event");
        assert_eq!(archive(true).await, Ok(None), "it is archived already");
        assert_eq!(offered().await, ["Oda kapısı"]);
        // The name of an archived product is free. If another product has it, the archived one can't be offered again.
        let second = world.add_product(&form("Çelik dış kapı", "")).await.expect("the name is free");
        assert_eq!(problem(archive(false).await), ("name".into(), Problem::Taken));
        world.by("owner", async |tx| undo_made(tx, Kind::Product, second.0).await).await.expect("taken back");
        archive(false).await.expect("it is offered again");
        assert_eq!(offered().await, ["Çelik dış kapı", "Oda kapısı"]);

        // Only the owner may change products, and the firm's log shows the changes.
        let refused = world.by("manager", async |tx| store::archive(tx, system, true).await).await;
        assert_eq!(refused, Err(Error::Forbidden));
        let query = crate::journal::view::LogQuery { kind: Some(Kind::Firm), ..Default::default() };
        let log = world
            .seen_by("owner", async |tx| crate::journal::store::log(tx, &query).await)
            .await
            .expect("log");
        let told = log.lines.iter().filter(|line| line.kind == Kind::Product);
        assert!(told.clone().count() >= 6, "{}: {:?}", world.engine, log.lines);
        assert!(told.clone().all(|line| line.subject.is_some()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_products_are_shown_two_hundred_at_a_time() {
    on_both_engines(async |world| {
        let add = async |tx: &mut crate::server::db::Tx| {
            for nr in 0..1_001 {
                let facts = form(&format!("Vida {nr:04}"), "2,5").parse().expect("a product");
                let id = ProductId(uuid::Uuid::now_v7());
                store::create(tx, id, &facts, crate::journal::model::What::Imported).await?;
            }
            Ok(())
        };
        world.by("owner", add).await.expect("all");
        let page = world.seen_by("owner", async |tx| store::list(tx, "").await).await.expect("a page");
        assert_eq!((page.products.len(), page.more), (200, 801));
        let mut browser = world.browser_of("owner").await;
        let answer = browser.get("/settings/products?q=0999").await;
        assert!(answer.text.contains("Vida 0999") && !answer.text.contains("Vida 0998"), "{}", world.engine);
    })
    .await;
}
