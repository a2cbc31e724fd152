//! Outside of tests nothing goes wrong on purpose: the twin of `faults.rs`, empty.

use super::engine::Under;

#[derive(Clone, Default)]
pub(crate) struct Faults(());

impl Faults {
    pub(super) async fn strike(&self, _: &mut Under) -> sqlx::Result<()> {
        Ok(())
    }
}
