//! The panel on a customer's card with the own records of one kind: the first of them, their number, and a link to a
//! new one. The rows are read by `store::on_card`.

use super::address::{card_of, list_of};
use super::view::{OnCustomer, OnCustomerRow};
use crate::i18n::use_text;
use crate::id::CustomerId;
use crate::ui::{ButtonKind, ButtonLink, Icon, Panel, StageMark};
use leptos::prelude::*;

/// The panel of one kind.
#[component]
pub fn RecordsPanel(customer: CustomerId, records: OnCustomer) -> impl IntoView {
    let words = use_text().own_records();
    let OnCustomer { kind, may_change, in_all, rows } = records;
    let href = format!("{}/new?customer={customer}", list_of(kind.nr));
    let label = (words.new)(&kind.one);
    let new = ViewFnOnce::from(move || {
        may_change.then(|| view! { <ButtonLink href kind=ButtonKind::Plain icon=Icon::Plus label /> })
    });
    let none = rows.is_empty();
    let count = usize::try_from(in_all).unwrap_or_default();
    let rest = (count > rows.len())
        .then(|| view! { <p class="muted small"><a href=list_of(kind.nr)>{kind.many.clone()}</a></p> });
    let line = |row: OnCustomerRow| {
        let stage = row.stage.map(|(name, color)| {
            view! { <div class="linked-line muted small"><StageMark color name /></div> }
        });
        view! {
            <li>
                <div class="linked-line"><a class="linked-title" href=card_of(row.id)>{row.name}</a></div>
                {stage}
            </li>
        }
    };
    let lines = rows.into_iter().map(line).collect_view();
    view! {
        <Panel title=kind.many.clone() count=Some(count) actions=new>
            {none.then(|| view! { <p class="muted small">{words.none_here}</p> })}
            <ul class="linked" aria-label=kind.many>{lines}</ul>
            {rest}
        </Panel>
    }
}
