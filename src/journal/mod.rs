//! What happened: one event per change, written in the change's transaction. History, live update, audit and undo all
//! read the same row. It knows how to compare and put back facts, not what they mean.

pub mod api;
pub mod conflict;
pub mod conflict_table;
pub mod keys;
pub mod log;
pub mod model;
pub mod refusal;
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
