//! The pages as the browser loads them: what every page needs comes with the program, the rest in seven parts, each with the first page of
//! it that is opened (and all of them when the browser is at rest). Which page belongs to which address is the table in `app.rs`.
//! Few parts on purpose: each one more cuts what they have in common into smaller and more pieces, every one of them a request. Nine
//! parts made 222 pieces of 77, and a card heavier by 40 KB. What somebody opens first (the front door, Today, the customers, the tasks) is
//! small for it.

use super::named::announce;
use crate::auth::pages::{SetUpPage, SignInPage};
use crate::customers::card::CustomerPage;
use crate::customers::form::CustomerFormPage;
use crate::customers::list::CustomersPage;
use crate::deals::card::DealPage;
use crate::deals::form::DealFormPage;
use crate::deals::page::DealsPage;
use crate::handover::page::HandOverPage;
use crate::home::page::HomePage;
use crate::i18n::use_text;
use crate::journal::log::HistoryPage;
use crate::journal::trash::TrashPage;
use crate::settings::firm::FirmPage;
use crate::settings::link::JoinPage;
use crate::settings::people::{InvitePage, PeoplePage};
use crate::settings::person::PersonPage;
use crate::settings::pipelines::PipelinesPage;
use crate::settings::products::ProductsPage;
use crate::settings::profile::SettingsPage;
use crate::tasks::form::TaskFormPage;
use crate::tasks::page::TasksPage;
use crate::tasks::quick::later::load_days;
use crate::ui::{Empty, Icon, Missing};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_router::ChooseView;
use leptos_router::hooks::use_location;

/// The parts and the pages in them. Each part is a function that the browser loads on demand.
macro_rules! parts {
    ($($part:ident by $load:ident: $($page:ident => $view:ident),+;)+) => {
        /// A page. As the table of addresses shows it, it brings the part it is in.
        #[derive(Clone, Copy)]
        pub enum Page { $($($page),+),+ }

        $(
            #[wasm_split($part, wasm_split_path = leptos::wasm_split, fallible, preload($load))]
            fn $part(page: Page) -> Result<AnyView, Missing> {
                match page {
                    $(Page::$page => Ok(view! { <$view /> }.into_any()),)+
                    _ => Err(Missing),
                }
            }
        )+

        impl ChooseView for Page {
            async fn choose(self) -> AnyView {
                let drawn = match self {
                    $($(Page::$page)|+ => {
                        announce(stringify!($part));
                        $part(self).await
                    })+
                };
                drawn.unwrap_or_else(|_| view! { <NotLoaded /> }.into_any())
            }

            // Before the page the server drew is taken over: the view must not wait then.
            async fn preload(&self) {
                let _ = match self { $($(Page::$page)|+ => $load().await,)+ };
            }
        }
    };
}

parts! {
    customers by load_customers: Customers => CustomersPage;
    today by load_today: Home => HomePage;
    tasks by load_tasks: Tasks => TasksPage;
    deals by load_deals: Deals => DealsPage;
    cards by load_cards: Customer => CustomerPage, Deal => DealPage;
    entry by load_entry: SignIn => SignInPage, SetUp => SetUpPage, Join => JoinPage;
    rest by load_rest:
        CustomerForm => CustomerFormPage, DealForm => DealFormPage, TaskForm => TaskFormPage, HandOver => HandOverPage,
        Settings => SettingsPage, People => PeoplePage, Invite => InvitePage, Person => PersonPage, Firm => FirmPage,
        Pipelines => PipelinesPage, Products => ProductsPage, History => HistoryPage, Trash => TrashPage;
}

/// Brings what somebody will open sooner or later, so that no page waits for it: who is not in yet sees Today first. What does not come
/// now is asked for again by the page that needs it.
pub async fn load_ahead(signed_in: bool) {
    let _ = load_today().await;
    if !signed_in {
        return;
    }
    let _ = load_days().await;
    let _ = load_customers().await;
    let _ = load_deals().await;
    let _ = load_tasks().await;
    let _ = load_cards().await;
    let _ = load_rest().await;
}

#[component]
fn NotLoaded() -> impl IntoView {
    let text = use_text();
    let location = use_location();
    let here = move || format!("{}{}", location.pathname.get(), location.search.get());
    view! {
        <h1 class="visually-hidden">{text.shell.not_loaded}</h1>
        <Empty icon=Icon::Warning title=text.shell.not_loaded>
            <a class="button" href=here rel="external">{text.shell.reload}</a>
        </Empty>
    }
}
