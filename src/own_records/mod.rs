//! The records of the kinds that a firm makes itself: list, card, form, file. All kinds are alike here; what a kind is
//! (names, stages) is in `own_kinds`, what its fields are in `fields::own`.

pub mod actions;
pub mod address;
pub mod api;
pub mod board;
pub mod card;
mod conflict;
pub mod form;
pub mod input;
pub mod list;
pub mod model;
pub mod on_card;
pub mod state;
pub mod view;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod store;
