//! A row that is moved by dragging it onto another one. It only reports which row was dropped on which; moving it, and
//! the menu for moving without a mouse, are up to the page.

use crate::ui::browser;
use leptos::ev::DragEvent;
use leptos::prelude::*;
use std::fmt::Display;

/// Which row of a list is being dragged, and which one it is over.
#[derive(Clone, Copy)]
pub struct Lifting<I: Send + Sync + 'static> {
    lifted: RwSignal<Option<I>>,
    over: RwSignal<Option<I>>,
}

impl<I: Send + Sync + 'static> Default for Lifting<I> {
    fn default() -> Self {
        Self { lifted: RwSignal::new(None), over: RwSignal::new(None) }
    }
}

/// A row. `takes` returns whether another row may be dropped on this one; `put` is called when it was.
#[component]
pub fn SortableRow<I>(
    id: I,
    lifting: Lifting<I>,
    #[prop(default = true)] draggable: bool,
    takes: Callback<I, bool>,
    put: Callback<I>,
    children: Children,
) -> impl IntoView
where
    I: Copy + PartialEq + Display + Send + Sync + 'static,
{
    let Lifting { lifted, over } = lifting;
    let lift = move |event: DragEvent| {
        browser::carry(&event, &id.to_string());
        lifted.set(Some(id));
    };
    let welcome = move || lifted.get_untracked().filter(|other| *other != id && takes.run(*other));
    let hold = move |event: DragEvent| {
        if welcome().is_some() {
            event.prevent_default();
            over.set(Some(id));
        }
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        if let Some(other) = welcome() {
            put.run(other);
        }
        lifted.set(None);
        over.set(None);
    };
    view! {
        <li
            class="settings-row"
            draggable=if draggable { "true" } else { "false" }
            data-lifted=move || (lifted.get() == Some(id)).then_some("")
            data-over=move || (over.get() == Some(id)).then_some("")
            on:dragstart=lift
            on:dragover=hold
            on:dragleave=move |_| over.update(|over| { over.take_if(|over| *over == id); })
            on:dragend=move |_| lifted.set(None)
            on:drop=drop
        >
            {children()}
        </li>
    }
}
