//! The controls that every page is built from. They know no feature and have no words of their own: labels come in as
//! props. Not a place for pages, queries or rules.

pub mod address;
mod announce;
mod avatar;
mod badge;
mod banner;
mod button;
mod card;
mod check;
mod chip;
mod date;
mod day_pick;
mod dialog;
mod each;
mod empty;
mod escape;
mod failed;
mod field;
pub mod form;
#[cfg(debug_assertions)]
pub mod gallery;
mod icon;
mod kept;
mod list;
mod menu;
mod money;
mod parts;
mod picker;
mod places;
mod search_field;
mod select;
mod sending;
mod skeleton;
mod tabs;
mod textarea;
mod theme;
mod title;
mod toast;
mod today;
mod window;

#[cfg(feature = "hydrate")]
pub mod browser;
#[cfg(not(feature = "hydrate"))]
#[path = "browser_none.rs"]
pub mod browser;

#[cfg(feature = "hydrate")]
pub mod calls;
#[cfg(not(feature = "hydrate"))]
#[path = "calls_none.rs"]
pub mod calls;

#[cfg(feature = "hydrate")]
pub mod drafts;
#[cfg(not(feature = "hydrate"))]
#[path = "drafts_none.rs"]
pub mod drafts;

#[cfg(feature = "ssr")]
mod status;
#[cfg(not(feature = "ssr"))]
#[path = "status_none.rs"]
mod status;

pub use announce::{Announcer, AnnouncerRegion, provide_announcer, use_announcer};
pub use avatar::{Avatar, initials, tone_of};
pub use badge::{Badge, StageMark, Tone};
pub use banner::{Banner, Problems};
pub use button::{Button, ButtonKind, ButtonLink};
pub use card::{Fact, Facts, Panel};
pub use check::{Checkbox, Radios};
pub use chip::{Chip, ChipLink};
pub use date::{Day, Moment};
pub use day_pick::DayPick;
pub use dialog::{Confirm, Dialog};
pub use each::Each;
pub use empty::Empty;
pub use failed::Failed;
pub use field::{Field, FieldKind};
pub use icon::{Icon, IconView};
pub use kept::Kept;
pub use list::{AlphabetStrip, Letter, Order, ShowAll, SortHeader};
pub use menu::{Menu, MenuItem, RowMenu};
pub use money::{Amount, Sums, currency_choices};
pub use parts::{Missing, PARTS_COOKIE};
pub use picker::{Pick, Picker, PickerWords, Wanted};
pub use places::{BottomBar, Mark, Place, Rail};
pub use search_field::SearchField;
pub use select::{Choice, Select};
pub use sending::{Sending, Trouble, caught, use_sending};
pub use skeleton::{SkeletonCards, SkeletonRows};
pub use status::say_status;
pub use tabs::{TabItem, TabPanel, Tabs, ViewItem, ViewSwitch};
pub use textarea::TextArea;
pub use theme::{COOKIE as THEME_COOKIE, Theme, apply_theme};
pub use title::PageTitle;
pub use toast::{Toaster, Toasts, provide_toaster, use_toaster};
pub use today::{Present, use_today, use_waiting};
pub use window::{WindowIn, Windowed};
