//! Runs the chosen line of the palette.

use super::commands::Does;
use crate::auth::api::sign_out;
use crate::error::Result;
use crate::i18n::{Text, use_text};
use crate::id::EventId;
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::people::api::speak;
use crate::tasks::input::LineForm;
use crate::ui::address::with_value;
use crate::ui::{apply_theme, browser, drafts};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

type Go = Box<dyn Fn(&str) + Send + Sync>;

/// Runs commands; make it while the component is made.
#[derive(Clone, Copy)]
pub struct Runner {
    go: StoredValue<Go>,
    pub undo_toast: UndoToast,
    text: &'static Text,
}

#[must_use]
pub fn use_runner() -> Runner {
    let navigate = use_navigate();
    let go: Go = Box::new(move |path| navigate(path, NavigateOptions::default()));
    Runner { go: StoredValue::new(go), undo_toast: use_undo_toast(), text: use_text() }
}

impl Runner {
    pub fn go(self, path: &str) {
        self.go.try_with_value(|go| go(path));
    }

    /// Runs a command; `Some` is the new text of the field, if typing continues.
    pub fn run(self, does: Does, rest: &str) -> Option<String> {
        let about = |path: &str, name: &str| match rest {
            "" => path.to_owned(),
            rest => with_value(path, name, rest),
        };
        match does {
            Does::Go(path) => self.go(path),
            Does::NewCustomer => self.go(&about("/customers/new", "name")),
            Does::NewDeal => self.go(&about("/deals/new", "title")),
            Does::NewTask => return Some(format!("{} ", self.text.palette.task_prefix)),
            Does::Look(theme) => apply_theme(theme),
            Does::Speak(language) => self.then(speak(language), browser::reload),
            Does::SignOut => self.then(sign_out(), || {
                drafts::forget_all();
                browser::leave_for("/sign-in");
            }),
        }
        None
    }

    fn then(self, work: impl Future<Output = Result<()>> + 'static, done: impl FnOnce() + 'static) {
        spawn_local(async move {
            match work.await {
                Ok(()) => done(),
                Err(error) => self.undo_toast.tell(&(self.text.errors.error)(&error)),
            }
        });
    }

    /// Adds the task of a line; sent twice under one id, it is added once. A toast offers undo.
    pub async fn add_task(
        self,
        id: Uuid,
        line: String,
        customer: Option<Uuid>,
        today: NaiveDate,
    ) -> Result<EventId> {
        let form = LineForm {
            id: id.to_string(),
            line: line.clone(),
            today: today.to_string(),
            customer: customer.map(|id| id.to_string()).unwrap_or_default(),
            ..LineForm::default()
        };
        let event = crate::tasks::api::add(form).await?;
        self.undo_toast.say(&(self.text.palette.added)(&line), Some(event), || ());
        Ok(event)
    }
}
