//! What a first visit may weigh. The numbers stand here and nowhere else; raising one is a decision, not a repair.

use crate::sh::{kib, say};
use crate::site::Sizes;
use anyhow::{Result, bail};

const KIB: usize = 1024;
/// By the part of the program a page is in (`src/app/pages.rs`): everything a first visit to it brings, as it crosses
/// the wire (brotli), without the fonts. Ratchets, with room for what another toolchain makes of it. The aim is 400 KB
/// for each. Over it are the board, whose dragging could come later, a card, which shows most of what there is at once,
/// the settings of people and firm, the forms since they can hold the firm's own fields (of every kind, and those that
/// find another record), and a card of the firm's own records, which has what a customer's has.
const PAGES: [(&str, usize); 19] = [
    ("entry", 345 * KIB),
    ("customers", 370 * KIB),
    ("today", 405 * KIB),
    ("tasks", 398 * KIB),
    // What is brought with the first day that is typed.
    ("days", 295 * KIB),
    ("deals", 470 * KIB),
    ("customer", 563 * KIB),
    ("deal", 561 * KIB),
    ("customer_form", 429 * KIB),
    ("deal_form", 416 * KIB),
    ("forms", 380 * KIB),
    ("past", 388 * KIB),
    ("account", 370 * KIB),
    ("people", 424 * KIB),
    ("firm", 430 * KIB),
    ("fields", 404 * KIB),
    ("records", 409 * KIB),
    ("record", 543 * KIB),
    ("record_form", 408 * KIB),
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
