//! The own records on a customer's card: a panel for each kind of which there are some, with the first of them, their
//! number, and a link to a new one; the other kinds have only that link. The rows are read by `store::on_card`.

use super::address::{card_of, list_of};
use super::view::{OnCustomer, OnCustomerRow};
use crate::i18n::use_text;
use crate::id::{CustomerId, KindNr};
use crate::ui::{ButtonKind, ButtonLink, Icon, Panel, StageMark};
use leptos::prelude::*;

/// The panels of all kinds that can be on a customer.
#[component]
pub fn RecordsPanels(customer: CustomerId, records: Vec<OnCustomer>) -> impl IntoView {
    let words = use_text().own_records();
    let (some, none): (Vec<_>, Vec<_>) = records.into_iter().partition(|kind| !kind.rows.is_empty());
    let new = none.into_iter().filter(|kind| kind.may_change).map(|OnCustomer { kind, .. }| {
        let href = new_on(kind.nr, customer);
        view! { <li><ButtonLink href icon=Icon::Plus>{(words.new)(&kind.one)}</ButtonLink></li> }
    });
    let new = new.collect::<Vec<_>>();
    let new = (!new.is_empty()).then(|| view! { <ul class="card-new" aria-label=words.new_here>{new}</ul> });
    let panels = some.into_iter().map(|records| view! { <RecordsPanel customer records /> });
    view! {
        {panels.collect_view()}
        {new}
    }
}

/// The address of the form for a new record on the customer.
fn new_on(kind: KindNr, customer: CustomerId) -> String {
    format!("{}/new?customer={customer}", list_of(kind))
}

/// The panel of one kind.
#[component]
fn RecordsPanel(customer: CustomerId, records: OnCustomer) -> impl IntoView {
    let words = use_text().own_records();
    let OnCustomer { kind, may_change, in_all, rows } = records;
    let href = new_on(kind.nr, customer);
    let label = (words.new)(&kind.one);
    let new = ViewFnOnce::from(move || {
        may_change.then(|| view! { <ButtonLink href kind=ButtonKind::Plain icon=Icon::Plus label /> })
    });
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
            <ul class="linked" aria-label=kind.many>{lines}</ul>
            {rest}
        </Panel>
    }
}
