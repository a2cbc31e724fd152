//! Filters lists by the firm's own fields: the conditions in the address (`model`, `address`), the SQL that finds what
//! matches (`store`), the chips above the list and the dialog that adds one (`bar`, `form`). Which fields exist is
//! decided in `fields`; filtering by built-in fields is done by each list itself.

// First, because its names change with whatever stands before them (see `lib.rs`).
pub mod form;

pub mod address;
pub mod api;
pub mod bar;
pub mod input;
pub mod model;
pub mod value;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod store;
