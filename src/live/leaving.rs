//! Takes a page off the screen when its session has ended, in this tab or elsewhere: the page asks who is signed in
//! now, and leaves if that is nobody or somebody else. It asks the same when the browser shows the page again from its
//! back/forward cache.

use crate::auth::api::here;
use crate::id::PersonId;
use crate::ui::address::with_value;
use crate::ui::{browser, drafts};
use leptos::task::spawn_local;

/// Asks whether this person is still signed in, and leaves the page if not.
pub fn still_here(me: PersonId) {
    if browser::is_leaving() {
        return;
    }
    spawn_local(async move {
        match here().await {
            Ok(Some(now)) if now == me => browser::cover(false),
            Ok(now) => {
                drafts::keep_forms();
                browser::cover(true);
                let wanted = with_value("/sign-in", "next", &browser::address());
                browser::turn_to(if now.is_some() { "/" } else { &wanted });
            }
            // No connection: a page that is covered stays covered until the server can answer.
            Err(_) if browser::is_covered() => browser::reload(),
            Err(_) => {}
        }
    });
}

/// Asks when the page comes back from the back/forward cache; until the answer the page is covered.
pub fn ask_on_return(me: PersonId) {
    browser::on_return(move || {
        browser::cover(true);
        still_here(me);
    });
}
