//! The notices that open browsers get: about changes they may know of, also when another process made them, and none
//! after their session has ended.

use super::world::{Ear, Heard, World, on_both_engines};
use serde_json::{Value, json};
use std::time::Duration;

/// Longer than any notice takes to arrive, also on a busy machine.
const LONG: Duration = Duration::from_secs(20);
/// Long enough for a notice to arrive that should not have been sent.
const SHORT: Duration = Duration::from_millis(700);

/// Waits for a notice of that record, or of everything.
async fn hears(ear: &mut Ear, id: uuid::Uuid) -> bool {
    loop {
        match ear.next(LONG).await {
            Heard::Notice(notice) if notice["id"] == json!(id) || notice["kind"] == "everything" => {
                return true;
            }
            Heard::Notice(_) => {}
            Heard::Silence | Heard::End => return false,
        }
    }
}

async fn renamed(world: &World, by: &mut super::world::Browser) -> uuid::Uuid {
    let customer = world.customer("seller", "Kanarya Ltd").await.0;
    let form = json!({"id": customer, "version": "1", "kind": "organisation", "name": "Kanarya AŞ"});
    let (status, answer) = by.call("/api/customers/change", &json!({"id": customer, "form": form})).await;
    assert!(status.is_success(), "{answer}");
    customer
}

#[tokio::test]
async fn whoever_may_see_it_hears_of_a_change_and_nobody_else() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        let mut managers = world.browser_of("manager").await.listen().await;
        let mut others = world.browser_of("other").await.listen().await;
        let customer = renamed(world, &mut seller).await;
        assert!(hears(&mut managers, customer).await, "{}", world.engine);
        assert_eq!(others.next(SHORT).await, Heard::Silence, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a_change_by_another_process_is_heard() {
    on_both_engines(async |world| {
        let mut here = world.browser_of("manager").await.listen().await;
        let mut elsewhere = world.browser_elsewhere("seller").await;
        // Only writes after the first look at the SQLite file are noticed, and looks are a second apart.
        tokio::time::sleep(Duration::from_millis(1500)).await;
        let customer = renamed(world, &mut elsewhere).await;
        assert!(hears(&mut here, customer).await, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a_notice_carries_no_facts() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        let mut ear = seller.clone().listen().await;
        renamed(world, &mut seller).await;
        loop {
            let Heard::Notice(notice) = ear.next(LONG).await else {
                panic!("{}: no notice came", world.engine)
            };
            let Value::Object(fields) = &notice else { panic!("{notice}") };
            assert!(fields.keys().all(|key| ["kind", "id", "cmd"].contains(&key.as_str())), "{notice}");
            if notice["kind"] == "customer" {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn after_signing_out_nothing_is_heard() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        let mut ear = seller.listen().await;
        let _ = seller.call("/api/auth/sign_out", &json!({})).await;
        assert_eq!(ear.next(LONG).await, Heard::End, "{}", world.engine);
    })
    .await;
}
