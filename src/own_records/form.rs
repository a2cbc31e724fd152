//! The page with the form of an own record, new or existing. A plain form that posts to its own address; with wasm it
//! is sent without leaving the page. It contains no rules: the server finds the problems.

use super::address::{card_of, list_of};
use super::api;
use super::conflict::Conflict;
use super::input::{NAME, OwnRecordForm};
use super::view::OwnDraft;
use crate::auth::model::{Permission, Visit};
use crate::deals::picker::CustomerPicker;
use crate::error::Error;
use crate::fields::control::{OwnParts, TypedField};
use crate::fields::model::Field;
use crate::i18n::{use_locale, use_text};
use crate::id::{KindNr, OwnRecordId};
use crate::journal::undo_toast::use_undo_toast;
use crate::live::Kind;
use crate::ui::address::value_in;
use crate::ui::caught;
use crate::ui::{
    Banner, Button, ButtonKind, ButtonLink, Choice, Failed, Field as LineField, Kept, PageTitle, Select,
    Sending, SkeletonRows, Tone, use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};

/// The pages `/kinds/:nr/new` and `/records/:id/edit`.
#[component]
pub fn OwnRecordFormPage() -> impl IntoView {
    // Read once, because the address changes before the page is removed.
    let params = use_params_map().get_untracked();
    let kind = params.get_str("nr").and_then(|nr| nr.parse::<KindNr>().ok());
    let id = params.get_str("id").and_then(|id| id.parse::<OwnRecordId>().ok());
    let query = use_location().search.get_untracked();
    let customer = value_in(&query, "customer").and_then(|id| id.parse().ok());
    let name = value_in(&query, "name").filter(|_| id.is_none());
    let draft = Resource::new(|| (), move |()| async move { api::begin(kind, id, customer).await });
    view! {
        <Suspense fallback=|| view! { <SkeletonRows /> }>
            {move || {
                let name = name.clone();
                Suspend::new(async move {
                    match draft.await {
                        Ok(mut draft) => {
                            draft.form.name = name.unwrap_or(draft.form.name);
                            view! { <DraftForm id draft /> }.into_any()
                        }
                        Err(error) => {
                            let retry = Callback::new(move |()| draft.refetch());
                            view! { <Failed error retry /> }.into_any()
                        }
                    }
                })
            }}
        </Suspense>
    }
}

/// The texts of the form, a signal for each field, so that a conflict can replace them by the stored values.
#[derive(Clone, Copy)]
pub struct OwnFormState {
    pub name: RwSignal<String>,
    pub customer: RwSignal<String>,
    pub customer_name: RwSignal<String>,
    pub stage: RwSignal<String>,
    pub owner: RwSignal<String>,
    /// The firm's own fields.
    pub own: StoredValue<Vec<TypedField>>,
}

impl OwnFormState {
    /// Begins with what was typed in a refused plain form, else with the draft.
    fn begin(sending: &Sending, draft: &OwnDraft, refused: bool) -> Self {
        let form = &draft.form;
        let typed = |field: &str, value: &str| RwSignal::new(sending.typed(field, value));
        let customer = sending.typed("customer", &form.customer);
        let same = customer == form.customer;
        let name = draft.customer.clone().filter(|_| same).unwrap_or_default();
        let own = draft.own.active().into_iter().map(|field| {
            // In a refused form a missing field is a checkbox that was not ticked.
            let left = if refused { String::new() } else { form.typed.text(&field.key) };
            let value = typed(&field.key, &left);
            (field, value)
        });
        Self {
            own: StoredValue::new(own.collect()),
            name: typed("name", &form.name),
            customer: RwSignal::new(customer),
            customer_name: RwSignal::new(name),
            stage: typed("stage", &form.stage),
            owner: typed("owner", &form.owner),
        }
    }

    /// The signal of a field, by its name in the form.
    #[must_use]
    pub fn of(self, name: &str) -> Option<RwSignal<String>> {
        match name {
            "name" => Some(self.name),
            "customer" => Some(self.customer),
            "stage" => Some(self.stage),
            "owner" => Some(self.owner),
            key => self
                .own
                .with_value(|own| own.iter().find(|(field, _)| field.key == key).map(|(_, value)| *value)),
        }
    }

    /// The description of one of the firm's own fields, by its name in the form.
    #[must_use]
    pub fn field(self, name: &str) -> Option<Field> {
        self.own
            .with_value(|own| own.iter().find(|(field, _)| field.key == name).map(|(field, _)| field.clone()))
    }
}

/// The form.
#[component]
fn DraftForm(id: Option<OwnRecordId>, draft: OwnDraft) -> impl IntoView {
    let text = use_text();
    let words = text.own_records();
    let sending = use_sending();
    let visit = use_context::<Visit>().unwrap_or_default();
    let state = OwnFormState::begin(&sending, &draft, visit.reply.is_some());
    let version = RwSignal::new(sending.typed("version", &draft.form.version));
    let undo_toast = use_undo_toast();
    let navigate = StoredValue::new(use_navigate());
    let lead_to = move |id: OwnRecordId| {
        navigate.try_with_value(|navigate| navigate(&card_of(id), NavigateOptions::default()));
    };
    let kind = draft.kind.nr;
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<OwnRecordForm>(&event) else { return };
        let name = form.name.trim().to_owned();
        match id {
            None => sending.send(api::create(kind, form), move |id| {
                undo_toast.say_made(&(words.created)(&name), (Kind::OwnRecord, id.0), || ());
                lead_to(id);
            }),
            Some(id) => sending.send(api::change(id, form), move |event| {
                undo_toast.say(&(words.saved)(&name), event, || ());
                lead_to(id);
            }),
        }
    };
    let (title, action, back) = match id {
        Some(id) => ((words.edit)(&draft.kind.one), format!("{}/edit", card_of(id)), card_of(id)),
        None => ((words.new)(&draft.kind.one), format!("{}/new", list_of(kind)), list_of(kind)),
    };
    let trouble = sending.trouble();
    let error = sending.error;
    let plain = Memo::new(move |_| {
        error.with(|error| error.as_ref().is_some_and(|error| !matches!(error, Error::Conflict { .. })))
    });
    let new_id = sending.typed("id", &draft.form.id);
    // A new record may be stored already: the form was sent before, with other contents.
    let on_record = id.or_else(|| new_id.parse().ok());
    let may_hand_over = visit.may(Permission::HandOver);
    let owners: Vec<Choice> =
        draft.owners.iter().map(|one| Choice::new(one.id.to_string(), one.label(use_locale()))).collect();
    let stages: Vec<Choice> =
        draft.stages.iter().map(|one| Choice::new(one.nr.to_string(), one.name.clone())).collect();
    let (has_stages, has_owners) = (!stages.is_empty(), may_hand_over && !owners.is_empty());
    let on_customer = draft.on_customer;
    let one = draft.kind.one.clone();
    let kept = StoredValue::new(draft);
    view! {
        <PageTitle text=title.clone() />
        <header class="page-head"><h1>{title}</h1></header>
        <div class="card-edit">
            <form class="form" method="post" action=action novalidate=true on:submit=submit>
                <Show when=move || plain.get()>
                    <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default()) />
                </Show>
                <Kept name="id" value=RwSignal::new(new_id) />
                <Kept name="version" value=version />
                {on_record.map(|id| view! { <Conflict id state draft=kept error /> })}
                <fieldset class="form-part">
                    <legend>{one}</legend>
                    <LineField name="name" label=words.name value=state.name problem=sending.problem("name")
                        required=true autofocus=id.is_none() autocomplete="off" max_length=NAME />
                    {on_customer.then(|| view! {
                        <CustomerPicker id=state.customer name=state.customer_name
                            problem=sending.problem("customer") />
                    })}
                    {has_stages.then(|| view! {
                        <Select name="stage" label=text.deals.stage choices=stages value=state.stage
                            problem=sending.problem("stage") />
                    })}
                    {has_owners.then(|| view! {
                        <Select name="owner" label=text.deals.owner choices=owners value=state.owner
                            problem=sending.problem("owner") />
                    })}
                </fieldset>
                <OwnParts fields=state.own.get_value() sending />
                <div class="form-actions">
                    <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{text.common.save}</Button>
                    <ButtonLink href=back>{text.common.cancel}</ButtonLink>
                </div>
            </form>
        </div>
    }
}
