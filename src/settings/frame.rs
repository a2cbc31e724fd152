//! What all pages of the settings have: the title, the switch to the other pages, the bar of an open draft, and parts
//! with a heading and a description.

use crate::auth::model::{Permission, Visit};
use crate::i18n::use_text;
use crate::settings_draft::bar::DraftBar;
use crate::ui::{Icon, PageTitle, ViewItem, ViewSwitch};
use leptos::prelude::*;

/// The pages of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Profile,
    People,
    Firm,
    Pipelines,
    Products,
    Fields,
    Kinds,
    /// The draft with the changes prepared on other pages; it is not in the switch.
    Draft,
}

impl Section {
    const ALL: [Self; 7] =
        [Self::Profile, Self::People, Self::Firm, Self::Pipelines, Self::Products, Self::Fields, Self::Kinds];

    #[must_use]
    pub const fn href(self) -> &'static str {
        match self {
            Self::Profile => "/settings",
            Self::People => "/settings/people",
            Self::Firm => "/settings/firm",
            Self::Pipelines => "/settings/pipelines",
            Self::Products => "/settings/products",
            Self::Fields => "/settings/fields",
            Self::Kinds => "/settings/kinds",
            Self::Draft => "/settings/draft",
        }
    }

    /// Whether the person may open the page.
    fn is_for(self, visit: &Visit) -> bool {
        match self {
            Self::Profile | Self::People => true,
            _ => visit.may(Permission::Administer),
        }
    }
}

/// The frame of a page. `title` is the title of the window, if the page is about one thing; `action` is shown at the
/// end of the head.
#[component]
pub fn SettingsFrame(
    here: Section,
    #[prop(into, optional)] title: Option<String>,
    #[prop(default = None)] action: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let text = use_text();
    let words = text.settings();
    let visit = use_context::<Visit>().unwrap_or_default();
    let views: Vec<ViewItem> = Section::ALL
        .into_iter()
        .filter(|section| section.is_for(&visit))
        .map(|section| {
            let (label, icon) = match section {
                Section::Profile => (words.me, Icon::User),
                Section::People => (words.people, Icon::Users),
                Section::Firm => (words.firm, Icon::Building),
                Section::Pipelines => (words.pipelines, Icon::Branch),
                Section::Products => (words.products, Icon::Package),
                Section::Fields => (words.fields, Icon::List),
                Section::Kinds => (words.kinds, Icon::Briefcase),
                Section::Draft => (text.draft().title, Icon::Pencil),
            };
            ViewItem {
                href: section.href().into(),
                label: label.into(),
                icon: Some(icon),
                current: section == here,
            }
        })
        .collect();
    let window = title.unwrap_or_else(|| words.title.to_owned());
    view! {
        <PageTitle text=window.clone() />
        <header class="page-head settings-head">
            <h1>{words.title}</h1>
            <ViewSwitch label=words.sections views=Signal::stored(views) />
            {action.map(|action| view! { <div class="page-action">{action.run()}</div> })}
        </header>
        <div class="page-body settings"><DraftBar /> {children()}</div>
    }
}

/// A part of a page: heading and description on the left, content on the right.
#[component]
pub fn Part(
    #[prop(into)] title: Signal<String>,
    #[prop(into, optional)] about: Signal<String>,
    children: Children,
) -> impl IntoView {
    let about = move || Some(about.get()).filter(|about| !about.is_empty());
    view! {
        <section class="settings-part" aria-label=move || title.get()>
            <div class="settings-about">
                <h2>{move || title.get()}</h2>
                {move || about().map(|about| view! { <p>{about}</p> })}
            </div>
            <div class="settings-what box">{children()}</div>
        </section>
    }
}
