//! The stage board: stages side by side, deals carried from one to the next. `model` is what is shown and what a move
//! makes of it, `drag` and `slot` move a card, `store` is what the server keeps, the rest is drawn. What a deal is, is
//! not here.

pub mod address;
pub mod api;
mod card;
mod column;
pub mod drag;
mod lost;
pub mod model;
mod overlay;
mod page;
mod phone;
mod pointer;
pub mod slot;
mod state;
mod tools;

#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod store;

pub use page::BoardView;
