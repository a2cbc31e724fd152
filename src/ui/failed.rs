//! What a page shows instead of its content: it does not exist, may not be seen, or could not be loaded.

use super::{Button, ButtonLink, Empty, Icon, PageTitle, say_status};
use crate::error::Error;
use crate::i18n::use_text;
use leptos::prelude::*;

/// Shown when there is no card to show: it can't be seen, or the server did not answer.
#[component]
pub fn Failed(error: Error, #[prop(into, optional)] retry: Option<Callback<()>>) -> impl IntoView {
    let text = use_text();
    say_status(&error);
    let (title, known) = match &error {
        Error::NotFound => (text.errors.not_found_title, true),
        Error::Forbidden => (text.errors.load_failed, true),
        _ => (text.errors.load_failed, false),
    };
    let again = retry.filter(|_| !known).map(|retry| {
        view! {
            <Button icon=Icon::Refresh on_click=retry>
                {text.common.retry}
            </Button>
        }
    });
    view! {
        <PageTitle text=title />
        <div class="screen">
            <header class="page-head">
                <h1>{title}</h1>
            </header>
            <div class="page-body">
                <Empty icon=Icon::Search title=(text.errors.error)(&error)>
                    {again}
                    <ButtonLink href="/customers">{text.customers.title}</ButtonLink>
                </Empty>
            </div>
        </div>
    }
}
