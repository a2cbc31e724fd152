//! Own accounts: password, sessions and profile; and what happens to older sessions, streams and links when a right is
//! taken away.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_every_other_session_and_begins_this_one_anew() {
    on_both_engines(async |world| {
        let mut desk = world.browser_of("mate").await;
        let phone = world.browser_of("mate").await;
        let mut ear = phone.listen().await;
        let before = desk.cookie.clone();
        let form = |current: &str| json!({"form": {"current": current, "password": "yepyeni bir parola"}});
        let (status, told) = desk.call("/api/auth/change_password", &form("bu değil")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(told.to_string().contains("WrongPassword"), "{told}");
        assert!(still_in(&phone).await);
        assert_eq!(desk.call("/api/auth/change_password", &form(PASSWORD)).await.0, StatusCode::OK);
        assert!(closes(&mut ear).await < Duration::from_secs(1), "{}", world.engine);
        assert!(!still_in(&phone).await);
        assert_ne!(desk.cookie, before, "the session has a new id");
        assert!(still_in(&desk).await);
        let mut old = world.browser();
        old.cookie = before;
        assert!(!still_in(&old).await, "the old id opens nothing");
        assert_eq!(
            world.browser().sign_in("mate@deneme.example", PASSWORD).await.0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let mut system = world.db.read_system().await.expect("the database answers");
        let (told,): (i64,) = system
            .query("SELECT COUNT(*) FROM events WHERE what = 'password_set'")
            .one()
            .await
            .expect("it can be counted");
        assert_eq!(told, 1, "it is on record");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_and_ended_one_by_one() {
    on_both_engines(async |world| {
        let mut desk = world.browser_of("seller").await;
        let (phone, tablet) = (world.browser_of("seller").await, world.browser_of("seller").await);
        let strange = world.browser_of("other").await;
        let list = desk.call("/api/auth/sessions", &json!({})).await.1;
        let lines = list.as_array().expect("a list").clone();
        assert_eq!((lines.len(), lines.iter().filter(|line| line["this"] == true).count()), (3, 1));
        let others: Vec<_> = lines.iter().filter(|line| line["this"] == false).collect();
        let end = json!({"session": others[0]["id"]});
        assert_eq!(strange.clone().call("/api/auth/end_sessions", &end).await.0, StatusCode::NOT_FOUND);
        assert_eq!(desk.call("/api/auth/end_sessions", &end).await.0, StatusCode::OK);
        let left = [still_in(&phone).await, still_in(&tablet).await];
        assert_eq!(left.into_iter().filter(|left| *left).count(), 1);
        assert_eq!(desk.call("/api/auth/end_sessions", &json!({})).await.0, StatusCode::OK);
        assert!(!still_in(&phone).await && !still_in(&tablet).await && still_in(&desk).await);
        assert!(still_in(&strange).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_saved_without_wasm_and_refused_at_its_fields() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        let typed = [
            ("name", "Ayşe Işık"),
            ("email", "manager@deneme.example"),
            ("language", "en"),
            ("theme", "dark"),
        ];
        let refused = seller.submit("/settings", &typed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("Bu zaten kullanılıyor.") && refused.text.contains("Ayşe Işık"));
        let typed = [
            ("name", "Ayşe Işık"),
            ("email", "seller@deneme.example"),
            ("language", "en"),
            ("theme", "dark"),
        ];
        let saved = seller.submit("/settings", &typed).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        assert!(
            saved
                .headers
                .get_all("set-cookie")
                .iter()
                .any(|cookie| cookie.as_bytes().starts_with(b"theme=dark"))
        );
        let page = seller.get("/settings").await.text;
        assert!(page.contains("Ayşe Işık") && page.contains("lang=\"en\""));
        for page in ["/settings/people", "/settings/people/invite", "/settings/firm"] {
            assert!(seller.get(page).await.status != StatusCode::INTERNAL_SERVER_ERROR, "{page}");
        }
    })
    .await;
}

/// Each way of taking a right away, tried with each older credential: session, live stream and link.
#[tokio::test(flavor = "multi_thread")]
async fn a_right_taken_away_is_gone_whatever_is_shown() {
    on_both_engines(async |world| {
        let mate = world.person("mate").await;
        let mut owner = world.browser_of("owner").await;
        let ways: [(&str, serde_json::Value); 3] = [
            ("/api/people/set_active", json!({"id": mate, "active": false})),
            ("/api/auth/sign_out_everywhere", json!({})),
            ("/api/auth/end_sessions", json!({})),
        ];
        for (path, input) in ways {
            let old = world.browser_of("mate").await;
            let mut ear = old.listen().await;
            let link =
                world.by("owner", async |tx| changes::link(tx, mate).await).await.expect("a link").link;
            let own = path.starts_with("/api/auth/");
            let status = if own {
                world.browser_of("mate").await.call(path, &input).await.0
            } else {
                owner.call(path, &input).await.0
            };
            assert_eq!(status, StatusCode::OK, "{path}");
            let closed = closes(&mut ear).await;
            assert!(closed < Duration::from_secs(1), "{}: {path}: closed after {closed:?}", world.engine);
            assert!(!still_in(&old).await, "{path}");
            assert_eq!(old.clone().get("/live").await.status, StatusCode::UNAUTHORIZED, "{path}");
            if !own {
                assert_eq!(
                    world.browser().get(&link).await.status,
                    StatusCode::NOT_FOUND,
                    "{path}: the link"
                );
                let (status, _) = owner.call(path, &json!({"id": mate, "active": true})).await;
                assert_eq!(status, StatusCode::OK);
            }
        }
        // The password is reset as from the command line, without a call to this server.
        let old = world.browser_of("mate").await;
        let mut ear = old.listen().await;
        crate::auth::store::links::reset_password(&world.db, "mate@deneme.example", "bambaşka parola")
            .await
            .expect("reset");
        assert!(closes(&mut ear).await < Duration::from_secs(1), "{}", world.engine);
        assert!(!still_in(&old).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_with_every_new_password_and_with_the_account() {
    on_both_engines(async |world| {
        let id = world.person("mate").await;
        let link = async || {
            let made = world.by("owner", async |tx| changes::link(tx, id).await).await.expect("a link");
            made.link.trim_start_matches("/join/").to_owned()
        };
        let opens = async |token: &str| {
            let form = json!({"form": {"token": token, "password": "hırsızın parolası"}});
            world.browser().call("/api/auth/join", &form).await.0
        };
        let mut mate = world.browser_of("mate").await;

        let before = link().await;
        let form = json!({"form": {"current": PASSWORD, "password": "yepyeni bir parola"}});
        assert_eq!(mate.call("/api/auth/change_password", &form).await.0, StatusCode::OK);
        assert_eq!(opens(&before).await, StatusCode::NOT_FOUND, "one's own change");

        let before = link().await;
        let typed = [("current", "yepyeni bir parola"), ("password", "bir başka parola")];
        assert_eq!(mate.submit("/settings/password", &typed).await.status, StatusCode::SEE_OTHER);
        assert_eq!(opens(&before).await, StatusCode::NOT_FOUND, "the same without wasm");

        let before = link().await;
        let email = "mate@deneme.example";
        crate::auth::store::links::reset_password(&world.db, email, "komuttan gelen").await.expect("set");
        assert_eq!(opens(&before).await, StatusCode::NOT_FOUND, "from the command line");

        // A person can have two links only if both were made at the same moment.
        let (before, other) = (link().await, "f".repeat(64));
        let mut system = world.db.write_system().await.expect("a transaction");
        system
            .query("INSERT INTO links (token_hash, person_id, made_by, expires_at) VALUES ($1, $2, $4, $3)")
            .bind(<sha2::Sha256 as sha2::Digest>::digest(other.as_bytes()).to_vec())
            .bind(id)
            .bind(crate::server::clock::now() + chrono::TimeDelta::days(1))
            .bind(world.person("owner").await)
            .execute()
            .await
            .expect("a second link");
        system.commit().await.expect("commit");
        let form = json!({"form": {"token": other, "password": "bağlantıdan gelen"}});
        assert_eq!(mate.call("/api/auth/join", &form).await.0, StatusCode::OK);
        assert_eq!(opens(&before).await, StatusCode::NOT_FOUND, "by another link");

        let before = link().await;
        let mut owner = world.browser_of("owner").await;
        for active in [false, true] {
            let set = json!({"id": id, "active": active});
            assert_eq!(owner.call("/api/people/set_active", &set).await.0, StatusCode::OK);
        }
        assert_eq!(opens(&before).await, StatusCode::NOT_FOUND, "deactivated meanwhile");
        let mut mate = world.browser();
        assert_eq!(mate.sign_in(email, "bağlantıdan gelen").await.0, StatusCode::OK, "the same password");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_when_its_maker_could_not_make_it_any_more() {
    on_both_engines(async |world| {
        type Turn = &'static str;
        // What happens to the one who is invited, or to whoever invited them, and whether the link still opens.
        let turns: [(Turn, bool); 7] = [
            ("nothing", true),
            ("another name", true),
            ("raised to see everything", false),
            ("another address", false),
            ("moved to where the maker does not lead", false),
            ("the maker may not lead any more", false),
            ("the maker's place is elsewhere", false),
        ];
        for (nr, (turn, opens)) in turns.into_iter().enumerate() {
            let email = format!("yeni{nr}@deneme.example");
            let seating = world.seating(Role::Salesperson, Sees::Own, "seller").await;
            let made =
                world.by("manager", async |tx| changes::invite(tx, "Yeni", &email, seating).await).await;
            let made = made.expect("invited");
            let mut system = world.db.write_system().await.expect("a transaction");
            let (manager, far) = (world.person("manager").await, world.team_of("other").await);
            let near = world.team_of("seller").await;
            let (sql, who, to): (&'static str, PersonId, UnitId) = match turn {
                "another name" => {
                    ("UPDATE units SET name = 'Başka' WHERE id = $1 AND id <> $2", made.person, far)
                }
                "raised to see everything" => (
                    "UPDATE people SET role = 'owner', sees = 'all' WHERE id = $1 AND id <> $2",
                    made.person,
                    far,
                ),
                "moved to where the maker does not lead" => {
                    ("UPDATE units SET parent_id = $2 WHERE id = $1", made.person, far)
                }
                "the maker may not lead any more" => {
                    ("UPDATE people SET role = 'salesperson' WHERE id = $1 AND id <> $2", manager, far)
                }
                "the maker's place is elsewhere" => {
                    ("UPDATE units SET parent_id = $2 WHERE id = $1", manager, far)
                }
                _ => ("UPDATE rights SET changes = changes WHERE $1 <> $2", made.person, far),
            };
            system.query(sql).bind(who).bind(to).execute().await.expect("changed");
            system.commit().await.expect("kept");
            if turn == "another address" {
                let form = json!({"version": "1", "name": "Yeni", "email": "dogru@deneme.example",
                    "role": "salesperson", "sees": "own", "under": near});
                let input = json!({"id": made.person, "form": form});
                let mut owner = world.browser_of("owner").await;
                let (status, told) = owner.call("/api/people/change", &input).await;
                assert_eq!(status, StatusCode::OK, "{told}");
            }
            let token = made.link.trim_start_matches("/join/");
            let page = world.browser().get(&made.link).await.status;
            let join = json!({"form": {"token": token, "password": "uzun bir parola"}});
            let joined = world.browser().call("/api/auth/join", &join).await.0;
            let expected = if opens { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!((page, joined), (expected, expected), "{}: {turn}", world.engine);
            let mut system = world.db.write_system().await.expect("a transaction");
            for (sql, to) in [
                ("UPDATE people SET role = 'manager' WHERE id = $1 AND id <> $2", near),
                ("UPDATE units SET parent_id = $2 WHERE id = $1", near),
            ] {
                system.query(sql).bind(manager).bind(to).execute().await.expect("as before");
            }
            system.commit().await.expect("kept");
        }
    })
    .await;
}
