//! Searching for signs such as `%`, `_` or `C++`: the names that contain them are found, and nothing else, in the
//! lists, on the board, in the palette and in exported files.

use super::world::{World, on_both_engines};
use crate::customers::model::CustomerQuery;
use crate::customers::store as customers;
use crate::deals::board::model::BoardQuery;
use crate::deals::store::list as deals;
use crate::deals::view::DealQuery;
use crate::i18n::Locale;
use crate::palette::model::HitKind;
use crate::palette::store::find;
use axum::http::StatusCode;

const NAMES: [&str; 10] =
    ["100% Fresh", "100 Gıda", "A_B", "AB", "O'Brien", "O’Brien", "C++", "&", "?!", "😀 Kafe"];

/// The typed text, and the names that contain it.
const ASKED: [(&str, &[&str]); 13] = [
    ("%", &["100% Fresh"]),
    ("_", &["A_B"]),
    ("&", &["&"]),
    ("?!", &["?!"]),
    ("!", &["?!"]),
    ("C++", &["C++"]),
    ("c++", &["C++"]),
    ("++", &["C++"]),
    ("A_B", &["A_B"]),
    ("'", &["O'Brien", "O’Brien"]),
    ("😀", &["😀 Kafe"]),
    ("\\", &[]),
    ("%%", &[]),
];

async fn named(world: &World) {
    for name in NAMES {
        world.customer("seller", name).await;
        world.deal("seller", name, 0, None).await;
        world.task("seller", name, 0).await;
    }
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort_unstable();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_of_signs_finds_what_holds_them() {
    on_both_engines(async |world| {
        named(world).await;
        for (typed, names) in ASKED {
            let names = sorted(names.iter().map(|name| (*name).to_owned()).collect());
            let query = CustomerQuery { search: typed.into(), limit: 50, ..CustomerQuery::default() };
            let page =
                world.seen_by("seller", async |tx| customers::list(tx, &query).await).await.expect("a list");
            let found = page.rows.into_iter().map(|row| row.name).collect();
            assert_eq!(sorted(found), names, "{typed}: customers on {}", world.engine);
            let count = world.seen_by("seller", async |tx| customers::count(tx, &query).await).await;
            assert_eq!(count.expect("a count").number as usize, names.len(), "{typed}");

            let query = DealQuery { search: typed.into(), ..DealQuery::default() };
            let part =
                world.seen_by("seller", async |tx| deals::list(tx, &query).await).await.expect("a list");
            let found = part.rows.into_iter().map(|row| row.title).collect();
            assert_eq!(sorted(found), names, "{typed}: deals on {}", world.engine);
            let sum = world.seen_by("seller", async |tx| deals::sum(tx, &query).await).await.expect("a sum");
            assert_eq!(sum.count as usize, names.len(), "{typed}");

            let query = BoardQuery { search: typed.into(), ..BoardQuery::default() };
            let board = async |tx: &mut _| crate::deals::board::store::board(tx, &query).await;
            let board = world.seen_by("seller", board).await.expect("a board");
            let cards = board.columns.iter().flat_map(|column| &column.cards);
            assert_eq!(sorted(cards.map(|card| card.title.clone()).collect()), names, "{typed}: the board");

            let hits =
                world.seen_by("seller", async |tx| find(tx, typed, Locale::Tr).await).await.expect("hits");
            for kind in [HitKind::Customer, HitKind::Deal, HitKind::Task] {
                let of_kind = hits.iter().filter(|hit| hit.kind == kind);
                assert_eq!(
                    sorted(of_kind.map(|hit| hit.title.clone()).collect()),
                    names,
                    "{typed}: {kind:?}"
                );
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_search_of_signs_holds_what_was_found() {
    on_both_engines(async |world| {
        named(world).await;
        let mut browser = world.browser_of("owner").await;
        for path in ["/customers/export.csv", "/deals/export.csv"] {
            for (typed, found, not) in
                [("%25", "100% Fresh", "Gıda"), ("%3F!", "?!", "Gıda"), ("%5C", "", "Fresh")]
            {
                let file = browser.get(&format!("{path}?q={typed}")).await;
                assert_eq!(file.status, StatusCode::OK, "{path}");
                assert!(
                    file.text.contains(found) && !file.text.contains(not),
                    "{path}?q={typed}: {}",
                    file.text
                );
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_see_is_not_found_by_its_signs() {
    on_both_engines(async |world| {
        named(world).await;
        let hits = world.seen_by("other", async |tx| find(tx, "%", Locale::Tr).await).await.expect("hits");
        assert_eq!(hits, []);
        let customer = world.customer("other", "Gizli %").await;
        let deal = world.deal("seller", "Açık", 0, None).await;
        world
            .by("owner", async |tx| {
                let (now, version) = crate::records::read(tx, deal).await?;
                let new = crate::deals::model::DealFacts { customer_id: Some(customer), ..now.clone() };
                let what = crate::journal::model::What::Changed;
                crate::records::save(tx, deal, (&now, version), &new, what).await
            })
            .await
            .expect("it hangs on a hidden customer");
        let query = DealQuery { search: "%".into(), ..DealQuery::default() };
        let part = world.seen_by("seller", async |tx| deals::list(tx, &query).await).await.expect("a list");
        assert!(
            part.rows.iter().all(|row| row.title != "Açık"),
            "a deal is not found by the name of a hidden customer"
        );
        let part = world.seen_by("owner", async |tx| deals::list(tx, &query).await).await.expect("a list");
        assert!(part.rows.iter().any(|row| row.title == "Açık"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_of_any_length_is_answered() {
    on_both_engines(async |world| {
        named(world).await;
        let owner = world.browser_of("owner").await;
        for typed in ["x".repeat(100_000), "100 ".repeat(25_000), "5".repeat(100_000), "%".repeat(100_000)] {
            let shown = &typed[..8];
            for (path, input) in [
                ("/api/customers/list", serde_json::json!({"query": {"search": typed}})),
                ("/api/customers/count", serde_json::json!({"query": {"search": typed}})),
                ("/api/customers/choices", serde_json::json!({"search": typed})),
                ("/api/deals/list", serde_json::json!({"query": {"search": typed}})),
                ("/api/board/get", serde_json::json!({"query": {"search": typed, "depth": []}})),
                ("/api/search/all", serde_json::json!({"search": typed})),
                ("/api/products/list", serde_json::json!({"typed": typed})),
            ] {
                let (status, told) = owner.clone().call(path, &input).await;
                assert_eq!(status, StatusCode::OK, "{}: {path} {shown}…: {told}", world.engine);
            }
        }
    })
    .await;
}
