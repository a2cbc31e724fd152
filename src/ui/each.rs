//! The rows of a list, each drawn once and kept as long as its key stays. The type of the rows is hidden in a box,
//! because leptos's `For` is compiled for each type of row, which costs 5 KB of wasm each time.

use leptos::prelude::*;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher, Hash};
use std::sync::Arc;

struct Row {
    key: u64,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// `key` tells the rows of a list apart; a row with a new key is drawn again.
#[component]
pub fn Each<T, K, N>(
    rows: impl Fn() -> Vec<T> + Send + 'static,
    key: impl Fn(&T) -> K + Send + 'static,
    children: impl Fn(T) -> N + Send + Sync + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    K: Hash + 'static,
    N: IntoView + 'static,
{
    let children = Arc::new(children);
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let boxed = move |row: T| {
        let children = Arc::clone(&children);
        Row { key: hasher.hash_one(key(&row)), draw: Box::new(move || children(row).into_any()) }
    };
    drawn(Box::new(move || rows().into_iter().map(&boxed).collect()))
}

fn drawn(rows: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    view! { <For each=rows key=|row| row.key children=|row| (row.draw)() /> }.into_any()
}
