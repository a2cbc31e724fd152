//! Activities: what passed between us and a customer, one dated interaction each, and the stream of them and the
//! history on a card. Things still to be done are tasks, not activities.

pub mod address;
pub mod api;
pub mod ask;
pub mod composer;
pub mod input;
pub mod line;
pub mod model;
pub mod state;
pub mod stream;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod store;
