//! The twin of `one_stream.rs` on the server: no stream is opened.

pub fn follow(
    _name: &str,
    _heard: impl Fn(String) + 'static,
    _open: impl Fn(bool) + 'static,
    _missed: impl Fn() + 'static,
    _program: impl Fn(String) + 'static,
) {
}
