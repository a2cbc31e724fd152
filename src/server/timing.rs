//! How long a request spent in the database, for its line in the log: there it is seen at once whether a slow answer is
//! a slow statement or our own doing. It counts; it decides nothing.

use std::cell::Cell;
use std::time::{Duration, Instant};

tokio::task_local! {
    static SPENT: Cell<Duration>;
}

/// Does the request's work and says how long the database took of it. What the work leaves to other tasks is not
/// counted.
pub(super) async fn counted<T>(work: impl Future<Output = T>) -> (T, Duration) {
    SPENT
        .scope(Cell::new(Duration::ZERO), async {
            let done = work.await;
            (done, SPENT.with(Cell::get))
        })
        .await
}

/// A call of the database; outside a request it is not counted.
pub(super) async fn in_database<T>(call: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let done = call.await;
    let _ = SPENT.try_with(|spent| spent.set(spent.get() + begun.elapsed()));
    done
}
