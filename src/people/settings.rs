//! The settings page: how the app looks to oneself, one's sessions, the firm, and the tree of its people. Changing firm and people comes
//! with its own pages later; nothing here pretends to.

use super::api;
use super::model::TreeNode;
use crate::auth::api::{sign_out, sign_out_everywhere};
use crate::auth::model::Visit;
use crate::i18n::{Locale, use_locale, use_text};
use crate::live::{Kind, listen::use_changes};
use crate::ui::{
    Avatar, Badge, Button, Choice, Fact, Facts, Icon, IconView, Radios, SkeletonRows, Theme, Tone,
    apply_theme, browser, drafts, use_toaster,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;

#[component]
pub fn SettingsPage() -> impl IntoView {
    let text = use_text();
    let words = &text.settings;
    let visit = use_context::<Visit>().unwrap_or_default();
    let (me, firm) = (visit.me, visit.firm);
    let changed = use_changes(&[Kind::Person]);
    let tree = Resource::new(move || changed.get(), |_| api::tree());
    view! {
        <Title text=(text.shell.title)(words.title) />
        <header class="page-head"><h1>{words.title}</h1></header>
        <div class="page-body settings">
            <Part title=words.look><Looks theme=visit.theme /></Part>
            <Part title=words.me>
                <Facts>
                    {me
                        .map(|me| {
                            view! {
                                <Fact label=words.name>{me.name}</Fact>
                                <Fact label=words.email>{me.email}</Fact>
                                <Fact label=words.role>{(words.role_name)(me.role)}</Fact>
                            }
                        })}
                </Facts>
                <Leave />
            </Part>
            <Part title=words.firm>
                <Facts>
                    {firm
                        .map(|firm| {
                            view! {
                                <Fact label=words.firm_name>{firm.name}</Fact>
                                <Fact label=words.currency>{firm.currency.code()}</Fact>
                                <Fact label=words.time_zone>{firm.time_zone}</Fact>
                            }
                        })}
                </Facts>
            </Part>
            <Part title=words.people about=words.people_text>
                                <Transition fallback=|| view! { <SkeletonRows /> }>
                    {move || Suspend::new(async move {
                        match tree.await {
                            Ok(nodes) => view! { <Tree nodes /> }.into_any(),
                            Err(error) => view! { <p class="field-problem">{(text.errors.error)(&error)}</p> }.into_any(),
                        }
                    })}
                </Transition>
            </Part>
            <crate::keeping::panel::BackupPanel />
        </div>
    }
}

/// A section: what it is about at the left, what can be done at the right.
#[component]
fn Part(title: &'static str, #[prop(default = "")] about: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="settings-part" aria-label=title>
            <div class="settings-about">
                <h2>{title}</h2>
                {(!about.is_empty()).then(|| view! { <p>{about}</p> })}
            </div>
            <div class="settings-what box">{children()}</div>
        </section>
    }
}

/// Theme and language: both take effect at once.
#[component]
fn Looks(theme: Theme) -> impl IntoView {
    let words = &use_text().settings;
    let locale = use_locale();
    let themes = [
        (Theme::System, words.theme_system),
        (Theme::Light, words.theme_light),
        (Theme::Dark, words.theme_dark),
    ];
    let themes = themes.map(|(theme, name)| Choice::new(theme.code(), name)).to_vec();
    let languages = Locale::ALL.iter().map(|one| Choice::new(one.code(), one.own_name())).collect::<Vec<_>>();
    let speak = move |code: String| {
        if let Some(language) = Locale::parse(&code) {
            spawn_local(async move {
                if api::speak(language).await.is_ok() {
                    browser::leave_for("/settings");
                }
            });
        }
    };
    view! {
        <div class="form">
            <Radios name="theme" label=words.theme choices=themes initial=theme.code()
                on_change=Callback::new(|code: String| apply_theme(Theme::parse(&code))) />
            <Radios name="language" label=words.language choices=languages initial=locale.code()
                on_change=Callback::new(speak) />
        </div>
    }
}

/// Signing out here, and everywhere.
#[component]
fn Leave() -> impl IntoView {
    let text = use_text();
    let toaster = use_toaster();
    let go = move |done: Result<(), crate::error::Error>| match done {
        Ok(()) => {
            drafts::forget_all();
            browser::leave_for("/sign-in");
        }
        Err(error) => toaster.show((text.errors.error)(&error)),
    };
    view! {
        <form class="form-row" method="post" action="/sign-out"
            on:submit=move |event| {
                event.prevent_default();
                spawn_local(async move { go(sign_out().await) });
            }>
            <Button submit=true icon=Icon::SignOut>{text.auth.sign_out}</Button>
            <Button on_click=move |()| spawn_local(async move { go(sign_out_everywhere().await) })>
                {text.auth.sign_out_everywhere}
            </Button>
        </form>
        <p class="form-hint">{text.settings.sessions_text}</p>
    }
}

/// The tree as a nested list, drawn flat: each line knows its depth.
#[component]
fn Tree(nodes: Vec<TreeNode>) -> impl IntoView {
    let words = &use_text().settings;
    let lines = nodes
        .into_iter()
        .map(|node| {
            let depth = node.depth.min(3).to_string();
            match node.person {
                Some(person) => view! {
                    <li class="tree-line" data-depth=depth>
                        <Avatar name=node.name.clone() />
                        <span class="tree-name">{node.name}</span>
                        <span class="muted small">{(words.role_name)(person.role)} " · " {(words.sees_name)(person.sees)}</span>
                        {(!person.active).then(|| view! { <Badge tone=Tone::Plain text=words.inactive /> })}
                    </li>
                }
                .into_any(),
                None => view! {
                    <li class="tree-line" data-depth=depth>
                        <IconView icon=Icon::Building />
                        <span class="tree-name">{node.name}</span>
                    </li>
                }
                .into_any(),
            }
        })
        .collect_view();
    view! { <ul class="tree" aria-label=words.people>{lines}</ul> }
}
