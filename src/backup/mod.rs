//! Keeping: backup, restore, the check of a database, and what the settings page says of them. It copies whole tables
//! below the layer of `Tx` and `reach`, for the program itself and for whoever may read the database anyway; it knows
//! no feature's rules.

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
