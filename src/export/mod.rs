//! Lists as files: the same search, filters and reach as the page they stand on, put on record, written page by page
//! and never whole in memory. What a list's columns are is its feature's; here is how they become CSV that is safe to
//! open.

pub mod button;
pub mod panel;

#[cfg(feature = "ssr")]
pub mod csv;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod stream;
