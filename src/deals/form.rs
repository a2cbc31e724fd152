//! The page with the form of a deal, new or existing. A plain form that posts to its own address; with wasm it is sent
//! without leaving the page. The server finds the problems.

use super::api;
use super::card::Missing;
use super::conflict::{Conflict, OnRecord};
use super::input::DealForm;
use super::model::{COURSE, FIELDS, Status, WHAT};
use super::picker::CustomerPicker;
use super::view::DealDraft;
use crate::auth::model::{Permission, Visit};
use crate::error::Error;
use crate::fields::Field;
use crate::fields::control::{FieldControl, OwnParts};
use crate::i18n::{use_locale, use_text};
use crate::id::DealId;
use crate::journal::undo_toast::use_undo_toast;
use crate::live::Kind;
use crate::ui::address::value_in;
use crate::ui::caught;
use crate::ui::{
    Banner, Button, ButtonKind, ButtonLink, Choice, Field as LineField, FieldKind, Kept, PageTitle, Select,
    Sending, SkeletonRows, Tone, currency_choices, use_sending,
};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlFormElement;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};

/// The page at /deals/new and at /deals/:id/edit.
#[component]
pub fn DealFormPage() -> impl IntoView {
    // Untracked: on leaving, the address changes before the page is gone.
    let wanted = use_params_map().with_untracked(|params| params.get("id"));
    let id = wanted.as_ref().and_then(|id| id.parse::<DealId>().ok());
    let query = use_location().search.get_untracked();
    let customer = value_in(&query, "customer").and_then(|id| id.parse().ok());
    let stage = value_in(&query, "stage").and_then(|id| id.parse().ok());
    let title = value_in(&query, "title").filter(|_| id.is_none());
    let again = RwSignal::new(0_u32);
    let draft = Resource::new(
        move || again.get(),
        move |_| {
            let none = wanted.is_some() && id.is_none();
            async move { if none { Err(Error::NotFound) } else { api::draft(id, customer, stage).await } }
        },
    );
    view! {
        <Suspense fallback=|| view! { <SkeletonRows /> }>
            {move || {
                let title = title.clone();
                Suspend::new(async move {
                    match draft.await {
                        Ok(mut draft) => {
                            draft.form.title = title.unwrap_or(draft.form.title);
                            view! { <DraftForm id draft /> }.into_any()
                        }
                        Err(error) => view! { <Missing error again /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// The form's fields as signals, so that the value on record can be put in after a conflict.
#[derive(Clone, Copy)]
pub struct DealFields {
    title: RwSignal<String>,
    customer: RwSignal<String>,
    pub customer_name: RwSignal<String>,
    amount: RwSignal<String>,
    currency: RwSignal<String>,
    product: RwSignal<String>,
    stage: RwSignal<String>,
    owner: RwSignal<String>,
    described: StoredValue<Vec<(Field, RwSignal<String>)>>,
}

impl DealFields {
    fn begin(sending: &Sending, draft: &DealDraft, refused: bool) -> Self {
        let form = &draft.form;
        let typed = |field: &str, value: &str| RwSignal::new(sending.typed(field, value));
        let customer = sending.typed("customer", &form.customer);
        let name = if customer == form.customer {
            draft.customer.clone().unwrap_or_default()
        } else {
            String::new()
        };
        let described = draft.own.with(FIELDS).into_iter().map(|field| {
            // Browsers do not send unticked boxes, so in a refused form a missing value means "not ticked".
            let left = if refused { String::new() } else { form.typed.text(&field.key) };
            let value = typed(&field.key, &left);
            (field, value)
        });
        let described = StoredValue::new(described.collect());
        Self {
            title: typed("title", &form.title),
            customer: RwSignal::new(customer),
            customer_name: RwSignal::new(name),
            amount: typed("amount", &form.amount),
            currency: typed("currency", &form.currency),
            product: typed("product", &form.product),
            stage: typed("stage", &form.stage),
            owner: typed("owner", &form.owner),
            described,
        }
    }

    /// The present values, tracked.
    #[must_use]
    pub fn values(self) -> Vec<(String, String)> {
        self.all().into_iter().map(|(name, signal)| (name, signal.get())).collect()
    }

    /// Fills in the values that are on record.
    pub fn take(self, record: &OnRecord) {
        let value = |field: &str| {
            record.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone())
        };
        for (name, signal) in self.all() {
            if let Some(value) = value(&name) {
                signal.set(value);
            }
        }
        if value("customer").is_some() {
            self.customer_name.set(record.customer.clone());
        }
    }

    fn all(self) -> Vec<(String, RwSignal<String>)> {
        let by_hand = [
            ("title", self.title),
            ("customer", self.customer),
            ("amount", self.amount),
            ("currency", self.currency),
            ("product", self.product),
            ("stage", self.stage),
            ("owner", self.owner),
        ];
        let described = self.described.get_value();
        let described = described.into_iter().map(|(field, signal)| (field.key.into_owned(), signal));
        by_hand.into_iter().map(|(name, signal)| (name.to_owned(), signal)).chain(described).collect()
    }

    /// The firm's own fields.
    fn own(self) -> Vec<(Field, RwSignal<String>)> {
        self.described.get_value().into_iter().filter(|(field, _)| field.own).collect()
    }

    /// The controls in one section of the form.
    fn controls(self, part: &'static str, sending: Sending) -> impl IntoView {
        let fields =
            self.described.get_value().into_iter().filter(|(field, _)| !field.own && field.part == part);
        fields.map(|(field, value)| view! { <FieldControl field sending value rows=5 /> }).collect_view()
    }
}

/// Ctrl+Enter in any field sends the form.
fn send_by_keys(event: &KeyboardEvent) {
    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
        let form = event.current_target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            event.prevent_default();
            let _ = form.request_submit();
        }
    }
}

#[component]
fn DraftForm(id: Option<DealId>, draft: DealDraft) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let sending = use_sending();
    let visit = use_context::<Visit>().unwrap_or_default();
    let fields = DealFields::begin(&sending, &draft, visit.reply.is_some());
    let version = RwSignal::new(sending.typed("version", &draft.form.version));
    let undo_toast = use_undo_toast();
    let navigate = StoredValue::new(use_navigate());
    let lead_to = move |id: DealId| {
        navigate.try_with_value(|navigate| navigate(&format!("/deals/{id}"), NavigateOptions::default()));
    };
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<DealForm>(&event) else { return };
        let title = form.title.trim().to_owned();
        match id {
            None => sending.send(api::create(form), move |id| {
                undo_toast.say_made(&(words.created)(&title), (Kind::Deal, id.0), || ());
                lead_to(id);
            }),
            Some(id) => sending.send(api::change(id, form), move |event| {
                undo_toast.say(&(words.saved)(&title), event, || ());
                lead_to(id);
            }),
        }
    };
    let (title, action, back) = match id {
        Some(id) => (words.edit, format!("/deals/{id}/edit"), format!("/deals/{id}")),
        None => (words.new, "/deals/new".to_owned(), "/deals".to_owned()),
    };
    let trouble = sending.trouble();
    let error = sending.error;
    let plain = Memo::new(move |_| {
        error.with(|error| error.as_ref().is_some_and(|error| !matches!(error, Error::Conflict { .. })))
    });
    let new_id = sending.typed("id", &draft.form.id);
    // A new deal may be on record already, if the answer to an earlier attempt was lost.
    let on_record = id.or_else(|| new_id.parse().ok());
    let may_hand_over = visit.may(Permission::HandOver) && !draft.owners.is_empty();
    let kept = StoredValue::new(draft.clone());
    view! {
        <PageTitle text=title />
        <header class="page-head"><h1>{title}</h1></header>
        <div class="card-edit">
            <form class="form" method="post" action=action novalidate=true on:submit=submit
                on:keydown=move |event| send_by_keys(&event)>
                <Show when=move || plain.get()>
                    <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default()) />
                </Show>
                <Kept name="id" value=RwSignal::new(new_id) />
                <Kept name="version" value=version />
                {on_record.map(|id| view! { <Conflict id fields draft=kept error /> })}
                <WhatPart sending fields draft=draft.clone() />
                <CoursePart sending fields draft may_hand_over />
                <OwnParts fields=fields.own() sending />
                <div class="form-actions">
                    <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{text.common.save}</Button>
                    <ButtonLink href=back>{text.common.cancel}</ButtonLink>
                    <span class="form-hint desk-only">{words.keys_save}</span>
                </div>
            </form>
        </div>
    }
}

/// The section about what is sold: to whom, which product, for how much.
#[component]
fn WhatPart(sending: Sending, fields: DealFields, draft: DealDraft) -> impl IntoView {
    let words = &use_text().deals;
    let currencies = currency_choices();
    let products: Vec<Choice> = std::iter::once(Choice::new("", words.no_product))
        .chain(draft.products.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)))
        .collect();
    // Without products there is nothing to choose; whoever can add some is shown a link to do so.
    let nothing_sold = products.len() == 1;
    let may_add = use_context::<Visit>().unwrap_or_default().may(Permission::Administer);
    view! {
        <fieldset class="form-part">
            <legend>{words.one}</legend>
            <LineField name="title" label=words.deal_title value=fields.title problem=sending.problem("title")
                required=true
                autofocus=true autocomplete="off" />
            <CustomerPicker id=fields.customer name=fields.customer_name problem=sending.problem("customer") />
            <LineField name="amount" label=words.amount kind=FieldKind::Money value=fields.amount
                problem=sending.problem("amount")
                autocomplete="off" />
            <Select name="currency" label=words.currency choices=currencies value=fields.currency
                problem=sending.problem("currency") />
            {if nothing_sold {
                may_add.then(|| view! {
                    <p class="form-hint"><a href="/settings/products">{words.add_products_first}</a></p>
                }).into_any()
            } else {
                view! {
                    <Select name="product" label=words.product choices=products value=fields.product
                        problem=sending.problem("product") />
                }.into_any()
            }}
            {fields.controls(WHAT, sending)}
        </fieldset>
    }
}

/// The section about the deal's course: stage, owner, and the described fields.
#[component]
fn CoursePart(sending: Sending, fields: DealFields, draft: DealDraft, may_hand_over: bool) -> impl IntoView {
    let words = &use_text().deals;
    let several = draft.pipelines.len() > 1;
    let now = fields.stage.get_untracked();
    let stages: Vec<Choice> = draft
        .pipelines
        .into_iter()
        .flat_map(|pipeline| pipeline.stages.into_iter().map(move |stage| (pipeline.name.clone(), stage)))
        // Winning and losing is done on the card, so only open stages and the present one are offered.
        .filter(|(_, stage)| stage.status == Status::Open || stage.id.to_string() == now)
        .map(|(pipeline, stage)| {
            let label = if several { format!("{pipeline}: {}", stage.name) } else { stage.name };
            Choice::new(stage.id.to_string(), label)
        })
        .collect();
    let owners: Vec<Choice> = draft
        .owners
        .into_iter()
        .map(|one| Choice::new(one.id.to_string(), one.label(use_locale())))
        .collect();
    view! {
        <fieldset class="form-part">
            <legend>{words.course_part}</legend>
            <Select name="stage" label=words.stage choices=stages value=fields.stage problem=sending.problem("stage") />
            {may_hand_over
                .then(|| view! {
                    <Select name="owner" label=words.owner choices=owners value=fields.owner
                        problem=sending.problem("owner") />
                })}
            {fields.controls(COURSE, sending)}
        </fieldset>
    }
}
