//! Counts the statements that do not ask for reach: there may be fewer of them, never more. Also counts those that read
//! the table of all records, with the reason why they show nothing of a kind that is hidden from the person asking.

use super::{refuse, rust};

/// The files with statements that do not ask for reach, and how many. Such a statement writes records for which another
/// one has asked in the same transaction, or it is about what everybody sees (stages, products, the firm) or about the
/// person asking alone.
const EVERYONES: [(&str, usize); 37] = [
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
    ("src/fields/own/store.rs", 4),
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
    ("src/people/store/reach.rs", 1),
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
    refuse(
        broken,
        "Use `Tx::query`, which asks for reach, not `Tx::everyones`. Numbers in EVERYONES may only be lowered.",
    );
}

/// The only files that use `Tx::private`: their rows are seen by one person alone, so no event is needed.
const PRIVATE: [&str; 1] = ["src/settings_draft/store.rs"];

#[test]
fn only_drafts_are_private() {
    let mut broken = Vec::new();
    for source in rust().iter().filter(|source| !source.path.starts_with("src/tests")) {
        if source.text.contains(".private(") != PRIVATE.contains(&source.path.as_str()) {
            broken.push(source.path.clone());
        }
    }
    refuse(
        broken,
        "Only files in PRIVATE use `Tx::private`, for rows that nobody else sees. Other changes need an event.",
    );
}

/// The files with statements that read the table of all records, how many, and why these show nothing of a hidden kind.
/// A statement that reads `own_records` must ask for `hidden_kinds` itself, or `Tx::query` refuses it.
const ALL_RECORDS: [(&str, usize, &str); 26] = [
    ("src/activities/store.rs", 4, "the card of the activity is read by its own store first"),
    ("src/backup/store/invariants.rs", 5, "checks a whole database, and shows no record"),
    ("src/customers/store.rs", 1, "customers only"),
    ("src/customers/store/count.rs", 1, "customers only"),
    ("src/customers/store/list.rs", 3, "customers only"),
    ("src/deals/board/store.rs", 3, "deals only"),
    ("src/deals/store.rs", 1, "deals only"),
    ("src/deals/store/list.rs", 6, "deals only"),
    ("src/deals/store/of_customer.rs", 1, "deals only"),
    ("src/fields/own/store/convert.rs", 2, "for the firm's owner, and by the program itself"),
    ("src/fields/own/store/links.rs", 2, "asks for hidden_kinds"),
    ("src/filters/store.rs", 2, "asks for hidden_kinds; or the list joins only its own records"),
    ("src/journal/store/command.rs", 1, "only whether an id is in use"),
    ("src/journal/store/lines.rs", 5, "asks for hidden_kinds, for events and for names"),
    ("src/journal/store/log.rs", 1, "asks for hidden_kinds"),
    ("src/journal/store/purge.rs", 9, "deletes records for good, and shows nothing"),
    ("src/journal/store/trash.rs", 2, "asks for hidden_kinds"),
    ("src/own_records/store.rs", 1, "the values of rows of own_records"),
    ("src/own_records/store/list.rs", 1, "the values of rows of own_records"),
    ("src/own_records/store/words.rs", 6, "conditions on rows of own_records"),
    (
        "src/people/store/groups.rs",
        3,
        "moves the trash of a deleted group to the group above, and shows nothing",
    ),
    ("src/records/store.rs", 3, "asks for hidden_kinds; or only whether a record still exists"),
    ("src/records/store/kinds.rs", 2, "used by purge and when a group is deleted"),
    ("src/settings_draft/store.rs", 2, "for the firm's owner, who sees all kinds"),
    ("src/tasks/store.rs", 1, "the customer of a card, which is stored and not shown"),
    ("src/tasks/store/search.rs", 3, "tasks only"),
];

#[test]
fn hidden_kinds_are_thought_of_where_all_records_are_read() {
    let mut broken = Vec::new();
    let speaks = |path: &str| path.starts_with("src/tests") || path == "src/server/sql.rs";
    for source in rust().iter().filter(|source| !speaks(&source.path)) {
        let reads = |word: &str| {
            let behind = source.text.split(word).skip(1);
            let whole = |rest: &&str| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
            let search = |rest: &&str| rest.starts_with("_search");
            behind.filter(|rest| whole(rest) || search(rest)).count()
        };
        let found = reads("FROM records") + reads("JOIN records");
        let listed = ALL_RECORDS.iter().find(|(path, ..)| *path == source.path);
        if found != listed.map_or(0, |(_, times, _)| *times) {
            let listed = listed.map_or("none".to_owned(), |(_, times, why)| format!("{times}: {why}"));
            broken.push(format!("{}: {found} statements on all records, listed {listed}", source.path));
        }
    }
    refuse(
        broken,
        "Ask for hidden_kinds where records of all kinds are shown, then list the statement in ALL_RECORDS.",
    );
}
