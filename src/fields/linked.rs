//! The panels on a card with the records that link to it: one panel for each of the firm's own fields that do. The same
//! on all kinds of cards; the rows are read by `own::store::links`.

use super::own::view::LinkedGroup;
use crate::ui::Panel;
use leptos::prelude::*;

/// A panel for each field, with a link to each record.
#[component]
pub fn LinkedPanels(groups: Vec<LinkedGroup>) -> impl IntoView {
    groups
        .into_iter()
        .map(|LinkedGroup { title, rows }| {
            let count = rows.len();
            let lines = rows
                .into_iter()
                .map(|row| view! {
                    <li><div class="linked-line"><a class="linked-title" href=row.path>{row.name}</a></div></li>
                })
                .collect_view();
            view! {
                <Panel title=title.clone() count=Some(count)>
                    <ul class="linked" aria-label=title>{lines}</ul>
                </Panel>
            }
        })
        .collect_view()
}
