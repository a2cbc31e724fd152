//! Tasks: what somebody promised to do, with a day or a time, on a customer or a deal. The list, the line that adds one, the form, the
//! panel on a card. A deal's next step is its earliest open task. What was said in a call is an activity and is not here.

pub mod api;
pub mod call;
pub mod desk;
pub mod form;
pub mod line;
pub mod list;
pub mod model;
pub mod page;
pub mod panel;
pub mod place;
pub mod quick;
pub mod row;
pub mod shown;
pub mod typed;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod list_store;
#[cfg(feature = "ssr")]
pub mod search_store;
#[cfg(feature = "ssr")]
pub mod step_store;
#[cfg(feature = "ssr")]
pub mod store;
