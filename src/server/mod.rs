//! What only the server has: the database layer, the clock, the command-line options, the HTTP middleware (`edge`), and
//! `read`, `write`, `try_out` and `Caller`, through which every server function goes. It knows no feature's rules.

pub mod address;
pub mod assets;
pub mod bodies;
pub mod clock;
pub mod config;
pub mod connections;
pub mod cookies;
pub mod database_url;
pub mod db;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(not(target_os = "linux"))]
#[path = "disk_none.rs"]
mod disk;
pub mod edge;
pub mod engine;
pub mod executor;
pub mod failed;
pub mod failure;
#[cfg(test)]
pub(crate) mod faults;
#[cfg(not(test))]
#[path = "faults_none.rs"]
mod faults;
pub mod forms;
mod lately;
#[cfg(unix)]
pub mod machine;
#[cfg(not(unix))]
#[path = "machine_none.rs"]
pub mod machine;
mod migrate;
pub mod migrations;
pub mod not_awake;
pub mod place;
pub(crate) mod pools;
pub mod request;
pub mod serve;
pub mod sql;
pub mod sqlite_file;
#[cfg(test)]
pub(crate) mod statements;
#[cfg(not(test))]
#[path = "statements_none.rs"]
mod statements;
pub mod text;
mod timing;
pub mod tx;
pub mod way;

pub use request::{read, try_out, write};
