//! An amount of money, sums of several currencies side by side (never added together), and the choice of a currency.

use leptos::prelude::*;

use super::Choice;
use crate::i18n::{Currency, Money, Totals, use_locale};

/// One amount. Whole amounts are written without their cents unless `exact`.
#[component]
pub fn Amount(#[prop(into)] money: Signal<Money>, #[prop(optional)] exact: bool) -> impl IntoView {
    let locale = use_locale();
    let text = move || {
        let money = money.get();
        if exact { money.exact(locale) } else { money.short(locale) }
    };
    view! { <span class="money">{text}</span> }
}

/// Totals by currency: `1.637.500 ₺ + 98.000 €`; the largest group first.
#[component]
pub fn Sums(#[prop(into)] totals: Signal<Totals>) -> impl IntoView {
    let locale = use_locale();
    view! { <span class="money">{move || totals.with(|totals| totals.text(locale))}</span> }
}

/// The currencies to choose from, each with its letters and its sign.
#[must_use]
pub fn currency_choices() -> Vec<Choice> {
    let choice = |one: &Currency| Choice::new(one.code(), format!("{} {}", one.code(), one.symbol()));
    Currency::ALL.iter().map(choice).collect()
}
