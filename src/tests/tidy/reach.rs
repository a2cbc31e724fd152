//! Statements that do without reach are counted: there may be fewer of them, never more.

use super::{refuse, rust};

/// Where a statement does without reach, and how often: it writes what another has asked for in the same transaction,
/// or it is about what is everyone's (stages, products, the firm) or one's own.
const EVERYONES: [(&str, usize); 36] = [
    ("src/activities/store.rs", 2),
    ("src/activities/store/stream.rs", 1),
    ("src/auth/store.rs", 1),
    ("src/auth/store/account.rs", 2),
    ("src/backup/store/ledger.rs", 2),
    ("src/customers/store.rs", 1),
    ("src/customers/store/contacts.rs", 3),
    ("src/deals/board/store/places.rs", 3),
    ("src/deals/pipeline.rs", 9),
    ("src/deals/pipelines/store.rs", 4),
    ("src/deals/pipelines/store/stages.rs", 5),
    ("src/deals/store.rs", 3),
    ("src/deals/store/of_customer.rs", 2),
    ("src/fields/own/store.rs", 6),
    ("src/fields/own/store/choices.rs", 1),
    ("src/fields/own/store/links.rs", 1),
    ("src/filters/store.rs", 1),
    ("src/handover/store.rs", 2),
    ("src/import/store.rs", 5),
    ("src/import/store/records.rs", 1),
    ("src/journal/store.rs", 4),
    ("src/journal/store/back.rs", 4),
    ("src/journal/store/command.rs", 4),
    ("src/journal/store/purge.rs", 4),
    ("src/journal/store/since.rs", 2),
    ("src/own_kinds/store.rs", 4),
    ("src/own_records/store.rs", 4),
    ("src/own_records/store/card.rs", 1),
    ("src/people/store.rs", 1),
    ("src/people/store/firm.rs", 2),
    ("src/products/store.rs", 6),
    ("src/records/store.rs", 7),
    ("src/sample/store.rs", 2),
    ("src/server/tx.rs", 4),
    ("src/tasks/store.rs", 4),
    ("src/tasks/store/search.rs", 1),
];

#[test]
fn statements_ask_for_reach() {
    let mut broken = Vec::new();
    for source in rust().iter().filter(|source| !source.path.starts_with("src/tests")) {
        let used = source.text.matches(".everyones(").count();
        let listed = EVERYONES.iter().find(|(path, _)| *path == source.path).map_or(0, |(_, times)| *times);
        if used != listed {
            broken.push(format!("{}: {used} statements without reach, {listed} listed", source.path));
        }
    }
    refuse(broken, "Ask for reach with `Tx::query`. The list of those who do not only becomes shorter.");
}

/// What is a person's own, and no event tells of: written by these alone.
const PRIVATE: [&str; 1] = ["src/settings_draft/store.rs"];

#[test]
fn only_drafts_are_private() {
    let mut broken = Vec::new();
    for source in rust().iter().filter(|source| !source.path.starts_with("src/tests")) {
        if source.text.contains(".private(") != PRIVATE.contains(&source.path.as_str()) {
            broken.push(source.path.clone());
        }
    }
    refuse(broken, "What changes the firm needs an event: `Tx::private` is for what nobody else sees.");
}
