//! Activities: each is one dated interaction with a customer; and the stream on a card, which shows them together with
//! the history. Things still to be done are tasks, not activities.

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
