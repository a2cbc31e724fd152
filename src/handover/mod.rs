//! One customer or one deal given to a colleague, with what hangs on it: by whoever may hand over, and by a salesperson
//! what is theirs. Not everything of somebody who leaves; that is `people::store::hand_over`.

pub mod api;
pub mod model;
pub mod page;

#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod store;
