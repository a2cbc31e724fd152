//! One polite live region for the whole app, outside of the pages: it tells screen readers what has changed. Not for
//! what has the focus or is visible anyway.

use std::time::Duration;

use leptos::prelude::*;

/// Announces texts; get it with [`use_announcer`] while the component is made, not inside an event handler.
#[derive(Clone, Copy)]
pub struct Announcer {
    text: RwSignal<String>,
}

impl Announcer {
    /// Announces the text. The region is emptied first and filled 60 ms later, so that a repeated text is read again.
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

/// The app's announcer; without one, an announcer that does nothing.
#[must_use]
pub fn use_announcer() -> Announcer {
    use_context().unwrap_or_else(provide_announcer)
}

/// The region itself: once, outside of the pages.
#[component]
pub fn AnnouncerRegion() -> impl IntoView {
    let announcer = use_announcer();
    view! {
        <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
            {move || announcer.text.get()}
        </div>
    }
}
