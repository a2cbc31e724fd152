//! Kartotek, the card index of a sales team. In reading order: the things (`customers`, `deals`, `people`, …), what
//! holds them together (`auth`, `journal`, `live`), how they look and speak (`ui`, `i18n`), and what only the server
//! has.

// Functions that the browser loads later (`wasm_split`) are named after their place in all of the source. These modules
// have them and are read first, so that a change elsewhere renames none, and the compiler keeps what it has built.
pub mod app;

pub mod palette;

pub mod filters;

pub mod journal;

pub mod i18n;

pub mod tasks;

pub mod activities;
pub mod customers;
pub mod deals;
pub mod own_kinds;
pub mod own_records;
pub mod people;
pub mod products;
pub mod settings;
pub mod settings_draft;

pub mod auth;
pub mod backup;
pub mod checks;
pub mod email;
pub mod error;
pub mod export;
pub mod fields;
pub mod handover;
pub mod home;
pub mod id;
pub mod live;
pub mod ui;
pub mod wire;

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
