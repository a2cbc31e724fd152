//! Hands one customer, deal or own record, with what hangs on it, over to a colleague. Allowed with the right to hand
//! over, and for one's own records. Handing over everything of somebody who leaves is in `people::store::hand_over`.

pub mod api;
pub mod model;
pub mod page;

#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod store;
