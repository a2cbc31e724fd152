//! Connects the list of own records with `live::list_state`, which has the state of a list and decides when it is read
//! again: how a page is read, and which element scrolls.

use super::api;
use super::view::{OwnHead, OwnPage, OwnQuery, OwnRow};
use crate::error::Result;
use crate::live::list_state::{self, Listed, Part};

/// The state of a list of own records.
pub type ListState = list_state::ListState<OwnQuery>;

/// A page as a part of the list.
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
