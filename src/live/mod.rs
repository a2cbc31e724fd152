//! Tells every open browser that a record changed or that the day ended. A notice says the kind and the id, never the
//! data; the browser then reads again, through permissions. It is no message queue: a browser that was disconnected
//! reads everything again.

pub mod day;
mod leaving;
pub mod list_state;
pub mod listen;
pub mod model;
#[cfg(feature = "hydrate")]
mod one_stream;
#[cfg(not(feature = "hydrate"))]
#[path = "one_stream_none.rs"]
mod one_stream;
pub mod reading;

#[cfg(feature = "ssr")]
mod broadcast;
#[cfg(feature = "ssr")]
mod stream;

#[cfg(feature = "ssr")]
pub use broadcast::Live;
pub use model::{Kind, Notice};
#[cfg(feature = "ssr")]
pub use stream::stream;
