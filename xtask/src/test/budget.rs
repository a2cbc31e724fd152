//! What a first visit may weigh. The numbers stand here and nowhere else; raising one is a decision, not a repair.

use crate::sh::{kib, say};
use crate::site::Sizes;
use anyhow::{Result, bail};

const KIB: usize = 1024;
/// By the part of the program a page is in (`src/app/pages.rs`): everything a first visit to it brings, as it crosses the wire (brotli),
/// without the fonts. Ratchets, with room for what another toolchain makes of it. The aim is 400 KB for each; whoever comes in by the
/// front door or at the list of customers is within it. Today and the tasks are not: the day turns by itself, all tabs share a stream, and
/// 5 KB of script keep what is typed in any form, print lists whole and keep the focus. They can be brought later.
const PAGES: [(&str, usize); 8] = [
    ("entry", 346 * KIB),
    ("customers", 378 * KIB),
    ("today", 420 * KIB),
    ("tasks", 410 * KIB),
    // What is brought with the first day that is typed.
    ("days", 290 * KIB),
    ("deals", 495 * KIB),
    ("cards", 620 * KIB),
    ("rest", 680 * KIB),
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
        let later: usize = needs.iter().filter_map(|name| sizes.parts.get(name)).sum();
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
