//! Dragging as a pure state machine: events of a pointer go in, effects to carry out come out. It knows neither browser
//! nor board, only points, times and ids, so that mouse, pen and finger share the same machine and it is tested without
//! a screen. Where a point is on the board is decided in `slot`.

use crate::id::DealId;

/// The device that drags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    Mouse,
    Touch,
    Pen,
}

impl Pointer {
    /// From the browser's name for it; anything unknown counts as a mouse.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "touch" => Self::Touch,
            "pen" => Self::Pen,
            _ => Self::Mouse,
        }
    }

    /// How far a press may move before it counts as movement: then a mouse lifts the card, and a finger scrolls.
    const fn slack(self) -> f64 {
        5.0
    }

    /// How long a still press takes to lift the card; a mouse lifts by moving only.
    #[must_use]
    pub const fn hold_ms(self) -> Option<u32> {
        match self {
            Self::Mouse => None,
            Self::Touch | Self::Pen => Some(250),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    fn far_from(self, other: Self, slack: f64) -> bool {
        (self.x - other.x).hypot(self.y - other.y) >= slack
    }
}

/// An event. Only the pointer that pressed first counts, told apart from others by `id`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// The main button or a finger went down on a card. `on_control`: on a button or another element that handles
    /// clicks itself.
    Down {
        pointer: Pointer,
        id: i32,
        at: Point,
        card: DealId,
        on_control: bool,
    },
    Moved {
        id: i32,
        at: Point,
    },
    /// The time of [`Effect::Hold`] is over.
    Held,
    Up {
        id: i32,
        at: Point,
    },
    /// The browser took over the pointer, the window lost the focus, another tab was opened, or the right button went
    /// down.
    Cancel,
    Escape,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum State {
    #[default]
    Idle,
    /// Pressed; it may still become a click, a scroll or a drag.
    Pressed { pointer: Pointer, id: i32, card: DealId, from: Point, at: Point },
    /// The card follows the pointer. `from` is where it was pressed, and so where on the card it is held.
    Lifted { pointer: Pointer, id: i32, card: DealId, from: Point, at: Point },
}

/// What the caller is to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    None,
    /// Send [`Event::Held`] after this time, unless another effect comes first.
    Hold {
        ms: u32,
    },
    /// It was a click or a scroll: forget the press.
    LetBe,
    /// Show the card as dragged.
    Lift {
        card: DealId,
        pointer: Pointer,
    },
    Follow {
        at: Point,
    },
    /// Drop the card at that point; whether there is a place for it is the caller's to find out.
    Drop {
        card: DealId,
        at: Point,
    },
    /// Put the card back; nothing is written.
    Return {
        card: DealId,
    },
}

impl State {
    /// The card that is being dragged.
    #[must_use]
    pub fn lifted(&self) -> Option<DealId> {
        match self {
            Self::Lifted { card, .. } => Some(*card),
            Self::Idle | Self::Pressed { .. } => None,
        }
    }

    /// Where the pointer is and where it was pressed, while a card is dragged.
    #[must_use]
    pub fn hand(&self) -> Option<(Point, Point)> {
        match self {
            Self::Lifted { at, from, .. } => Some((*at, *from)),
            Self::Idle | Self::Pressed { .. } => None,
        }
    }

    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }

    /// The next state, and the effect to carry out.
    #[must_use]
    pub fn step(self, event: Event) -> (Self, Effect) {
        match (self, event) {
            (Self::Idle, Event::Down { pointer, id, at, card, on_control: false }) => {
                let effect = pointer.hold_ms().map_or(Effect::None, |ms| Effect::Hold { ms });
                (Self::Pressed { pointer, id, card, from: at, at }, effect)
            }
            (Self::Pressed { pointer, id, card, from, .. }, Event::Moved { id: moved, at })
                if id == moved =>
            {
                match (at.far_from(from, pointer.slack()), pointer) {
                    (false, _) => (Self::Pressed { pointer, id, card, from, at }, Effect::None),
                    (true, Pointer::Mouse) => {
                        (Self::Lifted { pointer, id, card, from, at }, Effect::Lift { card, pointer })
                    }
                    // A finger or pen that moves before the card is lifted scrolls.
                    (true, Pointer::Touch | Pointer::Pen) => (Self::Idle, Effect::LetBe),
                }
            }
            (Self::Pressed { pointer, id, card, from, at }, Event::Held) if pointer.hold_ms().is_some() => {
                (Self::Lifted { pointer, id, card, from, at }, Effect::Lift { card, pointer })
            }
            (Self::Pressed { id, .. }, Event::Up { id: up, .. }) if id == up => (Self::Idle, Effect::LetBe),
            (Self::Pressed { .. }, Event::Cancel | Event::Escape) => (Self::Idle, Effect::LetBe),
            // A second finger means a pinch, not a drag.
            (Self::Pressed { .. }, Event::Down { .. }) => (Self::Idle, Effect::LetBe),
            (Self::Lifted { pointer, id, card, from, .. }, Event::Moved { id: moved, at }) if id == moved => {
                (Self::Lifted { pointer, id, card, from, at }, Effect::Follow { at })
            }
            (Self::Lifted { id, card, .. }, Event::Up { id: up, at }) if id == up => {
                (Self::Idle, Effect::Drop { card, at })
            }
            (Self::Lifted { card, .. }, Event::Cancel | Event::Escape) => {
                (Self::Idle, Effect::Return { card })
            }
            (state, _) => (state, Effect::None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const CARD: DealId = DealId(Uuid::from_u128(7));

    fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    fn down(pointer: Pointer) -> Event {
        Event::Down { pointer, id: 1, at: at(100.0, 100.0), card: CARD, on_control: false }
    }

    fn run(events: &[Event]) -> (State, Vec<Effect>) {
        let mut state = State::Idle;
        let effects = events.iter().map(|event| {
            let (next, effect) = state.step(*event);
            state = next;
            effect
        });
        let effects = effects.collect();
        (state, effects)
    }

    #[test]
    fn a_click_stays_a_click() {
        let (state, effects) = run(&[
            down(Pointer::Mouse),
            Event::Moved { id: 1, at: at(103.0, 102.0) },
            Event::Up { id: 1, at: at(103.0, 102.0) },
        ]);
        assert_eq!((state, effects), (State::Idle, vec![Effect::None, Effect::None, Effect::LetBe]));
    }

    #[test]
    fn a_mouse_lifts_after_five_pixels_follows_and_drops() {
        let (_, effects) = run(&[
            down(Pointer::Mouse),
            Event::Moved { id: 1, at: at(104.9, 100.0) },
            Event::Moved { id: 1, at: at(105.0, 100.0) },
            Event::Moved { id: 1, at: at(300.0, 90.0) },
            Event::Up { id: 1, at: at(301.0, 90.0) },
        ]);
        assert_eq!(
            effects,
            [
                Effect::None,
                Effect::None,
                Effect::Lift { card: CARD, pointer: Pointer::Mouse },
                Effect::Follow { at: at(300.0, 90.0) },
                Effect::Drop { card: CARD, at: at(301.0, 90.0) },
            ]
        );
    }

    #[test]
    fn a_mouse_does_not_lift_by_waiting() {
        let (state, effects) = run(&[down(Pointer::Mouse), Event::Held]);
        assert!(matches!(state, State::Pressed { .. }));
        assert_eq!(effects, [Effect::None, Effect::None]);
    }

    #[test]
    fn a_press_on_a_button_of_the_card_is_the_buttons() {
        let press =
            Event::Down { pointer: Pointer::Mouse, id: 1, at: at(0.0, 0.0), card: CARD, on_control: true };
        assert_eq!(run(&[press, Event::Moved { id: 1, at: at(50.0, 0.0) }]).0, State::Idle);
    }

    #[test]
    fn a_finger_lifts_by_a_still_press_and_scrolls_otherwise() {
        let (state, effects) =
            run(&[down(Pointer::Touch), Event::Moved { id: 1, at: at(102.0, 103.0) }, Event::Held]);
        assert_eq!(state.lifted(), Some(CARD));
        assert_eq!(effects[0], Effect::Hold { ms: 250 });
        let (state, effects) =
            run(&[down(Pointer::Touch), Event::Moved { id: 1, at: at(100.0, 106.0) }, Event::Held]);
        assert_eq!((state, effects[1], effects[2]), (State::Idle, Effect::LetBe, Effect::None));
    }

    #[test]
    fn a_second_finger_ends_the_press_but_not_a_drag() {
        let second =
            Event::Down { pointer: Pointer::Touch, id: 2, at: at(9.0, 9.0), card: CARD, on_control: false };
        assert_eq!(run(&[down(Pointer::Touch), second]).0, State::Idle);
        assert_eq!(run(&[down(Pointer::Touch), Event::Held, second]).0.lifted(), Some(CARD));
    }

    #[test]
    fn escape_and_whatever_takes_the_pointer_put_the_card_back() {
        for end in [Event::Escape, Event::Cancel] {
            let (state, effects) =
                run(&[down(Pointer::Mouse), Event::Moved { id: 1, at: at(200.0, 0.0) }, end]);
            assert_eq!((state, effects[2]), (State::Idle, Effect::Return { card: CARD }));
            assert_eq!(run(&[down(Pointer::Mouse), end]).1[1], Effect::LetBe);
            assert_eq!(run(&[end]), (State::Idle, vec![Effect::None]));
        }
    }

    #[test]
    fn other_pointers_are_not_heard() {
        let (state, _) = run(&[
            down(Pointer::Mouse),
            Event::Moved { id: 1, at: at(200.0, 0.0) },
            Event::Moved { id: 2, at: at(0.0, 0.0) },
            Event::Up { id: 2, at: at(0.0, 0.0) },
        ]);
        assert_eq!(state.hand(), Some((at(200.0, 0.0), at(100.0, 100.0))));
    }

    fn any_event() -> impl Strategy<Value = Event> {
        let point = || (-500.0..500.0_f64, -500.0..500.0_f64).prop_map(|(x, y)| at(x, y));
        let pointer = prop_oneof![Just(Pointer::Mouse), Just(Pointer::Touch), Just(Pointer::Pen)];
        prop_oneof![
            (pointer, 1..3_i32, point(), any::<bool>()).prop_map(|(pointer, id, at, on_control)| {
                Event::Down { pointer, id, at, card: CARD, on_control }
            }),
            (1..3_i32, point()).prop_map(|(id, at)| Event::Moved { id, at }),
            (1..3_i32, point()).prop_map(|(id, at)| Event::Up { id, at }),
            Just(Event::Held),
            Just(Event::Cancel),
            Just(Event::Escape),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_lifted_is_let_go_once(events in prop::collection::vec(any_event(), 0..40)) {
            let (state, effects) = run(&events);
            let lifts = effects.iter().filter(|effect| matches!(effect, Effect::Lift { .. })).count();
            let ends = |effect: &&Effect| matches!(effect, Effect::Drop { .. } | Effect::Return { .. });
            let ends = effects.iter().filter(ends).count();
            prop_assert_eq!(lifts, ends + usize::from(state.lifted().is_some()));
            prop_assert!(state.step(Event::Cancel).0.is_idle());
        }
    }
}
