//! One-time links: the box that shows a new link once, for copying (no mail server is needed), and the page that it
//! opens, where a password is set. Making and checking links is in `people` and `auth`.

use crate::auth::api::{join, link_for};
use crate::auth::model::{Guest, JoinForm};
use crate::auth::pages::EntryPage;
use crate::i18n::use_text;
use crate::ui::caught;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Empty, Field, FieldKind, Icon, SkeletonRows, Trouble, browser,
    say_status, use_announcer, use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// A box with the link, to be copied. `path` begins with a slash; the browser adds the origin.
#[component]
pub fn LinkBox(#[prop(into)] path: String) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let announcer = use_announcer();
    let field = NodeRef::<html::Input>::new();
    let whole = RwSignal::new(path.clone());
    let copied = RwSignal::new(false);
    let kept = path.clone();
    Effect::new(move |_| whole.set(format!("{}{kept}", browser::origin())));
    let copy = move |()| {
        if let Some(field) = field.get_untracked() {
            field.select();
            copied.set(browser::copy_selected());
            announcer.announce(if copied.get_untracked() { text.common.copied } else { words.link_title });
        }
    };
    view! {
        <div class="link-box" role="status">
            <p><strong>{words.link_title}</strong></p>
            <p class="muted small">{words.link_text}</p>
            <div class="link-row">
                <input class="control" type="text" readonly=true node_ref=field aria-label=words.link_title
                    prop:value=move || whole.get() value=path.clone() />
                <Button icon=Icon::File on_click=copy>
                    {move || if copied.get() { text.common.copied } else { text.common.copy }}
                </Button>
            </div>
        </div>
    }
}

/// The page `/join/:token`: anybody with the link can set the password, and is signed in then.
#[component]
pub fn JoinPage() -> impl IntoView {
    let text = use_text();
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let kept = token.clone();
    let guest = Resource::new(|| (), move |()| link_for(kept.clone()));
    view! {
        <Suspense fallback=|| view! { <SkeletonRows /> }>
            {move || {
                let token = token.clone();
                Suspend::new(async move {
                    match guest.await {
                        Ok(guest) => view! { <Join guest token /> }.into_any(),
                        Err(error) => {
                            say_status(&error);
                            view! {
                                <EntryPage title=text.auth.link_gone intro=text.auth.link_gone_text>
                                    <Empty icon=Icon::Lock title=(text.errors.error)(&error)>
                                        <ButtonLink href="/sign-in">{text.auth.sign_in}</ButtonLink>
                                    </Empty>
                                </EntryPage>
                            }
                                .into_any()
                        }
                    }
                })
            }}
        </Suspense>
    }
}

/// The form that sets the password.
#[component]
fn Join(guest: Guest, token: String) -> impl IntoView {
    let words = &use_text().auth;
    let sending = use_sending();
    let action = format!("/join/{token}");
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<JoinForm>(&event) else { return };
        let form = JoinForm { token: token.clone(), ..form };
        sending.send(join(form), |()| browser::leave_for("/"));
    };
    let title =
        if guest.known { words.new_password_title.to_owned() } else { (words.join_title)(&guest.name) };
    let intro = if guest.known { words.new_password_intro } else { words.join_intro };
    view! {
        <EntryPage title=title intro=intro>
            <form class="form" method="post" action=action on:submit=submit>
                <Trouble sending />
                // A password manager saves the password under this address.
                <Field name="email" label=words.email kind=FieldKind::Email initial=guest.email disabled=true
                    autocomplete="username" />
                <Field name="password" label=words.new_password kind=FieldKind::Password
                    problem=sending.problem("password") hint=(words.password_hint)(8) autocomplete="new-password"
                    required=true autofocus=true />
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{words.join}</Button>
            </form>
        </EntryPage>
    }
}
