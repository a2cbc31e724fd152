//! The palette's view: a dialog with one field and a list below it, made only when it is opened. The browser keeps the
//! focus inside and restores it; arrow keys move through the lines, Enter chooses one.

use super::commands::task_in;
use super::link::Opener;
use super::looking::{Looking, look_up};
use super::options::{Act, Line, Reader, lines};
use super::run::use_runner;
use crate::auth::model::Visit;
use crate::error::Error;
use crate::i18n::{use_locale, use_text};
use crate::ui::{Button, ButtonKind, Icon, IconView, Missing, browser, use_toaster, use_today};
use leptos::ev::{self, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_split::wasm_split;
use leptos::web_sys::Element;
use uuid::Uuid;

/// Put once into the page's frame; until it is opened it is only a key listener.
#[component]
pub fn Palette(opener: Opener) -> impl IntoView {
    let open = opener.0;
    let early = Early { typed: StoredValue::default(), waits: StoredValue::new(true) };
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            // On a Mac, Ctrl+K deletes the rest of a line while typing, so there the key is Cmd+K.
            let key = if browser::on_a_mac() { event.meta_key() } else { event.ctrl_key() };
            if key && !event.alt_key() && !event.shift_key() && event.key().eq_ignore_ascii_case("k") {
                event.prevent_default();
                open.set(true);
            } else if open.get_untracked() && early.waits.get_value() && early.take(&event) {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    });
    let text = use_text();
    let toaster = use_toaster();
    let here = RwSignal::new(false);
    Effect::new(move |_| {
        if !open.get() {
            early.waits.set_value(true);
            early.typed.set_value(String::new());
        } else if !here.get_untracked() {
            spawn_local(async move {
                if load_palette().await.is_ok() {
                    here.set(true);
                } else {
                    open.set(false);
                    toaster.show(text.shell.not_loaded);
                }
            });
        }
    });
    view! {
        <Show when=move || open.get() && here.get()>
            {Suspend::new(async move { opened(open, early).await.unwrap_or_else(|_| ().into_any()) })}
        </Show>
    }
}

/// Keys typed after the palette was opened and before its field exists: they belong into the field, not to the page.
#[derive(Clone, Copy)]
pub struct Early {
    typed: StoredValue<String>,
    /// Whether the field does not exist yet.
    waits: StoredValue<bool>,
}

impl Early {
    /// Whether the key was one that types.
    fn take(self, event: &KeyboardEvent) -> bool {
        let key = event.key();
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return false;
        }
        if key.chars().count() == 1 {
            self.typed.update_value(|typed| typed.push_str(&key));
        } else if key == "Backspace" {
            self.typed.update_value(|typed| {
                typed.pop();
            });
        } else {
            return false;
        }
        true
    }
}

/// Loaded as a separate wasm part, because nobody needs it before its key is pressed.
#[wasm_split(palette, wasm_split_path = leptos::wasm_split, fallible, preload(load_palette))]
pub fn opened(open: RwSignal<bool>, early: Early) -> Result<AnyView, Missing> {
    Ok(view! { <Opened open early /> }.into_any())
}

#[component]
fn Opened(open: RwSignal<bool>, early: Early) -> impl IntoView {
    let (text, locale) = (use_text(), use_locale());
    let words = &text.palette;
    let visit = use_context::<Visit>().unwrap_or_default();
    let today = use_today();
    let role = visit.me.map(|me| me.role);
    let reader = move || Reader { text, locale, today: today.get(), role };
    let runner = use_runner();
    let dialog = NodeRef::<html::Dialog>::new();
    let input = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    let Looking { busy, found, trouble } = look_up(typed, today);
    let all = Memo::new(move |_| typed.with(|typed| found.with(|found| lines(typed, found, reader()))));
    // The line chosen with the arrow keys. It stays chosen wherever it moves when more is found; typing resets it.
    let walked = RwSignal::new(None::<Act>);
    let at = Memo::new(move |_| {
        let walked = walked.get();
        all.with(|all| all.iter().position(|line| Some(&line.act) == walked.as_ref())).unwrap_or_default()
    });
    // Enter was pressed before the answer for the present text arrived: then the first line of that answer is meant.
    let eager = StoredValue::new(false);
    Effect::new(move |_| {
        typed.track();
        walked.set(None);
        eager.set_value(false);
    });
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
            early.waits.set_value(false);
            if let Some(input) = input.get_untracked() {
                let before = early.typed.get_value();
                input.set_value(&before);
                typed.set(before);
            }
        }
    });
    let close = move || {
        // Closing through the dialog element restores the focus.
        if let Some(dialog) = dialog.try_get_untracked().flatten() {
            dialog.close();
        }
    };
    let adding = RwSignal::new(false);
    let fresh = StoredValue::new(Uuid::new_v4());
    let take = move |line: Line| match line.act {
        Act::Open(path) => {
            runner.go(&path);
            close();
        }
        Act::Command(does, rest) => match runner.run(does, &rest) {
            Some(more) => {
                typed.set(more.clone());
                if let Some(input) = input.get_untracked() {
                    input.set_value(&more);
                    let _ = input.focus();
                }
            }
            None => close(),
        },
        Act::AddTask(line, customer) if !adding.get_untracked() => {
            adding.set(true);
            let today = today.get_untracked();
            spawn_local(async move {
                let done = runner.add_task(fresh.get_value(), line, customer, today).await;
                adding.try_set(false);
                match done {
                    Ok(_) => close(),
                    // The typed text stays; if the palette is closed by now, a toast shows the error.
                    Err(error) => {
                        if matches!(error, Error::Conflict { .. }) {
                            // Another line was added under this id before, although its answer was lost.
                            let _ = fresh.try_set_value(Uuid::new_v4());
                        }
                        if let Some(Some(error)) = trouble.try_set(Some(error)) {
                            runner.undo_toast.tell(&(text.errors.error)(&error));
                        }
                    }
                }
            });
        }
        Act::AddTask(..) => {}
    };
    let walk = move |to: usize| {
        walked.set(all.with_untracked(|all| all.get(to).map(|line| line.act.clone())));
        bring_into_view(to);
    };
    let enter = move || {
        if busy.get_untracked() && walked.with_untracked(Option::is_none) {
            eager.set_value(true);
        } else if let Some(line) = all.with_untracked(|all| all.get(at.get_untracked()).cloned()) {
            take(line);
        }
    };
    Effect::new(move |_| {
        if !busy.get() && eager.get_value() {
            eager.set_value(false);
            enter();
        }
    });
    let keys = move |event: KeyboardEvent| {
        let len = all.with_untracked(Vec::len);
        let at = at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if len > 0 => walk((at + 1) % len),
            "ArrowUp" if len > 0 => walk((at + len - 1) % len),
            "Enter" if !event.is_composing() => enter(),
            _ => return,
        }
        event.prevent_default();
    };
    let groups = move || {
        let mut groups: Vec<(&'static str, Vec<(usize, Line)>)> = Vec::new();
        for (nr, line) in all.get().into_iter().enumerate() {
            match groups.last_mut() {
                Some((name, of_group)) if *name == line.group => of_group.push((nr, line)),
                _ => groups.push((line.group, vec![(nr, line)])),
            }
        }
        let shown = groups.into_iter().map(|(name, of_group)| {
            let options =
                of_group.into_iter().map(|(nr, line)| one_line(nr, line, at, walked, take)).collect_view();
            view! {
                <div class="palette-group" role="group" aria-label=name>
                    <p class="palette-heading" aria-hidden="true">{name}</p>
                    {options}
                </div>
            }
        });
        shown.collect_view()
    };
    let said = move || {
        if let Some(error) = trouble.get() {
            return Some((text.errors.error)(&error));
        }
        let none = all.with(Vec::is_empty) && !busy.get();
        none.then(|| {
            if typed.with(|typed| task_in(typed).is_some()) { text.tasks.line_example } else { words.nothing }
                .to_owned()
        })
    };
    view! {
        <dialog
            node_ref=dialog
            class="palette"
            aria-label=words.open
            on:close=move |_| open.set(false)
            // A click outside of the palette closes it: nothing typed here needs to be kept.
            on:click=move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                if target.is_some_and(|target| target.tag_name().eq_ignore_ascii_case("dialog")) {
                    close();
                }
            }
        >
            <div class="palette-inner">
                <div class="palette-field">
                    <IconView icon=Icon::Search />
                    <input
                        node_ref=input
                        class="palette-input"
                        type="text"
                        role="combobox"
                        autofocus=true
                        autocomplete="off"
                        spellcheck="false"
                        enterkeyhint="go"
                        placeholder=words.example
                        aria-label=words.label
                        aria-autocomplete="list"
                        aria-expanded="true"
                        aria-controls="palette-lines"
                        aria-busy=move || (busy.get() || adding.get()).then_some("true")
                        aria-activedescendant=move || all.with(|all| !all.is_empty()).then(|| line_id(at.get()))
                        on:input:target=move |event| typed.set(event.target().value())
                        on:keydown=keys
                    />
                    <Button kind=ButtonKind::Plain icon=Icon::Close label=text.common.close
                        on_click=move |()| close() />
                </div>
                <div class="palette-lines" id="palette-lines" role="listbox" aria-label=words.results>{groups}</div>
                <p class="palette-none" role="status">{said}</p>
                <p class="palette-keys desk-only">{words.keys}</p>
            </div>
        </dialog>
    }
}

fn one_line(
    nr: usize,
    line: Line,
    at: Memo<usize>,
    walked: RwSignal<Option<Act>>,
    take: impl Fn(Line) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (kept, act) = (line.clone(), line.act.clone());
    view! {
        <div
            class="palette-line"
            role="option"
            id=line_id(nr)
            aria-selected=move || if at.get() == nr { "true" } else { "false" }
            on:mousemove=move |_| {
                if at.get_untracked() != nr {
                    walked.set(Some(act.clone()));
                }
            }
            on:click=move |_| take(kept.clone())
        >
            <IconView icon=line.icon />
            <span class="palette-title">{line.title}</span>
            <span class="palette-sub">{line.sub}</span>
        </div>
    }
}

fn line_id(at: usize) -> String {
    format!("palette-{at}")
}

/// Scrolls the list, and only the list, until the line is visible.
fn bring_into_view(at: usize) {
    let (Some(list), Some(line)) = (browser::by_id("palette-lines"), browser::by_id(&line_id(at))) else {
        return;
    };
    let (around, line) = (browser::rect(&list), browser::rect(&line));
    let by = (line.bottom() - around.bottom()).max(0.0) + (line.top - around.top).min(0.0);
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    let by = by as i32;
    list.set_scroll_top(list.scroll_top() + by);
}
