//! The first page of the day: one look at what needs me now. Today it holds the open deals whose expected close is near or past; tasks and
//! reminders join it when they exist. It owns no records.

pub mod api;
pub mod page;

#[cfg(feature = "ssr")]
pub mod store;
