//! Fields of records. A field is described once (`model`); from the description follow the parsing of forms (`input`),
//! its values as text (`value`), its controls and rows (`control`, `rows`) and its name in the history (`names`). The
//! facts and the list of fields of a kind are in the `model` of that kind; controls that only one page has are there.

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
