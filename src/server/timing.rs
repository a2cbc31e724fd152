//! Measures how long a request spent in the database, for its line in the log, so that a slow statement can be told
//! from slow code of ours. It only measures.

use std::cell::Cell;
use std::time::{Duration, Instant};

tokio::task_local! {
    static SPENT: Cell<Duration>;
}

/// Runs the request's work and tells how long the database took of it. Work that is left to other tasks is not counted.
pub(super) async fn counted<T>(work: impl Future<Output = T>) -> (T, Duration) {
    SPENT
        .scope(Cell::new(Duration::ZERO), async {
            let done = work.await;
            (done, SPENT.with(Cell::get))
        })
        .await
}

/// Measures one call of the database; outside of a request nothing is counted.
pub(super) async fn in_database<T>(call: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let done = call.await;
    let _ = SPENT.try_with(|spent| spent.set(spent.get() + begun.elapsed()));
    done
}
