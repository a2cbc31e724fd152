//! The fields that a firm gives its records itself: what they are, how they are added, changed, put in
//! order and archived (by the owner), and the values that records have in them. From there on they are fields like any
//! other ([`crate::fields::Field`]).

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
