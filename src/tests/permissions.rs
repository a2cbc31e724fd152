//! Who may call what: every server function × every kind of person × records of their own, of a mate, of another team, and absent ones.
//! A function without a row fails here, and so does a route. A refused call changes nothing, and what one may not see answers exactly like
//! what is not there.

use super::world::{Browser, World, on_both_engines};
use crate::activities::model::Card;
use crate::id::CustomerId;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a function asks of whoever calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// Nothing: it is for strangers.
    Nothing,
    /// To be signed in; what it shows is bounded by reach.
    SignIn,
    /// To be signed in and to see the record.
    Sight,
    /// The right to sell.
    Selling,
    /// To be the firm's owner.
    Administering,
    /// The right to sell and to see the record.
    SellingInSight,
    /// The right to lead people.
    Leading,
    /// The right to lead people, and to see the person.
    LeadingInSight,
    /// The right to lead people, and to lead the group that a form names: what is wrong is told at the field.
    LeadingInPlace,
}

/// The record a call is about.
#[derive(Clone, Copy, Debug)]
struct Target {
    customer: Uuid,
    deal: Uuid,
    /// On the customer's card.
    activity: Uuid,
    task: Uuid,
    /// The events that made the deal and the task.
    event: Uuid,
    task_event: Uuid,
    stage: Uuid,
    /// Somebody new in the owner's team, made only for the calls about people, and a group of it, or a pipeline.
    person: Uuid,
    group: Uuid,
    /// The stages of that pipeline.
    order: [Uuid; 6],
}

struct Row {
    path: &'static str,
    asks: Asks,
    input: fn(Target) -> Value,
}

const fn row(path: &'static str, asks: Asks, input: fn(Target) -> Value) -> Row {
    Row { path, asks, input }
}

/// Every server function, each with an honest call.
const ROWS: &[Row] = &[
    row(
        "/api/auth/sign_in",
        Asks::Nothing,
        |_| json!({"form": {"email": "x@y.example", "password": "yanlış parola"}}),
    ),
    row("/api/auth/set_up", Asks::Nothing, |_| json!({"form": {}})),
    row("/api/auth/sign_out", Asks::Nothing, |_| json!({})),
    row("/api/auth/link_for", Asks::Nothing, |_| json!({"token": "0"})),
    row("/api/auth/join", Asks::Nothing, |_| json!({"form": {"token": "0", "password": "uzun bir parola"}})),
    row(
        "/api/auth/change_password",
        Asks::SignIn,
        |_| json!({"form": {"current": "bu değil", "password": "uzun bir parola"}}),
    ),
    row("/api/auth/profile", Asks::SignIn, |_| json!({"form": {}})),
    row("/api/auth/sessions", Asks::SignIn, |_| json!({})),
    row("/api/auth/end_sessions", Asks::SignIn, |_| json!({})),
    row("/api/auth/sign_out_everywhere", Asks::SignIn, |_| json!({})),
    row("/api/home/deals", Asks::SignIn, |_| json!({})),
    row("/api/people/tree", Asks::SignIn, |_| json!({})),
    row("/api/people/owners", Asks::SignIn, |_| json!({})),
    row("/api/people/speak", Asks::SignIn, |_| json!({"language": "tr"})),
    row("/api/people/firm", Asks::Administering, |_| json!({})),
    row(
        "/api/people/change_firm",
        Asks::Administering,
        |_| json!({"form": {"version": "1", "name": "Deneme AŞ", "language": "tr", "currency": "TRY", "time_zone": "Europe/Istanbul"}}),
    ),
    row("/api/people/person", Asks::LeadingInSight, |at| json!({"id": at.person})),
    row("/api/people/choices", Asks::Leading, |_| json!({})),
    row(
        "/api/people/invite",
        Asks::LeadingInPlace,
        |at| json!({"form": {"name": "Yeni", "email": format!("{}@yeni.example", at.deal), "role": "viewer", "sees": "own", "under": at.group}}),
    ),
    row(
        "/api/people/change",
        Asks::LeadingInSight,
        |at| json!({"id": at.person, "form": {"version": "1", "name": "Başka", "email": format!("{}@y.example", at.person), "role": "viewer", "sees": "own", "under": at.group}}),
    ),
    row("/api/people/link", Asks::LeadingInSight, |at| json!({"id": at.person})),
    row("/api/people/set_active", Asks::LeadingInSight, |at| json!({"id": at.person, "active": false})),
    row("/api/people/hand_over", Asks::LeadingInSight, |at| json!({"id": at.person, "to": at.group})),
    row("/api/people/put", Asks::LeadingInSight, |at| json!({"unit": at.person, "under": at.group})),
    row("/api/people/add_group", Asks::LeadingInPlace, |at| json!({"name": "Birim", "under": at.group})),
    row("/api/people/rename_group", Asks::LeadingInSight, |at| json!({"unit": at.group, "name": "Adı"})),
    row("/api/people/delete_group", Asks::LeadingInSight, |at| json!({"unit": at.group})),
    row("/api/pipelines/names", Asks::SignIn, |_| json!({})),
    row("/api/pipelines/all", Asks::Administering, |_| json!({})),
    row("/api/pipelines/add", Asks::Administering, |_| json!({"name": "Bakım"})),
    row("/api/pipelines/rename", Asks::Administering, |at| json!({"id": at.group, "name": "Başka"})),
    row("/api/pipelines/raise", Asks::Administering, |at| json!({"id": at.group})),
    row("/api/pipelines/delete", Asks::Administering, |at| json!({"id": at.group})),
    row(
        "/api/pipelines/add_stage",
        Asks::Administering,
        |at| json!({"pipeline": at.group, "form": {"name": "Ara", "status": "open", "color": "1", "probability": "5"}}),
    ),
    row(
        "/api/pipelines/change_stage",
        Asks::Administering,
        |at| json!({"id": at.stage, "form": {"version": "1", "name": "Başka", "status": "open", "color": "1", "probability": "5"}}),
    ),
    row("/api/pipelines/order", Asks::Administering, |at| json!({"pipeline": at.group, "order": at.order})),
    row("/api/pipelines/delete_stage", Asks::Administering, |at| json!({"id": at.stage, "to": null})),
    row("/api/customers/list", Asks::SignIn, |_| json!({"wish": {}})),
    row("/api/customers/count", Asks::SignIn, |_| json!({"search": ""})),
    row("/api/customers/choices", Asks::SignIn, |_| json!({"search": "a"})),
    row("/api/customers/draft", Asks::SellingInSight, |at| json!({"id": at.customer})),
    row("/api/customers/get", Asks::Sight, |at| json!({"id": at.customer})),
    row(
        "/api/customers/create",
        Asks::Selling,
        |_| json!({"form": {"id": Uuid::now_v7(), "kind": "organisation", "name": "Yeni"}}),
    ),
    row(
        "/api/customers/change",
        Asks::SellingInSight,
        |at| json!({"id": at.customer, "form": {"id": at.customer, "version": "1", "kind": "organisation", "name": "Değişti"}}),
    ),
    row("/api/customers/delete", Asks::SellingInSight, |at| json!({"id": at.customer})),
    row("/api/deals/list", Asks::SignIn, |_| json!({"wish": {}})),
    row("/api/deals/sum", Asks::SignIn, |_| json!({"wish": {}})),
    row("/api/deals/draft", Asks::SellingInSight, |at| json!({"id": at.deal})),
    row("/api/deals/get", Asks::Sight, |at| json!({"id": at.deal})),
    row(
        "/api/deals/create",
        Asks::Selling,
        |at| json!({"form": {"id": Uuid::now_v7(), "title": "Yeni satış", "currency": "TRY", "stage": at.stage}}),
    ),
    row(
        "/api/deals/change",
        Asks::SellingInSight,
        |at| json!({"id": at.deal, "form": {"id": at.deal, "version": "1", "title": "Değişti", "currency": "TRY", "stage": at.stage}}),
    ),
    row("/api/deals/delete", Asks::SellingInSight, |at| json!({"id": at.deal})),
    row("/api/deals/win", Asks::SellingInSight, |at| json!({"id": at.deal})),
    row("/api/deals/lose", Asks::SellingInSight, |at| json!({"id": at.deal, "reason": "pahalı"})),
    row("/api/deals/put", Asks::SellingInSight, |at| json!({"id": at.deal, "stage": at.stage})),
    row("/api/board/get", Asks::SignIn, |_| json!({"wish": {"search": "", "depth": []}})),
    row(
        "/api/board/column",
        Asks::SignIn,
        |at| json!({"wish": {"search": "", "depth": []}, "stage": at.stage, "after": "80", "id": at.deal}),
    ),
    row(
        "/api/board/move",
        Asks::SellingInSight,
        |at| json!({"wish": {"cmd": Uuid::now_v7(), "deal": at.deal, "to": at.stage, "seen_version": 1}}),
    ),
    row("/api/keeping/backups", Asks::Administering, |_| json!({})),
    row(
        "/api/activities/stream",
        Asks::Sight,
        |at| json!({"card": {"customer": at.customer}, "wish": {"limit": 10}}),
    ),
    row(
        "/api/activities/log",
        Asks::SellingInSight,
        |at| json!({"card": {"deal": at.deal}, "form": {"id": Uuid::now_v7(), "kind": "call"}}),
    ),
    row(
        "/api/activities/change",
        Asks::SellingInSight,
        |at| json!({"id": at.activity, "form": {"version": "1", "kind": "visit", "content": "Değişti"}}),
    ),
    row("/api/activities/delete", Asks::SellingInSight, |at| json!({"id": at.activity})),
    row("/api/journal/undo", Asks::SellingInSight, |at| json!({"event": at.event})),
    row("/api/journal/undo", Asks::SellingInSight, |at| json!({"event": at.task_event})),
    row("/api/tasks/list", Asks::SignIn, |_| json!({"wish": {"whose": "all"}})),
    row("/api/tasks/list", Asks::SignIn, |at| json!({"wish": {"whose": "all", "about": {"deal": at.deal}}})),
    row("/api/tasks/waiting", Asks::SignIn, |_| json!({})),
    row("/api/tasks/draft", Asks::SellingInSight, |at| json!({"id": at.task})),
    row("/api/tasks/draft", Asks::SellingInSight, |at| json!({"about": {"customer": at.customer}})),
    row("/api/tasks/draft", Asks::SellingInSight, |at| json!({"about": {"deal": at.deal}})),
    row("/api/tasks/add", Asks::Selling, |_| json!({"form": {"line": "yarın 14:00 ara"}})),
    row(
        "/api/tasks/save",
        Asks::Selling,
        |_| json!({"form": {"id": Uuid::now_v7(), "title": "Ara", "kind": "call", "due_on": "2026-12-01"}}),
    ),
    row(
        "/api/tasks/save",
        Asks::SellingInSight,
        |at| json!({"form": {"id": at.task, "version": "1", "title": "Değişti", "kind": "call", "due_on": "2026-12-01"}}),
    ),
    row("/api/tasks/act", Asks::SellingInSight, |at| json!({"id": at.task, "act": "finish"})),
    row("/api/tasks/act", Asks::SellingInSight, |at| json!({"id": at.task, "act": "reopen"})),
    row("/api/tasks/act", Asks::SellingInSight, |at| json!({"id": at.task, "act": {"put_off": "tomorrow"}})),
    row("/api/tasks/act", Asks::SellingInSight, |at| json!({"id": at.task, "act": "delete"})),
];

/// The people who call, and whether they see what belongs to the seller, to the mate beside, and to another team.
const CALLERS: [(&str, bool, bool, bool); 6] = [
    ("owner", true, true, true),
    ("manager", true, true, false),
    ("seller", true, false, false),
    ("mate", false, true, false),
    ("viewer", true, true, false),
    ("other", false, false, true),
];

const OWNERS: [&str; 3] = ["seller", "mate", "other"];

/// A fresh record of that person's; the absent one is of nobody.
async fn target(world: &World, owner: Option<&str>, row: &Row) -> Target {
    let stage = world.stages().await[1].id.0;
    let absent = Uuid::now_v7;
    let nobody = Target {
        customer: absent(),
        deal: absent(),
        activity: absent(),
        task: absent(),
        event: absent(),
        task_event: absent(),
        stage,
        person: absent(),
        group: absent(),
        order: [Uuid::nil(); 6],
    };
    let Some(owner) = owner else { return nobody };
    if row.path.starts_with("/api/people/") {
        let (person, group) = world.newcomer_beside(owner, "Kanarya").await;
        return Target { person, group, ..nobody };
    }
    if row.path.starts_with("/api/pipelines/") {
        let (pipeline, stages) = world.pipeline("Hat").await;
        let order = std::array::from_fn(|at| stages[at].id.0);
        return Target { group: pipeline.0, stage: order[0], order, ..nobody };
    }
    let customer = world.customer(owner, "Kanarya Ltd").await.0;
    let deal = world.deal(owner, "Kanarya satışı", 0, Some(100)).await.0;
    let activity = world.call(owner, Card::Customer(CustomerId(customer)), "Kanarya ile konuşuldu").await.0;
    let task = world.task(owner, "Kanarya görevi", 0).await.0;
    let mut door = world.db.window().await.expect("the database answers");
    let mut event_of = async |subject: Uuid| {
        let (event,): (Uuid,) = door
            .query("SELECT id FROM events WHERE subject_id = $1")
            .bind(subject)
            .one()
            .await
            .expect("it was put on record");
        event
    };
    let (event, task_event) = (event_of(deal).await, event_of(task).await);
    Target { customer, deal, activity, task, event, task_event, ..nobody }
}

async fn calling(browser: &Browser, row: &Row, at: Target) -> (StatusCode, Value) {
    browser.clone().call(row.path, &(row.input)(at)).await
}

#[test]
fn every_server_function_has_a_row() {
    let written: BTreeSet<&str> = ROWS.iter().map(|row| row.path).collect();
    let registered: BTreeSet<&str> =
        leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    assert_eq!(written, registered);
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        assert_eq!(method, Method::POST, "{path}: nothing is changed or told by a GET");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_gets_nowhere() {
    on_both_engines(async |world| {
        let at = target(world, Some("seller"), &ROWS[ROWS.len() - 1]).await;
        let before = world.rows().await;
        for row in ROWS.iter().filter(|row| row.asks != Asks::Nothing) {
            let (status, told) = calling(&world.browser(), row, at).await;
            assert_eq!((status, told), (StatusCode::UNAUTHORIZED, json!("Unauthenticated")), "{}", row.path);
        }
        let mut liar = world.browser();
        liar.cookie = Some(format!("kartotek={}", "0".repeat(64)));
        for row in ROWS.iter().filter(|row| row.asks != Asks::Nothing) {
            assert_eq!(calling(&liar, row, at).await.0, StatusCode::UNAUTHORIZED, "{}", row.path);
        }
        assert_eq!(world.rows().await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_reaches_what_they_may_and_nothing_else() {
    on_both_engines(async |world| {
        for (name, own, mates, others) in CALLERS {
            let browser = world.browser_of(name).await;
            let sells = name != "viewer";
            let leads = matches!(name, "owner" | "manager");
            for row in ROWS {
                if row.asks == Asks::Nothing || row.path.starts_with("/api/auth/") {
                    continue;
                }
                let (_, absent) = calling(&browser, row, target(world, None, row).await).await;
                for (owner, sees) in OWNERS.into_iter().zip([own, mates, others]) {
                    let at = target(world, Some(owner), row).await;
                    let before = world.rows().await;
                    let (status, told) = calling(&browser, row, at).await;
                    let expected = match row.asks {
                        Asks::Nothing | Asks::SignIn => StatusCode::OK,
                        Asks::Sight if sees => StatusCode::OK,
                        Asks::Selling | Asks::SellingInSight if !sells => StatusCode::FORBIDDEN,
                        Asks::Administering if name != "owner" => StatusCode::FORBIDDEN,
                        Asks::Selling | Asks::Administering => StatusCode::OK,
                        Asks::SellingInSight if sees => StatusCode::OK,
                        Asks::Sight | Asks::SellingInSight => StatusCode::NOT_FOUND,
                        Asks::Leading if leads => StatusCode::OK,
                        Asks::LeadingInSight | Asks::LeadingInPlace if leads && sees => StatusCode::OK,
                        Asks::LeadingInSight if leads => StatusCode::NOT_FOUND,
                        Asks::LeadingInPlace if leads => StatusCode::UNPROCESSABLE_ENTITY,
                        Asks::Leading | Asks::LeadingInSight | Asks::LeadingInPlace => StatusCode::FORBIDDEN,
                    };
                    let cell = format!("{}: {name} calls {} on a record of {owner}", world.engine, row.path);
                    assert_eq!(status, expected, "{cell}: {told}");
                    if expected != StatusCode::OK {
                        assert_eq!(world.rows().await, before, "{cell}: a refused call changes nothing");
                        assert!(
                            !told.to_string().contains("Kanarya"),
                            "{cell}: a refused call tells nothing"
                        );
                    }
                    if matches!(expected, StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY) {
                        assert_eq!(told, absent, "{cell}: the same as for an absent record");
                    }
                    if status == StatusCode::OK && matches!(row.asks, Asks::SignIn) {
                        shows_only_reach(world, name, &told).await;
                    }
                }
            }
        }
    })
    .await;
}

/// No listing names a record of somebody out of reach.
async fn shows_only_reach(world: &World, name: &str, told: &Value) {
    let told = told.to_string();
    let mut door = world.db.window().await.expect("the database answers");
    let viewer = world.actor(name).await.id;
    let hidden: Vec<(Uuid,)> = door
        .query(
            "SELECT id FROM customers WHERE owner_id NOT IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             UNION ALL SELECT id FROM deals WHERE owner_id NOT IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             UNION ALL SELECT id FROM tasks WHERE owner_id NOT IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(viewer)
        .all()
        .await
        .expect("it can be asked");
    for (id,) in hidden {
        assert!(!told.contains(&id.to_string()), "{name} is told of {id}");
    }
}

/// Every page and plain form, and what a stranger gets there.
#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_sent_to_sign_in_from_every_page_and_changes_nothing_by_a_form() {
    on_both_engines(async |world| {
        let at = target(world, Some("seller"), &ROWS[ROWS.len() - 1]).await;
        let before = world.rows().await;
        let pages = [
            "/".to_owned(),
            "/customers".into(),
            "/customers/new".into(),
            format!("/customers/{}", at.customer),
            format!("/customers/{}/edit", at.customer),
            "/deals".into(),
            "/deals?view=list".into(),
            "/deals/new".into(),
            format!("/deals/{}", at.deal),
            format!("/deals/{}/edit", at.deal),
            "/tasks".into(),
            "/tasks/new".into(),
            format!("/tasks/{}/edit", at.task),
            "/settings".into(),
            "/settings/people".into(),
            "/settings/people/invite".into(),
            format!("/settings/people/{}", at.person),
            "/settings/firm".into(),
            "/settings/pipelines".into(),
        ];
        for page in pages {
            let answer = world.browser().get(&page).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page}");
            assert!(answer.headers["location"].to_str().is_ok_and(|to| to.starts_with("/sign-in")), "{page}");
        }
        let forms = [
            "/customers/new".to_owned(),
            format!("/customers/{}/edit", at.customer),
            format!("/customers/{}/delete", at.customer),
            "/deals/new".into(),
            format!("/deals/{}/edit", at.deal),
            format!("/deals/{}/delete", at.deal),
            format!("/deals/{}/move", at.deal),
            format!("/deals/{}/win", at.deal),
            format!("/deals/{}/lose", at.deal),
            format!("/customers/{}/log", at.customer),
            format!("/deals/{}/log", at.deal),
            format!("/activities/{}/edit", at.activity),
            format!("/activities/{}/delete", at.activity),
            "/tasks".into(),
            "/tasks/new".into(),
            format!("/tasks/{}/edit", at.task),
            format!("/tasks/{}/act", at.task),
            "/settings".into(),
            "/settings/password".into(),
            "/settings/firm".into(),
            "/settings/people/invite".into(),
            format!("/settings/people/{}", at.person),
            format!("/settings/people/{}/link", at.person),
            format!("/settings/people/{}/active", at.person),
            format!("/settings/people/{}/hand-over", at.person),
        ];
        let mut viewer = world.browser_of("viewer").await;
        for form in forms {
            let answer =
                world.browser().submit(&form, &[("name", "x"), ("title", "x"), ("stage", "x")]).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{form}");
            let answer = viewer.submit(&form, &[("name", "x"), ("title", "x")]).await;
            assert!(answer.status.is_client_error(), "{form}: {} for a viewer", answer.status);
        }
        assert_eq!(world.browser().get("/live").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(world.rows().await, before);
    })
    .await;
}
