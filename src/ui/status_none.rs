//! The twin of `status.rs` in the browser, where the page has arrived already.

use crate::error::Error;

/// Does nothing.
pub fn say_status(_error: &Error) {}
