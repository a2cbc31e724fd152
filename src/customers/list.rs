//! The page of all customers: search while typing, letters, the table. The address says what is shown, so that every
//! list can be sent to a colleague; without wasm the search is a plain form and the next page a plain link.

use super::address::{LETTERS, address_of, query_of};
use super::api;
use super::model::{CustomerQuery, Page};
use super::state::{BOX, ListState};
use super::table::Table;
use crate::auth::model::{Permission, Visit};
use crate::error::Result;
use crate::export::button::ExportLink;
use crate::i18n::use_text;
use crate::live::reading::use_reading;
use crate::live::{Kind, listen::use_changes};
use crate::ui::{
    AlphabetStrip, Banner, Button, ButtonKind, ButtonLink, Empty, Icon, IconView, Letter, PageTitle,
    SkeletonRows, Tone,
};
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_url};
use std::time::Duration;

/// Whoever types faster than this is not done yet.
const TYPING: Duration = Duration::from_millis(120);

fn may_sell() -> bool {
    use_context::<Visit>().is_some_and(|visit| visit.may(Permission::Sell))
}

#[component]
pub fn CustomersPage() -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let url = use_url();
    let query = Memo::new(move |_| url.with(|url| query_of(url.search())));
    let changed = use_changes(&[Kind::Customer, Kind::Deal]);
    let first = OnceResource::new(api::list(query.get_untracked()));
    let tally = use_reading(move || query.with(|query| query.search.clone()), changed, api::count);
    let counted = move || {
        let searching = query.with_untracked(|query| !query.search.trim().is_empty());
        tally.now.get().and_then(Result::ok).map(|tally| {
            let number = tally.number as usize;
            if tally.more {
                (words.found_many)(number)
            } else if searching {
                (words.found)(number)
            } else {
                (words.count)(number)
            }
        })
    };
    view! {
        <PageTitle text=words.title />
        <div class="screen fixed">
            <header class="page-head">
                <h1>{words.title}</h1>
                <p class="page-sum" role="status">
                    {tally.once_quietly(move || counted.into_any())}
                </p>
                <ExportLink href=Signal::derive(move || {
                    let all = query.with(|query| CustomerQuery { search: query.search.clone(), ..CustomerQuery::default() });
                    address_of(&all).replacen("/customers", "/customers/export.csv", 1)
                }) />
                {may_sell()
                    .then(|| {
                        view! {
                            <ButtonLink href="/customers/new" kind=ButtonKind::Filled icon=Icon::Plus>
                                {words.new}
                            </ButtonLink>
                        }
                    })}
            </header>
            <div class="page-tools">
                <SearchBox query />
            </div>
            <Suspense fallback=|| {
                view! { <SkeletonRows /> }
            }>
                {move || Suspend::new(async move {
                    let first = first.await;
                    view! { <Listing first query changed /> }
                })}
            </Suspense>
        </div>
    }
}

/// The search: a form that a browser without wasm sends by itself.
#[component]
fn SearchBox(query: Memo<CustomerQuery>) -> impl IntoView {
    let words = &use_text().customers;
    let node = NodeRef::<html::Input>::new();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let navigate = use_navigate();
    let go = Callback::new(move |typed: String| {
        if query.with_untracked(|query| query.search != typed) {
            let address = address_of(&CustomerQuery { search: typed, ..CustomerQuery::default() });
            navigate(
                &address,
                NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() },
            );
        }
    });
    let hold = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let typed = move || {
        hold();
        let value = node.get_untracked().map(|input| input.value()).unwrap_or_default();
        timer.set_value(set_timeout_with_handle(move || go.run(value), TYPING).ok());
    };
    on_cleanup(hold);
    Effect::new(move |before: Option<()>| {
        let search = query.with(|query| query.search.clone());
        let Some(input) = node.get() else { return };
        let focused = document().active_element().is_some_and(|element| element.id() == "customers-search");
        if input.value() == search {
        } else if before.is_none() {
            // Typed before the page woke up.
            typed();
        } else if !focused {
            // The address was changed by something else: a letter, the browser's way back.
            input.set_value(&search);
        }
    });
    view! {
        <form
            class="search"
            role="search"
            method="get"
            action="/customers"
            on:submit=move |event| {
                event.prevent_default();
                hold();
                go.run(node.get_untracked().map(|input| input.value()).unwrap_or_default());
            }
        >
            <IconView icon=Icon::Search />
            <input
                node_ref=node
                class="search-input"
                type="search"
                id="customers-search"
                name="q"
                value=query.with_untracked(|query| query.search.clone())
                placeholder=words.search
                aria-label=words.search_label
                autocomplete="off"
                on:input=move |_| typed()
            />
        </form>
    }
}

/// The rows and what stands around them.
#[component]
fn Listing(first: Result<Page>, query: Memo<CustomerQuery>, changed: Signal<u32>) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let shown = ListState::new(first, query);
    Effect::new(move |before: Option<(CustomerQuery, u32)>| {
        let now = (query.get(), changed.get());
        match before {
            Some(before) if before.0 != now.0 => shown.load(),
            Some(before) if before.1 != now.1 => shown.again(),
            _ => {}
        }
        now
    });
    let letters = Signal::derive(move || letters_of(&query.get()));
    let none = move || shown.rows.with(Vec::is_empty) && shown.trouble.with(Option::is_none);
    let trouble = Signal::derive(move || shown.trouble.with(|error| error.as_ref().map(text.errors.error)));
    view! {
        <div class="list-page">
            <div class="table-box" id=BOX aria-busy=move || shown.busy.get().then_some("true")>
                <Show when=move || trouble.get().is_some()>
                    <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default())>
                        <Button
                            icon=Icon::Refresh
                            busy=shown.busy
                            on_click=move |()| {
                                if shown.rows.with_untracked(Vec::is_empty) { shown.load() } else { shown.more() }
                            }
                        >
                            {text.common.retry}
                        </Button>
                    </Banner>
                </Show>
                <Show when=move || !none() fallback=move || view! { <Nothing query /> }>
                    <Table shown />
                    <Show when=move || shown.next.get().is_some()>
                        <p class="list-end asleep-only">
                            <ButtonLink href=Signal::derive(move || {
                                address_of(&CustomerQuery { after: shown.next.get(), ..query.get() })
                            })>{text.common.load_more}</ButtonLink>
                        </p>
                    </Show>
                </Show>
            </div>
            <AlphabetStrip label=words.letters letters />
        </div>
    }
}

fn letters_of(query: &CustomerQuery) -> Vec<Letter> {
    let to = |letter: Option<&str>| CustomerQuery {
        letter: letter.map(str::to_owned),
        search: query.search.clone(),
        ..CustomerQuery::default()
    };
    let start = Letter {
        letter: "#".to_owned(),
        href: address_of(&to(None)),
        current: query.letter.is_none() && query.after.is_none(),
    };
    let letters = LETTERS.into_iter().map(|letter| Letter {
        letter: letter.to_owned(),
        href: address_of(&to(Some(letter))),
        current: query.letter.as_deref() == Some(letter),
    });
    std::iter::once(start).chain(letters).collect()
}

/// Nobody there: nobody yet, or nobody who fits.
#[component]
fn Nothing(query: Memo<CustomerQuery>) -> impl IntoView {
    let words = &use_text().customers;
    let may = may_sell();
    move || {
        let query = query.get();
        let typed = query.search.trim().to_owned();
        if typed.is_empty() && query.letter.is_none() && query.after.is_none() {
            let new = may.then(
                || view! { <ButtonLink href="/customers/new" icon=Icon::Plus>{words.new}</ButtonLink> },
            );
            return view! { <Empty icon=Icon::Users title=words.empty_title text=words.empty_text>{new}</Empty> }.into_any();
        }
        if typed.is_empty() {
            return view! {
                <Empty icon=Icon::Search title=words.nothing_in_filter>
                    <ButtonLink href="/customers">{words.from_the_start}</ButtonLink>
                </Empty>
            }
            .into_any();
        }
        let named = address_of(&CustomerQuery { search: typed.clone(), ..CustomerQuery::default() });
        let href = named.replace("/customers?q=", "/customers/new?name=");
        let about = (words.nothing_found_text)(&typed);
        let add = may.then(
            || view! { <ButtonLink href=href icon=Icon::Plus>{(words.add_named)(&typed)}</ButtonLink> },
        );
        view! { <Empty icon=Icon::Search title=words.nothing_found text=about>{add}</Empty> }.into_any()
    }
}
