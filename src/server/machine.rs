//! What the program asks of the operating system beyond the standard library, on Unix. It holds no rules; `machine_none.rs` is its twin
//! for other systems.

/// How this machine calls itself.
#[must_use]
pub fn name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}
