//! The page at `/`: today's date, the deals that want to be closed, and the ways on.

use super::api;
use crate::auth::model::Visit;
use crate::deals::shown::DealRow;
use crate::i18n::{date, use_locale, use_text};
use crate::live::{Kind, listen::use_changes};
use crate::ui::{Amount, Banner, ButtonLink, Empty, Icon, Panel, StageMark, Tone};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn HomePage() -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let today = use_context::<Visit>().unwrap_or_default().today;
    let changed = use_changes(&[Kind::Deal, Kind::Customer]);
    let due = Resource::new(move || changed.get(), |_| api::due());
    view! {
        <Title text=(text.shell.title)(text.home.title) />
        <header class="page-head">
            <h1>{text.home.title}</h1>
            <p class="page-sum">{date::long_day(today, today.pred_opt().unwrap_or(today), locale)}</p>
        </header>
        <div class="page-body home">
            <Transition>
                {move || Suspend::new(async move {
                    match due.await {
                        Ok(rows) if rows.is_empty() => view! {
                            <Empty icon=Icon::Sun title=text.home.nothing text=text.home.nothing_text>
                                <ButtonLink href="/deals">{text.home.to_deals}</ButtonLink>
                                <ButtonLink href="/customers">{text.home.to_customers}</ButtonLink>
                            </Empty>
                        }
                        .into_any(),
                        Ok(rows) => view! {
                            <Panel title=text.home.due>
                                <ul class="due" aria-label=text.home.due>
                                    {rows.into_iter().map(|row| view! { <Due row /> }).collect_view()}
                                </ul>
                            </Panel>
                        }
                        .into_any(),
                        Err(error) => view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

/// A deal that wants to be closed: what, for whom, how much, since when.
#[component]
fn Due(row: DealRow) -> impl IntoView {
    let locale = use_locale();
    let text = use_text();
    let today = use_context::<Visit>().unwrap_or_default().today;
    let money = row.money();
    let late = row.expected_on.is_some_and(|day| day < today);
    let when = row.expected_on.map(|day| date::relative(day, today, locale)).unwrap_or_default();
    view! {
        <li class="due-line">
            <div class="due-what">
                <a href=format!("/deals/{}", row.id)>{row.title}</a>
                <span class="muted small">{row.customer.unwrap_or_else(|| text.deals.no_customer.to_owned())}</span>
            </div>
            <StageMark color=u8::try_from(row.color).unwrap_or(1) name=row.stage />
            <span class="due-amount">{money.map(|money| view! { <Amount money /> })}</span>
            <span class="due-when" class:late=late>{when}</span>
        </li>
    }
}
