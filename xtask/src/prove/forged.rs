//! Requests with a false origin: from another site with our user's cookie, and with another address than the sender's.

use super::lab::{Engine, Lab, OWNER, new_customer, new_id, stats};
use anyhow::{Result, ensure};
use serde_json::json;

const FORGERIES: u32 = 2_000;

pub fn forged(lab: &Lab) -> Result<String> {
    let server = lab.firm(Engine::Sqlite)?;
    let cookie = server.sign_in(OWNER)?;
    let before = stats(lab, &server.database)?;
    let own = server.url("");
    let mut tried = 0;
    for site in [Some("cross-site"), Some("same-site"), Some("none"), None] {
        for origin in [
            Some("https://evil.example"),
            Some("null"),
            Some("http://127.0.0.1.evil.example"),
            Some("http://localhost:1"),
            None,
        ] {
            for kind in [
                "application/json",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
            ] {
                for (path, body) in [
                    ("/api/customers/create", new_customer(&new_id(), "Sahte AŞ").to_string()),
                    ("/customers/new", format!("id={}&kind=organisation&name=Sahte", new_id())),
                ] {
                    let mut headers = vec![("cookie", cookie.as_str()), ("content-type", kind)];
                    headers.extend(site.map(|site| ("sec-fetch-site", site)));
                    headers.extend(origin.map(|origin| ("origin", origin)));
                    let status = server.send("POST", path, &headers, &body)?;
                    ensure!(
                        (400..500).contains(&status),
                        "{path} from {site:?}, {origin:?}, {kind}: {status}"
                    );
                    tried += 1;
                }
            }
        }
    }
    for method in ["GET", "HEAD"] {
        for path in ["/api/customers/create", "/api/board/move", "/api/auth/sign_out"] {
            let status = server.send(method, path, &[("cookie", &cookie)], "")?;
            ensure!(status >= 400, "{method} {path}: {status}");
            tried += 1;
        }
    }
    ensure!(stats(lab, &server.database)? == before, "a forged request changed something");
    let honest = [("cookie", cookie.as_str()), ("origin", &own), ("content-type", "application/json")];
    let status = server.send(
        "POST",
        "/api/customers/create",
        &honest,
        &new_customer(&new_id(), "Gerçek").to_string(),
    )?;
    ensure!(status == 200, "our own page was refused: {status}");

    let (mut let_in, form) = (0, json!({"form": {"email": "x", "password": "yanlış parola"}}));
    for nr in 0..FORGERIES {
        let list = format!("10.{}.{}.{}, 203.0.113.9", nr % 250, nr / 250, nr % 7);
        let mut form = form.clone();
        form["form"]["email"] = json!(format!("kisi{nr}@lab.example"));
        let status = server.stranger(&[("x-forwarded-for", &list)]).call("/api/auth/sign_in", &form)?.status;
        let_in += u32::from(status != 429);
    }
    ensure!(let_in <= 60, "{let_in} of {FORGERIES} guesses from one address went through");
    Ok(format!(
        "{tried} requests of other sites: all refused, 0 changes; {FORGERIES} guesses under forged addresses: \
         {let_in} went through (30 a minute and address)"
    ))
}
