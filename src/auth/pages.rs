//! The pages for people who are not signed in: signing in, and setting up the firm. They are plain forms; with wasm
//! they are sent without leaving the page. Decisions are made in `auth::forms`.

use super::api;
use super::model::{SetUpForm, SignInForm, Visit};
use crate::i18n::{Locale, use_locale, use_text};
use crate::ui::address::wanted_path;
use crate::ui::{
    Banner, Button, ButtonKind, Choice, Field, FieldKind, Mark, PageTitle, Select, Tone, browser, caught,
    currency_choices, use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_url;

/// The plain frame of these pages: no menu, only the form.
#[component]
pub fn EntryPage(
    #[prop(into)] title: String,
    #[prop(into)] intro: String,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    let text = use_text();
    view! {
        <PageTitle text=title.clone() />
        <main class="door" id="content" tabindex="-1">
            <div class="door-card" class:wide=wide>
                <div class="door-mark"><Mark /><span>{text.shell.app}</span></div>
                <h1>{title}</h1>
                <p class="door-intro">{intro}</p>
                {children()}
            </div>
        </main>
    }
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let words = &use_text().auth;
    let sending = use_sending();
    let firm = use_context::<Visit>().and_then(|visit| visit.firm).map(|firm| firm.name);
    let query = use_url().with_untracked(|url| url.search().to_owned());
    let action = if query.is_empty() {
        "/sign-in".to_owned()
    } else {
        format!("/sign-in?{}", query.trim_start_matches('?'))
    };
    let next = wanted_path(&query);
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<SignInForm>(&event) else { return };
        let next = next.clone();
        sending.send(api::sign_in(form), move |()| browser::leave_for(&next));
    };
    let trouble = sending.trouble();
    view! {
        <EntryPage title=words.title intro=firm.unwrap_or_else(|| words.intro.to_owned())>
            <form class="form" method="post" action=action on:submit=submit>
                <Show when=move || trouble.get().is_some() && sending.problem("password").get().is_none()>
                    <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default()) />
                </Show>
                <Field
                    name="email"
                    label=words.email
                    kind=FieldKind::Email
                    initial=sending.typed("email", "")
                    problem=sending.problem("email")
                    autocomplete="username"
                    required=true
                    autofocus=true
                />
                <Field
                    name="password"
                    label=words.password
                    kind=FieldKind::Password
                    problem=sending.problem("password")
                    autocomplete="current-password"
                    required=true
                />
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{words.sign_in}</Button>
            </form>
            <p class="door-foot">{words.forgot}</p>
        </EntryPage>
    }
}

/// The time zones offered as suggestions; the field accepts any IANA name.
pub const ZONES: [&str; 12] = [
    "Europe/Istanbul",
    "Asia/Nicosia",
    "Asia/Baku",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Amsterdam",
    "Europe/Paris",
    "Europe/Sofia",
    "Asia/Dubai",
    "Asia/Tashkent",
    "America/New_York",
    "UTC",
];

#[component]
pub fn SetUpPage() -> impl IntoView {
    let text = use_text();
    let words = text.setup();
    let locale = use_locale();
    let sending = use_sending();
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<SetUpForm>(&event) else { return };
        sending.send(api::set_up(form), |()| browser::leave_for("/"));
    };
    let languages: Vec<Choice> =
        Locale::ALL.iter().map(|one| Choice::new(one.code(), one.own_name())).collect();
    let currencies = currency_choices();
    let zones: Vec<Choice> = ZONES.iter().map(|zone| Choice::new(*zone, *zone)).collect();
    let chosen = sending.typed("start", "empty");
    let trouble = sending.trouble();
    view! {
        <EntryPage title=words.title intro=words.intro wide=true>
            <form class="form" method="post" action="/setup" on:submit=submit>
                <Show when=move || trouble.get().is_some()>
                    <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default()) />
                </Show>
                <fieldset class="form-part">
                    <legend>{words.firm_section}</legend>
                    <Field name="firm" label=words.firm initial=sending.typed("firm", "")
                        problem=sending.problem("firm")
                        autocomplete="organization" required=true autofocus=true />
                    <Select name="language" label=words.language choices=languages
                        initial=sending.typed("language", locale.code()) problem=sending.problem("language") />
                    <Select name="currency" label=words.currency choices=currencies
                        initial=sending.typed("currency", "TRY") problem=sending.problem("currency") />
                    <Select name="time_zone" label=words.time_zone choices=zones
                        initial=sending.typed("time_zone", "Europe/Istanbul") problem=sending.problem("time_zone") />
                </fieldset>
                <fieldset class="form-part">
                    <legend>{words.owner_section}</legend>
                    <p class="form-hint">{words.owner_hint}</p>
                    <Field name="name" label=words.name initial=sending.typed("name", "")
                        problem=sending.problem("name")
                        autocomplete="name" required=true />
                    <Field name="email" label=words.email kind=FieldKind::Email initial=sending.typed("email", "")
                        problem=sending.problem("email") autocomplete="username" required=true />
                    <Field name="password" label=words.password kind=FieldKind::Password
                        problem=sending.problem("password")
                        hint=(words.password_hint)(8) autocomplete="new-password" required=true />
                </fieldset>
                <fieldset class="form-part">
                    <legend>{words.start_section}</legend>
                    <div class="starts">
                        <Start value="empty" chosen=chosen.clone() name=words.start_empty hint=words.start_empty_hint />
                        <Start value="sample" chosen name=words.start_sample hint=words.start_sample_hint />
                    </div>
                </fieldset>
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{words.begin}</Button>
            </form>
        </EntryPage>
    }
}

/// One of the choices of how to begin: empty or with sample data.
#[component]
fn Start(value: &'static str, chosen: String, name: &'static str, hint: &'static str) -> impl IntoView {
    view! {
        <label class="start">
            <input type="radio" name="start" value=value checked=chosen == value />
            <span class="start-name">{name}</span>
            <span class="start-hint">{hint}</span>
        </label>
    }
}
