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

#[derive(Clone, Copy)]
struct Heard {
    customers: RwSignal<u32>,
    deals: RwSignal<u32>,
    activities: RwSignal<u32>,
    tasks: RwSignal<u32>,
    people: RwSignal<u32>,
    firm: RwSignal<u32>,
    pipelines: RwSignal<u32>,
    own_records: RwSignal<u32>,
    /// Whether the stream is open; a page says so when it is not.
    open: RwSignal<bool>,
    /// The server now has another build of the browser's program than this page.
    outdated: RwSignal<bool>,
}

impl Heard {
    fn of(self, kind: Kind) -> Vec<RwSignal<u32>> {
        match kind {
            Kind::Customer => vec![self.customers],
            Kind::Deal => vec![self.deals],
            Kind::Activity => vec![self.activities],
            Kind::Task => vec![self.tasks],
            Kind::Person | Kind::Group => vec![self.people],
            Kind::Firm => vec![self.firm],
            // Settings of the firm that change rarely share one counter.
            Kind::Pipeline | Kind::Product | Kind::Field | Kind::OwnKind | Kind::SettingsDraft => {
                vec![self.pipelines]
            }
            Kind::OwnRecord => vec![self.own_records],
            Kind::Everything => vec![
                self.customers,
                self.deals,
                self.activities,
                self.tasks,
                self.people,
                self.firm,
                self.pipelines,
                self.own_records,
            ],
        }
    }
}

/// A counter that grows when something of those kinds changed, or when notices may have been missed.
#[must_use]
pub fn use_changes(kinds: &'static [Kind]) -> Signal<u32> {
    let Some(heard) = use_context::<Heard>() else { return Signal::stored(0) };
    Signal::derive(move || kinds.iter().flat_map(|kind| heard.of(*kind)).map(|counter| counter.get()).sum())
}

/// A function that makes everything on the page read again, for when the day has changed.
pub fn read_everything() -> impl Fn() + Clone + 'static {
    let heard = use_context::<Heard>();
    move || {
        for counter in heard.into_iter().flat_map(|heard| heard.of(Kind::Everything)) {
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
        customers: RwSignal::new(0),
        deals: RwSignal::new(0),
        activities: RwSignal::new(0),
        tasks: RwSignal::new(0),
        people: RwSignal::new(0),
        firm: RwSignal::new(0),
        pipelines: RwSignal::new(0),
        own_records: RwSignal::new(0),
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
                    for counter in kinds.into_iter().flat_map(|kind| heard.of(kind)) {
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
