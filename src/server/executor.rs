//! One request, one task: whatever leptos spawns while it draws a page is run by the request's own task, in turn and
//! never beside it, as in the browser. Its signals are not made for more: where two threads meet at one of them,
//! reading it panics ("already been disposed", leptos-rs/leptos#3681), or the page waits for ever. And a panic, the
//! request's id and its end hold for what was spawned, too.

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
        // Outside of a request it is a task like any other.
        if let Some(task) = left {
            drop(tokio::spawn(task));
        }
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        drop(tokio::task::spawn_local(task));
    }

    fn poll_local(&self) {}
}

/// Before any page is drawn; a second call is refused and harmless.
pub fn spawn_in_turn() {
    let _ = Executor::init_custom_executor(InTurn);
}

/// Does the work and, in turn with it, whatever it spawns through leptos; what is still running at its end is dropped.
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
