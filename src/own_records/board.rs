//! The page of the board of one of the firm's own kinds: a column for each stage, with cards that are dragged or moved
//! by their menu. A moved card is shown in its new place at once; if the server refuses, the board is read again and
//! the reason is shown.

use super::address::{address_of, card_of, list_of, query_of};
use super::api;
use super::list::Views;
use super::view::{NO_STAGE, OwnBoard, OwnColumn, OwnQuery, OwnRow};
use crate::i18n::{Text, use_text};
use crate::id::OwnRecordId;
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::live::reading::{Reading, use_reading};
use crate::live::{Kind, listen::use_changes};
use crate::own_kinds::model::{KindStage, stage_shown};
use crate::ui::{
    Avatar, Banner, ButtonKind, ButtonLink, Each, Failed, Icon, PageTitle, RowMenu, Tone, browser,
};
use leptos::ev::{DragEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_url};

/// The page `/kinds/:nr/board`.
#[component]
pub fn OwnBoardPage() -> impl IntoView {
    let (url, params) = (use_url(), use_params_map());
    let query = Memo::new(move |_| {
        let kind = params.with(|params| params.get_str("nr").and_then(|nr| nr.parse().ok()));
        url.with(|url| OwnQuery { stage: None, after: None, ..query_of(kind, url.search()) })
    });
    let changed = use_changes([Kind::OwnRecord, Kind::OwnKind, Kind::Customer]);
    let reading = use_reading(move || query.get(), changed, api::board);
    let known = reading.known_while(|_| true);
    let trouble = reading.trouble();
    let failed = move || {
        let retry = Callback::new(move |()| reading.read_again());
        trouble.get().map(|error| view! { <Failed error retry /> })
    };
    view! {
        {reading.once(move || view! {
            <Show when=move || known.with(Option::is_some) fallback=failed>
                <Whole known reading query />
            </Show>
        }.into_any())}
    }
}

/// The state of the board: the data that was read last, with the moves made since.
#[derive(Clone, Copy)]
struct OwnBoardState {
    shown: RwSignal<Option<OwnBoard>>,
    reading: Reading<OwnBoard>,
    refused: RwSignal<Option<String>>,
    /// The card that is being dragged, and the column or card that it is over.
    lifted: RwSignal<Option<OwnRecordId>>,
    over: RwSignal<Option<Over>>,
    undo_toast: UndoToast,
    text: &'static Text,
}

/// What a dragged card is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Column(Option<i64>),
    Card(OwnRecordId),
}

impl OwnBoardState {
    /// The kind's stages.
    fn stages(self) -> Vec<KindStage> {
        self.shown.with(|board| board.as_ref().map(|board| board.head.stages.clone())).unwrap_or_default()
    }

    /// Moves a card after another one of a stage, or to the first place: on the page at once, then on the server.
    fn move_to(self, id: OwnRecordId, stage: i64, after: Option<OwnRecordId>) {
        if after == Some(id) {
            return;
        }
        let mut name = String::new();
        self.shown.update(|board| {
            let Some(board) = board else { return };
            let Some(row) = taken(&mut board.columns, id) else { return };
            name.clone_from(&row.name);
            put(&mut board.columns, row, stage, after);
        });
        let called = self.stages().into_iter().find(|one| i64::from(one.nr) == stage).map(|one| one.name);
        self.refused.set(None);
        spawn_local(async move {
            match api::move_to(id, stage, after).await {
                Ok(event) => {
                    let said = (self.text.own_records().moved)(&name, &called.unwrap_or_default());
                    self.undo_toast.say(&said, event, move || self.reading.changed());
                }
                Err(error) => {
                    self.refused.try_set(Some((self.text.errors.error)(&error)));
                    self.reading.read_again();
                }
            }
        });
    }

    /// The last card of a column except `but`: moving after it is moving to the end.
    fn last_of(self, stage: i64, but: OwnRecordId) -> Option<OwnRecordId> {
        self.shown.with_untracked(|board| {
            let column = board.as_ref()?.columns.iter().find(|column| column.stage == Some(stage))?;
            column.cards.iter().rev().map(|card| card.id).find(|id| *id != but)
        })
    }

    /// The stage of a card and the card before it in its column.
    fn before(self, card: OwnRecordId) -> Option<(i64, Option<OwnRecordId>)> {
        self.shown.with_untracked(|board| {
            board.as_ref()?.columns.iter().find_map(|column| {
                let at = column.cards.iter().position(|one| one.id == card)?;
                let before = at.checked_sub(1).and_then(|at| column.cards.get(at)).map(|one| one.id);
                Some((column.stage?, before))
            })
        })
    }

    /// Drops the dragged card: at the end of the column it is over, or before the card it is over.
    fn let_go(self) {
        let (lifted, over) = (self.lifted.get_untracked(), self.over.get_untracked());
        self.lifted.set(None);
        self.over.set(None);
        match (lifted, over) {
            (Some(id), Some(Over::Column(Some(stage)))) => self.move_to(id, stage, self.last_of(stage, id)),
            (Some(id), Some(Over::Card(card))) if card != id => {
                if let Some((stage, before)) = self.before(card) {
                    let before = if before == Some(id) { return } else { before };
                    self.move_to(id, stage, before);
                }
            }
            _ => {}
        }
    }
}

/// Removes a card from its column.
fn taken(columns: &mut [OwnColumn], id: OwnRecordId) -> Option<OwnRow> {
    columns.iter_mut().find_map(|column| {
        let at = column.cards.iter().position(|card| card.id == id)?;
        column.tally.number = column.tally.number.saturating_sub(1);
        Some(column.cards.remove(at))
    })
}

/// Inserts a card after another one, or at the first place.
fn put(columns: &mut [OwnColumn], mut row: OwnRow, stage: i64, after: Option<OwnRecordId>) {
    let Some(column) = columns.iter_mut().find(|column| column.stage == Some(stage)) else { return };
    row.stage = Some(stage);
    let at =
        after.and_then(|after| column.cards.iter().position(|card| card.id == after)).map_or(0, |at| at + 1);
    column.tally.number += 1;
    column.cards.insert(at.min(column.cards.len()), row);
}

/// The whole board with its head.
#[component]
fn Whole(known: Memo<Option<OwnBoard>>, reading: Reading<OwnBoard>, query: Memo<OwnQuery>) -> impl IntoView {
    let text = use_text();
    let words = text.own_records();
    let state = OwnBoardState {
        shown: RwSignal::new(known.get_untracked()),
        reading,
        refused: RwSignal::new(None),
        lifted: RwSignal::new(None),
        over: RwSignal::new(None),
        undo_toast: use_undo_toast(),
        text,
    };
    Effect::new(move |_| {
        // While a card is being dragged, new data is not shown.
        let read = known.get();
        if state.lifted.get().is_none() {
            state.shown.set(read);
        }
    });
    let head = Memo::new(move |_| state.shown.with(|board| board.as_ref().map(|board| board.head.clone())));
    let title = Signal::derive(move || head.get().map(|head| head.kind.many).unwrap_or_default());
    // The firm's owner can take the right away while the board is open.
    let may = Memo::new(move |_| head.with(|head| head.as_ref().is_some_and(|head| head.may_change)));
    let new = move || {
        head.get().filter(|head| head.active && head.may_change).map(|head| {
            view! {
                <ButtonLink href=format!("{}/new", list_of(head.kind.nr)) kind=ButtonKind::Filled icon=Icon::Plus>
                    {(words.new)(&head.kind.one)}
                </ButtonLink>
            }
        })
    };
    let stages = Memo::new(move |_| {
        state.shown.with(|board| {
            let columns = board.iter().flat_map(|board| &board.columns);
            columns.map(|column| column.stage).collect::<Vec<_>>()
        })
    });
    view! {
        {move || view! { <PageTitle text=title.get() /> }}
        <div class="screen fixed board-page">
            <header class="page-head">
                <h1>{title}</h1>
                <Views query board=true />
                {new}
            </header>
            <Show when=move || state.refused.with(Option::is_some)>
                <Banner tone=Tone::Bad text=Signal::derive(move || state.refused.get().unwrap_or_default()) />
            </Show>
            <div class="board" data-fixed=move || (!may.get()).then_some("")>
                <Each rows=move || stages.get() key=|stage| *stage let:stage>
                    <Column stage state query may />
                </Each>
            </div>
        </div>
    }
}

/// A stage with its cards.
#[component]
fn Column(stage: Option<i64>, state: OwnBoardState, query: Memo<OwnQuery>, may: Memo<bool>) -> impl IntoView {
    let words = use_text().own_records();
    let column = Memo::new(move |_| {
        state.shown.with(|board| board.as_ref()?.columns.iter().find(|column| column.stage == stage).cloned())
    });
    let called = Memo::new(move |_| {
        let shown = stage.and_then(|nr| stage_shown(&state.stages(), nr));
        shown.unwrap_or_else(|| (words.no_stage.to_owned(), 1))
    });
    let cards =
        move || column.with(|column| column.as_ref().map(|one| one.cards.clone()).unwrap_or_default());
    let count = Memo::new(move |_| {
        column.with(|column| {
            column
                .as_ref()
                .map(|one| format!("{}{}", one.tally.number, if one.tally.more { "+" } else { "" }))
        })
    });
    let rest = Memo::new(move |_| {
        column.with(|column| column.as_ref().is_some_and(|one| one.tally.number as usize > one.cards.len()))
    });
    let none =
        Memo::new(move |_| column.with(|column| column.as_ref().is_none_or(|one| one.cards.is_empty())));
    let hold = move |event: DragEvent| {
        if state.lifted.with_untracked(Option::is_some) && stage.is_some() {
            event.prevent_default();
            state.over.set(Some(Over::Column(stage)));
        }
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        state.let_go();
    };
    let all = move || address_of(&OwnQuery { stage: stage.or(Some(NO_STAGE)), ..query.get() });
    view! {
        <section
            class="column own-column"
            data-color=move || called.get().1.to_string()
            data-over=move || (state.over.get() == Some(Over::Column(stage))).then_some("")
            aria-label=move || called.get().0
            on:dragover=hold
            on:drop=drop
        >
            <header class="column-head">
                <h2 class="column-name">
                    {move || called.get().0} " " <span class="column-count">{move || count.get()}</span>
                </h2>
            </header>
            <div class="column-cards">
                <ul class="column-list" aria-label=move || (words.cards_of)(&called.get().0)>
                    <Each rows=cards key=OwnRow::clone let:row>
                        <Card row state may />
                    </Each>
                </ul>
                <Show when=move || none.get()>
                    <p class="column-empty">{words.column_empty}</p>
                </Show>
                <Show when=move || rest.get()>
                    <a class="button column-more" href=all>{move || (words.all_of)(&called.get().0)}</a>
                </Show>
            </div>
        </section>
    }
}

/// A card, which can be dragged.
#[component]
fn Card(row: OwnRow, state: OwnBoardState, may: Memo<bool>) -> impl IntoView {
    let words = use_text().own_records();
    let OwnRow { id, name, customer, stage, owner, cells } = row;
    let lift = move |event: DragEvent| {
        browser::carry(&event, &id.to_string());
        state.lifted.set(Some(id));
    };
    let hold = move |event: DragEvent| {
        if state.lifted.get_untracked().is_some_and(|lifted| lifted != id) {
            event.prevent_default();
            event.stop_propagation();
            state.over.set(Some(Over::Card(id)));
        }
    };
    let first = cells.into_iter().find(|cell| !cell.is_empty());
    let move_name = (words.move_of)(&name);
    view! {
        <li
            class="deal-card own-card"
            draggable=move || if may.get() { "true" } else { "false" }
            data-ghost=move || (state.lifted.get() == Some(id)).then_some("")
            data-line=move || (state.over.get() == Some(Over::Card(id))).then_some("before")
            on:dragstart=lift
            on:dragover=hold
            on:dragend=move |_| {
                state.lifted.set(None);
                state.over.set(None);
            }
        >
            <a class="deal-title" href=card_of(id) draggable="false">{name}</a>
            <p class="deal-customer">{customer}</p>
            <div class="deal-foot">
                <span class="clip">{first}</span>
                <Avatar name=owner named=true />
            </div>
            {move || may.get().then(|| view! { <MoveMenu id stage state name=move_name.clone() /> })}
        </li>
    }
}

/// The menu of a card with the other stages: a plain form of the card's page, which the board handles without leaving
/// the page.
#[component]
fn MoveMenu(id: OwnRecordId, stage: Option<i64>, state: OwnBoardState, name: String) -> impl IntoView {
    let words = use_text().own_records();
    let places = move || {
        let stages = untrack(|| state.stages()).into_iter();
        let others = stages.filter(|one| !one.archived && Some(i64::from(one.nr)) != stage);
        others
            .map(|one| {
                view! {
                    <button type="submit" class="menu-item" name="stage" value=one.nr.to_string()>{one.name}</button>
                }
            })
            .collect_view()
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let to = event.submitter().and_then(|button| button.get_attribute("value")?.parse().ok());
        if let Some(to) = to {
            state.move_to(id, to, state.last_of(to, id));
        }
    };
    view! {
        <div class="deal-menu">
            <RowMenu id=format!("move-{id}") label=name title=words.move_menu page=card_of(id)>
                <form method="post" action=format!("{}/stage", card_of(id)) on:submit=submit>
                    <p class="menu-title">{words.move_menu}</p>
                    {places()}
                </form>
            </RowMenu>
        </div>
    }
}
