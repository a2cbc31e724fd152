//! How the list of customers is read. What a list shows and when it reads again is in `live::list_state`.

use super::api;
use super::model::{CustomerQuery, CustomerRow, Page};
use crate::error::Result;
use crate::live::list_state::{self, Listed, Part};

pub type ListState = list_state::ListState<CustomerQuery>;

/// Nothing stands over the rows that came with them.
#[must_use]
pub fn part_of(page: Page) -> Part<CustomerRow, ()> {
    Part { head: (), rows: page.rows, next: page.next }
}

impl Listed for CustomerQuery {
    type Row = CustomerRow;
    type Head = ();
    const BOX: &'static str = "customers-box";

    fn after(&self) -> Option<String> {
        self.after.clone()
    }

    fn from(&self, after: Option<String>, limit: u32) -> Self {
        Self { after, limit, ..self.clone() }
    }

    async fn read(self) -> Result<Part<CustomerRow, ()>> {
        api::list(self).await.map(part_of)
    }
}
