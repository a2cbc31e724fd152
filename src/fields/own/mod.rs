//! The firm's own fields: how the firm's owner adds, changes, reorders and archives them, and the values that records
//! have in them. Everything else treats them like built-in fields ([`crate::fields::Field`]).

pub mod api;
pub mod input;
pub mod model;
pub mod of;
pub mod shape;
pub mod values;
pub mod view;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod templates;

pub use of::FieldsOf;
pub use values::OwnValues;
