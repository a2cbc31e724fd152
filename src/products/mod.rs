//! Products: what the firm sells, as far as a deal can point at one. Not yet their own pages.

#[cfg(feature = "ssr")]
pub mod store;
