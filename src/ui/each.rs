//! The rows of a list, each drawn once and kept as long as its key stays. What they are is hidden in a box: leptos's
//! `For` is made anew for each kind of row and weighs 5 KB each time on its way to the browser.

use leptos::prelude::*;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher, Hash};
use std::sync::Arc;

struct Row {
    key: u64,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// `key` tells the rows of one list apart; a row with a new one is drawn anew.
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
