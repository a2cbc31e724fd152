//! The components that show described fields: a row on a card, from the text that the server sent, and the cells of the
//! firm's own fields in a list. Fields that are shown in another way are not here.

use super::said::{Leads, SaidField};
use crate::customers::address::{call_link, mail_link};
use crate::ui::Fact;
use leptos::prelude::*;

/// The row of a field; its value is a link if it leads somewhere.
#[must_use]
pub fn row(field: SaidField) -> AnyView {
    let SaidField { label, said, leads } = field;
    let text = said.clone();
    let shown = match leads {
        Leads::Web => {
            view! { <a class="as-typed" href=said target="_blank" rel="noopener noreferrer">{text}</a> }
                .into_any()
        }
        Leads::Call => view! { <a href=call_link(&said)>{text}</a> }.into_any(),
        Leads::Mail => view! { <a href=mail_link(&said)>{text}</a> }.into_any(),
        Leads::Card(path) => view! { <a href=path>{text}</a> }.into_any(),
        Leads::Nowhere => view! { <span class="as-typed">{text}</span> }.into_any(),
    };
    view! { <Fact label>{shown}</Fact> }.into_any()
}

/// The column heads of the firm's own fields in a list.
#[must_use]
pub fn own_heads(columns: Vec<String>) -> AnyView {
    let head = |column| view! { <th scope="col" class="col-own">{column}</th> };
    columns.into_iter().map(head).collect_view().into_any()
}

/// The cells of the firm's own fields in one row.
#[must_use]
pub fn own_cells(cells: Vec<String>) -> AnyView {
    cells.into_iter().map(|cell| view! { <td class="col-own">{cell}</td> }).collect_view().into_any()
}
