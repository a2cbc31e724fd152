//! The records that lead to a card by a field of the firm's own: a panel for each field, on whatever card.

use super::own::view::LinkedGroup;
use crate::ui::Panel;
use leptos::prelude::*;

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
