//! The rows of the list as a table; on a phone the style sheet shows each as two lines.

use super::address::call_link;
use super::model::{CustomerKind, CustomerRow};
use super::state::ListState;
use crate::fields::rows::{own_cells, own_heads};
use crate::i18n::use_text;
use crate::ui::{Avatar, Icon, IconView, WindowIn, Windowed};
use leptos::prelude::*;

/// The table; only the rows in sight are in the page.
#[component]
pub fn Table(shown: ListState) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let columns = Memo::new(move |_| shown.head.with(|head| head.as_ref().map(|head| head.columns.clone())));
    let heads = move || own_heads(columns.get().unwrap_or_default());
    view! {
        <table class="table customers-table" aria-label=words.list_name>
            <thead>
                <tr>
                    <th scope="col" class="col-name">{words.one}</th>
                    <th scope="col" class="col-city">{words.city}</th>
                    <th scope="col" class="col-phone">{words.phone}</th>
                    <th scope="col" class="col-money num">{words.open_deals}</th>
                    {heads}
                    <th scope="col" class="col-owner">
                        <span class="visually-hidden">{words.owner}</span>
                    </th>
                    <th scope="col" class="col-call phone-only">
                        <span class="visually-hidden">{text.common.call}</span>
                    </th>
                </tr>
            </thead>
            <tbody>
                <Windowed
                    rows=shown.rows
                    key=CustomerRow::clone
                    row=|at, row| view! { <Row at row /> }
                    inside=WindowIn::Table
                    near_end=Callback::new(move |()| shown.more())
                />
            </tbody>
        </table>
    }
}

#[component]
fn Row(at: Signal<usize>, row: CustomerRow) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let (icon, kind) = match row.kind {
        CustomerKind::Person => (Icon::User, words.person),
        CustomerKind::Organisation => (Icon::Building, words.organisation),
    };
    let phone = (!row.phone.is_empty()).then(|| (call_link(&row.phone), row.phone.clone()));
    let marked = row.marked.and_then(|(from, until)| {
        let all = [row.phone.get(..from)?, row.phone.get(from..until)?, row.phone.get(until..)?];
        Some(all.map(str::to_owned))
    });
    let number = move |phone: String| match marked.clone() {
        None => phone.into_any(),
        Some([before, digits, behind]) => view! { {before} <mark>{digits}</mark> {behind} }.into_any(),
    };
    // On a phone the number is shown only where it was searched for.
    let below = if row.marked.is_some() {
        number(row.phone.clone())
    } else if row.city.is_empty() {
        kind.into_any()
    } else {
        row.city.clone().into_any()
    };
    let call = phone.as_ref().map(|(href, _)| {
        let name = (words.call_them)(&row.name);
        view! {
            <a class="call above" href=href.clone() aria-label=name>
                <IconView icon=Icon::Phone />
            </a>
        }
    });
    let deals = usize::try_from(row.open_deals).ok().filter(|count| *count > 0).map(text.deals.open_count);
    view! {
        <tr class="row" aria-rowindex=move || (at.get() + 2).to_string()>
            <th scope="row" class="cell-main col-name">
                <IconView icon />
                <a class="row-link" href=format!("/customers/{}", row.id)>{row.name}</a>
                <span class="cell-sub phone-only">{below}</span>
            </th>
            <td class="col-city">{row.city}</td>
            <td class="col-phone">
                {phone.map(|(href, phone)| view! { <a class="above" href=href>{number(phone)}</a> })}
            </td>
            <td class="col-money num">{deals}</td>
            {own_cells(row.cells)}
            <td class="col-owner">
                <Avatar name=row.owner named=true />
            </td>
            <td class="col-call phone-only">{call}</td>
        </tr>
    }
}
