//! The page of the firm's people, with the tree as far as the person sees it, for editing if they lead people; and the
//! page where a new person is invited. The tree itself is in `tree`.

use super::link::LinkBox;
use super::seat::SeatFields;
use super::tree::Tree;
use super::{Part, Section, SettingsFrame};
use crate::auth::model::{Permission, Role, Visit};
use crate::i18n::use_text;
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::use_reading;
use crate::people::api;
use crate::people::input::PersonForm;
use crate::people::model::SeatChoices;
use crate::ui::address::value_in;
use crate::ui::caught;
use crate::ui::{
    Banner, Button, ButtonKind, ButtonLink, Icon, SkeletonRows, Tone, Trouble, say_status, use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The page `/settings/people`.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let leads = use_context::<Visit>().unwrap_or_default().may(Permission::LeadPeople);
    let changed = use_changes([Kind::Person, Kind::Firm]);
    let reading = use_reading(|| (), changed, |()| api::tree());
    let invite = leads.then(|| {
        ViewFnOnce::from(move || {
            view! {
                <ButtonLink kind=ButtonKind::Filled icon=Icon::Plus href="/settings/people/invite">
                    {words.invite}
                </ButtonLink>
            }
        })
    });
    let about = if leads { words.people_lead_text } else { words.people_text };
    view! {
        <SettingsFrame here=Section::People title=words.people action=invite>
            <Part title=words.people about=about>
                <Tree reading leads />
            </Part>
        </SettingsFrame>
    }
}

/// The page `/settings/people/invite`: the form of a new person, then their link.
#[component]
pub fn InvitePage() -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let choices = Resource::new(|| (), |()| api::choices());
    let told = use_context::<Visit>().unwrap_or_default().told;
    let link = RwSignal::new(told);
    let under = use_location().search.with_untracked(|query| value_in(query, "under")).unwrap_or_default();
    view! {
        <SettingsFrame here=Section::People title=words.invite>
            <Part title=words.invite about=words.invite_text>
                {move || link.get().map(|path| view! { <LinkBox path /> })}
                <Suspense fallback=|| view! { <SkeletonRows /> }>
                    {move || {
                        let under = under.clone();
                        Suspend::new(async move {
                            match choices.await {
                                Ok(choices) => view! { <Invitation choices under link /> }.into_any(),
                                Err(error) => {
                                    say_status(&error);
                                    view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }.into_any()
                                }
                            }
                        })
                    }}
                </Suspense>
            </Part>
        </SettingsFrame>
    }
}

/// The form; with a link, the box that shows it.
#[component]
fn Invitation(choices: SeatChoices, under: String, link: RwSignal<Option<String>>) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let sending = use_sending();
    let role = if choices.roles.contains(&Role::Salesperson) { Role::Salesperson } else { Role::Viewer };
    let under = if under.is_empty() {
        choices.groups.first().map(|group| group.id.to_string()).unwrap_or_default()
    } else {
        under
    };
    let form = PersonForm {
        role: role.code().into(),
        sees: role.usual_reach().code().into(),
        under,
        ..PersonForm::default()
    };
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<PersonForm>(&event) else { return };
        sending.send(api::invite(form), move |invited| link.set(Some(invited.link)));
    };
    view! {
        <Show
            when=move || link.with(Option::is_none)
            fallback=move || view! {
                <div class="form-row">
                    <Button icon=Icon::Plus on_click=move |()| link.set(None)>{words.invite_another}</Button>
                    <ButtonLink href="/settings/people">{words.to_people}</ButtonLink>
                </div>
            }
        >
            <form class="form" method="post" action="/settings/people/invite" on:submit=submit>
                <Trouble sending />
                <SeatFields form=form.clone() choices=choices.clone() sending email_required=true />
                <div class="form-actions">
                    <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{words.make_link}</Button>
                    <ButtonLink href="/settings/people">{text.common.cancel}</ButtonLink>
                </div>
            </form>
        </Show>
    }
}
