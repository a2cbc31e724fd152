//! Events: one row for each change, written in the transaction of the change. History, undo, live updates and the
//! firm's log all read these rows. This module compares facts and restores them; it does not know what they mean.

// First, because its names change with whatever stands before them (see `lib.rs`).
pub mod refusal;

pub mod api;
pub mod conflict;
pub mod conflict_table;
pub mod keys;
pub mod log;
pub mod model;
pub mod timeline;
pub mod trash;
pub mod undo_toast;
pub mod view;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod planned;
#[cfg(feature = "ssr")]
pub mod store;
