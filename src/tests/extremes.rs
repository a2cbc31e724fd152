//! Every parameter of every function with values at the limits of its type and length, on both engines: the call is
//! refused or accepted, but there is no 5xx and no panic, and what one engine accepted can be restored into the other.
//! The parameters are those in the table of functions, and every field that any form has.

use super::backup::{Folder, place_of};
use super::permissions::rows::{ROWS, Row};
use super::permissions::target;
use super::world::{Browser, World, fresh_postgres, on_both_engines, on_postgres, on_sqlite, test_postgres};
use crate::backup::check::check;
use crate::backup::create::back_up;
use crate::backup::restore::restore;
use crate::server::database_url::DatabaseUrl;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

/// Fields of forms that an ordinary call may leave out. A form ignores a field that it does not know.
const FIELDS: &[&str] = &[
    "about",
    "active",
    "address",
    "amount",
    "at",
    "city",
    "closed_on",
    "cmd",
    "color",
    "contact",
    "contacts",
    "content",
    "contract",
    "currency",
    "current",
    "customer",
    "date",
    "deal",
    "direction",
    "due_at",
    "due_on",
    "emails",
    "expected_on",
    "interest",
    "kind",
    "language",
    "line",
    "lost_reason",
    "name",
    "note",
    "opened_on",
    "outcome",
    "owner",
    "person",
    "phones",
    "place",
    "probability",
    "product",
    "reason",
    "result",
    "role",
    "sector",
    "sees",
    "series",
    "source",
    "stage",
    "status",
    "tax_number",
    "tax_office",
    "time",
    "time_zone",
    "title",
    "under",
    "version",
];

fn extremes() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "\0",
        "a\0b",
        "\u{feff}",
        "\u{202e}ters",
        "\u{0}\u{1}\u{1f}",
        "İ",
        "👩‍👩‍👧‍👦",
        "e\u{301}\u{301}\u{301}\u{301}",
        "-1",
        "0",
        "-0",
        "1e308",
        "NaN",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "99999999999999999999999999",
        "0.0000000001",
        "0000-01-01",
        "-4714-11-23",
        "9999-12-31",
        "10000-01-01",
        "+262142-12-31",
        "+262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
        "2026-11-27T10:00:00Z",
        "-262143-01-01",
        "2026-02-30",
        "24:00",
        "23:59:60",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "%",
        "_",
        "\\",
        "'",
        "\"; DROP TABLE deals",
        "[[[[",
        "{}",
        "null",
        "customer:",
        "deal:x",
        "99999999999.23",
        "1.797e400",
        "31.12.99999",
        "1.1.0001",
        "../../etc/passwd",
    ];
    let long = [
        "x".repeat(70_000),
        "ğ".repeat(10_001),
        " a".repeat(40_000),
        "9".repeat(400),
        "\u{301}".repeat(5_000),
    ];
    let others = [
        Value::Null,
        json!(true),
        json!([]),
        json!({}),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(-1),
        json!(0.5),
        json!(1e300),
        json!(vec![json!("x"); 20_000]),
        json!([[[[[[[[[[[[1]]]]]]]]]]]]),
    ];
    texts.into_iter().map(Value::from).chain(long.into_iter().map(Value::from)).chain(others).collect()
}

/// The places in the input of a call that hold a value, as JSON pointers, and those of all fields that its form might
/// have.
fn places(input: &Value) -> Vec<String> {
    let mut found = Vec::new();
    fn walk(value: &Value, at: &str, found: &mut Vec<String>) {
        let inner: Vec<(String, &Value)> = match value {
            Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
            Value::Array(items) => {
                items.iter().enumerate().map(|(nr, value)| (nr.to_string(), value)).collect()
            }
            _ => return,
        };
        for (name, value) in inner {
            let here = format!("{at}/{name}");
            walk(value, &here, found);
            found.push(here);
        }
    }
    walk(input, "", &mut found);
    if input.get("form").is_some_and(Value::is_object) {
        found.extend(FIELDS.iter().map(|field| format!("/form/{field}")));
    }
    found.sort();
    found.dedup();
    found
}

fn with(mut input: Value, place: &str, value: &Value) -> Value {
    let (above, name) = place.rsplit_once('/').expect("a pointer begins with a slash");
    match input.pointer_mut(above) {
        Some(Value::Object(fields)) => {
            fields.insert(name.to_owned(), value.clone());
        }
        Some(Value::Array(items)) => {
            if let Some(item) = name.parse().ok().and_then(|nr: usize| items.get_mut(nr)) {
                *item = value.clone();
            }
        }
        _ => {}
    }
    input
}

async fn through_the_door(browser: &Browser, row: &Row, input: &Value) -> StatusCode {
    browser.clone().call(row.path, input).await.0
}

#[tokio::test(flavor = "multi_thread")]
async fn no_value_breaks_a_function() {
    on_both_engines(async |world| every_value(world, 17).await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; `cargo xtask prove values` runs it"]
async fn long_no_value_breaks_a_function_on_sqlite() {
    on_sqlite(async |world| every_value(world, 1).await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; `cargo xtask prove values` runs it"]
async fn long_no_value_breaks_a_function_on_postgres() {
    on_postgres(async |world| every_value(world, 1).await).await;
}

/// Tries one of every `one_of` values at each place.
async fn every_value(world: &World, one_of: usize) {
    let owner = world.browser_of("owner").await;
    let (values, mut calls, mut broken) = (extremes(), 0, Vec::new());
    for (nr, row) in ROWS.iter().enumerate() {
        // These end the session or count as tries of a password. Other forms have fields with the same values, too.
        if row.path.starts_with("/api/auth/") {
            continue;
        }
        let at = target(world, Some("seller"), row).await;
        for (place_nr, place) in places(&(row.input)(at)).iter().enumerate() {
            for value in values.iter().skip((nr * 7 + place_nr * 3) % one_of).step_by(one_of) {
                let status = through_the_door(&owner, row, &with((row.input)(at), place, value)).await;
                calls += 1;
                if status.is_server_error() {
                    let shown: String = value.to_string().chars().take(60).collect();
                    broken.push(format!("{} {place} = {shown}: {status}", row.path));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}: {}", world.engine, broken.join("\n"));
    // Whatever was accepted can be read again: in the lists, in the history and in the trash.
    let mut reader = owner.clone();
    for page in ["/", "/customers", "/deals", "/deals?view=list", "/tasks?of=all", "/history", "/trash"] {
        let mut next = Some(page.to_owned());
        while let Some(address) = next.take() {
            let answer = reader.get(&address).await;
            assert_eq!(answer.status, StatusCode::OK, "{}: {address}", world.engine);
            let more = answer.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
            next = more
                .map(|href| href.replace("&amp;", "&"))
                .find(|href| page == "/history" && href.starts_with("/history?after=") && *href != address);
        }
    }
    // The check finds nothing wrong with what was accepted, and both engines can restore it.
    let report = check(&place_of(world)).await.expect("it can be checked");
    assert!(report.ok, "{}: {report}", world.engine);
    let folder = Folder::new();
    let file = folder.file("all.backup");
    back_up(&place_of(world), &file).await.expect("a backup");
    restore(&file, &folder.sqlite("other.db"), false).await.expect("SQLite takes it");
    if let Some(server) = test_postgres() {
        let place = DatabaseUrl::of(&fresh_postgres(&server).await).expect("an address");
        restore(&file, &place, false).await.expect("PostgreSQL takes it");
    }
    println!(
        "figure: {calls} calls with values at the edge on {}: no 5xx, and both engines keep what was taken",
        world.engine
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_address_breaks_a_page() {
    on_both_engines(async |world| every_address(world, 5).await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; `cargo xtask prove values` runs it"]
async fn long_no_address_breaks_a_page_on_sqlite() {
    on_sqlite(async |world| every_address(world, 1).await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; `cargo xtask prove values` runs it"]
async fn long_no_address_breaks_a_page_on_postgres() {
    on_postgres(async |world| every_address(world, 1).await).await;
}

/// Tries one of every `one_of` values for each parameter on each page. Over all parameters each page gets all the
/// values, and so does each parameter over all pages.
async fn every_address(world: &World, one_of: usize) {
    let customer = world.customer("seller", "Adres").await.0;
    world.own_record("seller", "Adres").await;
    let mut owner = world.browser_of("owner").await;
    let pages = [
        "/",
        "/customers",
        "/deals",
        "/deals?view=list",
        "/tasks",
        "/history",
        "/trash",
        "/settings/people",
        "/customers/new",
        "/deals/new",
        "/tasks/new",
        "/customers/export.csv",
        "/deals/export.csv",
        "/tasks/export.csv",
        "/activities/export.csv",
        "/kinds/1",
        "/kinds/1/board",
        "/kinds/1/new",
        "/kinds/1/export.csv",
        "/kinds/9223372036854775808",
        "/settings/fields",
        "/sign-in",
    ];
    let values = [
        "%00",
        "a%00b",
        "%FF",
        "%C3%28",
        "-4714-11-23",
        "%2B262142-12-31",
        "9223372036854775808",
        "%F0%9F%91%A9",
        "%25",
        "_",
        "%5C",
        "%0A",
        "00000000-0000-0000-0000-000000000000",
        "2026-02-30",
    ];
    for (page_nr, page) in pages.into_iter().enumerate() {
        for (name_nr, name) in [
            "q", "after", "status", "owner", "customer", "day", "person", "kind", "stage", "pipeline",
            "next", "whose", "about", "of", "name",
        ]
        .into_iter()
        .enumerate()
        {
            for value in values.iter().skip((page_nr + name_nr) % one_of).step_by(one_of) {
                let address = format!("{page}{}{name}={value}", if page.contains('?') { '&' } else { '?' });
                let answer = owner.get(&address).await;
                assert!(!answer.status.is_server_error(), "{} {address}: {}", world.engine, answer.status);
            }
        }
    }
    for form in ["/customers/new", &format!("/customers/{customer}/edit"), "/tasks", "/sign-in"] {
        for body in
            ["name=%00", "id=%00&name=a", "kind=%FF", "email=%00&password=x", "version=9223372036854775808"]
        {
            let request = owner
                .request(Method::POST, form)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(axum::body::Body::from(body))
                .expect("a request");
            let answer = owner.clone().send(request).await;
            assert!(!answer.status.is_server_error(), "{} {form} {body}: {}", world.engine, answer.status);
        }
    }
}
