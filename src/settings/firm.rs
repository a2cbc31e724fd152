//! The page of the firm, for its owner: name, language, currency, time zone; and the panel of the backups, which is in
//! `backup`.

use super::conflict::Overtaken;
use super::{Part, Section, SettingsFrame};
use crate::auth::pages::ZONES;
use crate::i18n::{Locale, use_text};
use crate::journal::undo_toast::use_undo_toast;
use crate::live::reading::{Reading, use_reading};
use crate::live::{Kind, listen::use_changes};
use crate::people::api;
use crate::people::input::FirmForm;
use crate::ui::caught;
use crate::ui::{
    Banner, Button, ButtonKind, Choice, Field, Kept, Select, Tone, Trouble, currency_choices, say_status,
    use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The page `/settings/firm`.
#[component]
pub fn FirmPage() -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let changed = use_changes([Kind::Firm]);
    let firm = use_reading(|| (), changed, |()| api::firm());
    view! {
        <SettingsFrame here=Section::Firm title=words.firm>
            <Part title=words.firm about=words.firm_text>
                {firm.draw_anew(move |form| match form {
                    Ok(form) => view! { <Form form firm /> }.into_any(),
                    Err(error) => {
                        say_status(&error);
                        view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }.into_any()
                    }
                })}
            </Part>
            <crate::backup::panel::BackupPanel />
        </SettingsFrame>
    }
}

/// The fields of the form by name, each with the name of its fact.
const FACTS: [(&str, &str); 4] =
    [("name", "name"), ("language", "language"), ("currency", "currency"), ("time_zone", "time_zone")];

#[component]
fn Form(form: FirmForm, firm: Reading<FirmForm>) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let sending = use_sending();
    let undo_toast = use_undo_toast();
    let languages: Vec<Choice> =
        Locale::ALL.iter().map(|one| Choice::new(one.code(), one.own_name())).collect();
    let currencies = currency_choices();
    let mut zones: Vec<Choice> = ZONES.iter().map(|zone| Choice::new(*zone, *zone)).collect();
    if zones.iter().all(|zone| zone.value != form.time_zone) {
        zones.push(Choice::new(form.time_zone.clone(), form.time_zone.clone()));
    }
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<FirmForm>(&event) else { return };
        sending.send(api::change_firm(form), move |event| {
            firm.let_go();
            undo_toast.say(words.saved, event, move || firm.read_again());
        });
    };
    view! {
        <form class="form" method="post" action="/settings/firm" on:submit=submit on:input=move |_| firm.held.set(true)>
            <Trouble sending />
            <Kept name="version" value=RwSignal::new(form.version) />
            <Overtaken sending fields=&FACTS take=Callback::new(move |()| firm.let_go()) />
            <Field name="name" label=words.firm_name initial=sending.typed("name", &form.name)
                problem=sending.problem("name") autocomplete="organization" required=true />
            <Select name="language" label=words.language choices=languages hint=words.firm_language_hint
                initial=sending.typed("language", &form.language) problem=sending.problem("language") />
            <Select name="currency" label=words.currency choices=currencies hint=words.firm_currency_hint
                initial=sending.typed("currency", &form.currency) problem=sending.problem("currency") />
            <Select name="time_zone" label=words.time_zone choices=zones
                initial=sending.typed("time_zone", &form.time_zone) problem=sending.problem("time_zone") />
            <div class="form-actions">
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{text.common.save}</Button>
            </div>
        </form>
    }
}
