//! Changes of the settings that an owner prepares and publishes together: kinds of record, their fields, pipelines and
//! stages. A draft holds each change as the event that it will be; what the settings show meanwhile is found by making
//! the changes and taking them back. What a change is and whether it may be made, the rooms say.

pub mod api;
pub mod bar;
pub mod page;
pub mod view;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod rehearsal;
#[cfg(feature = "ssr")]
pub mod store;
