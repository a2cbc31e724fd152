//! The records of the firm's own kinds: list, board, card, form, export. The same code for all these kinds; the kinds
//! themselves (names, stages) are in `own_kinds`, their fields in `fields::own`.

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
