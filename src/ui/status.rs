//! The HTTP status of a page, where there is one to set.

use crate::error::Error;
use crate::server::request::set_status;

/// Gives the document the error's status.
pub fn say_status(error: &Error) {
    set_status(error);
}
