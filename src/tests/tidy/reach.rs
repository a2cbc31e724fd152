//! Statements that do without reach are counted: there may be fewer of them, never more. So are those that read the
//! table of all records, each with why it tells nothing of a kind that is hidden from the person asking.

use super::{refuse, rust};

/// Where a statement does without reach, and how often: it writes what another has asked for in the same transaction,
/// or it is about what is everyone's (stages, products, the firm) or one's own.
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
    ("src/fields/own/store.rs", 5),
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

/// Where the table of all records is read, how often, and why nothing of a hidden kind is told there. What reads the
/// own_records table itself is refused when it does not ask (`Tx::query`).
const ALL_RECORDS: [(&str, usize, &str); 26] = [
    ("src/activities/store.rs", 4, "the card it hangs on is read by its own store first"),
    ("src/backup/store/invariants.rs", 5, "asked of a whole database, of rules alone"),
    ("src/customers/store.rs", 1, "customers alone"),
    ("src/customers/store/count.rs", 1, "customers alone"),
    ("src/customers/store/list.rs", 3, "customers alone"),
    ("src/deals/board/store.rs", 3, "deals alone"),
    ("src/deals/store.rs", 1, "deals alone"),
    ("src/deals/store/list.rs", 6, "deals alone"),
    ("src/deals/store/of_customer.rs", 1, "deals alone"),
    ("src/fields/own/store/convert.rs", 2, "for the firm's owner, and by the program itself"),
    ("src/fields/own/store/links.rs", 2, "asks"),
    ("src/filters/store.rs", 2, "asks; what a list begins with it joins to its own records"),
    ("src/journal/store/command.rs", 1, "whether an id is taken, by whatever"),
    ("src/journal/store/lines.rs", 5, "asks, of what is told and of names"),
    ("src/journal/store/log.rs", 1, "asks"),
    ("src/journal/store/purge.rs", 9, "the end of records, in the owner's name"),
    ("src/journal/store/trash.rs", 2, "asks"),
    ("src/own_records/store.rs", 1, "the values of a row that was asked for"),
    ("src/own_records/store/list.rs", 1, "the rows of a page that was asked for"),
    ("src/own_records/store/words.rs", 6, "narrows own_records, which are asked for"),
    (
        "src/people/store/groups.rs",
        3,
        "the trash of a group that ends, by rules and not by reach; told to nobody",
    ),
    ("src/records/store.rs", 3, "asks; whether something is kept that a record pointed at before"),
    ("src/records/store/kinds.rs", 2, "said by purge and by the end of a group"),
    ("src/settings_draft/store.rs", 2, "for the firm's owner, who sees all kinds"),
    ("src/tasks/store.rs", 1, "the customer of a card, kept and not told"),
    ("src/tasks/store/search.rs", 3, "tasks alone"),
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
        "Ask for hidden_kinds where records of all kinds are told of, then list the statement here.",
    );
}
