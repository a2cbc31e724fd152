//! What the firm sells: products with a name, a series and a list price, added and changed by the firm's owner, chosen
//! in a deal. A deal only refers to its product.

pub mod api;
pub mod model;

#[cfg(feature = "ssr")]
pub mod store;
