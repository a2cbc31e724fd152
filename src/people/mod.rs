//! The firm and its people: the organisation tree with people as its leaves, and what each may see of it. Rights by role are in
//! `auth`; the settings page shows the tree.

pub mod api;
pub mod model;
pub mod settings;

#[cfg(feature = "ssr")]
pub mod store;
