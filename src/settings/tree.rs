//! The tree of groups and people: a flat list of rows, each with its depth. People who lead can move rows by menu or by
//! dragging, and add, rename and delete groups. The rules are in `people`; the server checks them.

use super::outcome::why;
use crate::error::Error;
use crate::i18n::use_text;
use crate::id::{EventId, UnitId};
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::live::Kind;
use crate::live::reading::{Reading, use_row};
use crate::people::api;
use crate::people::model::TreeNode;
use crate::ui::{
    Avatar, Badge, Banner, Button, ButtonKind, Choice, Dialog, Each, Field, Icon, IconView, Menu, MenuItem,
    Select, Tone, Trouble, browser, use_sending,
};
use leptos::ev::{DragEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the dialog is open for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asking {
    Add { under: UnitId },
    Rename { unit: UnitId, name: String },
    Move { unit: UnitId, name: String, under: Option<UnitId> },
}

/// The state and the actions of the tree.
#[derive(Clone, Copy)]
struct Hand {
    reading: Reading<Vec<TreeNode>>,
    nodes: Memo<Vec<TreeNode>>,
    asking: RwSignal<Option<Asking>>,
    open: RwSignal<bool>,
    lifted: RwSignal<Option<UnitId>>,
    over: RwSignal<Option<UnitId>>,
    refused: RwSignal<Option<Error>>,
    undo_toast: UndoToast,
}

impl Hand {
    /// Opens the dialog.
    fn ask(self, what: Asking) {
        self.asking.set(Some(what));
        self.open.set(true);
    }

    /// Shows that an action was done, or why it was refused.
    fn said(self, said: &str, done: crate::error::Result<Option<EventId>>) {
        match done {
            Ok(event) => {
                self.refused.try_set(None);
                self.undo_toast.say(said, event, move || self.reading.changed());
                self.reading.changed();
            }
            Err(error) => {
                self.refused.try_set(Some(error));
            }
        }
    }

    /// Moves a person or a group under another group.
    fn put(self, unit: UnitId, under: UnitId) {
        let words = use_text().settings();
        let name = |id: UnitId| {
            self.nodes
                .with_untracked(|nodes| nodes.iter().find(|node| node.id == id).map(|node| node.name.clone()))
        };
        let said = (words.moved)(&name(unit).unwrap_or_default(), &name(under).unwrap_or_default());
        spawn_local(async move { self.said(&said, api::put(unit, under).await) });
    }

    fn delete(self, unit: UnitId, said: &'static str) {
        spawn_local(async move { self.said(said, api::delete_group(unit).await) });
    }

    /// Whether the dragged row may be dropped on this one.
    fn takes(self, unit: UnitId) -> bool {
        let lifted = self.lifted.get_untracked();
        self.nodes.with_untracked(|nodes| {
            let carried = nodes.iter().find(|node| Some(node.id) == lifted);
            let open = nodes.iter().any(|node| node.id == unit && node.open);
            open && carried.is_some_and(|carried| carried.id != unit && carried.under != Some(unit))
        })
    }
}

/// The tree; `leads` adds the dialog.
#[component]
pub fn Tree(reading: Reading<Vec<TreeNode>>, leads: bool) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let known = reading.known_while(|_| true);
    let hand = Hand {
        reading,
        nodes: Memo::new(move |_| known.get().unwrap_or_default()),
        asking: RwSignal::new(None),
        open: RwSignal::new(false),
        lifted: RwSignal::new(None),
        over: RwSignal::new(None),
        refused: RwSignal::new(None),
        undo_toast: use_undo_toast(),
    };
    let trouble = reading.trouble();
    let failed = move || {
        trouble.get().map(|error| view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> })
    };
    let refusal = move || {
        hand.refused.get().map(|error| {
            view! { <Banner tone=Tone::Bad text=why(text, &error) /> }
        })
    };
    view! {
        {refusal}
        {reading.once(move || view! {
            {failed}
            <ul class="tree" aria-label=words.people>
                <Each rows=move || hand.nodes.get() key=|node| node.id let:node><Line id=node.id hand leads /></Each>
            </ul>
        }.into_any())}
        {leads.then(|| view! { <Ask hand /> })}
    }
}

/// A row. It is updated in place, so that an open menu stays open.
#[component]
fn Line(id: UnitId, hand: Hand, leads: bool) -> impl IntoView {
    let node = use_row(move || hand.nodes.with(|nodes| nodes.iter().find(|node| node.id == id).cloned()));
    let depth = move || node.with(|node| node.as_ref().map_or(0, |node| node.depth.min(4)).to_string());
    let led = move || node.with(|node| node.as_ref().is_some_and(|node| node.led)).then_some("true");
    let lift = move |event: DragEvent| {
        browser::carry(&event, &id.to_string());
        hand.lifted.set(Some(id));
    };
    let over = move |event: DragEvent| {
        if hand.takes(id) {
            event.prevent_default();
            hand.over.set(Some(id));
        }
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        if let (true, Some(unit)) = (hand.takes(id), hand.lifted.get_untracked()) {
            hand.put(unit, id);
        }
        hand.lifted.set(None);
        hand.over.set(None);
    };
    view! {
        <li
            class="tree-line"
            data-depth=depth
            data-lifted=move || (hand.lifted.get() == Some(id)).then_some("")
            data-over=move || (hand.over.get() == Some(id)).then_some("")
            draggable=led
            on:dragstart=lift
            on:dragover=over
            on:dragleave=move |_| hand.over.update(|over| { over.take_if(|over| *over == id); })
            on:dragend=move |_| hand.lifted.set(None)
            on:drop=drop
        >
            {move || node.get().map(|node| {
                let menu = (node.led || node.open).then(|| view! { <LineMenu node=node.clone() hand /> });
                view! {
                    <What node leads />
                    {menu}
                }
            })}
        </li>
    }
}

/// The content of a row: a person or a group.
#[component]
fn What(node: TreeNode, leads: bool) -> impl IntoView {
    let words = use_text().settings();
    let (id, name) = (node.id, node.name);
    match node.person {
        Some(person) => {
            let state = if !person.active {
                Some((Tone::Plain, words.inactive))
            } else if person.joined {
                None
            } else if person.invited {
                Some((Tone::Warn, words.invited))
            } else {
                Some((Tone::Plain, words.no_sign_in))
            };
            let named = if leads {
                view! { <a class="tree-name" href=format!("/settings/people/{id}")>{name.clone()}</a> }
                    .into_any()
            } else {
                view! { <span class="tree-name">{name.clone()}</span> }.into_any()
            };
            view! {
                <Avatar name=name />
                <span class="tree-who">
                    {named}
                    <span class="muted small">
                        {(words.role_name)(person.role)} " · " {(words.sees_name)(person.sees)}
                    </span>
                </span>
                {state.map(|(tone, text)| view! { <Badge tone text /> })}
            }
            .into_any()
        }
        None => view! {
            <IconView icon=Icon::Building />
            <span class="tree-who"><span class="tree-name">{name}</span></span>
        }
        .into_any(),
    }
}

/// The menu of a row, with what the person asking may do there.
#[component]
fn LineMenu(node: TreeNode, hand: Hand) -> impl IntoView {
    let words = use_text().settings();
    let (id, under) = (node.id, node.under);
    let name = StoredValue::new(node.name.clone());
    let person = node.person.is_some();
    let label = (words.actions_of)(&node.name);
    view! {
        <Menu id=format!("unit-{id}") label=label plain=true>
            {person.then(|| view! {
                <MenuItem label=words.open_person icon=Icon::Pencil href=format!("/settings/people/{id}") />
            })}
            {node.open.then(|| view! {
                <MenuItem label=words.invite_here icon=Icon::Plus href=format!("/settings/people/invite?under={id}") />
                <MenuItem label=words.add_group_here icon=Icon::Building
                    on_click=move |()| hand.ask(Asking::Add { under: id }) />
            })}
            {(node.led && !person).then(|| view! {
                <MenuItem label=words.rename icon=Icon::Pencil
                    on_click=move |()| hand.ask(Asking::Rename { unit: id, name: name.get_value() }) />
            })}
            {node.led.then(|| view! {
                <MenuItem label=words.move_to icon=Icon::Swap
                    on_click=move |()| hand.ask(Asking::Move { unit: id, name: name.get_value(), under }) />
            })}
            {(node.led && !person).then(|| view! {
                <MenuItem label=words.delete_group icon=Icon::Trash danger=true
                    on_click=move |()| hand.delete(id, words.group_deleted) />
            })}
        </Menu>
    }
}

/// The dialog of the tree: a name, or a group to move to.
#[component]
fn Ask(hand: Hand) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let title = Signal::derive(move || {
        hand.asking.with(|asking| match asking {
            Some(Asking::Add { .. }) | None => words.add_group.to_owned(),
            Some(Asking::Rename { .. }) => words.rename.to_owned(),
            Some(Asking::Move { name, .. }) => (words.move_of)(name),
        })
    });
    view! {
        <Dialog open=hand.open title=title close_label=text.common.cancel>
            {move || hand.asking.get().map(|asking| view! { <AskForm asking hand /> })}
        </Dialog>
    }
}

/// The form in the dialog.
#[component]
fn AskForm(asking: Asking, hand: Hand) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let sending = use_sending();
    let begun = match &asking {
        Asking::Rename { name, .. } => name.clone(),
        Asking::Add { .. } | Asking::Move { .. } => String::new(),
    };
    let name = RwSignal::new(begun);
    let groups: Vec<Choice> = hand.nodes.with_untracked(|nodes| {
        let open = nodes.iter().filter(|node| node.open);
        open.map(|node| {
            Choice::new(node.id.to_string(), format!("{}{}", "– ".repeat(usize::from(node.depth)), node.name))
        })
        .collect()
    });
    let under = RwSignal::new(match &asking {
        Asking::Move { under: Some(under), .. } => under.to_string(),
        _ => String::new(),
    });
    let moving = matches!(asking, Asking::Move { .. });
    let draft = match &asking {
        Asking::Add { under } => format!("add-group:{under}"),
        Asking::Rename { unit, .. } => format!("rename:{unit}"),
        // A single choice is no typed text that would have to be kept.
        Asking::Move { .. } => String::new(),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked();
        let done = move |said: String, event: Option<EventId>| {
            hand.open.set(false);
            hand.said(&said, Ok(event));
        };
        match asking.clone() {
            Asking::Add { under } => {
                sending.send(api::add_group(typed, under), move |unit| {
                    hand.open.set(false);
                    hand.refused.try_set(None);
                    hand.undo_toast
                        .say_made(words.group_added, (Kind::Group, unit.0), move || hand.reading.changed());
                    hand.reading.changed();
                });
            }
            Asking::Rename { unit, .. } => {
                sending
                    .send(api::rename_group(unit, typed), move |event| done(words.saved.to_owned(), event));
            }
            Asking::Move { unit, name, .. } => {
                let Ok(under) = under.get_untracked().parse::<UnitId>() else { return };
                let there = hand.nodes.with_untracked(|nodes| {
                    nodes
                        .iter()
                        .find(|node| node.id == under)
                        .map(|node| node.name.clone())
                        .unwrap_or_default()
                });
                sending.send(api::put(unit, under), move |event| done((words.moved)(&name, &there), event));
            }
        }
    };
    view! {
        <form class="form" data-draft=draft on:submit=submit>
            {if moving {
                view! {
                    <Select name="under" label=words.under choices=groups value=under
                        problem=sending.problem("under") />
                }.into_any()
            } else {
                view! {
                    <Field name="name" label=words.group_name value=name problem=sending.problem("name") required=true
                        autofocus=true />
                }.into_any()
            }}
            <Trouble sending />
            <div class="form-actions">
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>
                    {if moving { words.move_here } else { text.common.save }}
                </Button>
            </div>
        </form>
    }
}
