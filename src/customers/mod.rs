//! Customers: the people and organisations we sell to. List and search, the card, the form. A customer's deals and
//! history are only shown here; they live in `deals` and `journal`.

pub mod address;
pub mod api;
pub mod card;
mod card_parts;
pub mod check;
pub mod conflict;
pub mod form;
mod form_rows;
pub mod input;
pub mod list;
pub mod model;
pub mod phone;
mod state;
mod table;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod store;
