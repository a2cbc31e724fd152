//! Who is asking and what they may do: roles and rights (pure), sign-in, sessions and passwords (server), and the pages
//! for them. Which records a person may *see* is not decided here: that is `reach`, in `people`.

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
