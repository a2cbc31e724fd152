//! The twin of `faults.rs` outside of tests: it does nothing.

use super::engine::Under;

#[derive(Clone, Default)]
pub(crate) struct Faults(());

impl Faults {
    pub(super) async fn strike(&self, _: &mut Under) -> sqlx::Result<()> {
        Ok(())
    }
}
