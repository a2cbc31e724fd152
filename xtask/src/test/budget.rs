//! The budget: how large a first visit may be. The numbers are here and nowhere else; raising one is a decision, not a
//! fix.

use crate::sh::{kib, say};
use crate::site::Sizes;
use anyhow::{Result, bail};

const KIB: usize = 1024;
/// For each part of the program (`src/app/pages.rs`), everything that a first visit to one of its pages loads,
/// compressed with brotli, without the fonts. The limits are close to the present sizes, with room for another
/// toolchain. The goal is 400 KB for each. Larger are the board, whose dragging could be loaded later; a card, which
/// shows most things at once; the settings of people and firm; the forms, since they can hold the firm's own fields (of
/// every kind, and those that find another record); a card of own records, which has all that a customer's has; and
/// lists of own records, since all lists can be filtered by fields.
const PAGES: [(&str, usize); 20] = [
    ("entry", 345 * KIB),
    ("customers", 390 * KIB),
    ("today", 409 * KIB),
    ("tasks", 402 * KIB),
    // Loaded with the first day that is typed.
    ("days", 295 * KIB),
    ("deals", 492 * KIB),
    // Loaded when a list is filtered for the first time.
    ("filter", 373 * KIB),
    ("customer", 568 * KIB),
    ("deal", 566 * KIB),
    ("customer_form", 433 * KIB),
    ("deal_form", 420 * KIB),
    ("forms", 383 * KIB),
    ("past", 394 * KIB),
    ("account", 377 * KIB),
    ("people", 433 * KIB),
    ("firm", 445 * KIB),
    ("fields", 450 * KIB),
    ("records", 425 * KIB),
    ("record", 547 * KIB),
    ("record_form", 412 * KIB),
];
const CSS: usize = 20 * KIB;
const FONT: usize = 60 * KIB;

pub fn check(sizes: &Sizes) -> Result<()> {
    let mut over = 0;
    let mut budget = |name: &str, size: usize, limit: usize| {
        let verdict = if size <= limit { "within" } else { "OVER" };
        say(format!("{name}: {} {verdict} {}", kib(size), kib(limit)));
        over += usize::from(size > limit);
    };
    for (part, limit) in PAGES {
        let Some(needs) = sizes.needs.get(part) else { bail!("no page is in the part `{part}`") };
        let later = sizes.parts.get(&needs.first).copied().unwrap_or_default();
        let common = sizes.wasm_br + sizes.js_br + sizes.css_br;
        budget(&format!("first page, when it is one of `{part}` (brotli)"), common + later, limit);
    }
    budget("css (brotli)", sizes.css_br, CSS);
    for (name, size) in &sizes.fonts {
        budget(name, *size, FONT);
    }
    if over > 0 {
        bail!("{over} over its size budget");
    }
    Ok(())
}
