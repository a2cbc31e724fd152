//! All exports in one place: a file for each list. Shown only to people with the right to export; the server asks
//! again.

use crate::i18n::use_text;
use crate::ui::{Icon, IconView};
use leptos::prelude::*;

#[component]
pub fn Files() -> impl IntoView {
    let text = use_text();
    let files = [
        (text.shell.customers, "/customers/export.csv"),
        (text.shell.deals, "/deals/export.csv?status=all"),
        (text.shell.tasks, "/tasks/export.csv?of=all&done=any"),
        (text.activities.many, "/activities/export.csv"),
    ];
    let link = |(name, href)| {
        view! {
            <a class="button" download href=href>
                <IconView icon=Icon::Download />
                <span class="button-text">{name}</span>
            </a>
        }
    };
    view! { <div class="form-actions">{files.map(link).into_iter().collect_view()}</div> }
}
