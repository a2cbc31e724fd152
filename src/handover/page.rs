//! The page that asks to whom a record is given and whether what hangs on it goes with it. A plain form that posts to
//! its own address; with wasm it is sent without leaving the page.

use super::api;
use super::model::{HandOverForm, HandOverOffer};
use crate::error::Error;
use crate::i18n::use_text;
use crate::journal::model::Card;
use crate::journal::undo_toast::use_undo_toast;
use crate::ui::caught;
use crate::ui::{
    Banner, Button, ButtonKind, ButtonLink, Checkbox, Choice, Failed, Icon, PageTitle, Select, SkeletonRows,
    Tone, use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// The page at /customers/:id/hand-over, /deals/:id/hand-over and /records/:id/hand-over.
#[component]
pub fn HandOverPage() -> impl IntoView {
    // Untracked: on leaving, the address changes before the page is gone.
    let path = use_location().pathname.get_untracked();
    let card = path.strip_suffix("/hand-over").and_then(Card::at);
    let offer = Resource::new(|| (), move |()| async move { api::offer(card.ok_or(Error::NotFound)?).await });
    view! {
        <Suspense fallback=|| view! { <SkeletonRows /> }>
            {move || Suspend::new(async move {
                match (offer.await, card) {
                    (Ok(offer), Some(card)) => view! { <OfferForm card offer /> }.into_any(),
                    (Err(error), _) => view! { <Failed error /> }.into_any(),
                    (Ok(_), None) => view! { <Failed error=Error::NotFound /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn OfferForm(card: Card, offer: HandOverOffer) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let sending = use_sending();
    let undo_toast = use_undo_toast();
    let navigate = use_navigate();
    let heirs: Vec<Choice> =
        offer.heirs.into_iter().map(|heir| Choice::new(heir.id.to_string(), heir.name)).collect();
    let first = heirs.first().map(|heir| heir.value.clone()).unwrap_or_default();
    let nobody = heirs.is_empty();
    let along = (offer.deals + offer.tasks > 0).then(|| {
        let label = (words.hand_over_along)(offer.deals, offer.tasks);
        let value = RwSignal::new(sending.typed("along", "on") == "on");
        view! { <Checkbox name="along" label value /> }
    });
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<HandOverForm>(&event) else { return };
        let navigate = navigate.clone();
        sending.send(api::give(card, form), move |given| {
            let said = (words.handed_over)(&given.to);
            let (to, event) = match card {
                card if given.seen => (card.path(), Some(given.event)),
                // The record is out of reach now, so undo is not offered; the new owner can give it back.
                Card::Customer(_) => ("/customers".to_owned(), None),
                Card::Deal(_) => ("/deals".to_owned(), None),
                Card::Record(_) => ("/".to_owned(), None),
            };
            undo_toast.say(&said, event, || ());
            navigate(&to, NavigateOptions::default());
        });
    };
    let trouble = sending.trouble();
    let plain = move || {
        sending.error.with(|error| error.as_ref().is_some_and(|error| !matches!(error, Error::Invalid(_))))
    };
    view! {
        <PageTitle text=words.hand_over />
        <header class="page-head"><h1>{words.hand_over}</h1></header>
        <div class="card-edit">
            <form class="form" method="post" action=format!("{}/hand-over", card.path()) on:submit=submit>
                <Show when=plain>
                    <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default()) />
                </Show>
                <p class="form-hint">{(words.hand_over_what)(&offer.name, &offer.owner)}</p>
                <Select name="to" label=words.hand_over_to choices=heirs initial=sending.typed("to", &first)
                    problem=sending.problem("to") />
                {along}
                <div class="form-actions">
                    <Button kind=ButtonKind::Filled submit=true icon=Icon::Shuffle busy=sending.busy disabled=nobody>
                        {words.hand_over}
                    </Button>
                    <ButtonLink href=card.path()>{text.common.cancel}</ButtonLink>
                </div>
            </form>
        </div>
    }
}
