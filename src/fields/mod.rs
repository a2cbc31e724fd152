//! What a field of a record is, said once (`model`), and everything that follows from it: how it is read from a form
//! (`input`), said to people (`value`), drawn (`control`, `rows`) and called in history (`names`). A kind's own facts
//! and its list of fields stand in the `model` of its room; what only one page shows is placed there by hand.

pub mod control;
pub mod input;
pub mod linked;
pub mod model;
pub mod names;
pub mod number;
pub mod own;
#[cfg(not(feature = "hydrate"))]
mod read;
#[cfg(feature = "hydrate")]
#[path = "read_browser.rs"]
mod read;
pub mod rows;
pub mod said;
pub mod value;

pub use input::{TypedAt, TypedFields};
pub use model::{Field, Shape};
pub use own::{FieldsOf, OwnValues};
