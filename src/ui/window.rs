//! Long lists: only visible rows are in the page; two spacers replace the others. The server renders the first rows, so
//! that the list can be read before hydration. All rows must have the same height, which is measured.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use super::browser;

/// The element that holds the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowIn {
    /// A `<tbody>`; rows are `<tr>`.
    Table,
    /// A `<ul>` or `<ol>`; rows are `<li>`.
    List,
}

/// The range of rows to render (the end is exclusive).
fn range(top: f64, height: f64, pitch: f64, len: usize, overscan: usize) -> (usize, usize) {
    // Moves in steps of half the overscan, so that scrolling by a pixel does not change the rows.
    let step = (overscan / 2).max(1);
    let first = (-top / pitch).floor().max(0.0) as usize;
    let last = ((height - top) / pitch).ceil().max(0.0) as usize;
    let from = first.saturating_sub(overscan) / step * step;
    let to = (last + overscan).div_ceil(step) * step;
    (from.min(len), to.min(len))
}

/// The rows of a list, or the part of them that can be seen.
#[component]
pub fn Windowed<T, K, KF, V, VF>(
    #[prop(into)] rows: Signal<Vec<T>>,
    /// A row with the same key keeps its element: include what can change (a version) in the key.
    key: KF,
    /// Draws a row, given its index in the whole list.
    row: VF,
    inside: WindowIn,
    /// How many rows the server renders.
    #[prop(default = 50)]
    first: usize,
    #[prop(default = 12)] overscan: usize,
    /// Called once for each length of the list when its end is near: load the next page.
    #[prop(into, optional)]
    near_end: Option<Callback<()>>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    K: Eq + std::hash::Hash + Send + Sync + 'static,
    KF: Fn(&T) -> K + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
    VF: Fn(Signal<usize>, T) -> V + Clone + Send + Sync + 'static,
{
    let seen = RwSignal::new((0, first));
    let pitch = RwSignal::new(0.0_f64);
    let asked_at = StoredValue::new(usize::MAX);
    let above = RwSignal::new(0_usize);
    let (table_top, table_end) = (NodeRef::<html::Tr>::new(), NodeRef::<html::Tr>::new());
    let (list_top, list_end) = (NodeRef::<html::Li>::new(), NodeRef::<html::Li>::new());
    let spacer = move |end: bool| -> Option<HtmlElement> {
        match (inside, end) {
            (WindowIn::Table, false) => table_top.try_get_untracked()??.dyn_into().ok(),
            (WindowIn::Table, true) => table_end.try_get_untracked()??.dyn_into().ok(),
            (WindowIn::List, false) => list_top.try_get_untracked()??.dyn_into().ok(),
            (WindowIn::List, true) => list_end.try_get_untracked()??.dyn_into().ok(),
        }
    };
    let measure = move || {
        let Some(top) = spacer(false) else { return };
        let Some(len) = rows.try_with_untracked(Vec::len) else { return };
        let start = browser::rect(&top);
        let one = top.next_element_sibling();
        let two = one.as_ref().and_then(leptos::web_sys::Element::next_element_sibling);
        if let (Some(one), Some(two)) = (one, two) {
            let high = browser::rect(&two).top - browser::rect(&one).top;
            // The second element may be the spacer at the end, which is also one row below the first.
            if high > 1.0 && (high - pitch.get_untracked()).abs() > 0.1 {
                pitch.set(high);
            }
        }
        let pitch = pitch.get_untracked();
        if pitch < 1.0 {
            return;
        }
        let (_, height) = browser::viewport();
        let now = range(start.top, height, pitch, len, overscan);
        if seen.get_untracked() != now {
            seen.set(now);
        }
        if let Some(load) = near_end
            && now.1 + overscan >= len
            && asked_at.get_value() != len
        {
            asked_at.set_value(len);
            load.run(());
        }
    };
    let waiting = StoredValue::new(false);
    let soon = move || {
        if !waiting.get_value() {
            waiting.set_value(true);
            request_animation_frame(move || {
                if waiting.try_set_value(false).is_none() {
                    measure();
                }
            });
        }
    };
    // In an effect of its own that never runs again: the listener is removed together with the effect that made it.
    Effect::new(move |_| browser::on_scroll(soon));
    Effect::new(move |_| {
        rows.track();
        soon();
    });
    // Spacers get their height by script: the policy forbids style attributes in HTML.
    Effect::new(move |_| {
        let (from, to) = seen.get();
        let len = rows.with(Vec::len);
        let pitch = pitch.get();
        for (end, count) in [(false, from), (true, len.saturating_sub(to))] {
            if let Some(element) = spacer(end) {
                browser::set_style(&element, "height", &format!("{}px", count as f64 * pitch));
            }
        }
    });
    let visible = move || {
        let (from, to) = seen.get();
        above.set(from);
        rows.with(|rows| {
            let to = to.min(rows.len());
            rows[from.min(to)..to].to_vec()
        })
    };
    let body = view! {
        <ForEnumerate
            each=visible
            key=move |item| key(item)
            children=move |index, item| row(Signal::derive(move || above.get() + index.get()), item)
        />
    };
    match inside {
        WindowIn::Table => view! {
            <tr class="spacer" aria-hidden="true" node_ref=table_top><td></td></tr>
            {body}
            <tr class="spacer" aria-hidden="true" node_ref=table_end><td></td></tr>
        }
        .into_any(),
        WindowIn::List => view! {
            <li class="spacer" aria-hidden="true" node_ref=list_top></li>
            {body}
            <li class="spacer" aria-hidden="true" node_ref=list_end></li>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn the_top_of_a_long_list() {
        assert_eq!(range(100.0, 800.0, 50.0, 10_000, 12), (0, 30));
    }

    #[test]
    fn the_middle_has_rows_before_and_after() {
        let (from, to) = range(-50_000.0, 800.0, 50.0, 10_000, 12);
        assert!(from <= 988 && from > 970, "{from}");
        assert!((1028..1040).contains(&to), "{to}");
    }

    #[test]
    fn never_beyond_the_end() {
        assert_eq!(range(-50_000.0, 800.0, 50.0, 7, 12), (7, 7));
        assert_eq!(range(0.0, 800.0, 50.0, 7, 12), (0, 7));
    }
}
