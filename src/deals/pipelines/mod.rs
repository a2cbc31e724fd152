//! The firm's own processes, edited: pipelines and their stages. How they are read by boards and cards is
//! `deals::pipeline`; the page is in `settings`.

pub mod api;
pub mod model;

#[cfg(feature = "ssr")]
pub mod store;
