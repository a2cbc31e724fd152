//! How the browser loads pages: code that every page needs is in the main program, the rest in parts. A part is loaded
//! with the first of its pages that is opened (and all parts when the browser is idle). Which page belongs to which
//! address is decided in `app.rs`. Code shared by several parts is split into many pieces; `cargo xtask` packs those
//! into one file for each page that can be opened first.

use super::menu::MenuPage;
use super::named::announce;
use crate::auth::pages::{SetUpPage, SignInPage};
use crate::customers::card::CustomerPage;
use crate::customers::form::CustomerFormPage;
use crate::customers::list::CustomersPage;
use crate::deals::card::DealPage;
use crate::deals::form::DealFormPage;
use crate::deals::page::DealsPage;
use crate::filters::form::load_filter;
use crate::handover::page::HandOverPage;
use crate::home::page::HomePage;
use crate::i18n::use_text;
use crate::journal::log::HistoryPage;
use crate::journal::trash::TrashPage;
use crate::own_records::board::OwnBoardPage;
use crate::own_records::card::OwnRecordPage;
use crate::own_records::form::OwnRecordFormPage;
use crate::own_records::list::OwnRecordsPage;
use crate::palette::view::load_palette;
use crate::settings::fields::FieldsPage;
use crate::settings::firm::FirmPage;
use crate::settings::kinds::KindsPage;
use crate::settings::link::JoinPage;
use crate::settings::people::{InvitePage, PeoplePage};
use crate::settings::person::PersonPage;
use crate::settings::pipelines::PipelinesPage;
use crate::settings::products::ProductsPage;
use crate::settings::profile::SettingsPage;
use crate::settings_draft::page::DraftPage;
use crate::tasks::form::TaskFormPage;
use crate::tasks::page::TasksPage;
use crate::tasks::quick::later::load_days;
use crate::ui::{Empty, Icon, Missing, PARTS_COOKIE, browser};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_router::ChooseView;
use leptos_router::hooks::use_location;

/// The parts and their pages, the most used first. Each part is a function that the browser loads on demand.
macro_rules! parts {
    ($($part:ident by $load:ident: $($page:ident => $view:ident),+;)+) => {
        /// A page; showing it loads its part.
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

        /// Loads the wanted parts in the order of the table, and returns those that could be loaded.
        async fn load_parts(wanted: impl Fn(&str) -> bool) -> Vec<&'static str> {
            let mut came = Vec::new();
            $(
                if wanted(stringify!($part)) && $load().await.is_ok() {
                    came.push(stringify!($part));
                }
            )+
            came
        }

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

            // Before hydration, because the view must not wait then.
            async fn preload(&self) {
                let _ = match self { $($(Page::$page)|+ => $load().await,)+ };
            }
        }
    };
}

parts! {
    today by load_today: Home => HomePage;
    customers by load_customers: Customers => CustomersPage;
    tasks by load_tasks: Tasks => TasksPage;
    deals by load_deals: Deals => DealsPage;
    customer by load_customer: Customer => CustomerPage;
    deal by load_deal: Deal => DealPage;
    entry by load_entry: SignIn => SignInPage, SetUp => SetUpPage, Join => JoinPage;
    customer_form by load_customer_form: CustomerForm => CustomerFormPage;
    deal_form by load_deal_form: DealForm => DealFormPage;
    forms by load_forms: TaskForm => TaskFormPage, HandOver => HandOverPage;
    past by load_past: History => HistoryPage, Trash => TrashPage, Menu => MenuPage;
    account by load_account: Settings => SettingsPage;
    people by load_people: People => PeoplePage, Invite => InvitePage, Person => PersonPage;
    firm by load_firm: Firm => FirmPage, Pipelines => PipelinesPage, Products => ProductsPage;
    fields by load_fields: Fields => FieldsPage, Kinds => KindsPage, Draft => DraftPage;
    records by load_records: OwnRecords => OwnRecordsPage, OwnBoard => OwnBoardPage;
    record by load_record: OwnRecord => OwnRecordPage;
    record_form by load_record_form: OwnRecordForm => OwnRecordFormPage;
}

/// Loads what will probably be opened, so that no page has to wait for it; before signing in that is the first page. A
/// part that can't be loaded now is requested again by the page that needs it. A cookie then lists what the browser
/// has, so that the head of its next page requests the cached files.
pub async fn load_ahead(signed_in: bool) {
    let came = if signed_in {
        let _ = load_days().await;
        let _ = load_palette().await;
        let _ = load_filter().await;
        load_parts(|part| part != "entry").await
    } else {
        load_parts(|part| part == "today").await
    };
    let said: Vec<String> =
        std::iter::once(browser::program()).chain(came.into_iter().map(str::to_owned)).collect();
    browser::set_cookie(PARTS_COOKIE, &said.join(":"));
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
