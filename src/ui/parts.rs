//! The error when a part of the browser's program that is loaded on demand can't be loaded, and the cookie that lists
//! loaded parts. Which parts there are is defined in `app/pages.rs` and in the palette.

use leptos::wasm_split::SplitLoaderError;

/// The cookie in which a browser lists what it has cached: the address of the program's script and the names of the
/// parts, separated by colons.
pub const PARTS_COOKIE: &str = "parts";

/// A part could not be loaded: there is no connection, or the server has a newer program since.
pub struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}
