//! Sets the HTTP status of a page, on the server.

use crate::error::Error;
use crate::server::request::set_status;

/// Sets the status of the error for the document.
pub fn say_status(error: &Error) {
    set_status(error);
}
