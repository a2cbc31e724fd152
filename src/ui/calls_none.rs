//! The twin of `calls.rs` where there is no browser: nobody calls.

pub fn after_a_call(_back: impl Fn(String) + Clone + 'static) {}
