//! Every page, plain form and exported file: what strangers and viewers get there. The lists here are compared with the
//! routes in the source, so that none is missing.

use super::rows::{ROWS, Target};
use super::target;
use crate::tests::world::on_both_engines;
use axum::http::StatusCode;
use std::collections::BTreeSet;
use std::path::Path;

/// Pages for people who are signed in; a stranger is redirected to the sign-in page.
const PAGES: [&str; 33] = [
    "/",
    "/customers",
    "/customers/new",
    "/customers/{customer}",
    "/customers/{customer}/edit",
    "/customers/{customer}/hand-over",
    "/deals",
    "/deals/new",
    "/deals/{deal}",
    "/deals/{deal}/edit",
    "/deals/{deal}/hand-over",
    "/tasks",
    "/tasks/new",
    "/tasks/{task}/edit",
    "/history",
    "/trash",
    "/settings",
    "/settings/people",
    "/settings/people/invite",
    "/settings/people/{person}",
    "/settings/firm",
    "/settings/pipelines",
    "/settings/products",
    "/settings/fields",
    "/settings/kinds",
    "/settings/draft",
    "/kinds/1",
    "/kinds/1/board",
    "/kinds/1/new",
    "/records/{record}",
    "/records/{record}/edit",
    "/records/{record}/hand-over",
    "/menu",
];

/// Plain forms for people who may change something.
const FORMS: [&str; 34] = [
    "/customers/new",
    "/customers/{customer}/edit",
    "/customers/{customer}/delete",
    "/customers/{customer}/hand-over",
    "/customers/{customer}/log",
    "/deals/new",
    "/deals/{deal}/edit",
    "/deals/{deal}/delete",
    "/deals/{deal}/move",
    "/deals/{deal}/win",
    "/deals/{deal}/lose",
    "/deals/{deal}/hand-over",
    "/deals/{deal}/log",
    "/activities/{activity}/edit",
    "/activities/{activity}/delete",
    "/tasks",
    "/tasks/new",
    "/tasks/{task}/edit",
    "/tasks/{task}/act",
    "/trash",
    "/kinds/1/new",
    "/records/{record}/edit",
    "/records/{record}/delete",
    "/records/{record}/stage",
    "/records/{record}/hand-over",
    "/settings",
    "/settings/password",
    "/settings/sessions",
    "/settings/firm",
    "/settings/people/invite",
    "/settings/people/{person}",
    "/settings/people/{person}/link",
    "/settings/people/{person}/active",
    "/settings/people/{person}/hand-over",
];

/// Plain forms for everybody who is signed in: viewers, too, may end their own sessions.
const FOR_ALL: [&str; 1] = ["/settings/sessions"];

/// Lists as files, for people who may export.
const FILES: [&str; 5] = [
    "/customers/export.csv",
    "/deals/export.csv",
    "/tasks/export.csv",
    "/activities/export.csv",
    "/kinds/1/export.csv",
];

/// Routes for everybody, signed in or not. `/ui`, the page of all controls, is only in development builds.
const OPEN: [&str; 14] = [
    "/sign-in",
    "/sign-out",
    "/setup",
    "/join/{token}",
    "/healthz",
    "/readyz",
    "/not-awake",
    "/pkg/{*path}",
    "/favicon.svg",
    "/manifest.webmanifest",
    // Each server function has a row in `rows`.
    "/api/{*function}",
    // Tested below.
    "/live",
    "/ui",
    // The parent route of all pages.
    "",
];

/// The address of a route, for that record.
fn address(route: &str, at: Target) -> String {
    [
        ("customer", at.customer),
        ("deal", at.deal),
        ("activity", at.activity),
        ("task", at.task),
        ("record", at.record),
        ("person", at.person),
    ]
    .into_iter()
    .fold(route.to_owned(), |address, (name, id)| address.replace(&format!("{{{name}}}"), &id.to_string()))
}

/// The quoted text that follows each place of `begins` in the text of a file.
fn quoted(text: &str, begins: &str) -> Vec<String> {
    let behind = text.split(begins).skip(1);
    let found = behind.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
    found.map(str::to_owned).collect()
}

fn routes_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                routes_in(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source");
            found.extend(quoted(&text, ".route(").into_iter().map(|path| path.replace("{nr}", "1")));
            if path.ends_with("app.rs") {
                found.extend(quoted(&text, "path!(").into_iter().map(|path| {
                    path.replace(":id", "{id}").replace(":nr", "1").replace(":token", "{token}")
                }));
            }
        }
    }
}

#[test]
fn every_route_has_a_row() {
    let mut routes = BTreeSet::new();
    routes_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut routes);
    assert!(routes.len() > 50, "the routes are found in the source");
    let known: BTreeSet<String> = [PAGES.as_slice(), &FORMS, &FILES, &OPEN]
        .concat()
        .into_iter()
        .map(|route| {
            ["customer", "deal", "activity", "task", "record", "person"]
                .iter()
                .fold(route.to_owned(), |route, name| route.replace(&format!("{{{name}}}"), "{id}"))
        })
        .collect();
    let missing: Vec<_> = routes.difference(&known).collect();
    assert!(missing.is_empty(), "say in a list here who may use these routes: {missing:?}");
    let gone: Vec<_> = known.difference(&routes).collect();
    assert!(gone.is_empty(), "remove these routes, they are not in the source: {gone:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_sent_to_sign_in_from_every_page_and_changes_nothing_by_a_form() {
    on_both_engines(async |world| {
        let at = target(world, Some("seller"), &ROWS[ROWS.len() - 1]).await;
        let before = world.rows().await;
        for page in PAGES.iter().chain(&["/deals?view=list"]).map(|route| address(route, at)) {
            let answer = world.browser().get(&page).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page}");
            assert!(answer.headers["location"].to_str().is_ok_and(|to| to.starts_with("/sign-in")), "{page}");
        }
        let mut viewer = world.browser_of("viewer").await;
        for route in FORMS {
            let form = address(route, at);
            let answer =
                world.browser().submit(&form, &[("name", "x"), ("title", "x"), ("stage", "x")]).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{form}");
            if !FOR_ALL.contains(&route) {
                let answer = viewer.submit(&form, &[("name", "x"), ("title", "x")]).await;
                assert!(answer.status.is_client_error(), "{form}: {} for a viewer", answer.status);
            }
        }
        for file in FILES {
            let answer = world.browser().get(file).await;
            assert!(!answer.status.is_success(), "{file}: {} for a stranger", answer.status);
            let answer = viewer.get(file).await;
            assert!(!answer.status.is_success(), "{file}: {} for a viewer", answer.status);
        }
        assert_eq!(world.browser().get("/live").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(world.rows().await, before);
    })
    .await;
}
