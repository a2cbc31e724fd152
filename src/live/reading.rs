//! What a page reads from the server, and reads again whenever something has changed. The view is built once, after the
//! first reading, and stays as long as its page. It is not awaited again for later readings: that would drop its
//! signals while they can still be used on screen, and the page would stop reacting.

use super::listen::use_hearing;
use crate::error::{Error, Result};
use crate::ui::{Sending, SkeletonRows, browser};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::pin::Pin;
use std::sync::Arc;

/// The newest result, owned by the page.
pub struct Reading<T: Send + Sync + 'static> {
    first: Resource<Result<T>>,
    /// `None` until the first reading has arrived.
    pub now: RwSignal<Option<Result<T>>>,
    /// While this is set nothing is read, so that nothing typed is lost; afterwards changes that were missed are read.
    pub held: RwSignal<bool>,
    /// Grows when the data has to be read again.
    pub again: RwSignal<u32>,
    hearing: Signal<bool>,
}

impl<T: Send + Sync + 'static> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Reading<T> {}

/// Set while the page itself deletes the record that it shows and is about to be left: none of its readings asks for
/// the record again (it would not be found). A page provides it before it reads.
#[derive(Clone, Copy)]
pub struct Leaving(RwSignal<bool>);

impl Leaving {
    /// Provides it to all readings of this page.
    pub fn provide() {
        provide_context(Self(RwSignal::new(false)));
    }

    /// A callback for the moment in which the page is about to be left. If the server refuses the deletion, the page
    /// goes on reading.
    #[must_use]
    pub fn with(sending: Sending) -> Callback<()> {
        let leaving = use_context::<Self>();
        Effect::new(move |_| {
            if let (true, Some(Self(leaving))) = (sending.error.with(Option::is_some), leaving) {
                leaving.try_set(false);
            }
        });
        Callback::new(move |()| {
            if let Some(Self(leaving)) = leaving {
                leaving.try_set(true);
            }
        })
    }
}

/// Reads the data of `key`: once with the page, and again when the key or `changes` change or when asked to. The answer
/// to an older request never replaces a newer one, and nothing is replaced while a menu is open.
#[must_use]
pub fn use_reading<K, T, F>(
    key: impl Fn() -> K + Copy + Send + Sync + 'static,
    changes: Signal<u32>,
    read: impl Fn(K) -> F + Copy + Send + Sync + 'static,
) -> Reading<T>
where
    K: PartialEq + 'static,
    T: PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Future<Output = Result<T>> + Send + 'static,
{
    let now = RwSignal::new(None);
    let (held, again) = (RwSignal::new(false), RwSignal::new(0_u32));
    let leaving = use_context::<Leaving>();
    let waits = Signal::derive(move || held.get() || leaving.is_some_and(|Leaving(leaving)| leaving.get()));
    let first = Resource::new(|| (), move |()| read(untrack(key)));
    let turn = StoredValue::new(0_u32);
    Effect::new(move |before: Option<(K, u32, u32)>| {
        let asked = (key(), changes.get(), again.get());
        let waits_now = waits.get();
        match before {
            Some(before) if waits_now => return before,
            Some(before) if before != asked => {}
            _ => return asked,
        }
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let mine = turn.get_value();
        let reading = read(untrack(key));
        leptos::task::spawn_local(async move {
            let done = reading.await;
            browser::when_no_menu_is_open(Box::new(move || {
                // Another reading has begun, or the page is gone.
                if turn.try_get_value() != Some(mine) {
                    return;
                }
                if waits.get_untracked() {
                    again.update(|count| *count += 1);
                } else if now.with_untracked(|now| now.as_ref() != Some(&done)) {
                    now.set(Some(done));
                }
            }));
        });
        asked
    });
    Reading { first, now, held, again, hearing: use_hearing() }
}

impl<T: Clone + PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static> Reading<T> {
    /// Draws once, when the first reading has arrived; `draw` uses [`Reading::now`] for everything that can change.
    pub fn once(self, draw: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
        self.begin(Arc::new(draw), true)
    }

    /// The same for something small: until it arrives nothing is shown in its place.
    pub fn once_quietly(self, draw: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
        self.begin(Arc::new(draw), false)
    }

    /// Draws every reading, updating what is there. The view keeps no state of its own.
    pub fn draw(self, draw: impl Fn(Result<T>) -> AnyView + Send + Sync + 'static) -> AnyView {
        let draw = Arc::new(draw);
        self.once(move || {
            let draw = Arc::clone(&draw);
            (move || self.now.get().map(|read| draw(read))).into_any()
        })
    }

    /// Draws every reading from scratch: for forms, so that no value of the former reading is taken for the present
    /// one.
    pub fn draw_anew(self, draw: impl Fn(Result<T>) -> AnyView + Send + Sync + 'static) -> AnyView {
        let draw = Arc::new(draw);
        self.draw(move |read| {
            let draw = Arc::clone(&draw);
            (move || draw(read.clone())).into_any()
        })
    }

    fn begin(self, draw: Drawing, skeleton: bool) -> AnyView {
        let begun = move || -> Pin<Box<dyn Future<Output = ()> + Send>> {
            Box::pin(async move {
                let first = self.first.await;
                if self.now.try_with_untracked(Option::is_none) == Some(true) {
                    self.now.set(Some(first));
                }
            })
        };
        waiting(Arc::new(begun), draw, skeleton)
    }

    /// The last successful result. Where reading again failed for a temporary reason, it stays as long as it is for the
    /// `same` thing that is asked for.
    #[must_use]
    pub fn known_while(self, same: impl Fn(&T) -> bool + Send + Sync + 'static) -> Memo<Option<T>> {
        Memo::new(move |before: Option<&Option<T>>| {
            self.now.with(|now| match now {
                Some(Ok(read)) => Some(read.clone()),
                Some(Err(Error::Offline | Error::Unavailable | Error::Internal { .. })) | None => {
                    before.cloned().flatten().filter(|known| same(known))
                }
                Some(Err(_)) => None,
            })
        })
    }

    /// Why the last reading failed.
    #[must_use]
    pub fn trouble(self) -> Memo<Option<Error>> {
        Memo::new(move |_| self.now.with(|now| now.as_ref().and_then(|now| now.as_ref().err().cloned())))
    }
}

impl<T: Send + Sync + 'static> Reading<T> {
    pub fn read_again(self) {
        self.again.try_update(|count| *count += 1);
    }

    /// Ends `held`, and reads what was missed meanwhile.
    pub fn let_go(self) {
        self.held.try_set(false);
        self.read_again();
    }

    /// Call after a change made on this page. Normally the change arrives through the stream like any other; only where
    /// there is no stream the data is read at once.
    pub fn changed(self) {
        if self.hearing.try_get_untracked() == Some(false) {
            self.read_again();
        }
    }
}

/// The present data of one row in a keyed list; the last known data while the row is being removed.
#[must_use]
pub fn use_row<T: Clone + PartialEq + Send + Sync + 'static>(
    find: impl Fn() -> Option<T> + Send + Sync + 'static,
) -> Memo<Option<T>> {
    Memo::new(move |before: Option<&Option<T>>| find().or_else(|| before.cloned().flatten()))
}

type Drawing = Arc<dyn Fn() -> AnyView + Send + Sync>;
type Begun = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

fn waiting(begun: Begun, draw: Drawing, skeleton: bool) -> AnyView {
    view! {
        <Suspense fallback=move || skeleton.then(|| view! { <SkeletonRows /> })>
            {move || {
                let (begun, draw) = (begun(), Arc::clone(&draw));
                Suspend::new(async move {
                    begun.await;
                    draw()
                })
            }}
        </Suspense>
    }
    .into_any()
}
