//! The only place for `<textarea>`: leptos 0.8 writes its children without escaping them, so a note with `</textarea>`
//! in it could break out of the box. Here the text is escaped by hand. A test refuses the bare element elsewhere.

use leptos::html;
use leptos::prelude::*;

use super::browser;
use super::escape::escaped;
use super::field::{Labelled, Wiring};

/// A field of several lines; see [`Field`](super::Field) for its props.
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] id: Option<String>,
    #[prop(optional)] value: Option<RwSignal<String>>,
    #[prop(into, optional)] initial: String,
    #[prop(into, optional)] problem: Signal<Option<String>>,
    #[prop(into, optional)] hint: Option<String>,
    #[prop(into, optional)] placeholder: Option<String>,
    #[prop(default = 3)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(optional)] max_length: Option<u32>,
) -> impl IntoView {
    let value = value.unwrap_or_else(|| RwSignal::new(initial));
    let wiring = Wiring::new(id, &name, hint.as_ref());
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move |first: Option<()>| {
        let now = value.get();
        let Some(area) = node.get() else { return };
        let typed = area.value();
        if typed == now {
        } else if first.is_none() && !typed.is_empty() {
            value.set(typed);
        } else {
            area.set_value(&now);
        }
    });
    let described = wiring.described_by(problem);
    let id = wiring.id.clone();
    view! {
        <Labelled wiring label hint problem>
            <textarea
                node_ref=node
                class="control"
                id=id
                name=name
                rows=rows.to_string()
                autocomplete="off"
                placeholder=placeholder
                required=required
                maxlength=max_length.map(|n| n.to_string())
                disabled=move || disabled.get()
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=described
                inner_html=format!("{}{}", browser::SWALLOWED, escaped(&value.get_untracked()))
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
        </Labelled>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_cannot_leave_its_box() {
        let html = Owner::new().with(|| {
            view! { <TextArea name="note" label="Note" initial="\na </textarea><script>x</script> & b" /> }.to_html()
        });
        assert!(!html.contains("<script>"), "{html}");
        assert!(
            html.contains("\n\na &lt;/textarea&gt;&lt;script&gt;x&lt;/script&gt; &amp; b</textarea>"),
            "{html}"
        );
    }
}
