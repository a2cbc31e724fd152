//! Exports lists as files: with the same search, filters and reach as the page they are on, put on record, written page
//! by page and never whole in memory. The columns of a list belong to its feature; here they become CSV that is safe to
//! open.

pub mod button;
pub mod panel;

#[cfg(feature = "ssr")]
pub mod csv;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod stream;
