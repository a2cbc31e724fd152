//! Tests of what must be true after every move on every board.

use super::*;
use crate::deals::model::Status;
use proptest::prelude::*;
use uuid::Uuid;

fn stage(nr: u128, status: Status) -> Stage {
    Stage {
        id: StageId(Uuid::from_u128(nr)),
        pipeline_id: PipelineId(Uuid::nil()),
        name: format!("stage {nr}"),
        status,
        color: 1,
        probability: 50,
    }
}

fn card(nr: u128, amount: Option<i64>) -> BoardCard {
    BoardCard {
        id: DealId(Uuid::from_u128(nr)),
        title: format!("deal {nr}"),
        customer_id: None,
        customer: None,
        amount,
        currency: if nr.is_multiple_of(2) { Currency::Try } else { Currency::Usd },
        owner: "Ayşe Işık".into(),
        days_in_stage: 3,
        expected_on: None,
        version: 1,
        next: None,
        position: String::new(),
    }
}

/// Three columns and the two ends 8 (won) and 9 (lost); deals are numbered through.
fn board(columns: [Vec<Option<i64>>; 3]) -> Board {
    let mut nr = 100;
    let columns = (1..).zip(columns).map(|(id, amounts)| {
        let cards: Vec<_> = amounts
            .into_iter()
            .map(|amount| {
                nr += 1;
                card(nr, amount)
            })
            .collect();
        Column {
            stage: stage(id, Status::Open),
            count: i64::try_from(cards.len()).expect("few cards"),
            totals: cards.iter().filter_map(BoardCard::money).filter(|money| money.minor != 0).collect(),
            cards,
            more: false,
        }
    });
    Board {
        pipeline: PipelineId(Uuid::nil()),
        pipelines: Vec::new(),
        columns: columns.collect(),
        ends: vec![stage(8, Status::Won), stage(9, Status::Lost)],
    }
}

fn put(deal: u128, to: u128, after: Option<u128>, before: Option<u128>) -> Move {
    let id = |nr| DealId(Uuid::from_u128(nr));
    Move {
        cmd: CmdId(Uuid::from_u128(1)),
        deal: id(deal),
        to: StageId(Uuid::from_u128(to)),
        after: after.map(id),
        before: before.map(id),
        seen_version: 1,
        lost_reason: String::new(),
    }
}

fn order(board: &Board, column: usize) -> Vec<u128> {
    board.columns[column].cards.iter().map(|card| card.id.0.as_u128()).collect()
}

fn small() -> Board {
    board([vec![Some(100), None], vec![Some(300), Some(400), Some(500)], vec![]])
}

#[test]
fn counts_and_totals_follow_the_card() {
    let after = small().moved(&put(103, 1, Some(101), None));
    assert_eq!(order(&after, 0), [101, 103, 102]);
    assert_eq!((after.columns[0].count, after.columns[1].count), (3, 2));
    assert_eq!(after.columns[0].totals.iter().map(|money| money.minor).collect::<Vec<_>>(), [400]);
    assert_eq!(after.card(DealId(Uuid::from_u128(103))).map(|card| card.days_in_stage), Some(0));
}

#[test]
fn within_a_column_only_the_order_changes() {
    let after = small().moved(&put(105, 2, None, Some(103)));
    assert_eq!(order(&after, 1), [105, 103, 104]);
    assert_eq!(after.columns[1].count, 3);
    assert_eq!(after.columns[1].totals, small().columns[1].totals);
}

#[test]
fn the_card_above_wins_and_a_missing_one_leaves_it_to_the_other() {
    assert_eq!(order(&small().moved(&put(101, 2, Some(104), Some(103))), 1), [103, 104, 101, 105]);
    assert_eq!(order(&small().moved(&put(101, 2, Some(999), Some(103))), 1), [101, 103, 104, 105]);
    assert_eq!(order(&small().moved(&put(101, 2, Some(999), None)), 1), [103, 104, 105, 101]);
}

#[test]
fn into_an_end_the_card_leaves_the_board() {
    let after = small().moved(&put(103, 8, None, None));
    assert!(after.card(DealId(Uuid::from_u128(103))).is_none());
    assert_eq!(after.columns[1].count, 2);
}

#[test]
fn into_a_stage_of_another_pipeline_nothing_moves() {
    assert_eq!(small().moved(&put(103, 77, None, None)), small());
}

#[test]
fn letting_go_where_it_stands_is_no_move() {
    let board = small();
    let deal = DealId(Uuid::from_u128(104));
    let stage = StageId(Uuid::from_u128(2));
    assert!(board.stands(deal, &board.place(deal, stage, 1)));
    assert!(!board.stands(deal, &board.place(deal, stage, 0)));
    assert!(!board.stands(deal, &board.place(deal, stage, 2)));
    assert!(!board.stands(deal, &board.place(deal, StageId(Uuid::from_u128(3)), 0)));
}

#[test]
fn the_weighted_total_is_the_part_that_is_likely() {
    assert_eq!(small().columns[0].weighted().iter().map(|money| money.minor).collect::<Vec<_>>(), [50]);
}

#[test]
fn cards_that_are_here_are_not_added_twice() {
    let mut board = small();
    let next = Cards { cards: vec![card(105, None), card(106, None), card(101, None)], more: true };
    board.append(StageId(Uuid::from_u128(2)), next);
    assert_eq!(order(&board, 1), [103, 104, 105, 106]);
    assert!(board.columns[1].more);
}

fn any_board() -> impl Strategy<Value = Board> {
    let column = || prop::collection::vec(prop::option::of(-1_000_000..1_000_000_i64), 0..6);
    (column(), column(), column()).prop_map(|(one, two, three)| board([one, two, three]))
}

fn any_move() -> impl Strategy<Value = Move> {
    let deal = || 100..120_u128;
    (deal(), 1..5_u128, prop::option::of(deal()), prop::option::of(deal()))
        .prop_map(|(deal_nr, to, after, before)| put(deal_nr, to, after, before))
}

proptest! {
    #[test]
    fn no_deal_and_no_money_is_lost(board in any_board(), moves in prop::collection::vec(any_move(), 0..12)) {
        let after = board.with(&moves);
        prop_assert_eq!(after.sum().0, board.sum().0);
        let money = |board: &Board| {
            let mut sum: Vec<Money> = board.sum().1.iter().filter(|money| money.minor != 0).collect();
            sum.sort_by_key(|money| money.currency);
            sum
        };
        prop_assert_eq!(money(&after), money(&board));
        for column in &after.columns {
            prop_assert_eq!(column.count, i64::try_from(column.cards.len()).expect("few"));
        }
    }

    #[test]
    fn done_twice_is_as_done_once(board in any_board(), change in any_move()) {
        let once = board.moved(&change);
        let twice = once.moved(&change);
        for (one, two) in once.columns.iter().zip(&twice.columns) {
            prop_assert_eq!((&one.cards, one.count), (&two.cards, two.count));
        }
    }

    #[test]
    fn the_others_keep_their_order(board in any_board(), change in any_move()) {
        let others = |board: &Board| -> Vec<Vec<DealId>> {
            let rest = |column: &Column| {
                column.cards.iter().map(|card| card.id).filter(|id| *id != change.deal).collect()
            };
            board.columns.iter().map(rest).collect()
        };
        prop_assert_eq!(others(&board.moved(&change)), others(&board));
    }

    #[test]
    fn a_place_is_where_the_card_then_stands(
        board in any_board(), deal in 101..118_u128, to in 1..4_u128, at in 0..7_usize,
    ) {
        let (deal, stage) = (DealId(Uuid::from_u128(deal)), StageId(Uuid::from_u128(to)));
        prop_assume!(board.card(deal).is_some());
        let place = board.place(deal, stage, at);
        let (after, before) = (place.after.map(|id| id.0.as_u128()), place.before.map(|id| id.0.as_u128()));
        let change = Move { deal, ..put(0, to, after, before) };
        let after = board.moved(&change);
        let (column, now) = after.find(deal).expect("still on the board");
        prop_assert_eq!(column.stage.id, stage);
        prop_assert_eq!(now, at.min(column.cards.len() - 1));
        prop_assert!(after.stands(deal, &after.place(deal, stage, now)));
    }
}
