//! Pointers and keys on the board: passes the browser's events to the state machine of `drag`, measures the board for
//! `slot`, and carries out the effects. It makes no decisions itself and keeps no deals. Everything here runs in event
//! handlers and effects only.

use super::drag::{Effect as Todo, Event, Point, Pointer, State};
use super::model::Place;
use super::slot::{Area, CardArea, ColumnArea, Slot, column_at, scroll_speed, slot_in};
use super::state::{BoardState, card_id};
use crate::id::{DealId, StageId};
use crate::ui::browser;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, PointerEvent};

/// Elements that handle clicks themselves. The link with the deal's title is not one: pressing it can begin a drag.
const CONTROLS: &str =
    "button, input, select, textarea, summary, .menu-panel, .deal-refusal, a:not(.deal-title)";
const RIGHT_BUTTON: u16 = 2;

/// What the dragged card is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Over {
    Slot(Slot),
    /// A zone of the bar for won and lost.
    End(StageId),
}

/// How long the pointer has been near an edge, in milliseconds, and when that was last updated.
#[derive(Clone, Copy, Default)]
struct Edges {
    x_ms: f64,
    y_ms: f64,
    last: f64,
}

#[derive(Clone, Copy)]
pub struct BoardPointer {
    state: BoardState,
    /// Whether the person may move deals.
    may: bool,
    drag: StoredValue<State>,
    pub over: RwSignal<Option<Over>>,
    /// The card that is being dragged.
    pub holding: RwSignal<Option<DealId>>,
    pub board: NodeRef<html::Div>,
    pub bar: NodeRef<html::Div>,
    /// Where on the card it is held.
    grip: StoredValue<Point>,
    /// Set after a drag: the click that the browser sends at its end is to be ignored.
    swallow: StoredValue<bool>,
    edges: StoredValue<Edges>,
}

impl BoardPointer {
    #[must_use]
    pub fn new(state: BoardState, may: bool) -> Self {
        Self {
            state,
            may,
            drag: StoredValue::new(State::Idle),
            over: RwSignal::new(None),
            holding: RwSignal::new(None),
            board: NodeRef::new(),
            bar: NodeRef::new(),
            grip: StoredValue::new(Point::default()),
            swallow: StoredValue::new(false),
            edges: StoredValue::new(Edges::default()),
        }
    }

    /// Listens to the whole window until the reactive owner is dropped. Call once, when the component is made.
    pub fn listen(self) {
        if !self.may {
            return;
        }
        Effect::new(move |_| {
            let cancel = move || self.feed(Event::Cancel);
            let handles = [
                window_event_listener(ev::pointermove, move |event| self.moved(&event)),
                window_event_listener(ev::pointerup, move |event| {
                    self.feed(Event::Up { id: event.pointer_id(), at: point(&event) })
                }),
                window_event_listener(ev::pointercancel, move |_| cancel()),
                window_event_listener(ev::blur, move |_| cancel()),
                window_event_listener(ev::visibilitychange, move |_| cancel()),
                window_event_listener(ev::contextmenu, move |event| {
                    if self.is_holding() {
                        event.prevent_default();
                        cancel();
                    }
                }),
                window_event_listener(ev::keydown, move |event| {
                    if event.key() == "Escape" && self.is_holding() {
                        event.prevent_default();
                        self.feed(Event::Escape);
                    }
                }),
            ];
            let handles = StoredValue::new(Some(handles));
            on_cleanup(move || {
                if let Some(handles) = handles.try_update_value(Option::take).flatten() {
                    handles.into_iter().for_each(WindowListenerHandle::remove);
                }
            });
        });
    }

    fn is_holding(self) -> bool {
        self.drag.try_get_value().is_some_and(|drag| drag.lifted().is_some())
    }

    /// Handles a pointer going down anywhere on the board.
    pub fn down(self, event: &PointerEvent) {
        self.swallow.set_value(false);
        let pointer = Pointer::of(&event.pointer_type());
        // Fingers and pens only scroll for now: dragging with them needs a listener that can stop the scrolling.
        if !self.may || pointer != Pointer::Mouse || !event.is_primary() || event.button() != 0 {
            return;
        }
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let Some(card) = target.closest("[data-deal]").ok().flatten().and_then(|card| id_of(&card)) else {
            return;
        };
        let on_control = target.closest(CONTROLS).is_ok_and(|control| control.is_some());
        self.feed(Event::Down { pointer, id: event.pointer_id(), at: point(event), card, on_control });
    }

    fn moved(self, event: &PointerEvent) {
        let Some(drag) = self.drag.try_get_value() else { return };
        if drag.is_idle() {
            return;
        }
        // The button was released outside of the window, or the right button was pressed too: neither is meant as a
        // drop.
        if event.buttons() == 0 || event.buttons() & RIGHT_BUTTON != 0 {
            return self.feed(Event::Cancel);
        }
        self.feed(Event::Moved { id: event.pointer_id(), at: point(event) });
        if self.is_holding() {
            event.prevent_default();
        }
    }

    /// Handles every click on the board, in the capture phase, before any element on the board does.
    pub fn click(self, event: &ev::MouseEvent) {
        if self.swallow.get_value() {
            self.swallow.set_value(false);
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn feed(self, event: Event) {
        let Some(drag) = self.drag.try_get_value() else { return };
        let (next, todo) = drag.step(event);
        self.drag.set_value(next);
        match todo {
            Todo::None | Todo::LetBe | Todo::Hold { .. } | Todo::Follow { .. } => {}
            Todo::Lift { card, .. } => self.lift(card, next),
            Todo::Drop { card, at } => self.let_go(card, at),
            Todo::Return { .. } => {
                self.end();
                self.state.overlay.glide_home();
                self.state.say(self.state.words().board().put_back.to_owned());
            }
        }
    }

    fn lift(self, deal: DealId, drag: State) {
        let card = self.state.shown.with_untracked(|board| board.card(deal).cloned());
        let (Some(card), Some(element), Some((at, from))) =
            (card, browser::by_id(&card_id(deal)), drag.hand())
        else {
            self.drag.set_value(State::Idle);
            return;
        };
        let area = browser::rect(&element);
        self.grip.set_value(Point { x: from.x - area.left, y: from.y - area.top });
        self.swallow.set_value(true);
        self.edges.set_value(Edges { last: now(), ..Edges::default() });
        self.holding.set(Some(deal));
        self.state.say((self.state.words().board().lifted)(&card.title));
        self.state.overlay.show(card, area);
        self.follow(at);
        request_animation_frame(move || self.frame());
    }

    fn follow(self, at: Point) {
        let grip = self.grip.get_value();
        self.state.overlay.place(at.x - grip.x, at.y - grip.y);
    }

    /// Runs once per frame: scrolls at an edge, finds the place under the pointer, moves the card.
    fn frame(self) {
        let Some(drag) = self.drag.try_get_value() else { return };
        let (Some(deal), Some((at, _))) = (drag.lifted(), drag.hand()) else { return };
        self.follow(at);
        self.scroll(at);
        let over = self.find(deal, at);
        if self.over.get_untracked() != over {
            self.over.set(over);
        }
        request_animation_frame(move || self.frame());
    }

    fn let_go(self, deal: DealId, at: Point) {
        let over = self.find(deal, at);
        self.end();
        let board = self.state.shown.get_untracked();
        let place = match over {
            Some(Over::Slot(slot)) => board.place(deal, slot.stage, slot.at),
            Some(Over::End(stage)) => Place { stage, after: None, before: None },
            None => return self.state.overlay.glide_home(),
        };
        if board.stands(deal, &place) {
            self.state.overlay.glide_home();
        } else {
            self.state.overlay.hide();
            self.state.put(deal, place);
        }
    }

    fn end(self) {
        self.holding.set(None);
        self.over.set(None);
    }

    /// What is under that point.
    fn find(self, deal: DealId, at: Point) -> Option<Over> {
        if let Some(bar) = self.bar.get_untracked() {
            for zone in children(&bar, "closing-zone") {
                if area(&zone).holds(at) {
                    return stage_of(&zone).map(Over::End);
                }
            }
        }
        let board = self.board.get_untracked()?;
        let columns = children(&board, "column");
        let areas: Vec<ColumnArea> = columns
            .iter()
            .filter_map(|column| Some(ColumnArea { stage: stage_of(column)?, area: area(column) }))
            .collect();
        let stage = column_at(&areas, at)?;
        let column = columns.iter().find(|column| stage_of(column) == Some(stage))?;
        let cards: Vec<CardArea> = children(column, "deal-card")
            .iter()
            .filter_map(|card| {
                let area = area(card);
                Some(CardArea { id: id_of(card)?, top: area.top, height: area.height })
            })
            .collect();
        Some(Over::Slot(slot_in(stage, &cards, deal, at.y)))
    }

    fn scroll(self, at: Point) {
        let Some(board) = self.board.get_untracked() else { return };
        let time = now();
        let mut edges = self.edges.get_value();
        // After a tab was in the background, the time passed is cut, so that the board does not jump.
        let passed = (time - edges.last).clamp(0.0, 50.0);
        edges.last = time;
        let side = area(&board);
        let x = scroll_speed(at.x, side.left, side.width, edges.x_ms);
        edges.x_ms = if x == 0.0 { 0.0 } else { edges.x_ms + passed };
        let list = children(&board, "column-cards").into_iter().find(|list| {
            let area = area(list);
            (area.left..area.right()).contains(&at.x)
        });
        let y = list.as_ref().map_or(0.0, |list| {
            let area = area(list);
            if (area.top..area.bottom() + 40.0).contains(&at.y) {
                scroll_speed(at.y, area.top, area.height, edges.y_ms)
            } else {
                0.0
            }
        });
        edges.y_ms = if y == 0.0 { 0.0 } else { edges.y_ms + passed };
        self.edges.set_value(edges);
        // Scrolls the column before the board, one axis at a time.
        match list {
            Some(list) if y != 0.0 => list.set_scroll_top(list.scroll_top() + step(y, passed)),
            _ if x != 0.0 => board.set_scroll_left(board.scroll_left() + step(x, passed)),
            _ => {}
        }
    }
}

/// Whole pixels, at least one while scrolling.
fn step(speed: f64, passed: f64) -> i32 {
    let pixels = speed * passed / 1_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "a few pixels")]
    let whole = pixels.round() as i32;
    if whole == 0 { if pixels < 0.0 { -1 } else { 1 } } else { whole }
}

fn point(event: &PointerEvent) -> Point {
    Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) }
}

/// The browser's clock for animations, in milliseconds; it has no date.
fn now() -> f64 {
    ev::Event::new("now").map_or(0.0, |event| event.time_stamp())
}

fn area(element: &Element) -> Area {
    let rect = browser::rect(element);
    Area { left: rect.left, top: rect.top, width: rect.width, height: rect.height }
}

fn children(element: &Element, class: &str) -> Vec<HtmlElement> {
    let all = element.get_elements_by_class_name(class);
    (0..all.length()).filter_map(|at| all.item(at)?.dyn_into().ok()).collect()
}

fn stage_of(element: &Element) -> Option<StageId> {
    element.get_attribute("data-stage")?.parse().ok()
}

fn id_of(element: &Element) -> Option<DealId> {
    element.get_attribute("data-deal")?.parse().ok()
}
