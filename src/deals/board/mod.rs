//! The board of stages: stages side by side, deals dragged from one to the next. `model` is the board's data and what a
//! move changes in it, `drag` and `slot` are dragging, `store` is the database part, the rest are views. What a deal
//! is, is defined in `deals::model`.

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
