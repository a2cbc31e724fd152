//! How a list of the firm's own records is read. What a list shows and when it reads again is in `live::list_state`.

use super::api;
use super::view::{OwnHead, OwnPage, OwnQuery, OwnRow};
use crate::error::Result;
use crate::live::list_state::{self, Listed, Part};

pub type ListState = list_state::ListState<OwnQuery>;

#[must_use]
pub fn part_of(page: OwnPage) -> Part<OwnRow, OwnHead> {
    Part { head: page.head, rows: page.rows, next: page.next }
}

impl Listed for OwnQuery {
    type Row = OwnRow;
    type Head = OwnHead;
    const BOX: &'static str = "records-box";

    fn after(&self) -> Option<String> {
        self.after.clone()
    }

    fn from(&self, after: Option<String>, limit: u32) -> Self {
        Self { after, limit, ..self.clone() }
    }

    async fn read(self) -> Result<Part<OwnRow, OwnHead>> {
        api::list(self).await.map(part_of)
    }
}
