//! The page with the form of a customer, new or existing. A plain form; with wasm it is sent without leaving the page,
//! and what somebody else changed meanwhile is shown beside what was typed. The rules are in `input`.

use super::api;
use super::conflict::Conflict;
use super::form_rows::{ContactRows, LineRows};
use super::input::NAME;
use super::model::{BUSINESS, CustomerFacts, CustomerForm, Draft, FIELDS, REACH};
use crate::auth::model::{FormReply, Visit};
use crate::error::Error;
use crate::fields::Field as DescribedField;
use crate::fields::control::{FieldControls, OwnParts, own_typed, use_typed_at};
use crate::fields::model::in_part;
use crate::i18n::{use_locale, use_text};
use crate::id::{ContactId, CustomerId, UnitId};
use crate::journal::undo_toast::use_undo_toast;
use crate::live::Kind;
use crate::ui::address::decoded;
use crate::ui::caught;
use crate::ui::form::form_of;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Choice, Failed, Field, FieldKind, Kept, PageTitle, Problems, Radios,
    Select, SkeletonRows, browser, use_sending,
};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_url};
use uuid::Uuid;

#[component]
pub fn CustomerFormPage() -> impl IntoView {
    let params = use_params_map();
    // Without an id the form is for a new customer; an id that can't be parsed shows "not found".
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").map(|id| id.parse::<CustomerId>().ok())));
    let draft = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                None => api::begin(None).await,
                Some(Some(id)) => api::begin(Some(id)).await,
                Some(None) => Err(Error::NotFound),
            }
        },
    );
    view! {
        <Suspense fallback=|| {
            view! { <SkeletonRows /> }
        }>
            {move || Suspend::new(async move {
                let known = id.get_untracked().flatten();
                match draft.await {
                    Ok(draft) => view! { <TheForm draft id=known /> }.into_any(),
                    Err(error) => {
                        let retry = Callback::new(move |()| draft.refetch());
                        view! { <Failed error retry /> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

/// What was typed, if this form was sent without wasm and refused.
fn came_back(reply: Option<&FormReply>, draft: &CustomerForm) -> Option<CustomerForm> {
    let typed: CustomerForm = form_of(&reply?.typed)?;
    // A new customer gets another id each time the page is drawn; an existing one has a version and keeps its id.
    let same = draft.version.is_empty() || typed.id == draft.id;
    (same && !typed.id.is_empty()).then_some(typed)
}

#[component]
fn TheForm(draft: Draft, id: Option<CustomerId>) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let visit = use_context::<Visit>().unwrap_or_default();
    let mine = visit.me.as_ref().map_or(UnitId(Uuid::nil()), |me| me.id.into());
    let sending = use_sending();
    let Draft { form, owners, own } = draft;
    let fields = StoredValue::new(own.with(FIELDS));
    let back = came_back(visit.reply.as_ref(), &form);
    if back.is_none() {
        sending.error.set(None);
    }
    let mut form = back.unwrap_or(form);
    if id.is_none() && form.name.is_empty() {
        let query = use_url().with_untracked(|url| url.search().to_owned());
        let name = query.split('&').find_map(|pair| pair.strip_prefix("name="));
        form.name = name.map(decoded).unwrap_or_default();
    }
    let was: Option<CustomerFacts> = serde_json::from_str(&form.was).ok();
    let when = use_typed_at();
    // The facts that were sent last; a conflict is shown beside them.
    let sent = RwSignal::new(form.parse(mine, when(), &fields.get_value(), || ContactId(Uuid::nil())).ok());
    // After a conflict the form is saved over the version that is on record now.
    let theirs = move || match sending.error.get() {
        Some(Error::Conflict { version, .. }) => Some(version.to_string()),
        _ => None,
    };
    let version = RwSignal::new(untrack(theirs).unwrap_or(form.version));
    Effect::new(move |_| {
        if let Some(now) = theirs() {
            version.set(now);
        }
    });
    let submit = submitted(sending, sent, mine, fields, id);
    let node = NodeRef::<html::Form>::new();
    let hasten = move |event: KeyboardEvent| {
        if event.key() == "Enter"
            && (event.ctrl_key() || event.meta_key())
            && let Some(form) = node.get_untracked()
        {
            event.prevent_default();
            let _ = form.request_submit();
        }
    };
    let built_in = |part| in_part(FIELDS, part).cloned().collect::<Vec<_>>();
    let (reach_fields, business_fields) = (built_in(REACH), built_in(BUSINESS));
    let own_fields = own_typed(&fields.get_value(), &form.typed);
    let title = if id.is_some() { words.edit } else { words.new };
    let action = id.map_or_else(|| "/customers/new".to_owned(), |id| format!("/customers/{id}/edit"));
    let leave = id.map_or_else(|| "/customers".to_owned(), |id| format!("/customers/{id}"));
    let kinds = vec![Choice::new("organisation", words.organisation), Choice::new("person", words.person)];
    let kind = if form.kind.is_empty() { "organisation".to_owned() } else { form.kind.clone() };
    let choices: Vec<Choice> =
        owners.iter().map(|one| Choice::new(one.id.to_string(), one.label(use_locale()))).collect();
    let problems = move || match sending.error.get() {
        Some(Error::Conflict { .. }) | None => None,
        Some(error) => Some((text.errors.error)(&error)),
    };
    let owner = (!choices.is_empty()).then(|| {
        view! {
            <Select name="owner" label=words.owner choices initial=form.owner.clone()
                problem=sending.problem("owner") />
        }
    });
    view! {
        <PageTitle text=title />
        <div class="screen">
            <header class="page-head">
                <h1>{title}</h1>
            </header>
            <div class="page-body">
                <form node_ref=node class="form" method="post" action=action on:submit=submit on:keydown=hasten>
                    <Kept name="id" value=RwSignal::new(form.id) />
                    <input type="hidden" name="cmd" value=form.cmd />
                    <input type="hidden" name="was" value=form.was />
                    <Kept name="version" value=version />
                    <Show when=move || problems().is_some()>
                        <Problems title=Signal::derive(move || problems().unwrap_or_default()) />
                    </Show>
                    <Conflict sending sent was owners own />
                    <fieldset class="form-part">
                        <legend>{words.identity}</legend>
                        <Radios name="kind" label=words.kind choices=kinds initial=kind />
                        <div class="wide">
                            <Field
                                name="name"
                                label=words.name
                                initial=form.name
                                problem=sending.problem("name")
                                required=true
                                autofocus=id.is_none()
                                autocomplete="off"
                                max_length=NAME
                            />
                        </div>
                        {owner}
                    </fieldset>
                    <fieldset class="form-part">
                        <legend>{words.reach}</legend>
                        <LineRows
                            field="phones"
                            kind=FieldKind::Tel
                            label=words.phone
                            add=words.add_phone
                            remove=words.remove_phone
                            initial=form.phones
                            sending
                        />
                        <LineRows
                            field="emails"
                            kind=FieldKind::Email
                            label=words.email
                            add=words.add_email
                            remove=words.remove_email
                            initial=form.emails
                            sending
                        />
                        <FieldControls fields=reach_fields sending begin=form.typed.clone() />
                    </fieldset>
                    <fieldset class="form-part">
                        <legend>{words.contacts}</legend>
                        <ContactRows
                            ids=form.contact_id
                            names=form.contact_name
                            jobs=form.contact_job
                            phones=form.contact_phone
                            emails=form.contact_email
                            sending
                        />
                    </fieldset>
                    <fieldset class="form-part">
                        <legend>{words.business}</legend>
                        <Field
                            name="tax_number"
                            label=words.tax_number
                            initial=form.tax_number
                            problem=sending.problem("tax_number")
                        />
                        <FieldControls fields=business_fields sending begin=form.typed />
                    </fieldset>
                    <OwnParts fields=own_fields sending />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Filled submit=true busy=sending.busy>
                            {text.common.save}
                        </Button>
                        <ButtonLink href=leave>{text.common.cancel}</ButtonLink>
                    </div>
                </form>
            </div>
        </div>
    }
}

/// What sending does with wasm: check the form in the browser, then ask the server; a toast reports success and offers
/// undo.
fn submitted(
    sending: crate::ui::Sending,
    sent: RwSignal<Option<CustomerFacts>>,
    mine: UnitId,
    fields: StoredValue<Vec<DescribedField>>,
    id: Option<CustomerId>,
) -> impl Fn(SubmitEvent) + Clone + 'static {
    let text = use_text();
    let words = &text.customers;
    let undo_toast = use_undo_toast();
    let navigate = use_navigate();
    let when = use_typed_at();
    move |event: SubmitEvent| {
        let Some(form) = caught::<CustomerForm>(&event) else { return };
        let facts = match form.parse(mine, when(), &fields.get_value(), || ContactId(Uuid::new_v4())) {
            Ok(facts) => facts,
            Err(problems) => {
                sending.error.set(Some(Error::Invalid(problems)));
                // Wait a frame, so that the fields are marked as invalid.
                request_animation_frame(|| browser::focus_first_invalid("content"));
                return;
            }
        };
        let name = facts.name.clone();
        sent.set(Some(facts));
        let work = async move {
            match id {
                Some(id) => api::change(id, form).await.map(|event| (id, event)),
                None => api::create(form).await.map(|id| (id, None)),
            }
        };
        let navigate = navigate.clone();
        sending.send(work, move |(saved, event)| {
            let said = if id.is_some() { (words.saved)(&name) } else { (words.created)(&name) };
            match id {
                Some(_) => undo_toast.say(&said, event, || ()),
                None => undo_toast.say_made(&said, (Kind::Customer, saved.0), || ()),
            }
            navigate(&format!("/customers/{saved}"), NavigateOptions::default());
        });
    }
}
