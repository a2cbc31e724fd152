//! The parts of a customer's page: the head with its actions, the facts, the contacts, the deals.

use super::address::{call_link, mail_link, message_link};
use super::api;
use super::model::{Contact, Customer, CustomerDeal, CustomerFacts, CustomerKind};
use crate::auth::model::{Permission, Visit};
use crate::deals::address::{DealsAddress, DealsView};
use crate::deals::view::DealQuery;
use crate::fields::rows::row;
use crate::fields::said::SaidField;
use crate::i18n::{Totals, use_text};
use crate::id::CustomerId;
use crate::journal::undo_toast::use_undo_toast;
use crate::live::reading::Leaving;
use crate::ui::{
    Amount, Avatar, Banner, ButtonKind, ButtonLink, Fact, Facts, Icon, IconView, Menu, MenuItem, Panel,
    Sending, StageMark, Sums, Tone, use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The head: name, open and won sums, and the actions.
#[component]
pub fn Head(customer: Customer, open: Totals, won: Totals) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let visit = use_context::<Visit>().unwrap_or_default();
    let may = visit.may(Permission::Sell);
    let may_give = visit.may_give(customer.facts.owner_id);
    let sending = use_sending();
    // Shows only the refusal of a deletion. Any other refused form has fields, and shows its refusal itself.
    if visit.reply.is_some_and(|reply| !reply.typed.is_empty()) {
        sending.error.set(None);
    }
    let trouble = sending.trouble();
    let facts = &customer.facts;
    let kind = match facts.kind {
        CustomerKind::Person => words.person,
        CustomerKind::Organisation => words.organisation,
    };
    let place = if facts.city.is_empty() { String::new() } else { format!(" / {}", facts.city) };
    let city = (!facts.city.is_empty()).then(|| view! { <span>{facts.city.clone()}</span> });
    let phones = facts.phones.iter().chain(facts.contacts.iter().map(|contact| &contact.phone));
    let phones: Vec<String> = phones.filter(|phone| !phone.is_empty()).cloned().collect();
    let call = phones.first().map(|phone| call_link(phone));
    let message = phones.iter().find_map(|phone| message_link(phone));
    let emails = facts.emails.iter().chain(facts.contacts.iter().map(|contact| &contact.email));
    let email = emails.filter(|email| !email.is_empty()).map(|email| mail_link(email)).next();
    let edit = format!("/customers/{}/edit", customer.id);
    let give = format!("/customers/{}/hand-over", customer.id);
    let figures = [(text.customers.open_deals, open), (words.won_deals, won)];
    let figures = figures.into_iter().filter(|(_, sum)| !sum.is_empty()).map(|(name, totals)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>
                    <Sums totals />
                </dd>
            </div>
        }
    });
    let figures = figures.collect::<Vec<_>>();
    view! {
        <header class="card-head">
            <div class="card-who">
                <nav class="crumbs" aria-label=words.breadcrumb>
                    <a href="/customers">{words.title}</a>
                    <span>{place}</span>
                </nav>
                <h1>{facts.name.clone()}</h1>
                <p class="card-sub dots">
                    <span>{kind}</span>
                    {city}
                    <span class="card-owner">
                        <Avatar name=customer.owner.clone() />
                        {customer.owner.clone()}
                    </span>
                </p>
            </div>
            {(!figures.is_empty()).then(|| view! { <dl class="card-figures">{figures}</dl> })}
            <div class="card-actions">
                {call
                    .map(|href| {
                        view! {
                            <ButtonLink href kind=ButtonKind::Filled icon=Icon::Phone>
                                {text.common.call}
                            </ButtonLink>
                        }
                    })}
                {message
                    .map(|href| {
                        view! {
                            <ButtonLink href icon=Icon::Message attr:target="_blank" attr:rel="noopener noreferrer">
                                {words.message}
                            </ButtonLink>
                        }
                    })}
                {email
                    .map(|href| {
                        // On a phone there is no room for this button; the address is also among the facts.
                        view! {
                            <a class="button desk-only" href=href>
                                <IconView icon=Icon::Mail />
                                <span class="button-text">{words.email}</span>
                            </a>
                        }
                    })}
                {may
                    .then(|| {
                        view! {
                            <ButtonLink href=edit icon=Icon::Pencil label=words.edit />
                            <Menu id="customer-more" label=text.common.more>
                                {may_give.then(|| view! {
                                    <MenuItem label=words.hand_over icon=Icon::Shuffle href=give />
                                })}
                                <Delete id=customer.id name=customer.facts.name.clone() sending />
                            </Menu>
                        }
                    })}
            </div>
        </header>
        <Show when=move || trouble.get().is_some()>
            <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default()) />
        </Show>
    }
}

/// Deletes at once, without asking, because it can be undone.
#[component]
fn Delete(id: CustomerId, name: String, sending: Sending) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let undo_toast = use_undo_toast();
    let navigate = use_navigate();
    let leave = Leaving::with(sending);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (name, navigate) = (name.clone(), navigate.clone());
        leave.run(());
        sending.send(api::delete(id), move |event| {
            let said = (words.deleted)(&name);
            let card = navigate.clone();
            undo_toast.say(&said, Some(event), move || {
                card(&format!("/customers/{id}"), leptos_router::NavigateOptions::default());
            });
            navigate("/customers", leptos_router::NavigateOptions::default());
        });
    };
    view! {
        <form method="post" action=format!("/customers/{id}/delete") on:submit=submit>
            <MenuItem label=words.delete icon=Icon::Trash danger=true name="delete" value="1" disabled=sending.busy />
        </form>
    }
}

/// The facts that have a value.
#[component]
pub fn FactsOf(facts: CustomerFacts, said: Vec<SaidField>) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let lines = |all: Vec<String>, link: fn(&str) -> String| {
        all.into_iter().map(|one| view! { <div><a href=link(&one)>{one.clone()}</a></div> }).collect_view()
    };
    let phones = (!facts.phones.is_empty()).then(|| {
        view! { <Fact label=words.phone>{lines(facts.phones, call_link)}</Fact> }
    });
    let emails = (!facts.emails.is_empty()).then(|| {
        view! { <Fact label=words.email>{lines(facts.emails, mail_link)}</Fact> }
    });
    let whole = |parts: [String; 2], between| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
    };
    let joined = [
        (words.address, whole([facts.address, facts.city], "\n")),
        (words.tax, whole([facts.tax_number, facts.tax_office], " · ")),
    ];
    let joined = joined.into_iter().filter(|(_, value)| !value.is_empty()).map(|(label, value)| {
        view! {
            <Fact label>
                <span class="as-typed">{value}</span>
            </Fact>
        }
        .into_any()
    });
    let plain = joined.chain(said.into_iter().map(row)).collect::<Vec<_>>();
    if phones.is_none() && emails.is_none() && plain.is_empty() {
        return view! { <p class="muted small">{text.common.no_value}</p> }.into_any();
    }
    view! {
        <Facts>
            {phones}
            {emails}
            {plain}
        </Facts>
    }
    .into_any()
}

/// The contacts of an organisation, each with how to reach them.
#[component]
pub fn Contacts(contacts: Vec<Contact>) -> impl IntoView {
    let people = contacts.into_iter().map(|contact| {
        let job = (!contact.job.is_empty()).then_some(contact.job);
        let phone = (!contact.phone.is_empty())
            .then(|| view! { <a href=call_link(&contact.phone)>{contact.phone.clone()}</a> }.into_any());
        let email = (!contact.email.is_empty())
            .then(|| view! { <a href=mail_link(&contact.email)>{contact.email.clone()}</a> }.into_any());
        let parts = [job.map(IntoAny::into_any), phone, email].into_iter().flatten();
        let parts = parts.map(|part| view! { <span>{part}</span> }).collect::<Vec<_>>();
        view! {
            <li>
                <Avatar name=contact.name.clone() />
                <div>
                    <strong class="contact-name">{contact.name}</strong>
                    <p class="muted small dots">{parts}</p>
                </div>
            </li>
        }
    });
    view! { <ul class="contacts">{people.collect::<Vec<_>>()}</ul> }
}

/// The customer's deals.
#[component]
pub fn Deals(id: CustomerId, deals: Vec<CustomerDeal>, in_all: u32, name: String) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let may = use_context::<Visit>().is_some_and(|visit| visit.may(Permission::Sell));
    let new = ViewFnOnce::from(move || {
        may.then(|| {
            view! {
                <ButtonLink
                    href=format!("/deals/new?customer={id}")
                    kind=ButtonKind::Plain
                    icon=Icon::Plus
                    label=words.new_deal
                />
            }
        })
    });
    let none = deals.is_empty();
    let shown = deals.len();
    let in_all = usize::try_from(in_all).unwrap_or(shown).max(shown);
    let rest = (in_all > shown).then(|| {
        let query = DealQuery { search: name, ..DealQuery::default() };
        let all = DealsAddress { shown: DealsView::List, query }.href();
        view! { <p class="muted small">{(words.cut)(shown)} " " <a href=all>{words.all_deals}</a></p> }
    });
    let lines = deals.into_iter().map(|deal| {
        let amount = deal.money().map(|money| view! { <Amount money /> });
        view! {
            <li>
                <div class="linked-line">
                    <a class="linked-title" href=format!("/deals/{}", deal.id)>
                        {deal.title}
                    </a>
                    {amount}
                </div>
                <div class="linked-line muted small">
                    <StageMark color=u8::try_from(deal.color).unwrap_or(1) name=deal.stage />
                </div>
            </li>
        }
    });
    let lines = lines.collect::<Vec<_>>();
    view! {
        <Panel title=words.deals count=Some(in_all) actions=new>
            {none.then(|| view! { <p class="muted small">{words.no_deals}</p> })}
            <ul class="linked" aria-label=words.deals>{lines}</ul>
            {rest}
        </Panel>
    }
}
