//! What the firm sells: its products, by name, series and list price, added and changed by the firm's owner, chosen in
//! a deal. Not what is in a deal: a deal points at one.

pub mod api;
pub mod model;

#[cfg(feature = "ssr")]
pub mod store;
