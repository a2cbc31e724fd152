//! The first page of the day: one's own late tasks and today's, the deals expected to close soon or overdue, the deals
//! without a next step. It has no records of its own.

pub mod api;
pub mod model;
pub mod page;

#[cfg(feature = "ssr")]
pub mod store;
