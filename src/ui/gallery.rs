//! Every component in all its states, for developers; served in dev builds only. Its texts are English and not
//! translated, because only developers read them.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::*;
use crate::i18n::{Currency, Money};

/// One titled part of the page.
#[component]
fn Part(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="gallery-part" aria-label=title>
            <h2>{title}</h2>
            <div class="gallery-row">{children()}</div>
        </section>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let busy = RwSignal::new(false);
    view! {
        <Part title="Buttons">
            <Button kind=ButtonKind::Filled icon=Icon::Plus>"Filled"</Button>
            <Button>"Quiet"</Button>
            <Button kind=ButtonKind::Danger icon=Icon::Trash>"Danger"</Button>
            <Button kind=ButtonKind::Plain>"Plain"</Button>
            <Button icon=Icon::Mail label="Icon only" />
            <Button disabled=true>"Disabled"</Button>
            <Button busy on_click=move |()| busy.set(true)>"Works when pressed"</Button>
            <Button busy=true kind=ButtonKind::Filled>"Busy"</Button>
            <ButtonLink href="/" icon=Icon::ArrowRight>"A link"</ButtonLink>
        </Part>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let choice = RwSignal::new("eur".to_owned());
    let money = RwSignal::new("1.234,56".to_owned());
    let choices = || vec![Choice::new("try", "₺ TRY"), Choice::new("eur", "€ EUR")];
    view! {
        <Part title="Fields">
            <form class="form" data-draft="">
                <Problems title="Not saved" lines=vec!["One field needs a correction.".to_owned()] />
                <fieldset class="form-part">
                    <legend>"Identity"</legend>
                    <Radios
                        name="kind"
                        label="Kind"
                        choices=vec![Choice::new("person", "Person"), Choice::new("organisation", "Organisation")]
                        initial="person"
                    />
                    <Field name="name" label="Name" value=name hint="As on the invoice" placeholder="Güneş Enerji AŞ" />
                    <Field name="email" label="E-mail" kind=FieldKind::Email initial="info@"
                        problem="This is no e-mail address.".to_owned() />
                    <Field name="amount" label="Amount" kind=FieldKind::Money value=money>
                        <Select bare=true name="currency" label="Currency" choices=choices() value=choice />
                    </Field>
                    <Field name="day" label="Expected close" kind=FieldKind::Date initial="31.12.2026" />
                    <Select name="owner" label="Owner" choices=choices() initial="eur" />
                    <TextArea name="note" label="Note" initial="First line\nSecond & <last>" />
                    <Checkbox name="signed" label="Signed" initial=true />
                </fieldset>
                <p class="muted">"Typed: " {move || name.get()} " · chosen: " {move || choice.get()}</p>
            </form>
        </Part>
    }
}

#[component]
fn Marks() -> impl IntoView {
    let filter = RwSignal::new(false);
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar");
    let money = Money::new(12_345_650, Currency::Try);
    view! {
        <Part title="Marks">
            <Badge text="Plain" />
            <Badge text="GES izleme" tone=Tone::Accent />
            <Badge text="Won" tone=Tone::Ok icon=Icon::Trophy />
            <Badge text="19 days silent" tone=Tone::Warn icon=Icon::Warning />
            <Badge text="Late" tone=Tone::Bad />
            {(1..=5).map(|color| view! { <StageMark color name=format!("Stage {color}") /> }).collect_view()}
            {["Ayşe Işık", "ilker Öz", "Mert Kaya", "Zeki Demir", "Selin Güneş", "Can Su"]
                .map(|name| view! { <Avatar name named=true /> })
                .collect_view()}
            <Avatar name="Tarık Akın" large=true named=true />
            <Chip text="A filter" icon=Icon::User pressed=filter on_click=move |()| filter.update(|on| *on = !*on) />
            <Chip text="Add a filter" icon=Icon::Filter dashed=true />
            <ChipLink href="?" text="City: İzmir" remove_label="Remove this filter" />
            <Amount money />
            <Amount money exact=true />
            <Day day=today />
            <Moment at=today.and_hms_opt(14, 5, 0).expect("a time of the day") today=today />
        </Part>
        <Part title="Icons">
            {ICONS.map(|icon| view! { <IconView icon class="icon-22" /> }).collect_view()}
        </Part>
    }
}

const ICONS: [Icon; 16] = [
    Icon::Sun,
    Icon::Users,
    Icon::Board,
    Icon::Tasks,
    Icon::Calendar,
    Icon::Chart,
    Icon::Settings,
    Icon::Phone,
    Icon::Mail,
    Icon::Message,
    Icon::Building,
    Icon::User,
    Icon::Trophy,
    Icon::Moon,
    Icon::Swap,
    Icon::History,
];

#[component]
fn Overlays() -> impl IntoView {
    let (open, sure) = (RwSignal::new(false), RwSignal::new(false));
    let toaster = use_toaster();
    let announcer = use_announcer();
    let said = RwSignal::new(0_u32);
    view! {
        <Part title="Overlays">
            <Menu id="gallery-menu" label="Menu">
                <MenuItem label="Edit" icon=Icon::Pencil on_click=move |()| said.update(|n| *n += 1) />
                <MenuItem label="Current" icon=Icon::Branch current=true />
                <MenuItem label="A link" icon=Icon::ArrowRight href="#" />
                <MenuItem label="Not now" disabled=true />
                <hr class="menu-line" />
                <MenuItem label="Delete" icon=Icon::Trash danger=true />
            </Menu>
            <Button on_click=move |()| open.set(true)>"Dialog"</Button>
            <Button on_click=move |()| sure.set(true)>"Question"</Button>
            <Button on_click=move |()| {
                toaster.show_with("GES izleme paneli → Teklif", "Undo", move || said.update(|n| *n += 1));
            }>"Toast"</Button>
            <Button on_click=move |()| announcer.announce("Said aloud")>"Announce"</Button>
            <span class="muted" id="gallery-said">"Chosen: " {move || said.get()}</span>
            <Dialog open title="A dialog" close_label="Close">
                <Field name="in-dialog" label="Name" autofocus=true />
                <div class="dialog-actions">
                    <Button on_click=move |()| open.set(false)>"Cancel"</Button>
                    <Button kind=ButtonKind::Filled on_click=move |()| open.set(false)>"Save"</Button>
                </div>
            </Dialog>
            <Confirm
                open=sure
                title="Sign out everywhere?"
                text="Every session is closed, also this one."
                yes="Sign out"
                no="Cancel"
                danger=true
                on_yes=move |()| said.update(|n| *n += 1)
            />
        </Part>
        <Banner tone=Tone::Warn text="No connection. You see the last known state.">
            <Button>"Try again"</Button>
        </Banner>
        <Banner tone=Tone::Accent text="There is a newer version." />
    }
}

#[component]
fn Lists() -> impl IntoView {
    let rows = RwSignal::new((0..200_usize).collect::<Vec<_>>());
    let more = move |()| {
        rows.update(|rows| {
            let next = rows.len();
            rows.extend(next..(next + 200).min(10_000));
        });
    };
    let tab = RwSignal::new("history");
    let tabs = vec![
        TabItem { id: "history", label: "History".into(), count: None },
        TabItem { id: "deals", label: "Deals".into(), count: Some(2) },
    ];
    let views = ["Board", "List"].map(|label| ViewItem {
        href: "#".into(),
        label: label.into(),
        icon: None,
        current: label == "Board",
    });
    view! {
        <Part title="Switch and tabs">
            <ViewSwitch label="Views" views=views.to_vec() />
            <Tabs label="Parts" tabs current=tab />
            <TabPanel id="history" current=tab><p>"What happened"</p></TabPanel>
            <TabPanel id="deals" current=tab><p>"Two deals"</p></TabPanel>
        </Part>
        <Part title="Panel and facts">
            <Panel title="Facts" count=3 actions=|| view! {
                <Button kind=ButtonKind::Plain icon=Icon::Pencil label="Edit" />
            }>
                <Facts>
                    <Fact label="Phone">"0232 464 55 20"</Fact>
                    <Fact label="Source">"Fair, 2026"</Fact>
                </Facts>
            </Panel>
        </Part>
        <Part title="Nothing, and what is coming">
            <Empty icon=Icon::Users title="No customers yet"
                text="Here you find everyone in one place. Add the first one.">
                <Button kind=ButtonKind::Filled icon=Icon::Plus>"New customer"</Button>
            </Empty>
            <SkeletonRows count=3 />
            <SkeletonCards count=2 />
        </Part>
        <Part title="A long list">
            <p class="muted">"Loaded: " <span id="gallery-loaded">{move || rows.with(Vec::len)}</span></p>
            <div class="table-box">
                <table class="table" aria-label="Long list">
                    <thead>
                        <tr>
                            <SortHeader text="Number" href="?" order=Some(Order::Up) />
                            <th class="num">"Square"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <Windowed
                            rows
                            key=|n: &usize| *n
                            inside=WindowIn::Table
                            near_end=more
                            row=|at, n: usize| {
                                view! {
                                    <tr class="row" aria-rowindex=move || (at.get() + 2).to_string()>
                                        <th scope="row" class="cell-main">
                                            <a class="row-link" href="#">{n}</a>
                                            <span class="cell-sub">"Second line"</span>
                                        </th>
                                        <td class="num">{n * n}</td>
                                    </tr>
                                }
                            }
                        />
                    </tbody>
                </table>
            </div>
        </Part>
    }
}

/// The page at `/ui`.
#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <div class="screen">
            <header class="page-head">
                <h1>"Components"</h1>
                <div class="chips">
                    {Theme::ALL
                        .map(|theme| view! { <Chip text=theme.code() on_click=move |()| apply_theme(theme) /> })
                        .collect_view()}
                </div>
            </header>
            <div class="page-body">
                <Buttons />
                <Fields />
                <Marks />
                <Overlays />
                <Lists />
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_renders_on_the_server_without_inline_styles() {
        let html = Owner::new().with(|| view! { <Gallery /> }.to_html());
        assert!(!html.contains("style="), "the content security policy forbids inline styles");
        assert!(
            html.matches("class=\"row\"").count() == 50,
            "the server renders the first rows of a long list"
        );
    }
}
