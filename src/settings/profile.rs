//! The page of one's own account: name, address, language and theme, the password, the sessions; links to history and
//! trash, and the files for those who may export.

use super::sessions::Sessions;
use super::{Part, Section, SettingsFrame};
use crate::auth::api::change_password;
use crate::auth::model::{PasswordForm, Permission, Visit};
use crate::export::panel::Files;
use crate::i18n::{Locale, use_locale, use_text};
use crate::people::api;
use crate::people::input::ProfileForm;
use crate::ui::caught;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Choice, Fact, Facts, Field, FieldKind, Icon, Radios, Select, Theme,
    Trouble, apply_theme, browser, use_announcer, use_sending, use_toaster,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The page `/settings`.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let visit = use_context::<Visit>().unwrap_or_default();
    let (follows, exports) = (visit.may(Permission::Follow), visit.may(Permission::Export));
    let (past, past_about) = if follows {
        (text.history.log, text.history.log_about)
    } else {
        (text.history.trash, text.history.trash_about)
    };
    view! {
        <SettingsFrame here=Section::Profile>
            <Part title=words.me><Profile /></Part>
            <Part title=text.auth.password about=words.password_text><Password /></Part>
            <Part title=words.sessions about=words.sessions_text><Sessions /></Part>
            <Part title=past about=past_about>
                <div class="form-actions">
                    {follows.then(|| view! {
                        <ButtonLink href="/history" icon=Icon::History>{text.history.log}</ButtonLink>
                    })}
                    <ButtonLink href="/trash" icon=Icon::Trash>{text.history.trash}</ButtonLink>
                </div>
            </Part>
            {exports
                .then(|| {
                    view! { <Part title=text.export.take_away about=text.export.take_away_text><Files /></Part> }
                })}
        </SettingsFrame>
    }
}

/// The form with name, address, language and theme. It asks for the password only if the address is changed.
#[component]
fn Profile() -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let locale = use_locale();
    let visit = use_context::<Visit>().unwrap_or_default();
    let theme = visit.theme;
    let me = visit.me;
    let sending = use_sending();
    let (name, email, role) =
        me.map(|me| (me.name, me.email, (words.role_name)(me.role))).unwrap_or_default();
    let themes = [
        (Theme::System, words.theme_system),
        (Theme::Light, words.theme_light),
        (Theme::Dark, words.theme_dark),
    ];
    let themes = themes.map(|(theme, name)| Choice::new(theme.code(), name)).to_vec();
    let languages: Vec<Choice> =
        Locale::ALL.iter().map(|one| Choice::new(one.code(), one.own_name())).collect();
    let typed_email = RwSignal::new(sending.typed("email", &email));
    let refused = sending.problem("current_password");
    let asked = move || typed_email.with(|typed| typed.trim() != email) || refused.with(Option::is_some);
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<ProfileForm>(&event) else { return };
        // The frame of the page shows name and language, too, so the whole page is loaded again.
        sending.send(api::profile(form), |_| browser::leave_for("/settings"));
    };
    view! {
        <form class="form" method="post" action="/settings" on:submit=submit>
            <Trouble sending />
            <Field name="name" label=words.name initial=sending.typed("name", &name) problem=sending.problem("name")
                autocomplete="name" required=true />
            <Field name="email" label=words.email kind=FieldKind::Email value=typed_email
                problem=sending.problem("email") hint=words.email_hint autocomplete="email" required=true />
            <div class="email-password" class:asked=asked>
                <Field name="current_password" label=text.auth.old_password kind=FieldKind::Password
                    problem=refused hint=words.email_needs_password autocomplete="current-password" />
            </div>
            <Select name="language" label=words.language choices=languages
                initial=sending.typed("language", locale.code()) problem=sending.problem("language") />
            <Radios name="theme" label=words.theme choices=themes initial=theme.code()
                on_change=Callback::new(|code: String| apply_theme(Theme::parse(&code))) />
            <Facts><Fact label=words.role>{role}</Fact></Facts>
            <div class="form-actions">
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{text.common.save}</Button>
            </div>
        </form>
    }
}

/// The form that changes the password. It ends all other sessions.
#[component]
fn Password() -> impl IntoView {
    let words = &use_text().auth;
    let sending = use_sending();
    let (toaster, announcer) = (use_toaster(), use_announcer());
    let (current, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<PasswordForm>(&event) else { return };
        sending.send(change_password(form), move |()| {
            current.set(String::new());
            password.set(String::new());
            announcer.announce(words.password_changed);
            toaster.show(words.password_changed);
        });
    };
    view! {
        <form class="form" method="post" action="/settings/password" on:submit=submit>
            <Trouble sending />
            <Field name="current" label=words.old_password kind=FieldKind::Password value=current
                problem=sending.problem("current") autocomplete="current-password" required=true />
            <Field name="password" label=words.new_password kind=FieldKind::Password value=password
                problem=sending.problem("password") hint=(words.password_hint)(8) autocomplete="new-password"
                required=true />
            <div class="form-actions">
                <Button submit=true busy=sending.busy>{words.change_password}</Button>
            </div>
        </form>
    }
}
