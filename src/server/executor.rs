//! Tasks that leptos spawns while it renders a page run inside the request's own task, one after another, as in a
//! browser. Leptos signals do not bear more: when two threads use one at the same time, reading it panics ("already
//! been disposed", leptos-rs/leptos#3681) or the page never finishes. This way a panic, the request's id and its end
//! also hold for the spawned tasks.

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::{mpsc, oneshot};

tokio::task_local! {
    static SPAWN: mpsc::UnboundedSender<PinnedFuture<()>>;
}

struct InTurn;

impl CustomExecutor for InTurn {
    fn spawn(&self, task: PinnedFuture<()>) {
        let left = match SPAWN.try_with(mpsc::UnboundedSender::clone) {
            Ok(request) => request.send(task).err().map(|left| left.0),
            Err(_) => Some(task),
        };
        // A task spawned outside of a request is spawned on tokio as usual.
        if let Some(task) = left {
            drop(tokio::spawn(task));
        }
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        drop(tokio::task::spawn_local(task));
    }

    fn poll_local(&self) {}
}

/// Installs the executor. Call before any page is rendered; a second call does nothing.
pub fn spawn_in_turn() {
    let _ = Executor::init_custom_executor(InTurn);
}

/// Runs the work together with all tasks it spawns through leptos, on one task; spawned tasks that are still running at
/// its end are dropped.
pub async fn alone<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let (spawn, mut spawned) = mpsc::unbounded_channel();
    let (done, mut answer) = oneshot::channel();
    let turns = async move {
        let mut tasks = FuturesUnordered::<PinnedFuture<()>>::new();
        tasks.push(Box::pin(async move {
            let _ = done.send(work.await);
        }));
        loop {
            tokio::select! {
                biased;
                Ok(answer) = &mut answer => break answer,
                Some(task) = spawned.recv() => tasks.push(task),
                Some(()) = tasks.next() => {}
            }
        }
    };
    SPAWN.scope(spawn, turns).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn what_a_request_spawns_runs_in_its_own_task() {
        spawn_in_turn();
        let request = tokio::spawn(alone(async {
            let own = tokio::task::id();
            let (heard, ids) = std::sync::mpsc::channel();
            for _ in 0..50 {
                let heard = heard.clone();
                Executor::spawn(async move {
                    tokio::task::yield_now().await;
                    let _ = heard.send(tokio::task::id());
                });
            }
            drop(heard);
            let mut seen = 0;
            while seen < 50 {
                tokio::task::yield_now().await;
                while let Ok(id) = ids.try_recv() {
                    assert_eq!(id, own);
                    seen += 1;
                }
            }
            seen
        }));
        let answered = tokio::time::timeout(std::time::Duration::from_secs(30), request).await;
        assert_eq!(answered.expect("an answer").expect("no panic"), 50);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_panics_in_it_ends_the_request() {
        spawn_in_turn();
        let request = tokio::spawn(alone(async {
            Executor::spawn(async { panic!("while a page was drawn") });
            std::future::pending::<()>().await;
        }));
        let ended = tokio::time::timeout(std::time::Duration::from_secs(30), request).await;
        assert!(ended.expect("it does not wait for ever").is_err_and(|error| error.is_panic()));
    }
}
