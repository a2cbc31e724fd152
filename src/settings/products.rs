//! The page of the firm's products, for the firm's owner: search, add, change, archive. Each action is sent at once,
//! and a toast offers undo; the form of a product is in a dialog.

use super::outcome::Outcome;
use super::{Part, Section, SettingsFrame};
use crate::i18n::{Currency, Money, use_locale, use_text};
use crate::id::ProductId;
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::use_reading;
use crate::products::api;
use crate::products::model::{LINE, Product, ProductForm, ProductPage};
use crate::ui::address::encoded;
use crate::ui::address::value_in;
use crate::ui::{
    Badge, Banner, Button, ButtonKind, Dialog, Each, Empty, Field, FieldKind, Icon, Menu, MenuItem, Select,
    Tone, Trouble, currency_choices, say_status, use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// The state and the actions of the page.
#[derive(Clone, Copy)]
struct ProductsState {
    outcome: Outcome<ProductPage>,
    /// The product in the dialog; `None` for a new one.
    asking: RwSignal<Option<Product>>,
    /// How often the dialog was opened, so that its form is made anew each time.
    times: RwSignal<u32>,
}

impl ProductsState {
    /// Opens the dialog.
    fn ask(self, product: Option<Product>) {
        self.asking.set(product);
        self.times.update(|times| *times += 1);
        self.outcome.open.set(true);
    }

    fn archive(self, said: &'static str, id: ProductId, archived: bool) {
        spawn_local(async move { self.outcome.said(said, api::archive(id, archived).await) });
    }
}

/// The page `/settings/products`.
#[component]
pub fn ProductsPage() -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let query = use_location().search;
    let typed = Memo::new(move |_| query.with(|query| value_in(query, "q")).unwrap_or_default());
    let changed = use_changes([Kind::Product]);
    let reading = use_reading(move || typed.get(), changed, api::list);
    let state =
        ProductsState { outcome: Outcome::of(reading), asking: RwSignal::new(None), times: RwSignal::new(0) };
    let add = ViewFnOnce::from(move || {
        view! {
            <Button kind=ButtonKind::Filled icon=Icon::Plus on_click=move |()| state.ask(None)>
                {words.add_product}
            </Button>
        }
    });
    let known = reading.known_while(|_| true);
    let trouble = reading.trouble();
    let failed = move || {
        trouble.get().map(|error| {
            say_status(&error);
            view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }
        })
    };
    let page = Memo::new(move |_| known.get().unwrap_or_default());
    let is_empty = Memo::new(move |_| page.with(|page| page.products.is_empty()));
    view! {
        <SettingsFrame here=Section::Products title=words.products action=Some(add)>
            <Part title=words.products about=words.products_text>
                {reading.once(move || view! {
                    {failed}
                    <LookFor typed />
                    {move || if is_empty.get() {
                        let said =
                            if typed.with(String::is_empty) { words.no_products } else { words.no_product_found };
                        view! { <Empty icon=Icon::Package title=said>""</Empty> }.into_any()
                    } else {
                        view! { <Rows page state /> }.into_any()
                    }}
                }.into_any())}
            </Part>
            <Dialog open=state.outcome.open
                title=Signal::derive(move || {
                    state.asking.with(|product| {
                        product.as_ref().map_or_else(|| words.add_product.to_owned(), |one| one.facts.name.clone())
                    })
                })
                close_label=text.common.cancel
            >
                {move || (state.times.get() > 0).then(|| view! {
                    <Ask product=state.asking.get_untracked() currency=page.with_untracked(|page| page.currency)
                        state />
                })}
            </Dialog>
        </SettingsFrame>
    }
}

/// The search by name or series. The searched text is in the address.
#[component]
fn LookFor(typed: Memo<String>) -> impl IntoView {
    let words = use_text().settings();
    let value = RwSignal::new(typed.get_untracked());
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let wanted = encoded(value.get_untracked().trim());
        navigate(&format!("/settings/products?q={wanted}"), NavigateOptions::default());
    };
    view! {
        <form class="form look-for" method="get" action="/settings/products" role="search" on:submit=submit>
            <Field name="q" label=words.look_for_product kind=FieldKind::Search value />
        </form>
    }
}

/// The rows, and how many more products there are.
#[component]
fn Rows(page: Memo<ProductPage>, state: ProductsState) -> impl IntoView {
    let words = use_text().settings();
    let more = move || Some(page.with(|page| page.more)).filter(|more| *more > 0);
    view! {
        <ul class="settings-rows" aria-label=words.products>
            // A row is drawn again when its product changes.
            <Each rows=move || page.with(|page| page.products.clone()) key=|one| (one.id, one.version) let:product>
                <Row product state />
            </Each>
        </ul>
        {move || more().map(|more| view! { <p class="settings-foot muted small">{(words.more_products)(more)}</p> })}
    }
}

/// A product with its menu.
#[component]
fn Row(product: Product, state: ProductsState) -> impl IntoView {
    let words = use_text().settings();
    let locale = use_locale();
    let Product { id, facts, .. } = product.clone();
    let price = facts.price.map(|minor| Money::new(minor, facts.currency).exact(locale));
    let (archived, said) =
        if facts.active { (true, words.product_archived) } else { (false, words.product_offered) };
    let menu_id = format!("product-{id}");
    view! {
        <li class="settings-row">
            <div class="settings-row-text">
                <span>{facts.name.clone()}</span>
                {(!facts.series.is_empty()).then(|| view! { <p class="muted small">{facts.series}</p> })}
            </div>
            {(!facts.active).then(|| view! { <Badge text=words.archived /> })}
            {price.map(|price| view! { <span class="money">{price}</span> })}
            <Menu id=menu_id label=(words.actions_of)(&facts.name) plain=true>
                <MenuItem label=words.edit_product icon=Icon::Pencil
                    on_click=move |()| state.ask(Some(product.clone())) />
                <MenuItem
                    label=if archived { words.archive_product } else { words.offer_product }
                    icon=if archived { Icon::Package } else { Icon::Undo }
                    on_click=move |()| state.archive(said, id, archived)
                />
            </Menu>
        </li>
    }
}

/// The form in the dialog.
#[component]
fn Ask(product: Option<Product>, currency: Currency, state: ProductsState) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let locale = use_locale();
    let sending = use_sending();
    let id = product.as_ref().map(|product| product.id);
    let form = product.as_ref().map_or_else(
        || ProductForm { currency: currency.code().to_owned(), ..ProductForm::default() },
        |product| ProductForm::of(product, locale),
    );
    let version = form.version;
    let draft = id.map_or_else(|| "add-product".to_owned(), |id| format!("product:{id}"));
    let [name, series, price, currency] =
        [form.name, form.series, form.price, form.currency].map(RwSignal::new);
    let currencies = currency_choices();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = ProductForm {
            version: version.clone(),
            name: name.get_untracked(),
            series: series.get_untracked(),
            price: price.get_untracked(),
            currency: currency.get_untracked(),
        };
        match id {
            Some(id) => {
                sending.send(api::change(id, form), move |event| state.outcome.said(words.saved, Ok(event)))
            }
            None => sending.send(api::add(form), move |id| {
                state.outcome.made(words.product_added, (Kind::Product, id.0));
            }),
        }
    };
    view! {
        <form class="form" data-draft=draft on:submit=submit>
            <Field name="name" label=words.product_name value=name problem=sending.problem("name") required=true
                autofocus=true max_length=LINE />
            <Field name="series" label=words.series value=series problem=sending.problem("series") max_length=LINE />
            <Field name="price" label=words.price kind=FieldKind::Money value=price problem=sending.problem("price") />
            <Select name="currency" label=words.currency choices=currencies value=currency
                problem=sending.problem("currency") />
            <Trouble sending />
            <div class="form-actions">
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{text.common.save}</Button>
            </div>
        </form>
    }
}
