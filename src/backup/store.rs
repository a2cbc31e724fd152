//! The SQL of keeping: whole tables as the database's own catalog tells them, on both engines, and the ledger of daily
//! backups. It reads and writes for nobody in particular, so it is used by keeping alone.

pub mod catalog;
pub mod cell;
pub mod fill;
pub mod invariants;
pub mod ledger;
pub mod link;
pub mod rows;
