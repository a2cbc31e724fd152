//! The first page of the day: one look at what needs me now. One's own late and today's tasks, the deals whose close is
//! near or past, the deals without a next step. It owns no records.

pub mod api;
pub mod model;
pub mod page;

#[cfg(feature = "ssr")]
pub mod store;
