//! Connects the list of customers to `live::list_state`, which holds a list's rows and decides when to read again.

use super::api;
use super::model::{CustomerQuery, CustomerRow, Page};
use crate::error::Result;
use crate::fields::own::view::ListHead;
use crate::live::list_state::{self, Listed, Part};

pub type ListState = list_state::ListState<CustomerQuery>;

#[must_use]
pub fn part_of(page: Page) -> Part<CustomerRow, ListHead> {
    Part { head: page.head, rows: page.rows, next: page.next }
}

impl Listed for CustomerQuery {
    type Row = CustomerRow;
    type Head = ListHead;
    const BOX: &'static str = "customers-box";

    fn after(&self) -> Option<String> {
        self.after.clone()
    }

    fn from(&self, after: Option<String>, limit: u32) -> Self {
        Self { after, limit, ..self.clone() }
    }

    async fn read(self) -> Result<Part<CustomerRow, ListHead>> {
        api::list(self).await.map(part_of)
    }
}
