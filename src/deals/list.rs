//! The list of deals: a table of which only the visible rows are in the page. More rows are read on scrolling, and all
//! of them again when something changed. The address says which deals; the head above the list belongs to `page`.

use super::address::{DealsAddress, DealsView};
use super::api;
use super::model::Status;
use super::view::{DealQuery, DealRow};
use crate::error::{Error, Result};
use crate::fields::own::view::ListHead;
use crate::fields::rows::{own_cells, own_heads};
use crate::i18n::{date, use_locale, use_text};
use crate::live::{Kind, listen::use_changes};
use crate::tasks::panel::NextStepMark;
use crate::ui::{
    Avatar, Badge, Banner, Button, ButtonLink, Empty, Icon, SkeletonRows, StageMark, Tone, WindowIn,
    Windowed, use_today,
};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

/// The rows read so far, with the sum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    pub head: ListHead,
    rows: Vec<DealRow>,
    more: bool,
    /// Whether the firm has no deals at all, whatever the filter.
    none_at_all: bool,
}

/// The first reading of the list, with its query; `None` while the board is shown.
pub type FirstRead = Option<Result<(DealQuery, Read)>>;

/// Reads the list from its beginning until there are at least this many rows.
///
/// # Errors
/// Those of the server function.
pub async fn read(mut query: DealQuery, at_least: usize) -> Result<Read> {
    let mut rows = Vec::new();
    loop {
        let part = api::list(query.clone()).await?;
        let last = part.rows.last().map(|row| row.id);
        rows.extend(part.rows);
        if !part.more || last.is_none() || rows.len() >= at_least {
            let none_at_all = rows.is_empty() && api::sum(DealQuery::default()).await?.count == 0;
            return Ok(Read { head: part.head, rows, more: part.more, none_at_all });
        }
        query.after = last;
    }
}

#[component]
pub fn DealsList(
    address: Memo<DealsAddress>,
    first: Resource<FirstRead>,
    /// The filter's conditions in words, as of the last reading.
    said: RwSignal<Option<Vec<String>>>,
) -> impl IntoView {
    let text = use_text();
    view! {
        <div class="list-page">
            <div class="table-box">
                <Transition fallback=|| view! { <SkeletonRows /> }>
                    {move || Suspend::new(async move {
                        match first.await {
                            None => ().into_any(),
                            Some(Ok((query, read))) => view! { <Rows address query read said /> }.into_any(),
                            Some(Err(error)) => {
                                crate::ui::say_status(&error);
                                view! {
                                    <Banner tone=Tone::Bad text=(text.errors.error)(&error)>
                                        <Button on_click=move |()| first.refetch()>{text.common.retry}</Button>
                                    </Banner>
                                }
                                    .into_any()
                            }
                        }
                    })}
                </Transition>
            </div>
        </div>
    }
}

/// The present rows, and how they are read again.
#[derive(Clone, Copy)]
struct Listing {
    address: Memo<DealsAddress>,
    columns: RwSignal<Vec<String>>,
    said: RwSignal<Option<Vec<String>>>,
    rows: RwSignal<Vec<DealRow>>,
    more: RwSignal<bool>,
    none_at_all: RwSignal<bool>,
    trouble: RwSignal<Option<Error>>,
    busy: RwSignal<bool>,
    /// The number of the newest request: answers to older ones are ignored.
    newest: StoredValue<u32>,
}

impl Listing {
    fn query(self) -> DealQuery {
        self.address.with_untracked(|address| address.query.clone())
    }

    /// Reads from the beginning until there are at least this many rows.
    fn read(self, query: DealQuery, at_least: usize) {
        let number = self.newest.get_value().wrapping_add(1);
        self.newest.set_value(number);
        self.busy.set(true);
        spawn_local(async move {
            let done = read(query, at_least).await;
            if self.newest.try_get_value() != Some(number) {
                return;
            }
            self.busy.set(false);
            match done {
                Ok(read) => {
                    self.trouble.set(None);
                    self.more.set(read.more);
                    self.none_at_all.set(read.none_at_all);
                    self.said.set(Some(read.head.conditions));
                    if self.columns.with_untracked(|columns| *columns != read.head.columns) {
                        self.columns.set(read.head.columns);
                    }
                    self.rows.set(read.rows);
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    /// Reads the page after the last row.
    fn read_on(self) {
        if !self.more.get_untracked() || self.busy.get_untracked() {
            return;
        }
        let number = self.newest.get_value();
        let query = DealQuery {
            after: self.rows.with_untracked(|rows| rows.last().map(|row| row.id)),
            ..self.query()
        };
        self.busy.set(true);
        spawn_local(async move {
            let done = api::list(query).await;
            if self.newest.try_get_value() != Some(number) {
                return;
            }
            self.busy.set(false);
            match done {
                Ok(part) => {
                    self.trouble.set(None);
                    self.more.set(part.more);
                    self.rows.update(|rows| rows.extend(part.rows));
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    fn again(self) {
        let rows = self.rows.with_untracked(Vec::len);
        self.read(self.query(), rows);
    }
}

/// The table, once its first rows are there. It reads further rows and changes itself.
#[component]
fn Rows(
    address: Memo<DealsAddress>,
    query: DealQuery,
    read: Read,
    said: RwSignal<Option<Vec<String>>>,
) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let listing = Listing {
        address,
        columns: RwSignal::new(read.head.columns),
        said,
        rows: RwSignal::new(read.rows),
        more: RwSignal::new(read.more),
        none_at_all: RwSignal::new(read.none_at_all),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
        newest: StoredValue::new(0),
    };
    let Listing { rows, more, trouble, busy, .. } = listing;
    let changed = use_changes([Kind::Deal, Kind::Customer, Kind::Task, Kind::Pipeline]);
    let asked = StoredValue::new(query);
    Effect::new(move |before: Option<u32>| {
        let now = changed.get();
        // On leaving, the address changes before the page is gone.
        let query = address.with(|address| (address.shown == DealsView::List).then(|| address.query.clone()));
        if let Some(query) = query {
            if asked.with_value(|asked| *asked != query) {
                asked.set_value(query.clone());
                listing.read(query, 0);
            } else if before.is_some_and(|before| before != now) {
                listing.again();
            }
        }
        now
    });
    let some = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let next = move || {
        let last = rows.with(|rows| rows.last().map(|row| row.id));
        address.with(|address| address.with(|query| query.after = last).href())
    };
    let later = Memo::new(move |_| address.with(|address| address.query.after.is_some()));
    let read_on = move |event: MouseEvent| {
        event.prevent_default();
        listing.read_on();
    };
    view! {
        <Show when=move || trouble.with(Option::is_some)>
            <Banner tone=Tone::Bad
                text=Signal::derive(move || trouble.get().map(|error| (text.errors.error)(&error)).unwrap_or_default())>
                <Button on_click=move |()| listing.again()>{text.common.retry}</Button>
            </Banner>
        </Show>
        <Show when=move || later.get()>
            <p class="list-end">
                <a class="button" href=move || address.with(|address| address.with(|_| ()).href())>
                    {words.from_the_start}
                </a>
            </p>
        </Show>
        <Show when=move || some.get() fallback=move || view! { <Nothing listing /> }>
            <Table listing />
            <Show when=move || more.get()>
                <p class="list-end">
                    <a class="button" href=next aria-busy=move || busy.get().then_some("true") on:click=read_on>
                        {text.common.load_more}
                    </a>
                </p>
            </Show>
        </Show>
    }
}

#[component]
fn Table(listing: Listing) -> impl IntoView {
    let words = &use_text().deals;
    let rows = listing.rows;
    // The key holds everything that a row shows, so that unchanged rows keep their elements.
    let key = |row: &DealRow| {
        let said = (row.title.clone(), row.customer.clone(), row.stage.clone(), row.owner.clone());
        (
            row.id,
            said,
            row.status,
            row.color,
            row.amount,
            row.currency,
            row.expected_on,
            row.closed_on,
            row.next.clone(),
            row.cells.clone(),
        )
    };
    view! {
        <table class="table deals-table" aria-label=words.list_name>
            <thead>
                <tr>
                    <th scope="col" class="col-title">{words.one}</th>
                    <th scope="col" class="col-stage">{words.stage}</th>
                    <th scope="col" class="col-step">{use_text().tasks.next_step}</th>
                    <th scope="col" class="col-money num">{words.amount}</th>
                    <th scope="col" class="col-expected">{words.close_day}</th>
                    {move || own_heads(listing.columns.get())}
                    <th scope="col" class="col-owner"><span class="visually-hidden">{words.owner}</span></th>
                </tr>
            </thead>
            <tbody>
                <Windowed
                    rows
                    key
                    row=|_, deal| view! { <Row deal /> }
                    inside=WindowIn::Table
                    near_end=move |()| listing.read_on()
                />
            </tbody>
        </table>
    }
}

#[component]
fn Row(deal: DealRow) -> impl IntoView {
    let words = &use_text().deals;
    let locale = use_locale();
    let (today, expected) = (use_today(), deal.expected_on);
    let money = deal.money().map(|money| money.short(locale));
    let day = deal.closed_on.or(deal.expected_on);
    let open = deal.status == Status::Open;
    let late = move || open && expected.is_some_and(|day| day < today.get());
    view! {
        <tr class="row">
            <th scope="row" class="cell-main col-title">
                <a class="row-link" href=format!("/deals/{}", deal.id)>{deal.title}</a>
                <span class="cell-sub">{deal.customer.unwrap_or_else(|| words.no_customer.to_owned())}</span>
            </th>
            <td class="col-stage"><StateMark status=deal.status color=deal.color stage=deal.stage /></td>
            <td class="col-step">{(deal.status == Status::Open).then(|| view! { <NextStepMark next=deal.next /> })}</td>
            <td class="col-money num">{money}</td>
            <td class="col-expected" class:late=late>
                {day.map(|day| view! { <time datetime=day.to_string()>{date::day(day, locale)}</time> })}
            </td>
            {own_cells(deal.cells)}
            <td class="col-owner"><Avatar name=deal.owner named=true /></td>
        </tr>
    }
}

/// The stage of an open deal, or whether it was won or lost.
#[component]
pub fn StateMark(status: Status, color: i64, stage: String) -> impl IntoView {
    let words = &use_text().deals;
    match status {
        Status::Open => view! { <StageMark color=u8::try_from(color).unwrap_or(1) name=stage /> }.into_any(),
        Status::Won => view! { <Badge tone=Tone::Ok icon=Icon::Trophy text=words.won /> }.into_any(),
        Status::Lost => view! { <Badge tone=Tone::Bad icon=Icon::Close text=words.lost /> }.into_any(),
    }
}

/// The message for an empty list: there are no deals yet, or none matches.
#[component]
fn Nothing(listing: Listing) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let address = listing.address;
    move || {
        if listing.none_at_all.get() {
            return view! {
                <Empty icon=Icon::Board title=words.empty_title text=words.empty_text>
                    <ButtonLink href="/deals/new">{words.new}</ButtonLink>
                </Empty>
            }
            .into_any();
        }
        let searched = address.with(|address| !address.query.search.trim().is_empty());
        let title = if searched { words.nothing_found } else { words.nothing_in_filter };
        let everything = address.with(|address| {
            // The link first drops the state, then everything else.
            let narrowed = address.narrowed() && address.query.status.is_some();
            let wider = address.with(|query| {
                *query = DealQuery {
                    search: if narrowed { query.search.clone() } else { String::new() },
                    ..DealQuery::default()
                };
            });
            wider.href()
        });
        view! {
            <Empty icon=Icon::Search title=title>
                <ButtonLink href=everything>{if searched { words.search_all } else { words.show_all }}</ButtonLink>
            </Empty>
        }
        .into_any()
    }
}
