//! The repeatable rows of the form: phones, e-mail addresses, contacts. Without wasm a `<details>` holds a few empty
//! rows; with wasm the same control adds rows one by one.

use crate::error::Error;
use crate::i18n::use_text;
use crate::ui::{Button, ButtonKind, Each, Field, FieldKind, Icon, IconView, Sending};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// How many empty rows there are without wasm.
const SPARE: usize = 3;
/// The keys of these empty rows, apart from the keys of all other rows.
const SPARE_KEYS: usize = 10_000;

/// The problem of a row's field. Such a field is named with its index: `phones.1`.
fn problem_at(sending: Sending, field: &'static str, place: Signal<usize>) -> Signal<Option<String>> {
    let words = &use_text().errors;
    Signal::derive(move || {
        let name = format!("{field}.{}", place.get());
        sending.error.with(|error| match error {
            Some(Error::Invalid(problems)) => {
                problems.iter().find(|one| one.field == name).map(|one| (words.problem)(&one.problem))
            }
            _ => None,
        })
    })
}

/// The keys of the rows, of which there is at least one, and each row's present index.
#[derive(Clone, Copy)]
struct Rows {
    keys: RwSignal<Vec<usize>>,
    next: StoredValue<usize>,
}

impl Rows {
    fn new(count: usize) -> Self {
        let count = count.max(1);
        Self { keys: RwSignal::new((0..count).collect()), next: StoredValue::new(count) }
    }

    fn add(self, first_field: impl Fn(usize) -> String) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        self.keys.update(|keys| keys.push(key));
        let field = first_field(key);
        request_animation_frame(move || {
            crate::ui::browser::focus(&field);
        });
    }

    fn remove(self, key: usize) {
        self.keys.update(|keys| keys.retain(|one| *one != key));
    }

    fn place(self, key: usize) -> Signal<usize> {
        Signal::derive(move || {
            self.keys.with(|keys| match key.checked_sub(SPARE_KEYS) {
                Some(spare) => keys.len() + spare,
                None => keys.iter().position(|one| *one == key).unwrap_or_default(),
            })
        })
    }
}

/// The control that adds a row; without wasm it opens the `<details>` with the empty rows.
#[component]
fn More(#[prop(into)] label: String, #[prop(into)] add: Callback<()>, children: Children) -> impl IntoView {
    let click = move |event: MouseEvent| {
        event.prevent_default();
        add.run(());
    };
    view! {
        <details class="more-rows">
            <summary class="button plain" on:click=click>
                <IconView icon=Icon::Plus />
                <span class="button-text">{label}</span>
            </summary>
            <div class="row-list">{children()}</div>
        </details>
    }
}

/// Rows of one line each: phones, e-mail addresses.
#[component]
pub fn LineRows(
    field: &'static str,
    kind: FieldKind,
    label: &'static str,
    add: &'static str,
    remove: &'static str,
    initial: Vec<String>,
    sending: Sending,
) -> impl IntoView {
    let words = &use_text().customers;
    let typed: Vec<String> = initial.into_iter().filter(|line| !line.trim().is_empty()).collect();
    let rows = Rows::new(typed.len());
    let typed = StoredValue::new(typed);
    let line = move |key: usize| {
        let place = rows.place(key);
        let name = if key == 0 { label.to_owned() } else { (words.row)(label, key % SPARE_KEYS + 1) };
        let initial = typed.with_value(|typed| typed.get(key).cloned().unwrap_or_default());
        view! {
            <Field
                name=format!("{field}[]")
                id=format!("{field}-{key}")
                label=name
                kind
                initial
                problem=problem_at(sending, field, place)
                autocomplete="off"
            />
        }
    };
    view! {
        <div class="row-list">
            <Each rows=move || rows.keys.get() key=|key| *key let:key>
                <div class="row-line">
                    {line(key)}
                    <span class="awake-only">
                        <Button
                            kind=ButtonKind::Plain
                            icon=Icon::Close
                            label=remove
                            on_click=move |()| rows.remove(key)
                        />
                    </span>
                </div>
            </Each>
            <More label=add add=Callback::new(move |()| rows.add(move |key| format!("{field}-{key}")))>
                {(0..SPARE)
                    .map(|nr| view! { <div class="row-line">{line(SPARE_KEYS + nr)}</div> })
                    .collect::<Vec<_>>()}
            </More>
        </div>
    }
}

/// The contacts: one group of fields each.
#[component]
pub fn ContactRows(
    ids: Vec<String>,
    names: Vec<String>,
    jobs: Vec<String>,
    phones: Vec<String>,
    emails: Vec<String>,
    sending: Sending,
) -> impl IntoView {
    let words = &use_text().customers;
    let at = |list: &Vec<String>, nr: usize| list.get(nr).cloned().unwrap_or_default();
    let typed: Vec<[String; 5]> = (0..names.len())
        .map(|nr| [at(&ids, nr), at(&names, nr), at(&jobs, nr), at(&phones, nr), at(&emails, nr)])
        .filter(|row| row[1..].iter().any(|part| !part.trim().is_empty()))
        .collect();
    let rows = Rows::new(typed.len());
    let typed = StoredValue::new(typed);
    let contact = move |key: usize| {
        let place = rows.place(key);
        let [id, name, job, phone, email] =
            typed.with_value(|typed| typed.get(key).cloned().unwrap_or_default());
        let field = move |part: &'static str, label: &'static str, kind: FieldKind, initial: String| {
            view! {
                <Field
                    name=format!("{part}[]")
                    id=format!("{part}-{key}")
                    label
                    kind
                    initial
                    problem=problem_at(sending, part, place)
                    autocomplete="off"
                />
            }
        };
        view! {
            <input type="hidden" name="contact_id[]" value=id data-kept="" />
            {field("contact_name", words.contact_name, FieldKind::Text, name)}
            {field("contact_job", words.contact_job, FieldKind::Text, job)}
            {field("contact_phone", words.contact_phone, FieldKind::Tel, phone)}
            {field("contact_email", words.contact_email, FieldKind::Email, email)}
        }
    };
    let group = move |place: Signal<usize>| move || (words.contact_row)(place.get() + 1);
    view! {
        <div class="row-list">
            <Each rows=move || rows.keys.get() key=|key| *key let:key>
                <div class="row-line contact-line" role="group" aria-label=group(rows.place(key))>
                    {contact(key)}
                    <span class="awake-only">
                        <Button
                            kind=ButtonKind::Plain
                            icon=Icon::Close
                            label=words.remove_contact
                            on_click=move |()| rows.remove(key)
                        />
                    </span>
                </div>
            </Each>
            <More
                label=words.add_contact
                add=Callback::new(move |()| rows.add(|key| format!("contact_name-{key}")))
            >
                {(0..SPARE)
                    .map(|nr| {
                        let key = SPARE_KEYS + nr;
                        view! {
                            <div class="row-line contact-line" role="group" aria-label=group(rows.place(key))>
                                {contact(key)}
                            </div>
                        }
                    })
                    .collect::<Vec<_>>()}
            </More>
        </div>
    }
}
