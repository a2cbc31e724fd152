//! The table that shows a conflict: a row for each field that two people changed, with the person's own value and the
//! stored one. Which fields these are and how they are settled is up to the form that shows it.

use crate::i18n::use_text;
use leptos::prelude::*;

/// A row of the table, as text.
pub struct ConflictRow {
    pub label: String,
    pub mine: String,
    pub theirs: String,
    /// The control that settles this field alone.
    pub choice: Option<AnyView>,
}

impl ConflictRow {
    #[must_use]
    pub fn new(label: impl Into<String>, mine: impl Into<String>, theirs: impl Into<String>) -> Self {
        Self { label: label.into(), mine: mine.into(), theirs: theirs.into(), choice: None }
    }
}

/// The table, with a further column if any row has a control.
#[component]
pub fn ConflictTable(rows: Vec<ConflictRow>) -> impl IntoView {
    let text = use_text();
    let row = |row: ConflictRow| {
        view! {
            <tr>
                <th scope="row">{row.label}</th>
                <td class="mine as-typed">{row.mine}</td>
                <td class="theirs as-typed">{row.theirs}</td>
                {row.choice.map(|choice| view! { <td>{choice}</td> })}
            </tr>
        }
    };
    let choose = rows.iter().any(|row| row.choice.is_some()).then(|| view! { <td></td> });
    view! {
        <table class="conflict">
            <thead>
                <tr>
                    <th scope="col"><span class="visually-hidden">{text.history.field}</span></th>
                    <th scope="col">{text.errors.conflict_mine}</th>
                    <th scope="col">{text.errors.conflict_theirs}</th>
                    {choose}
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
