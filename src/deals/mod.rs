//! Deals: one sale to one customer, on its way through the stages of a pipeline. The list, the card, the form and the
//! plain forms are here; the board has a folder of its own.

pub mod actions;
pub mod address;
pub mod api;
pub mod board;
pub mod card;
pub mod conflict;
pub mod form;
pub mod input;
pub mod list;
pub mod model;
pub mod page;
pub mod picker;
pub mod pipelines;
pub mod position;
mod sides;
pub mod view;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod pipeline;
#[cfg(feature = "ssr")]
pub mod store;
