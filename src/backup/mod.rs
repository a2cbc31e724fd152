//! Backup, restore, the check of a database, and what the settings page shows of them. Whole tables are copied without
//! `Tx` and `reach`, because only the program itself and people with access to the database use this; no feature's
//! rules are here.

pub mod api;
pub mod model;
pub mod panel;

#[cfg(feature = "ssr")]
pub mod check;
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod create;
#[cfg(feature = "ssr")]
pub mod daily;
#[cfg(feature = "ssr")]
pub mod file;
#[cfg(feature = "ssr")]
pub mod restore;
#[cfg(feature = "ssr")]
pub mod rotate;
#[cfg(feature = "ssr")]
pub mod snapshot;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod view;
