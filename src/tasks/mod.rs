//! Tasks: what somebody has promised to do, on a day or at a time, about a customer or a deal. The list, the line that
//! adds one, the form, the panel on a card. A deal's next step is its earliest open task. What was said in a call is an
//! activity and is not here.

// First, because its names change with whatever stands before them (see `lib.rs`).
pub mod quick;

pub mod address;
pub mod api;
pub mod call;
pub mod form;
pub mod input;
pub mod line;
pub mod list;
pub mod model;
pub mod page;
pub mod panel;
pub mod row;
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
