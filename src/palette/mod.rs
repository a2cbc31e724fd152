//! The palette, opened by Ctrl+K: finds customers, contacts, deals and tasks, leads to every page and carries out
//! commands, by keyboard alone. What is found and who may see it is decided by the features' own stores; here it is
//! only put together.

pub mod api;
pub mod commands;
pub mod link;
mod looking;
pub mod model;
mod options;
mod run;
pub mod view;

#[cfg(feature = "ssr")]
pub mod store;
