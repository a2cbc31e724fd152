//! Kartotek, the card index of a sales team. In reading order: the things (`customers`, `deals`, `people`, …), what
//! holds them together (`auth`, `journal`, `live`), how they look and speak (`ui`, `i18n`), and what only the server
//! has.

pub mod activities;
pub mod customers;
pub mod deals;
pub mod own_kinds;
pub mod own_records;
pub mod people;
pub mod products;
pub mod settings;
pub mod settings_draft;
pub mod tasks;

pub mod app;
pub mod auth;
pub mod backup;
pub mod checks;
pub mod email;
pub mod error;
pub mod export;
pub mod fields;
pub mod filters;
pub mod handover;
pub mod home;
pub mod id;
pub mod journal;
pub mod live;
pub mod palette;
pub mod wire;

pub mod i18n;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod ordered;
#[cfg(feature = "ssr")]
pub mod program;
#[cfg(feature = "ssr")]
pub mod records;
#[cfg(feature = "ssr")]
pub mod sample;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod stats;

#[cfg(feature = "hydrate")]
mod hydrate;
#[cfg(all(test, feature = "ssr"))]
mod tests;
