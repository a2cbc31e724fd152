//! The fields of a person in the firm: name, address, role, reach and group. The same for a new person and an existing
//! one; the choices are what the person asking may give, and what the person has now.

use crate::auth::model::{Role, Sees};
use crate::i18n::use_text;
use crate::people::input::PersonForm;
use crate::people::model::SeatChoices;
use crate::ui::{Choice, Field, FieldKind, Select, Sending};
use leptos::prelude::*;

/// The fields, inside a form.
#[component]
pub fn SeatFields(
    form: PersonForm,
    choices: SeatChoices,
    sending: Sending,
    /// Shows only name and address: the person asking may not change the rest.
    #[prop(optional)]
    fixed: bool,
    #[prop(optional)] email_required: bool,
) -> impl IntoView {
    let words = use_text().settings();
    let role = RwSignal::new(sending.typed("role", &form.role));
    let sees = RwSignal::new(sending.typed("sees", &form.sees));
    let role_name = |role: Role| Choice::new(role.code(), (words.role_name)(role));
    let sees_name = |sees: Sees| Choice::new(sees.code(), (words.sees_name)(sees));
    let mut roles: Vec<Choice> = choices.roles.iter().map(|role| role_name(*role)).collect();
    if let Some(now) = Role::parse(&form.role).filter(|now| !choices.roles.contains(now)) {
        roles.push(role_name(now));
    }
    let mut sights = choices.sees.clone();
    if let Some(now) = Sees::parse(&form.sees).filter(|now| !sights.contains(now)) {
        sights.push(now);
    }
    let sights: Vec<Choice> = sights.into_iter().map(sees_name).collect();
    let known = sights.clone();
    let usual = move |code: String| {
        let usual = Role::parse(&code).map(Role::usual_reach);
        if let Some(usual) = usual.filter(|usual| known.iter().any(|choice| choice.value == usual.code())) {
            sees.set(usual.code().to_owned());
        }
    };
    let groups: Vec<Choice> =
        choices.groups.into_iter().map(|group| Choice::new(group.id.to_string(), group.name)).collect();
    let hint = move || Role::parse(&role.get()).map(|role| (words.role_hint)(role));
    view! {
        <Field name="name" label=words.name initial=sending.typed("name", &form.name) problem=sending.problem("name")
            autocomplete="off" required=true autofocus=!fixed />
        <Field name="email" label=words.email kind=FieldKind::Email initial=sending.typed("email", &form.email)
            problem=sending.problem("email") autocomplete="off" required=email_required />
        {if fixed {
            view! {
                <input type="hidden" name="role" value=form.role />
                <input type="hidden" name="sees" value=form.sees />
                <input type="hidden" name="under" value=form.under />
            }
            .into_any()
        } else {
            view! {
                <Select name="role" label=words.role choices=roles value=role problem=sending.problem("role")
                    on_change=Callback::new(usual) />
                <p class="form-hint">{hint}</p>
                <Select name="sees" label=words.sees choices=sights value=sees problem=sending.problem("sees")
                    disabled=Signal::derive(move || role.with(|role| role == Role::Owner.code())) />
                <Select name="under" label=words.under choices=groups initial=sending.typed("under", &form.under)
                    problem=sending.problem("under") />
            }
            .into_any()
        }}
    }
}
