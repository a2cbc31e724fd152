//! The databases of the tests: empty ones, and those in which the firm of `world` is founded and nothing else is. That
//! firm is founded once in a run on each engine and then copied, since migrating and founding takes longer than most
//! stories.

use super::world::{PASSWORD, PEOPLE};
use crate::auth::password;
use crate::error::Result;
use crate::i18n::Locale;
use crate::people::store::{NewFirm, NewPerson, add_person, found, group, rebuild_reach};
use crate::server::db::Db;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::path::PathBuf;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// The name of a SQLite file in its folder.
const FILE: &str = "kartotek.db";

/// A PostgreSQL database of its own, empty.
pub async fn fresh_postgres(address: &str) -> String {
    create_postgres(address, "template1").await
}

/// A new database on that server, as a copy of another one that nobody is connected to.
async fn create_postgres(address: &str, copy_of: &str) -> String {
    let name = format!("kartotek_{}", Uuid::new_v4().simple());
    let mut server = PgConnection::connect(address).await.expect("the test server answers");
    let create = format!("CREATE DATABASE {name} TEMPLATE {copy_of}");
    server.execute(AssertSqlSafe(create)).await.expect("a database can be made");
    let (before, query) = address.split_once('?').map_or((address, ""), |(before, query)| (before, query));
    let slash = before.rfind('/').expect("an address has a path");
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    format!("{}/{name}{query}", &before[..slash])
}

/// A SQLite file in a folder of its own.
pub fn fresh_sqlite() -> (PathBuf, String) {
    let folder = std::env::temp_dir().join(format!("kartotek-test-{}", Uuid::new_v4().simple()));
    std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
    let address = format!("sqlite:{}", folder.join(FILE).display());
    (folder, address)
}

/// A SQLite file in a folder of its own, with the firm.
pub async fn founded_sqlite() -> (PathBuf, String) {
    /// The whole file.
    static FIRM: OnceCell<Vec<u8>> = OnceCell::const_new();
    let file = FIRM.get_or_init(async || {
        let (folder, address) = fresh_sqlite();
        found_at(&address).await;
        let file = std::fs::read(folder.join(FILE)).expect("the file can be read");
        std::fs::remove_dir_all(folder).expect("the folder can be removed");
        file
    });
    let (folder, address) = fresh_sqlite();
    std::fs::write(folder.join(FILE), file.await).expect("a file can be written");
    (folder, address)
}

/// A PostgreSQL database of its own, with the firm.
pub async fn founded_postgres(address: &str) -> String {
    /// The name of the database that is copied.
    static FIRM: OnceCell<String> = OnceCell::const_new();
    let firm = FIRM.get_or_init(async || {
        let firm = fresh_postgres(address).await;
        found_at(&firm).await;
        let path = firm.split('?').next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default().to_owned()
    });
    create_postgres(address, firm.await).await
}

/// Founds the firm in an empty database, and closes it: only a database without connections can be copied.
async fn found_at(address: &str) {
    let db = Db::open(address).await.expect("the database opens");
    found_firm(&db).await.expect("the firm is founded");
    db.close().await;
}

async fn found_firm(db: &Db) -> Result<()> {
    let mut system = db.write_system().await?;
    let firm = found(&mut system, &NewFirm { name: "Deneme AŞ".into(), ..NewFirm::default() }).await?;
    // One hash for all: hashing is slow on purpose.
    let hash = password::hash(PASSWORD).await?;
    for (name, role, sees, team) in PEOPLE {
        let under = if team.is_empty() { firm } else { group(&mut system, firm, team).await? };
        let person = NewPerson {
            name: name.into(),
            email: Some(format!("{name}@deneme.example")),
            role,
            sees,
            password: None,
            under: Some(under),
        };
        let id = add_person(&mut system, person).await?;
        system
            .query("UPDATE people SET password_hash = $2 WHERE id = $1")
            .bind(id)
            .bind(hash.clone())
            .execute()
            .await?;
    }
    rebuild_reach(&mut system).await?;
    crate::deals::pipeline::ensure_default(&mut system, Locale::Tr).await?;
    system.commit().await
}
