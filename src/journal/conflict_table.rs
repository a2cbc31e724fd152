//! The table of a conflict: the fields that two people changed, one's own value beside the one on record. Which fields
//! these are and what becomes of them is for the form that shows it.

use crate::i18n::use_text;
use leptos::prelude::*;

/// A field that two people changed, as a person reads it.
pub struct ConflictRow {
    pub label: String,
    pub mine: String,
    pub theirs: String,
    /// What can be done about this field alone.
    pub choice: Option<AnyView>,
}

impl ConflictRow {
    #[must_use]
    pub fn new(label: impl Into<String>, mine: impl Into<String>, theirs: impl Into<String>) -> Self {
        Self { label: label.into(), mine: mine.into(), theirs: theirs.into(), choice: None }
    }
}

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
