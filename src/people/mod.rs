//! The firm and its people: the organisation tree with people as its leaves, what each of them may see of it, and who
//! may change whom. The rights of each role are in `auth`; the pages are in `settings`.

pub mod api;
pub mod input;
pub mod model;
pub mod rules;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod store;
