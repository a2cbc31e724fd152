//! The SQL of backups: whole tables as listed in the database's own catalog, on both engines, and the ledger of daily
//! backups. It asks for nobody's rights, so only `backup` may use it.

pub mod catalog;
pub mod cell;
pub mod fill;
pub mod invariants;
pub mod ledger;
pub mod link;
pub mod rows;
