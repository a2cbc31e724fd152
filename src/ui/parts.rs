//! What is said where a part of the browser's program, loaded on demand, does not come. Which parts there are is
//! `app/pages.rs`'s and the palette's.

use leptos::wasm_split::SplitLoaderError;

/// The cookie in which a browser says what it keeps: the address of the program's script and the names of the parts,
/// with colons between.
pub const PARTS_COOKIE: &str = "parts";

/// A part did not come: the line is down, or the server has been given a newer program since.
pub struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}
