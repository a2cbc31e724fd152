//! The plain forms of tasks, as a browser without wasm sends them.

use super::world::on_both_engines;
use crate::tasks::model::TaskKind;
use crate::tasks::view::{TaskQuery, Whose};
use axum::http::StatusCode;
use uuid::Uuid;

const ALL: TaskQuery = TaskQuery { whose: Whose::All, about: None, done: false, due: false, limit: 0 };

#[tokio::test(flavor = "multi_thread")]
async fn a_task_lives_through_plain_forms() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        let refused = browser.submit("/tasks", &[("line", "yarın"), ("back", "/tasks")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("value=\"yarın\""), "what was typed is in the line again");
        let answer = browser.submit("/tasks", &[("line", "Numune yolla"), ("back", "/tasks?of=all")]).await;
        assert_eq!(
            (answer.status, answer.headers["location"].to_str().expect("text")),
            (StatusCode::SEE_OTHER, "/tasks?of=all")
        );
        let row = world.tasks("seller", ALL).await.remove(0);
        let page = browser.get("/tasks").await;
        assert!(page.text.contains("Numune yolla") && page.text.contains(&format!("/tasks/{}/act", row.id)));
        assert!(page.text.contains("place-count"), "the menu shows how many tasks wait");
        let act = format!("/tasks/{}/act", row.id);
        for (name, fields) in [
            ("tomorrow", vec![("act", "tomorrow"), ("back", "//evil.example")]),
            ("day", vec![("act", "day"), ("day", "2030-01-02"), ("back", "/tasks")]),
            ("finish", vec![("act", "finish"), ("back", "/tasks")]),
        ] {
            let answer = browser.submit(&act, &fields).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}");
            assert_eq!(answer.headers["location"].to_str().expect("text"), "/tasks", "{name}");
        }
        let row = world.tasks("seller", TaskQuery { done: true, ..ALL }).await.remove(0);
        assert_eq!((row.due_on.to_string().as_str(), row.done), ("2030-01-02", true));
        assert_eq!(
            browser.submit(&act, &[("act", "day"), ("day", "soon")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let edit = format!("/tasks/{}/edit", row.id);
        assert!(browser.get(&edit).await.text.contains("Numune yolla"));
        let fields = [
            ("title", ""),
            ("kind", "other"),
            ("due_on", "2030-01-03"),
            ("version", &row.version.to_string()),
        ];
        let refused = browser.submit(&edit, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [
            ("title", "Yolla"),
            ("kind", "visit"),
            ("due_on", "2030-01-03"),
            ("due_at", "9:30"),
            ("version", &row.version.to_string()),
        ];
        assert_eq!(browser.submit(&edit, &fields).await.status, StatusCode::SEE_OTHER);
        let facts = world
            .seen_by("seller", async |tx| crate::records::read(tx, row.id).await)
            .await
            .expect("facts")
            .0;
        assert_eq!(
            (facts.title.as_str(), facts.kind, facts.due_at, facts.done),
            ("Yolla", TaskKind::Visit, Some(570), true)
        );
        let new = [
            ("id", &*Uuid::now_v7().to_string()),
            ("title", "Yeni"),
            ("kind", "call"),
            ("due_on", "2030-01-03"),
            ("back", "/"),
        ];
        let answer = browser.submit("/tasks/new", &new).await;
        assert_eq!(answer.headers["location"].to_str().expect("text"), "/");
    })
    .await;
}
