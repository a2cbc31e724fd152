//! An export stops when its session or the right to it ends: the rest of the file is not sent, and the part that was
//! sent does not look like a whole file.

use super::world::{Browser, PASSWORD, World, on_both_engines};
use crate::id::PersonId;
use axum::http::StatusCode;
use futures::StreamExt as _;
use serde_json::{Value, json};

const LISTS: [&str; 4] = [
    "/customers/export.csv",
    "/deals/export.csv?status=all",
    "/tasks/export.csv?of=all&done=any",
    "/activities/export.csv",
];

/// More rows than can be on their way when the right ends: the page being read, the next one, and the one being sent.
const ROWS: u32 = 2200;

async fn done(browser: &mut Browser, path: &str, input: Value) {
    let (status, told) = browser.call(path, &input).await;
    assert_eq!(status, StatusCode::OK, "{path}: {told}");
}

/// Begins to read the file, runs `ending`, and reads on. Returns how many rows came, and whether the file looks whole.
async fn read_while(of: &Browser, path: &str, ending: impl AsyncFnOnce()) -> (usize, bool) {
    let mut parts = of.open(path).await;
    let first = parts.next().await.expect("a beginning").expect("it is sent");
    ending().await;
    let mut rows = first.iter().filter(|byte| **byte == b'\n').count();
    while let Some(part) = parts.next().await {
        match part {
            Ok(bytes) => rows += bytes.iter().filter(|byte| **byte == b'\n').count(),
            Err(_) => return (rows, false),
        }
    }
    (rows, true)
}

/// Makes that person a second owner of the firm, who sees everything and may export.
async fn second_owner(owner: &mut Browser, world: &World, name: &str) {
    let id = world.actor(name).await.id;
    let (_, card) = owner.call("/api/people/person", &json!({"id": id})).await;
    let form = json!({"version": card["version"].to_string(), "name": name, "email": format!("{name}@deneme.example"),
        "role": "owner", "sees": "all", "under": card["facts"]["under_id"]});
    done(owner, "/api/people/change", json!({"id": id, "form": form})).await;
}

/// Gives somebody another role directly in the database, so that their sessions stay.
async fn become_a(world: &World, person: PersonId, role: &'static str) {
    let mut system = world.db.write_system().await.expect("the database answers");
    let set =
        system.query("UPDATE people SET role = $2 WHERE id = $1").bind(person).bind(role).execute().await;
    set.expect("it is set");
    system.commit().await.expect("it is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_ends_with_the_right() {
    on_both_engines(async |world| {
        let options = crate::sample::Options {
            customers: ROWS,
            deals: ROWS,
            open: ROWS,
            activities: ROWS,
            common: 20,
            seed: 3,
        };
        crate::sample::fill(&world.db, world.actor("owner").await, &options).await.expect("a sample");
        let mut owner = world.browser_of("owner").await;
        // Another person for each list: signing in often is slowed down.
        for (list, name) in LISTS.into_iter().zip(["mate", "manager", "viewer", "other"]) {
            second_owner(&mut owner, world, name).await;
            let mate = world.actor(name).await.id;
            let activate = |active| json!({"id": mate, "active": active});
            let whole = read_while(&owner, list, async || {}).await;
            assert!(whole.1, "{list}: without an end in between the file is whole");
            let cut = |came: (usize, bool), how: &str| {
                assert!(!came.1, "{list}, {how}: it does not look whole");
                assert!(came.0 < whole.0, "{list}, {how}: {} of {} rows came", came.0, whole.0);
            };

            let browser = world.browser_of(name).await;
            let came = read_while(&browser, list, async || {
                done(&mut browser.clone(), "/api/auth/sign_out", json!({})).await;
            });
            cut(came.await, "signed out");

            let browser = world.browser_of(name).await;
            let came = read_while(&browser, list, async || {
                done(&mut world.browser_of(name).await, "/api/auth/end_sessions", json!({})).await;
            });
            cut(came.await, "session ended");

            let browser = world.browser_of(name).await;
            let came = read_while(&browser, list, async || {
                let form = json!({"form": {"current": PASSWORD, "password": PASSWORD}});
                done(&mut world.browser_of(name).await, "/api/auth/change_password", form).await;
            });
            cut(came.await, "password changed");

            let browser = world.browser_of(name).await;
            let came = read_while(&browser, list, async || {
                become_a(world, mate, "salesperson").await;
            });
            cut(came.await, "role lowered");
            become_a(world, mate, "owner").await;

            let browser = world.browser_of(name).await;
            let unseen = world.actor("seller").await.id;
            let came = read_while(&browser, list, async || {
                let mut system = world.db.write_system().await.expect("the database answers");
                let sql = "DELETE FROM reach WHERE viewer_id = $1 AND unit_id = $2";
                system.query(sql).bind(mate).bind(unseen).execute().await.expect("less is seen");
                system.commit().await.expect("it is kept");
            });
            cut(came.await, "less is seen");

            let browser = world.browser_of(name).await;
            let came = read_while(&browser, list, async || {
                done(&mut owner.clone(), "/api/people/set_active", activate(false)).await;
            });
            cut(came.await, "account closed");
            let mut system = world.db.read_system().await.expect("the database answers");
            let (seen,): (i64,) = system
                .query("SELECT COUNT(*) FROM reach WHERE viewer_id = $1")
                .bind(mate)
                .one()
                .await
                .expect("a count");
            assert_eq!(seen, 0, "a closed account sees nothing");
            drop(system);
            done(&mut owner, "/api/people/set_active", activate(true)).await;
            let mut system = world.db.read_system().await.expect("the database answers");
            let (seen,): (i64,) = system
                .query("SELECT COUNT(*) FROM reach WHERE viewer_id = $1")
                .bind(mate)
                .one()
                .await
                .expect("a count");
            assert!(seen > 6, "an account that is open again sees as before");
        }
    })
    .await;
}
