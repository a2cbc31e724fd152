//! The settings: one's own account, the people and their tree, the firm, the pipelines, the products. Pages only; the
//! rules and the writing are those of `auth`, `people`, `deals` and `products`.

mod conflict;
pub mod firm;
mod frame;
pub mod link;
pub mod people;
pub mod person;
pub mod pipelines;
pub mod products;
pub mod profile;
mod seat;
pub mod sessions;
mod stage;
mod tree;

#[cfg(feature = "ssr")]
pub mod forms;

pub use frame::{Part, Section, SettingsFrame};
