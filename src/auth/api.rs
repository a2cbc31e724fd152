//! Signing in and out, and founding the firm, for the browser. Each sets or takes the cookie of the session.

use super::model::{SetUpForm, SignInForm};
use crate::error::Result;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Signs in. The answer for a wrong password and for an unknown address is the same.
#[server(prefix = "/api", endpoint = "auth/sign_in", input = Json)]
pub async fn sign_in(form: SignInForm) -> Result<()> {
    use super::forms;
    crate::server::request::public(async |app, caller| {
        let token = forms::sign_in(app, caller, &form).await?;
        forms::set_cookie(caller, &token);
        Ok(())
    })
    .await
}

/// Ends this session.
#[server(prefix = "/api", endpoint = "auth/sign_out", input = Json)]
pub async fn sign_out() -> Result<()> {
    use super::{forms, store};
    crate::server::request::public(async |app, caller| {
        if let Some(token) = &caller.token {
            store::sign_out(&app.db, token).await?;
        }
        forms::set_cookie(caller, "");
        Ok(())
    })
    .await
}

/// Ends every session of the person, this one included.
#[server(prefix = "/api", endpoint = "auth/sign_out_everywhere", input = Json)]
pub async fn sign_out_everywhere() -> Result<()> {
    use super::{forms, store};
    crate::server::request::public(async |app, caller| {
        let actor = caller.actor.as_ref().ok_or(crate::error::Error::Unauthenticated)?;
        store::sign_out_everywhere(&app.db, actor.id).await?;
        forms::set_cookie(caller, "");
        Ok(())
    })
    .await
}

/// Makes the firm and its owner, and signs the owner in. Works once.
#[server(prefix = "/api", endpoint = "auth/set_up", input = Json)]
pub async fn set_up(form: SetUpForm) -> Result<()> {
    use super::forms;
    crate::server::request::public(async |app, caller| {
        let token = forms::set_up(app, caller, &form).await?;
        forms::set_cookie(caller, &token);
        Ok(())
    })
    .await
}
