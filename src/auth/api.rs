//! Signing in and out, and founding the firm, for the browser. Each function sets or removes the session's cookie.

use super::model::{Guest, JoinForm, PasswordForm, SessionLine, SetUpForm, SignInForm};
use crate::error::Result;
use crate::id::PersonId;
use crate::wire::Json;
use leptos::prelude::*;

/// The person this browser is signed in as now; `None` where the session has ended. Asked by a page that was left open.
#[server(prefix = "/api", endpoint = "auth/here", protocol = Json)]
pub async fn here() -> Result<Option<PersonId>> {
    crate::server::request::public(async |_, caller| Ok(caller.actor.as_ref().map(|actor| actor.id))).await
}

/// Signs in. The answer for a wrong password and for an unknown address is the same.
#[server(prefix = "/api", endpoint = "auth/sign_in", protocol = Json)]
pub async fn sign_in(form: SignInForm) -> Result<()> {
    use super::forms;
    crate::server::request::public(async |app, caller| {
        let entry = forms::sign_in(app, caller, &form).await?;
        forms::set_cookies(caller, Some(&entry));
        Ok(())
    })
    .await
}

/// Ends this session.
#[server(prefix = "/api", endpoint = "auth/sign_out", protocol = Json)]
pub async fn sign_out() -> Result<()> {
    use super::{forms, store};
    crate::server::request::public(async |app, caller| {
        if let Some(token) = &caller.token {
            store::sign_out(&app.db, token).await?;
        }
        forms::set_cookies(caller, None);
        Ok(())
    })
    .await
}

/// Ends every session of the person, this one included.
#[server(prefix = "/api", endpoint = "auth/sign_out_everywhere", protocol = Json)]
pub async fn sign_out_everywhere() -> Result<()> {
    use super::{forms, store};
    crate::server::request::public(async |app, caller| {
        let actor = caller.actor.as_ref().ok_or(crate::error::Error::Unauthenticated)?;
        store::sign_out_everywhere(&app.db, actor.id, caller.device.as_deref()).await?;
        forms::set_cookies(caller, None);
        Ok(())
    })
    .await
}

/// Makes the firm and its owner, and signs the owner in. Works once.
#[server(prefix = "/api", endpoint = "auth/set_up", protocol = Json)]
pub async fn set_up(form: SetUpForm) -> Result<()> {
    use super::forms;
    crate::server::request::public(async |app, caller| {
        let entry = forms::set_up(app, caller, &form).await?;
        forms::set_cookies(caller, Some(&entry));
        Ok(())
    })
    .await
}

/// The person a one-time link is for.
#[server(prefix = "/api", endpoint = "auth/link_for", protocol = Json)]
pub async fn link_for(token: String) -> Result<Guest> {
    use super::store::links;
    crate::server::request::public(async |app, _| {
        links::guest(&app.db, &token).await?.ok_or(crate::error::Error::NotFound)
    })
    .await
}

/// Uses a one-time link: sets the password and signs in.
#[server(prefix = "/api", endpoint = "auth/join", protocol = Json)]
pub async fn join(form: JoinForm) -> Result<()> {
    use super::forms;
    crate::server::request::public(async |app, caller| {
        let entry = forms::join(app, caller, &form).await?;
        forms::set_cookies(caller, Some(&entry));
        Ok(())
    })
    .await
}

/// Changes one's own password: every other session ends, and this one gets a new id.
#[server(prefix = "/api", endpoint = "auth/change_password", protocol = Json)]
pub async fn change_password(form: PasswordForm) -> Result<()> {
    use super::forms;
    crate::server::request::public(async |app, caller| {
        let entry = forms::change_password(app, caller, &form).await?;
        forms::set_cookies(caller, Some(&entry));
        Ok(())
    })
    .await
}

/// One's own sessions.
#[server(prefix = "/api", endpoint = "auth/sessions", protocol = Json)]
pub async fn sessions() -> Result<Vec<SessionLine>> {
    use super::store::account;
    use crate::error::Error;
    crate::server::request::public(async |app, caller| {
        let (Some(actor), Some(token)) = (caller.actor.clone(), &caller.token) else {
            return Err(Error::Unauthenticated);
        };
        account::sessions(&mut app.db.read(actor).await?, token).await
    })
    .await
}

/// Ends one of one's own sessions; without a name, all but this one.
#[server(prefix = "/api", endpoint = "auth/end_sessions", protocol = Json)]
pub async fn end_sessions(session: Option<String>) -> Result<()> {
    use super::store::account;
    use crate::error::Error;
    crate::server::request::public(async |app, caller| {
        let (Some(actor), Some(token)) = (caller.actor.clone(), &caller.token) else {
            return Err(Error::Unauthenticated);
        };
        account::end(&app.db, actor, token, session.as_deref()).await
    })
    .await
}
