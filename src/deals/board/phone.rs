//! The strip of stages above the board on a phone, where one stage fills the screen: it shows the present stage and
//! leads to the others.

use super::column::column_id;
use super::state::BoardState;
use crate::i18n::{use_locale, use_text};
use crate::id::StageId;
use crate::ui::{Each, browser};
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn StageStrip(state: BoardState, board: NodeRef<html::Div>, seen: RwSignal<usize>) -> impl IntoView {
    let (text, locale) = (use_text(), use_locale());
    let stages = Memo::new(move |_| {
        state.shown.with(|board| board.columns.iter().map(|column| column.stage.clone()).collect::<Vec<_>>())
    });
    let sum = move |id: StageId| {
        state.shown.with(|board| {
            board.column(id).map(|column| {
                let parts = [column.count.to_string(), column.totals.rough(locale)];
                if column.totals.is_empty() { parts[0].clone() } else { parts.join(" · ") }
            })
        })
    };
    let go = move |event: MouseEvent, id: StageId| {
        if let (Some(board), Some(column)) = (board.get_untracked(), browser::by_id(&column_id(id))) {
            event.prevent_default();
            let (column, board_at) = (browser::rect(&column), browser::rect(&board));
            #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
            let by = (column.left - board_at.left) as i32;
            board.set_scroll_left(board.scroll_left() + by - 16);
        }
    };
    view! {
        <nav class="stage-strip" aria-label=text.board().stages>
            <Each rows=move || stages.get().into_iter().enumerate().collect()
                key=|(at, stage)| (*at, stage.id, stage.name.clone()) let((at, stage))>
                {
                    let id = stage.id;
                    view! {
                        <a
                            class="strip-stage"
                            href=format!("#{}", column_id(id))
                            data-color=stage.color.to_string()
                            aria-current=move || (seen.get() == at).then_some("true")
                            on:click=move |event| go(event, id)
                        >
                            <span class="strip-name">{stage.name}</span>
                            <span class="strip-sum">{move || sum(id)}</span>
                        </a>
                    }
                }
            </Each>
        </nav>
    }
}

/// The column that fills the screen, computed from how far the board is scrolled.
#[must_use]
pub fn column_in_sight(scrolled: i32, width: i32, columns: usize) -> usize {
    if width <= 0 || columns == 0 {
        return 0;
    }
    let at = (scrolled.max(0) + width / 2) / width;
    usize::try_from(at).unwrap_or_default().min(columns - 1)
}

#[cfg(test)]
mod tests {
    use super::column_in_sight;

    #[test]
    fn the_column_that_fills_most_of_the_screen_is_in_sight() {
        assert_eq!(column_in_sight(0, 360, 4), 0);
        assert_eq!(column_in_sight(170, 360, 4), 0);
        assert_eq!(column_in_sight(190, 360, 4), 1);
        assert_eq!(column_in_sight(5_000, 360, 4), 3);
        assert_eq!(column_in_sight(10, 0, 4), 0);
    }
}
