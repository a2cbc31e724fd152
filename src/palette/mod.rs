//! The command palette, opened by Ctrl+K: finds customers, contacts, deals and tasks, leads to every page and runs
//! commands, by keyboard alone. What is found and who may see it is decided by the features' own stores; here the
//! results are only combined.

// First, because its names change with whatever stands before them (see `lib.rs`).
pub mod view;

pub mod api;
pub mod commands;
pub mod link;
mod looking;
pub mod model;
mod options;
mod run;

#[cfg(feature = "ssr")]
pub mod store;
