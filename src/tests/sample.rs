//! A made-up firm: as many of everything as was asked for, the same for the same seed, on both engines.

use super::world::{World, fresh_postgres, fresh_sqlite, on_both_engines, test_postgres};
use crate::auth::model::Role;
use crate::auth::store::at_the_command_line;
use crate::deals::model::Status;
use crate::error::Error;
use crate::people::store::{NewFirm, NewPerson, add_person, found, rebuild_reach};
use crate::sample::{Options, fill, firm};
use crate::server::db::Db;
use crate::stats::{Stats, count};

impl World {
    async fn stats(&self) -> Stats {
        count(&self.db, self.actor("owner").await).await.expect("it can be counted")
    }

    /// Every customer's name with its owner's, and every deal's title with its stage and amount, in a fixed order.
    async fn contents(&self) -> (Vec<(String, String)>, Vec<(String, String, Option<i64>)>) {
        let mut system = self.db.read_system().await.expect("the database answers");
        let customers = system
            .query(
                "SELECT c.name, u.name FROM customers c JOIN units u ON u.id = c.owner_id \
                 ORDER BY c.sort_key, c.phones, u.sort_key",
            )
            .all()
            .await
            .expect("customers");
        let deals = system
            .query(
                "SELECT d.title, s.name, d.amount FROM deals d JOIN stages s ON s.id = d.stage_id \
                 ORDER BY d.title, s.place, d.amount, d.opened_on",
            )
            .all()
            .await
            .expect("deals");
        (customers, deals)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_can_belong_to_single_people_or_to_the_whole_firm() {
    on_both_engines(async |world| {
        let seen = async |common| {
            let options = Options { customers: 20, deals: 0, open: 0, activities: 0, common, seed: 4 };
            fill(&world.db, world.actor("owner").await, &options).await.expect("a sample");
            count(&world.db, world.actor("seller").await).await.expect("it can be counted").customers
        };
        let own = seen(0).await;
        assert!(own < 20, "a seller sees {own} of 20");
        assert_eq!(seen(100).await, own + 20);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_is_as_large_as_asked() {
    on_both_engines(async |world| {
        let owner = world.actor("owner").await;
        fill(
            &world.db,
            owner,
            &Options { customers: 150, deals: 80, open: 50, activities: 230, common: 20, seed: 4 },
        )
        .await
        .expect("a sample");
        let stats = world.stats().await;
        assert_eq!((stats.customers, stats.deals, stats.activities, stats.people), (150, 80, 230, 6));
        let of = |status| {
            stats
                .stages
                .iter()
                .filter(|stage| stage.status == status)
                .map(|stage| stage.count)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(Status::Open).iter().sum::<i64>(), 50);
        assert!(of(Status::Open)[0] > of(Status::Open)[3], "later stages have fewer deals: {stats}");
        assert!(of(Status::Won)[0] > 0 && of(Status::Lost)[0] > 0, "{stats}");
        // One event for each record and for each of the 13 products.
        assert_eq!(stats.events, 150 + 80 + 13 + 230 + stats.tasks);
        assert!((30..=60).contains(&stats.tasks), "most open deals have a next step: {stats}");
        let seller = count(&world.db, world.actor("seller").await).await.expect("it can be counted");
        assert!(seller.customers > 30 && seller.customers < 150, "own and common ones: {}", seller.customers);
        let owner = world.actor("owner").await;
        fill(
            &world.db,
            owner,
            &Options { customers: 0, deals: 10, open: 10, activities: 5, common: 20, seed: 4 },
        )
        .await
        .expect("deals of those who are there");
        assert!(world.stats().await.deals_without_customer < 10);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_makes_the_same_firm() {
    let made = async |seed| {
        let contents = std::sync::Mutex::new(Vec::new());
        on_both_engines(async |world| {
            let owner = world.actor("owner").await;
            fill(
                &world.db,
                owner,
                &Options { customers: 40, deals: 30, open: 10, activities: 40, common: 20, seed },
            )
            .await
            .expect("a sample");
            let made = world.contents().await;
            contents.lock().expect("nobody panicked").push(made);
        })
        .await;
        contents.into_inner().expect("nobody panicked")
    };
    let (first, again, other) = (made(1).await, made(1).await, made(2).await);
    assert_eq!(first, again);
    assert!(first.iter().all(|contents| *contents == first[0]), "both engines hold the same");
    assert_ne!(first[0], other[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_owner_makes_a_sample_and_a_firm_with_people_gets_no_others() {
    on_both_engines(async |world| {
        let seller = world.actor("seller").await;
        let refused = fill(
            &world.db,
            seller,
            &Options { customers: 1, deals: 1, open: 1, activities: 1, common: 20, seed: 1 },
        )
        .await;
        assert_eq!(refused.err(), Some(Error::Forbidden));
        firm(&world.db, world.actor("owner").await).await.expect("a sample firm");
        let stats = world.stats().await;
        assert_eq!((stats.people, stats.customers, stats.deals), (6, 300, 120));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_alone_gets_two_teams() {
    let (home, file) = fresh_sqlite();
    let mut addresses = vec![file];
    if let Some(address) = test_postgres() {
        addresses.push(fresh_postgres(&address).await);
    }
    for address in addresses {
        let db = Db::open(&address).await.expect("the database opens");
        let mut system = db.write_system().await.expect("a transaction");
        found(&mut system, &NewFirm::default()).await.expect("the firm");
        let email = Some("owner@deneme.example".to_owned());
        let owner = NewPerson {
            name: "Owner".into(),
            email,
            role: Role::Owner,
            sees: None,
            password: None,
            under: None,
        };
        add_person(&mut system, owner).await.expect("the owner");
        rebuild_reach(&mut system).await.expect("reach");
        system.commit().await.expect("it is kept");
        let owner = at_the_command_line(&db, None).await.expect("the owner");
        firm(&db, owner.clone()).await.expect("a sample firm");
        let stats = count(&db, owner).await.expect("it can be counted");
        assert_eq!((stats.people, stats.customers, stats.deals), (8, 300, 120));
        let manager =
            at_the_command_line(&db, Some("zeynep.duman@ornek.example")).await.expect("she leads a team");
        let team = count(&db, manager).await.expect("it can be counted");
        let mate = at_the_command_line(&db, Some("onur.sen@ornek.example")).await.expect("he is in it");
        let own = count(&db, mate).await.expect("it can be counted");
        assert!(
            own.deals > 0 && own.deals < team.deals && team.deals < 120,
            "{} of {}",
            own.deals,
            team.deals
        );
    }
    let _ = std::fs::remove_dir_all(home);
}
