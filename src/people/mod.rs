//! The firm and its people: the organisation tree with people as its leaves, what each may see of it, and who may
//! change whom. Rights by role are in `auth`; the pages are in `settings`.

pub mod api;
pub mod input;
pub mod model;
pub mod rules;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod store;
