//! The page with the list of an own kind: search while typing, a filter by stage, conditions, the table. The address
//! decides what is shown; without wasm the search is a plain form and the next page a plain link.

use super::address::{address_of, card_of, kept, list_of, query_of};
use super::api;
use super::state::{ListState, part_of};
use super::view::{NO_STAGE, OwnHead, OwnPage, OwnQuery, OwnRow};
use crate::error::Result;
use crate::export::button::ExportLink;
use crate::fields::FieldsOf;
use crate::fields::rows::{own_cells, own_heads};
use crate::filters::bar::{FilterBar, Filtered};
use crate::i18n::use_text;
use crate::live::list_state::Listed as _;
use crate::live::reading::use_reading;
use crate::live::{Kind, listen::use_changes};
use crate::own_kinds::model::stage_shown;
use crate::ui::{
    Avatar, Banner, Button, ButtonKind, ButtonLink, Empty, Failed, Icon, PageTitle, SearchField,
    SkeletonRows, StageMark, Tone, ViewItem, ViewSwitch, WindowIn, Windowed,
};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_url};

/// The page `/kinds/:nr`.
#[component]
pub fn OwnRecordsPage() -> impl IntoView {
    let (url, params) = (use_url(), use_params_map());
    let query = Memo::new(move |_| {
        let kind = params.with(|params| params.get_str("nr").and_then(|nr| nr.parse().ok()));
        url.with(|url| query_of(kind, url.search()))
    });
    let changed = use_changes([Kind::OwnRecord, Kind::OwnKind, Kind::Customer]);
    let first = OnceResource::new(api::list(query.get_untracked()));
    view! {
        <Suspense fallback=|| {
            view! { <SkeletonRows /> }
        }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(first) => view! { <Listing first query changed /> }.into_any(),
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The list, while its kind is not hidden from the person: the firm's owner can hide it while the list is open.
#[component]
fn Listing(first: OwnPage, query: Memo<OwnQuery>, changed: Signal<u32>) -> impl IntoView {
    let shown = ListState::new(Ok(part_of(first)), query, changed);
    let failed = move || shown.trouble.get().map(|error| view! { <Failed error /> });
    view! {
        <Show when=move || shown.head.with(Option::is_some) fallback=failed>
            <Whole shown query changed />
        </Show>
    }
}

/// The head of the page and the rows.
#[component]
fn Whole(shown: ListState, query: Memo<OwnQuery>, changed: Signal<u32>) -> impl IntoView {
    let words = use_text().own_records();
    let head = Memo::new(move |_| shown.head.get());
    let tally = use_reading(
        move || OwnQuery { after: None, ..query.get() },
        changed,
        |query: OwnQuery| async move { api::count(query).await },
    );
    let counted = move || {
        let tally = tally.now.get().and_then(Result::ok)?;
        let head = head.get()?;
        let number = usize::try_from(tally.number).unwrap_or_default();
        let narrowed = query.with(OwnQuery::is_narrow);
        Some(if tally.more {
            (words.many)(number)
        } else if narrowed {
            (words.found)(number)
        } else {
            (words.count)(number, &head.kind.one, &head.kind.many)
        })
    };
    let title = Signal::derive(move || head.get().map(|head| head.kind.many).unwrap_or_default());
    let new = move || {
        head.get().filter(|head| head.active && head.may_change).map(|head| {
            view! {
                <ButtonLink href=format!("{}/new", list_of(head.kind.nr)) kind=ButtonKind::Filled icon=Icon::Plus>
                    {(words.new)(&head.kind.one)}
                </ButtonLink>
            }
        })
    };
    let navigate = use_navigate();
    let go = Callback::new(move |search: String| {
        let wanted = query.with_untracked(|query| OwnQuery { search, after: None, ..query.clone() });
        if query.with_untracked(|query| query.search != wanted.search) {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&address_of(&wanted), options);
        }
    });
    let searched = Signal::derive(move || query.with(|query| query.search.clone()));
    let filtered = Filtered {
        of: Signal::derive(move || query.with(|query| query.kind.map(FieldsOf::Own)).unwrap_or_default()),
        filter: Signal::derive(move || query.with(|query| query.filter.clone())),
        address: Callback::new(move |filter| {
            address_of(&query.with(|query| OwnQuery { filter, after: None, ..query.clone() }))
        }),
    };
    let said = Signal::derive(move || head.get().map(|head| head.list.conditions).unwrap_or_default());
    let unused = move || head.with(|head| head.as_ref().is_some_and(|head| !head.active));
    view! {
        {move || view! { <PageTitle text=title.get() /> }}
        <div class="screen fixed">
            <header class="page-head">
                <h1>{title}</h1>
                <p class="page-sum" role="status">
                    {tally.once_quietly(move || counted.into_any())}
                </p>
                <Show when=move || head.with(|head| head.as_ref().is_some_and(|head| !head.stages.is_empty()))>
                    <Views query />
                </Show>
                <ExportLink href=Signal::derive(move || query.with(|query| {
                    let all = address_of(&OwnQuery { after: None, ..query.clone() });
                    let (path, params) = all.split_once('?').unwrap_or((&all, ""));
                    format!("{path}/export.csv?{params}").trim_end_matches('?').to_owned()
                })) />
                {new}
            </header>
            <div class="page-tools">
                <SearchField
                    id="records-search"
                    action=Signal::derive(move || query.with(|query| query.kind.map(list_of)).unwrap_or_default())
                    value=searched
                    label=Signal::derive(move || (words.search)(&title.get()))
                    kept=Signal::derive(move || query.with(kept))
                    go
                />
                <Stages head query />
                <FilterBar filtered said />
            </div>
            <Show when=unused>
                <Banner tone=Tone::Warn text=words.not_used />
            </Show>
            <div class="list-page">
                <div class="table-box" id=OwnQuery::BOX aria-busy=move || shown.busy.get().then_some("true")>
                    <Rows shown query />
                </div>
            </div>
        </div>
    }
}

/// The switch between list and board. The list leaves it out for a kind without stages.
#[component]
pub fn Views(
    query: Memo<OwnQuery>,
    /// Whether the board is the present view.
    #[prop(default = false)]
    board: bool,
) -> impl IntoView {
    let words = use_text().own_records();
    let views = Signal::derive(move || {
        let query = query.get();
        let list = query.kind.map(list_of).unwrap_or_default();
        let view = |href: String, label: &str, icon: Icon, current: bool| ViewItem {
            href,
            label: label.to_owned(),
            icon: Some(icon),
            current,
        };
        vec![
            view(list.clone(), words.as_list, Icon::List, !board),
            view(format!("{list}/board"), words.as_board, Icon::Board, board),
        ]
    });
    view! { <ViewSwitch label=words.view views /> }
}

/// The switch that filters by stage; nothing for a kind without stages.
#[component]
fn Stages(head: Memo<Option<OwnHead>>, query: Memo<OwnQuery>) -> impl IntoView {
    let words = use_text().own_records();
    let views = Signal::derive(move || {
        let now = query.get();
        let view = |stage: Option<i64>, label: String| ViewItem {
            href: address_of(&OwnQuery { stage, after: None, ..now.clone() }),
            label,
            icon: None,
            current: now.stage == stage,
        };
        let stages = head.with(|head| head.as_ref().map(|head| head.stages.clone())).unwrap_or_default();
        let offered = stages.into_iter().filter(|one| !one.archived || now.stage == Some(one.nr.into()));
        let each = offered.map(|one| view(Some(one.nr.into()), one.name));
        // Offered where one came to it from the board.
        let outside = (now.stage == Some(NO_STAGE)).then(|| view(now.stage, words.no_stage.to_owned()));
        std::iter::once(view(None, words.all_stages.to_owned()))
            .chain(outside)
            .chain(each)
            .collect::<Vec<_>>()
    });
    let some = Memo::new(move |_| views.with(Vec::len) > 1);
    view! {
        <Show when=move || some.get()>
            <ViewSwitch label=words.stages views />
        </Show>
    }
}

/// The rows with what went wrong, or the text for an empty list.
#[component]
fn Rows(shown: ListState, query: Memo<OwnQuery>) -> impl IntoView {
    let text = use_text();
    let trouble = Signal::derive(move || shown.trouble.with(|error| error.as_ref().map(text.errors.error)));
    let none = move || shown.rows.with(Vec::is_empty) && shown.trouble.with(Option::is_none);
    view! {
        <Show when=move || trouble.get().is_some()>
            <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default())>
                <Button icon=Icon::Refresh busy=shown.busy on_click=move |()| shown.retry()>
                    {text.common.retry}
                </Button>
            </Banner>
        </Show>
        <Show when=move || !none() fallback=move || view! { <Nothing shown query /> }>
            <Table shown />
            <Show when=move || shown.next.get().is_some()>
                <p class="list-end asleep-only">
                    <ButtonLink href=Signal::derive(move || {
                        address_of(&OwnQuery { after: shown.next.get(), ..query.get() })
                    })>{text.common.load_more}</ButtonLink>
                </p>
            </Show>
        </Show>
    }
}

/// The table; only the rows in sight are in the document. Its columns depend on the kind.
#[component]
fn Table(shown: ListState) -> impl IntoView {
    let text = use_text();
    let head = Memo::new(move |_| shown.head.get());
    let table = move || {
        let OwnHead { kind, on_customer, stages, list, .. } = head.get()?;
        let has_stages = !stages.is_empty();
        let heads = own_heads(list.columns);
        let stages = StoredValue::new(stages);
        Some(view! {
            <table class="table own-table" aria-label=kind.many>
                <thead>
                    <tr>
                        <th scope="col" class="col-name">{kind.one}</th>
                        {on_customer.then(|| view! { <th scope="col" class="col-customer">{text.customers.one}</th> })}
                        {has_stages.then(|| view! { <th scope="col" class="col-stage">{text.deals.stage}</th> })}
                        {heads}
                        <th scope="col" class="col-owner">
                            <span class="visually-hidden">{text.deals.owner}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <Windowed
                        rows=shown.rows
                        key=OwnRow::clone
                        row=move |at, row| view! { <Row at row on_customer has_stages stages /> }
                        inside=WindowIn::Table
                        near_end=Callback::new(move |()| shown.more())
                    />
                </tbody>
            </table>
        })
    };
    view! { {table} }
}

/// A row of the table.
#[component]
fn Row(
    at: Signal<usize>,
    row: OwnRow,
    on_customer: bool,
    has_stages: bool,
    stages: StoredValue<Vec<crate::own_kinds::model::KindStage>>,
) -> impl IntoView {
    let OwnRow { id, name, customer, stage, owner, cells } = row;
    let stage = stage.and_then(|nr| stages.with_value(|stages| stage_shown(stages, nr)));
    // The second line on a phone: stage and customer, else the first cell that is not empty.
    let mut below = stage.iter().map(|(name, _)| name.clone()).chain(customer.clone()).collect::<Vec<_>>();
    if below.is_empty() {
        below.extend(cells.iter().find(|cell| !cell.is_empty()).cloned());
    }
    let cells = own_cells(cells);
    let stage = stage.map(|(name, color)| view! { <StageMark color name /> });
    view! {
        <tr class="row" aria-rowindex=move || (at.get() + 2).to_string()>
            <th scope="row" class="cell-main col-name">
                <a class="row-link" href=card_of(id)>{name}</a>
                <span class="cell-sub phone-only">{below.join(" · ")}</span>
            </th>
            {on_customer.then(|| view! { <td class="col-customer">{customer}</td> })}
            {has_stages.then(|| view! { <td class="col-stage">{stage}</td> })}
            {cells}
            <td class="col-owner">
                <Avatar name=owner named=true />
            </td>
        </tr>
    }
}

/// The text for an empty list: no records yet, or none that match.
#[component]
fn Nothing(shown: ListState, query: Memo<OwnQuery>) -> impl IntoView {
    let words = use_text().own_records();
    move || {
        let query = query.get();
        let kind = shown.head.get()?;
        let list = list_of(kind.kind.nr);
        let narrowed = query.is_narrow() || query.after.is_some();
        Some(if narrowed {
            view! {
                <Empty icon=Icon::Search title=use_text().common.nothing_found>
                    <ButtonLink href=list>{words.from_the_start}</ButtonLink>
                </Empty>
            }
            .into_any()
        } else {
            let new = (kind.may_change && kind.active).then(|| {
                view! {
                    <ButtonLink href=format!("{list}/new") icon=Icon::Plus>{(words.new)(&kind.kind.one)}</ButtonLink>
                }
            });
            let title = (words.empty_title)(&kind.kind.many);
            view! { <Empty icon=Icon::Package title text=words.empty_text>{new}</Empty> }.into_any()
        })
    }
}
