//! Programs and databases of different versions. A database newer than the program is refused, and nothing is changed;
//! an older one is backed up and brought up to date by one process, however many start at once.

use super::{Folder, contents, fill, place_of};
use crate::backup::create::back_up;
use crate::backup::restore::restore;
use crate::backup::store::catalog::migrations;
use crate::server::db::Db;
use crate::tests::world::{World, fresh_postgres, fresh_sqlite, on_both_engines, test_postgres};

async fn change(world: &World, sql: &'static str) {
    let mut system = world.db.write_system().await.expect("the database answers");
    system.query(sql).execute().await.expect("it is done");
    system.commit().await.expect("committed");
}

/// Takes the database back to before the two migrations of the table `backups`.
async fn grow_younger(world: &World) {
    change(world, "DROP TABLE backups").await;
    change(world, "DELETE FROM _sqlx_migrations WHERE version IN (8, 18)").await;
}

async fn steps(world: &World) -> Vec<i64> {
    let mut opened = place_of(world).look().await.expect("it opens");
    migrations(&mut opened.link()).await.expect("the steps")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_begins_with_a_backup_and_an_older_backup_is_brought_up_to_date() {
    on_both_engines(async |world| {
        fill(world).await;
        let (folder, now) = (Folder::new(), steps(world).await);
        let was = contents(&place_of(world)).await;
        grow_younger(world).await;
        assert!(!steps(world).await.contains(&8));
        let opened = Db::open_with(&world.address, Some(&folder.0)).await.expect("it is brought up to date");
        opened.close().await;
        assert_eq!(steps(world).await, now);
        let [snapshot] = folder.names().try_into().expect("one snapshot");
        assert!(snapshot.starts_with("before-") && snapshot.ends_with(".backup"), "{snapshot}");
        let back = folder.sqlite("back.db");
        restore(&folder.file(&snapshot), &back, false).await.expect("an older backup comes in");
        assert_eq!(contents(&back).await, was, "{}", world.engine);
        let again = Db::open_with(&world.address, Some(&folder.0)).await.expect("it opens");
        again.close().await;
        assert_eq!(
            folder.names().iter().filter(|name| name.starts_with("before-")).count(),
            1,
            "only when needed"
        );
        // Where the backup can't be written, there is no update.
        grow_younger(world).await;
        std::fs::write(folder.file("in-the-way"), "").expect("a file");
        let refused = Db::open_with(&world.address, Some(&folder.file("in-the-way").join("x"))).await;
        assert!(format!("{:#}", refused.err().expect("refused")).contains("nothing was changed"));
        assert!(!steps(world).await.contains(&8));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_newer_than_the_program_is_refused_with_the_way_out() {
    on_both_engines(async |world| {
        fill(world).await;
        let folder = Folder::new();
        let snapshot = folder.file("before-9.9.9-20260101-000000.backup");
        back_up(&place_of(world), &snapshot).await.expect("a backup");
        change(
            world,
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             SELECT 9999, 'from the future', success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1",
        )
        .await;
        let before = steps(world).await;
        let refused = Db::open_with(&world.address, Some(&folder.0)).await.err().expect("refused");
        let refused = format!("{refused:#}");
        for part in ["newer Kartotek", "9999", env!("CARGO_PKG_VERSION"), "before-9.9.9", "--replace"] {
            assert!(refused.contains(part), "{part} in {refused}");
        }
        assert_eq!(steps(world).await, before);
        let newer = folder.file("newer.backup");
        back_up(&place_of(world), &newer).await.expect("a backup of a newer one");
        let refused = restore(&newer, &folder.sqlite("none.db"), false).await.expect_err("newer").to_string();
        assert!(refused.contains("9999") && refused.contains("update the program"), "{refused}");
        assert!(!folder.names().iter().any(|name| name.starts_with("none.db")), "{:?}", folder.names());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_processes_that_start_at_once_one_makes_the_tables() {
    let (folder, sqlite) = fresh_sqlite();
    let mut addresses = vec![sqlite];
    if let Some(address) = test_postgres() {
        addresses.push(fresh_postgres(&address).await);
    }
    for address in addresses {
        let opened = futures::future::join_all((0..6).map(|_| {
            let address = address.clone();
            tokio::spawn(async move { Db::open(&address).await })
        }))
        .await;
        for db in opened {
            db.expect("no panic").unwrap_or_else(|why| panic!("{address}: {why:#}")).close().await;
        }
    }
    let _ = std::fs::remove_dir_all(folder);
}
