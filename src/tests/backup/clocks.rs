//! The daily backup while the clock is wrong for some time, late or early: neither the new backup nor a real older one
//! is deleted, and the owner is shown the truth.

use super::{Folder, fill, place_of};
use crate::backup::daily::today;
use crate::backup::model::Standing;
use crate::backup::rotate::name;
use crate::server::clock;
use crate::tests::world::{World, on_both_engines};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

async fn told(world: &World) -> Value {
    world.browser_of("owner").await.call("/api/backup/list", &json!({})).await.1
}

fn backups(folder: &Folder) -> Vec<String> {
    folder.names().into_iter().filter(|name| name.ends_with(".backup")).collect()
}

async fn made(world: &World, folder: &Folder, at: DateTime<Utc>) -> String {
    let before = backups(folder);
    assert!(today(&world.db, &place_of(world), &folder.0, at).await.expect("it is noted"), "{before:?}");
    let new: Vec<_> = backups(folder).into_iter().filter(|name| !before.contains(name)).collect();
    assert_eq!(new.len(), 1, "one new file beside {before:?}: {new:?}");
    new[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_dated_in_the_future_push_out_no_real_backup() {
    on_both_engines(async |world| {
        fill(world).await;
        let folder = Folder::new();
        let local = clock::local(clock::now(), world.actor("owner").await.zone);
        for day in 0..12 {
            let file = name(local + TimeDelta::days(3650 + day), 1);
            std::fs::write(folder.file(&file), "whatever").expect("a file");
        }
        let real: Vec<String> = (1..5).map(|day| name(local - TimeDelta::days(day), 1)).collect();
        for file in &real {
            std::fs::write(folder.file(file), "an older one").expect("a file");
        }
        let new = made(world, &folder, clock::now()).await;
        let there = backups(&folder);
        assert!(there.contains(&new) && real.iter().all(|file| there.contains(file)), "{there:?}");
        assert_eq!(there.len(), 12 + 4 + 1, "{there:?}");
        let said = told(world).await;
        assert_eq!(
            (said["standing"].clone(), said["ahead"].clone()),
            (json!(Standing::Fine), json!(12)),
            "{said}"
        );
        assert!(said["last"]["file"].as_str().is_some_and(|file| file.ends_with(&new)), "{said}");
        let page = world.browser_of("owner").await.get("/settings/firm").await.text;
        assert!(page.contains("12 yedeğin tarihi gelecekte"));
        // When the file is damaged or deleted, the panel says so, and names no file that is not there.
        std::fs::write(folder.file(&new), "not as it was").expect("written over");
        assert_eq!(told(world).await["standing"], json!(Standing::Missing));
        std::fs::remove_file(folder.file(&new)).expect("it goes");
        let said = told(world).await;
        assert_eq!(said["standing"], json!(Standing::Missing), "{said}");
        assert_eq!(said["last"], Value::Null, "{said}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_ahead_for_one_backup_is_forgiven() {
    on_both_engines(async |world| {
        fill(world).await;
        let (folder, now) = (Folder::new(), clock::now());
        let yesterday = made(world, &folder, now - TimeDelta::days(1)).await;
        let ahead = made(world, &folder, now + TimeDelta::days(400)).await;
        assert!(backups(&folder).contains(&yesterday));
        let said = told(world).await;
        assert_eq!(said["standing"], json!(Standing::Fine), "yesterday's is still known: {said}");
        assert!(said["last"]["file"].as_str().is_some_and(|file| file.ends_with(&yesterday)), "{said}");
        // The clock is right again: today gets a backup of its own, and the panel names it.
        let new = made(world, &folder, now).await;
        let said = told(world).await;
        assert_eq!(
            (said["standing"].clone(), said["ahead"].clone(), said["good"].clone()),
            (json!(Standing::Fine), json!(1), json!(2)),
            "{said}"
        );
        assert!(said["last"]["file"].as_str().is_some_and(|file| file.ends_with(&new)), "{said}");
        assert!(!today(&world.db, &place_of(world), &folder.0, now).await.expect("it is made already"));
        // When the day to which the clock had jumped really comes, it gets a backup of its own.
        made(world, &folder, now + TimeDelta::days(400) + TimeDelta::hours(2)).await;
        assert!(backups(&folder).contains(&ahead) || backups(&folder).len() >= 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_put_back_stops_no_backup() {
    on_both_engines(async |world| {
        fill(world).await;
        let (folder, now) = (Folder::new(), clock::now());
        // The clock of a machine without a battery begins in the past.
        let old = made(world, &folder, now - TimeDelta::days(9000)).await;
        let new = made(world, &folder, now).await;
        assert!(backups(&folder).contains(&old) && backups(&folder).contains(&new));
        let said = told(world).await;
        assert_eq!(
            (said["standing"].clone(), said["ahead"].clone()),
            (json!(Standing::Fine), json!(0)),
            "{said}"
        );
        // There is a backup of the same second already, so the new file gets another name.
        let mut system = world.db.write_system().await.expect("a transaction");
        system.query("DELETE FROM backups").execute().await.expect("the ledger is empty");
        system.commit().await.expect("committed");
        let second = made(world, &folder, now).await;
        assert!(second.ends_with("-2.backup"), "{second}");
        let said = told(world).await;
        assert_eq!(said["standing"], json!(Standing::Fine), "{said}");
        // A backup that was begun five hours in the future, and never finished, is not waited for.
        let mut system = world.db.write_system().await.expect("a transaction");
        system
            .query("UPDATE backups SET begun_at = $1, ended_at = NULL")
            .bind(now + TimeDelta::hours(5))
            .execute()
            .await
            .expect("begun");
        system.commit().await.expect("committed");
        assert!(today(&world.db, &place_of(world), &folder.0, now).await.expect("taken over"));
    })
    .await;
}
