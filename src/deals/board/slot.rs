//! Where a point is on the board, and how fast the board scrolls when the pointer is at an edge: pure geometry of
//! rectangles. It knows neither the cards' data nor the browser; `pointer` measures the elements.

use super::drag::Point;
use crate::id::{DealId, StageId};

/// A rectangle in pixels of the viewport.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    #[must_use]
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    #[must_use]
    pub fn holds(&self, at: Point) -> bool {
        (self.left..self.right()).contains(&at.x) && (self.top..self.bottom()).contains(&at.y)
    }

    fn beside(&self, at: Point) -> f64 {
        (self.left - at.x).max(at.x - self.right()).max(0.0)
    }
}

/// A column's place on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColumnArea {
    pub stage: StageId,
    pub area: Area,
}

/// A card's place on the screen, also if it is scrolled out of sight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CardArea {
    pub id: DealId,
    pub top: f64,
    pub height: f64,
}

/// The place at which a card would be dropped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    pub stage: StageId,
    /// The index among the other cards of the column.
    pub at: usize,
    /// The card at which the insertion line is drawn, and on which side. `None` in a column without other cards.
    pub line: Option<(DealId, Side)>,
}

/// Above or below a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

impl Side {
    /// The value of the attribute `data-line`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

/// A gap of up to this width belongs to the nearer column, so that the place does not flicker on crossing it.
const GAP: f64 = 16.0;

/// The column under the point; `None` beside all columns.
#[must_use]
pub fn column_at(columns: &[ColumnArea], at: Point) -> Option<StageId> {
    columns
        .iter()
        .filter(|column| (column.area.top..column.area.bottom()).contains(&at.y))
        .map(|column| (column, column.area.beside(at)))
        .filter(|(_, beside)| *beside < GAP)
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(column, _)| column.stage)
}

/// The place among the cards of a column: below every other card whose middle is above the pointer. `cards` must be in
/// order.
#[must_use]
pub fn slot_in(stage: StageId, cards: &[CardArea], lifted: DealId, y: f64) -> Slot {
    let others: Vec<&CardArea> = cards.iter().filter(|card| card.id != lifted).collect();
    let at = others.partition_point(|card| card.top + card.height / 2.0 < y);
    let line = match others.get(at) {
        Some(below) => Some((below.id, Side::Before)),
        None => others.last().map(|last| (last.id, Side::After)),
    };
    Slot { stage, at, line }
}

/// How near to an edge scrolling begins: a fifth of the side, at most this many pixels.
const EDGE: f64 = 96.0;
/// The highest speed, in pixels per second.
const FASTEST: f64 = 1_400.0;
/// How long scrolling takes to reach full speed, so that a pointer passing an edge barely scrolls.
const RAMP_MS: f64 = 600.0;

/// The speed of scrolling along one axis, in pixels per second, negative towards the start. `held_ms`: how long the
/// pointer has been at the edge. Outside of the board the speed is that at the edge.
#[must_use]
pub fn scroll_speed(at: f64, start: f64, length: f64, held_ms: f64) -> f64 {
    let edge = (length / 5.0).min(EDGE);
    if edge <= 0.0 {
        return 0.0;
    }
    let end = start + length;
    let (near, sign) = if at < start + edge {
        ((start + edge - at) / edge, -1.0)
    } else if at > end - edge {
        ((at - end + edge) / edge, 1.0)
    } else {
        return 0.0;
    };
    let near = near.min(1.0);
    let ramp = (held_ms / RAMP_MS).clamp(0.1, 1.0);
    sign * FASTEST * near * near * ramp
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn stage(nr: u128) -> StageId {
        StageId(Uuid::from_u128(nr))
    }

    fn deal(nr: u128) -> DealId {
        DealId(Uuid::from_u128(nr))
    }

    fn columns() -> Vec<ColumnArea> {
        let area = |left| Area { left, top: 60.0, width: 280.0, height: 800.0 };
        vec![
            ColumnArea { stage: stage(1), area: area(200.0) },
            ColumnArea { stage: stage(2), area: area(492.0) },
        ]
    }

    fn cards() -> Vec<CardArea> {
        (0..4).map(|nr| CardArea { id: deal(nr), top: 100.0 + 108.0 * nr as f64, height: 100.0 }).collect()
    }

    fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    #[test]
    fn a_point_is_in_the_column_under_it_or_the_nearer_one() {
        assert_eq!(column_at(&columns(), at(300.0, 400.0)), Some(stage(1)));
        assert_eq!(column_at(&columns(), at(491.0, 400.0)), Some(stage(2)));
        assert_eq!(column_at(&columns(), at(482.0, 400.0)), Some(stage(1)));
    }

    #[test]
    fn off_the_board_nothing_is_guessed() {
        for point in [at(100.0, 400.0), at(800.0, 400.0), at(300.0, 20.0), at(300.0, 900.0)] {
            assert_eq!(column_at(&columns(), point), None);
        }
        assert_eq!(column_at(&[], at(1.0, 1.0)), None);
    }

    #[test]
    fn the_middle_of_a_card_divides_above_from_below() {
        let nobody = deal(99);
        assert_eq!(
            slot_in(stage(1), &cards(), nobody, 149.0),
            Slot { stage: stage(1), at: 0, line: Some((deal(0), Side::Before)) }
        );
        assert_eq!(
            slot_in(stage(1), &cards(), nobody, 151.0),
            Slot { stage: stage(1), at: 1, line: Some((deal(1), Side::Before)) }
        );
        assert_eq!(
            slot_in(stage(1), &cards(), nobody, 9_999.0),
            Slot { stage: stage(1), at: 4, line: Some((deal(3), Side::After)) }
        );
    }

    #[test]
    fn the_lifted_card_does_not_count() {
        // Above its own place and close to it: always the place that it has.
        for y in [200.0, 260.0, 300.0] {
            assert_eq!(slot_in(stage(1), &cards(), deal(1), y).at, 1);
        }
        assert_eq!(slot_in(stage(1), &cards(), deal(1), 380.0).at, 2);
    }

    #[test]
    fn an_empty_column_has_a_place_and_no_line() {
        assert_eq!(slot_in(stage(2), &[], deal(1), 300.0), Slot { stage: stage(2), at: 0, line: None });
        let alone = [CardArea { id: deal(1), top: 100.0, height: 100.0 }];
        assert_eq!(slot_in(stage(2), &alone, deal(1), 300.0), Slot { stage: stage(2), at: 0, line: None });
    }

    #[test]
    fn the_board_runs_faster_nearer_to_the_edge_and_the_longer() {
        let speed = |at, held| scroll_speed(at, 0.0, 1_000.0, held);
        assert!(speed(500.0, 5_000.0).abs() < f64::EPSILON);
        assert!(speed(950.0, 600.0) > 0.0 && speed(50.0, 600.0) < 0.0);
        assert!(speed(990.0, 600.0) > speed(950.0, 600.0));
        assert!(speed(990.0, 600.0) > speed(990.0, 100.0));
        assert!((speed(2_000.0, 9_000.0) - FASTEST).abs() < f64::EPSILON);
        assert!((speed(-50.0, 9_000.0) + FASTEST).abs() < f64::EPSILON);
        assert!(scroll_speed(0.0, 0.0, 0.0, 0.0).abs() < f64::EPSILON);
    }
}
