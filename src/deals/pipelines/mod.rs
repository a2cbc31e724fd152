//! Editing the firm's pipelines and their stages: types, rules, server functions, statements. How boards and cards read
//! them is in `deals::pipeline`; the page that edits them is in `settings`.

pub mod api;
pub mod model;

#[cfg(feature = "ssr")]
pub mod store;
