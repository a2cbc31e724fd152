//! The panels at the sides of a deal's card: the facts at the left, the customer and the customer's other deals at the
//! right.

use super::list::StateMark;
use super::model::Deal;
use super::view::{CustomerBrief, DealRow};
use crate::customers::address::{call_link, mail_link, message_link};
use crate::fields::rows::row as field_row;
use crate::fields::said::SaidField;
use crate::i18n::{Money, date, use_locale, use_text};
use crate::ui::{Fact, Facts, Icon, IconView, Panel};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The facts that have a value.
#[component]
pub fn DealFactsPanel(deal: Deal, said: Vec<SaidField>) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let locale = use_locale();
    let facts = deal.facts;
    let day = |day: Option<NaiveDate>| day.map(|day| date::day(day, locale));
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let amount = facts.amount.map(|minor| Money::new(minor, facts.currency).exact(locale));
    let row = |(label, value): (&'static str, Option<String>)| {
        value.map(|value| view! { <Fact label>{value}</Fact> }.into_any())
    };
    let first = [
        (words.amount, amount),
        (words.product, deal.product),
        (words.opened_on, day(Some(facts.opened_on))),
    ];
    let last = [
        (words.closed_on, day(facts.closed_on)),
        (words.lost_reason, some(facts.lost_reason)),
        (words.owner, Some(deal.owner)),
    ];
    let lines = first
        .into_iter()
        .filter_map(row)
        .chain(said.into_iter().map(field_row))
        .chain(last.into_iter().filter_map(row));
    let lines = lines.collect::<Vec<_>>();
    let note = some(facts.note).map(|note| {
        view! { <Panel title=words.note><p class="card-note">{note}</p></Panel> }
    });
    view! {
        <Panel title=text.common.facts><Facts>{lines}</Facts></Panel>
        {note}
    }
}

/// The customer, with phone numbers and addresses. Only `name` is shown where the person may not see the customer.
#[component]
pub fn CustomerSide(customer: Option<CustomerBrief>, name: Option<String>) -> impl IntoView {
    let words = &use_text().deals;
    let body = match customer {
        Some(customer) => view! { <Brief customer /> }.into_any(),
        None => {
            view! { <p class="muted">{name.unwrap_or_else(|| words.no_customer.to_owned())}</p> }.into_any()
        }
    };
    view! { <Panel title=words.customer>{body}</Panel> }
}

#[component]
fn Brief(customer: CustomerBrief) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let phones = customer
        .phones
        .into_iter()
        .map(|phone| {
            let message = message_link(&phone).map(|href| {
                view! {
                    <a class="button" href=href target="_blank"
                        rel="noopener noreferrer" aria-label=(words.whatsapp_to)(&phone)>
                        <IconView icon=Icon::Message />
                        <span class="button-text">{words.whatsapp}</span>
                    </a>
                }
            });
            let call = call_link(&phone);
            view! {
                <li class="reach">
                    <a class="button" href=call>
                        <IconView icon=Icon::Phone /><span class="button-text">{phone}</span>
                    </a>
                    {message}
                </li>
            }
        })
        .collect_view();
    let emails = customer
        .emails
        .into_iter()
        .map(|email| {
            let write = mail_link(&email);
            view! {
                <li class="reach">
                    <a class="button" href=write>
                        <IconView icon=Icon::Mail /><span class="button-text">{email}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let city = (!customer.city.is_empty()).then(|| view! { <p class="muted small">{customer.city}</p> });
    view! {
        <p><a class="linked-title" href=format!("/customers/{}", customer.id)>{customer.name}</a></p>
        {city}
        <ul class="reaches">{phones}{emails}</ul>
    }
}

/// The customer's other deals.
#[component]
pub fn Others(others: Vec<DealRow>) -> impl IntoView {
    let words = &use_text().deals;
    let locale = use_locale();
    (!others.is_empty()).then(|| {
        let lines = others
            .into_iter()
            .map(|deal| {
                let money = deal.money().map(|money| money.short(locale));
                view! {
                    <li>
                        <div class="linked-line">
                            <a class="linked-title" href=format!("/deals/{}", deal.id)>{deal.title}</a>
                            <span class="money">{money}</span>
                        </div>
                        <div class="linked-line">
                            <StateMark status=deal.status color=deal.color stage=deal.stage />
                        </div>
                    </li>
                }
            })
            .collect_view();
        view! { <Panel title=words.others><ul class="linked">{lines}</ul></Panel> }
    })
}
