//! A page that is open while its session ends, here or elsewhere: it asks who is signed in now, and where that is
//! nobody or somebody else it goes, with its data. The same is asked when the browser shows a page again that it had
//! put aside.

use crate::auth::api::here;
use crate::id::PersonId;
use crate::ui::address::with_value;
use crate::ui::{browser, drafts};
use leptos::task::spawn_local;

/// Asks whether the page is still that person's, and goes where it is not.
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
            // No connection. What is covered stays covered until somebody can say.
            Err(_) if browser::is_covered() => browser::reload(),
            Err(_) => {}
        }
    });
}

/// Asks when the page comes back from where the browser had put it; until the answer nobody sees it.
pub fn ask_on_return(me: PersonId) {
    browser::on_return(move || {
        browser::cover(true);
        still_here(me);
    });
}
