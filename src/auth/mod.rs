//! Who is asking and what they may do: roles and rights (pure), sign-in, sessions, passwords (server), and the pages
//! for them. What a person may *see* is not here: that is `reach`, kept by `people`.

pub mod address;
pub mod api;
pub mod model;
pub mod pages;

#[cfg(feature = "ssr")]
mod actor;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod password;
#[cfg(feature = "ssr")]
pub mod setup;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod throttle;

#[cfg(feature = "ssr")]
pub use actor::Actor;
