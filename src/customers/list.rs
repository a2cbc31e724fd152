//! The page with the list of customers: search while typing, letters, the table. The query is in the address, so that a
//! list can be sent to a colleague; without wasm the search is a plain form and the next page a plain link.

use super::address::{LETTERS, address_of, query_of};
use super::api;
use super::model::{CustomerQuery, Page};
use super::state::{ListState, part_of};
use super::table::Table;
use crate::auth::model::{Permission, Visit};
use crate::error::Result;
use crate::export::button::ExportLink;
use crate::fields::FieldsOf;
use crate::filters::address::pairs;
use crate::filters::bar::{FilterBar, Filtered};
use crate::i18n::use_text;
use crate::live::list_state::Listed as _;
use crate::live::reading::use_reading;
use crate::live::{Kind, listen::use_changes};
use crate::ui::{
    AlphabetStrip, Banner, Button, ButtonKind, ButtonLink, Empty, Icon, Letter, PageTitle, SearchField,
    SkeletonRows, Tone,
};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_url};

fn may_sell() -> bool {
    use_context::<Visit>().is_some_and(|visit| visit.may(Permission::Sell))
}

#[component]
pub fn CustomersPage() -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let url = use_url();
    let query = Memo::new(move |_| url.with(|url| query_of(url.search())));
    let changed = use_changes([Kind::Customer, Kind::Deal]);
    let first = OnceResource::new(api::list(query.get_untracked()));
    let wanted =
        move || query.with(|query| CustomerQuery { after: None, letter: None, limit: 0, ..query.clone() });
    let tally = use_reading(wanted, changed, api::count);
    let counted = move || {
        let searching =
            query.with_untracked(|query| !query.search.trim().is_empty() || !query.filter.is_empty());
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
    let navigate = use_navigate();
    let go = Callback::new(move |search: String| {
        if query.with_untracked(|query| query.search != search) {
            let filter = query.with_untracked(|query| query.filter.clone());
            let address = address_of(&CustomerQuery { search, filter, ..CustomerQuery::default() });
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&address, options);
        }
    });
    let searched = Signal::derive(move || query.with(|query| query.search.clone()));
    let filtered = Filtered {
        of: Signal::stored(FieldsOf::Customer),
        filter: Signal::derive(move || query.with(|query| query.filter.clone())),
        address: Callback::new(move |filter| {
            address_of(&query.with(|query| CustomerQuery {
                filter,
                after: None,
                letter: None,
                ..query.clone()
            }))
        }),
    };
    // The filter's conditions in words, once the list was read again.
    let said = RwSignal::new(None::<Vec<String>>);
    view! {
        <PageTitle text=words.title />
        <div class="screen fixed">
            <header class="page-head">
                <h1>{words.title}</h1>
                <p class="page-sum" role="status">
                    {tally.once_quietly(move || counted.into_any())}
                </p>
                <ExportLink href=Signal::derive(move || {
                    address_of(&wanted()).replacen("/customers", "/customers/export.csv", 1)
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
                <SearchField
                    id="customers-search"
                    action="/customers"
                    value=searched
                    label=words.search_label
                    placeholder=words.search
                    kept=Signal::derive(move || query.with(|query| pairs(&query.filter).collect()))
                    go
                />
                <Suspense>
                    {move || Suspend::new(async move {
                        let first = first.await.map(|page| page.head.conditions).unwrap_or_default();
                        let said = Signal::derive(move || said.get().unwrap_or_else(|| first.clone()));
                        view! { <FilterBar filtered said /> }
                    })}
                </Suspense>
            </div>
            <Suspense fallback=|| {
                view! { <SkeletonRows /> }
            }>
                {move || Suspend::new(async move {
                    let first = first.await;
                    view! { <Listing first query changed said /> }
                })}
            </Suspense>
        </div>
    }
}

/// The rows and what stands around them.
#[component]
fn Listing(
    first: Result<Page>,
    query: Memo<CustomerQuery>,
    changed: Signal<u32>,
    said: RwSignal<Option<Vec<String>>>,
) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let shown = ListState::new(first.map(part_of), query, changed);
    Effect::new(move |_| said.set(shown.head.get().map(|head| head.conditions)));
    let letters = Signal::derive(move || letters_of(&query.get()));
    let none = move || shown.rows.with(Vec::is_empty) && shown.trouble.with(Option::is_none);
    let trouble = Signal::derive(move || shown.trouble.with(|error| error.as_ref().map(text.errors.error)));
    view! {
        <div class="list-page">
            <div class="table-box" id=CustomerQuery::BOX aria-busy=move || shown.busy.get().then_some("true")>
                <Show when=move || trouble.get().is_some()>
                    <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default())>
                        <Button
                            icon=Icon::Refresh
                            busy=shown.busy
                            on_click=move |()| shown.retry()
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
        after: None,
        ..query.clone()
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

/// The message for an empty list: there are no customers yet, or none matches.
#[component]
fn Nothing(query: Memo<CustomerQuery>) -> impl IntoView {
    let words = &use_text().customers;
    let may = may_sell();
    move || {
        let query = query.get();
        let typed = query.search.trim().to_owned();
        if typed.is_empty() && query.letter.is_none() && query.after.is_none() && query.filter.is_empty() {
            let new = may.then(
                || view! { <ButtonLink href="/customers/new" icon=Icon::Plus>{words.new}</ButtonLink> },
            );
            return view! {
                <Empty icon=Icon::Users title=words.empty_title text=words.empty_text>{new}</Empty>
            }
            .into_any();
        }
        if typed.is_empty() || !query.filter.is_empty() {
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
