//! The pages of the settings: one's own account, the people and their tree, the firm, its pipelines, products, own
//! fields and own kinds. Components and plain forms only; rules and statements are in `auth`, `people`, `deals`,
//! `products`, `fields` and `own_kinds`.

mod conflict;
mod field_form;
pub mod fields;
pub mod firm;
mod frame;
mod kind_form;
pub mod kinds;
pub mod link;
mod outcome;
pub mod people;
pub mod person;
pub mod pipelines;
pub mod products;
pub mod profile;
mod seat;
pub mod sessions;
mod sortable;
mod stage;
mod tree;

#[cfg(feature = "ssr")]
pub mod forms;

pub use frame::{Part, Section, SettingsFrame};
pub use outcome::why;
