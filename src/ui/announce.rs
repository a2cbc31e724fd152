//! One polite live region for the whole app, outside of the pages: what a screen reader is told when something changed.
//! Not for what is focused or visible already.

use std::time::Duration;

use leptos::prelude::*;

/// Speaks; get it with [`use_announcer`] while the component is made, not inside an event handler.
#[derive(Clone, Copy)]
pub struct Announcer {
    text: RwSignal<String>,
}

impl Announcer {
    /// Says the text. The region is emptied first and filled 60 ms later, so that the same words are said again.
    pub fn announce(&self, text: impl Into<String>) {
        let (region, text) = (self.text, text.into());
        region.set(String::new());
        set_timeout(
            move || {
                // The region may be gone by now.
                let _ = region.try_set(text);
            },
            Duration::from_millis(60),
        );
    }
}

/// Call once, in the app.
pub fn provide_announcer() -> Announcer {
    let announcer = Announcer { text: RwSignal::new(String::new()) };
    provide_context(announcer);
    announcer
}

/// The app's announcer; one nobody hears where there is none.
#[must_use]
pub fn use_announcer() -> Announcer {
    use_context().unwrap_or_else(provide_announcer)
}

/// The region itself: once, outside of the pages.
#[component]
pub fn AnnouncerRegion() -> impl IntoView {
    let announcer = use_announcer();
    view! { <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">{move || announcer.text.get()}</div> }
}
