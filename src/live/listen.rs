//! The browser's side: one stream for all tabs, turned into one counter for each kind of record, which grows when a
//! record of that kind changed. A component reads its data again when its counter grows; no data is held here. On the
//! server the counters never change.

use super::leaving::{ask_on_return, still_here};
use super::model::{Kind, Notice};
use super::one_stream;
use crate::id::PersonId;
use crate::ui::browser;
use leptos::prelude::*;

/// Changes that arrive within this time are reported together, so that an import of a hundred rows makes a page read
/// once.
const TOGETHER: std::time::Duration = std::time::Duration::from_millis(120);

/// How many counters there are.
const COUNTERS: usize = 8;

#[derive(Clone, Copy)]
struct Heard {
    counters: [RwSignal<u32>; COUNTERS],
    /// Whether the stream is open; a page says so when it is not.
    open: RwSignal<bool>,
    /// The server now has another build of the browser's program than this page.
    outdated: RwSignal<bool>,
}

impl Heard {
    /// The counters that grow when something of this kind changed.
    fn of(&self, kind: Kind) -> &[RwSignal<u32>] {
        let at = match kind {
            Kind::Customer => 0,
            Kind::Deal => 1,
            Kind::OwnRecord => 2,
            Kind::Activity => 3,
            Kind::Task => 4,
            Kind::Person | Kind::Group => 5,
            Kind::Firm => 6,
            // Settings of the firm that change rarely share one counter.
            Kind::Pipeline | Kind::Product | Kind::Field | Kind::OwnKind | Kind::SettingsDraft => 7,
            Kind::Everything => return &self.counters,
        };
        &self.counters[at..=at]
    }
}

/// A counter that grows when something of those kinds changed, or when notices may have been missed.
#[must_use]
pub fn use_changes(kinds: impl IntoIterator<Item = Kind>) -> Signal<u32> {
    let Some(heard) = use_context::<Heard>() else { return Signal::stored(0) };
    let counters: Vec<RwSignal<u32>> = kinds.into_iter().flat_map(|kind| heard.of(kind).to_vec()).collect();
    Signal::derive(move || counters.iter().map(|counter| counter.get()).sum())
}

/// A function that makes everything on the page read again, for when the day has changed.
pub fn read_everything() -> impl Fn() + Clone + 'static {
    let heard = use_context::<Heard>();
    move || {
        for counter in heard.into_iter().flat_map(|heard| heard.counters) {
            counter.try_update(|count| *count += 1);
        }
    }
}

/// Whether the page hears changes as they happen. `true` until the stream has failed.
#[must_use]
pub fn use_hearing() -> Signal<bool> {
    use_context::<Heard>().map_or(Signal::stored(true), |heard| heard.open.into())
}

/// Whether the server was updated since this page was loaded.
#[must_use]
pub fn use_outdated() -> Signal<bool> {
    use_context::<Heard>().map_or(Signal::stored(false), |heard| heard.outdated.into())
}

/// Opens the stream for as long as the app stands. Call once, in the app, for somebody signed in.
pub fn listen(me: PersonId) {
    let heard = Heard {
        counters: std::array::from_fn(|_| RwSignal::new(0)),
        open: RwSignal::new(true),
        outdated: RwSignal::new(false),
    };
    provide_context(heard);
    let waiting = StoredValue::new(Vec::<Kind>::new());
    let told = move |notice: Notice| {
        let first = waiting.with_value(Vec::is_empty);
        waiting.update_value(|kinds| kinds.push(notice.kind));
        if first {
            set_timeout(
                move || {
                    let mut kinds = waiting.try_update_value(std::mem::take).unwrap_or_default();
                    kinds.sort_by_key(|kind| *kind as u8);
                    kinds.dedup();
                    for counter in kinds.iter().flat_map(|kind| heard.of(*kind)) {
                        counter.update(|count| *count += 1);
                    }
                },
                TOGETHER,
            );
        }
    };
    Effect::new(move |_| {
        one_stream::follow(
            &format!("kartotek:{me}"),
            move |data| {
                if let Ok(notice) = serde_json::from_str(&data) {
                    told(notice);
                }
            },
            move |open| {
                // Changes may have been missed while the stream was closed, so everything is read again.
                if open && !heard.open.get_untracked() {
                    told(Notice::everything());
                }
                heard.open.set(open);
                if !open {
                    still_here(me);
                }
            },
            move || told(Notice::everything()),
            move |program| heard.outdated.set(program != browser::program()),
        );
        ask_on_return(me);
    });
}
