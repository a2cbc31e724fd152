//! How a list is narrowed by what stands in fields: the conditions in its address (`model`, `address`), the statements
//! that find what fits (`store`), the chips over the list and the dialog that adds one (`bar`, `form`). Which fields
//! there are is not decided here; of the built-in ones a list narrows by itself.

pub mod address;
pub mod api;
pub mod bar;
pub mod form;
pub mod input;
pub mod model;
pub mod value;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod store;
