//! Builds what the browser loads into `target/site`: wasm, its JavaScript, the style sheet and everything in `public/`,
//! under names that contain a hash of their content, with compressed copies, listed in `assets.json`.
//! The server reads that list; nothing else knows the names.

mod assets;
mod cache;
mod css;
mod packs;
mod split;
mod wasm;

use crate::setup::wasm::Toolchain;
use crate::sh::{self, human, kib, say};
use anyhow::{Context, Result};
use assets::Assets;
pub use packs::Needs;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

impl Profile {
    pub fn cargo_name(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }
}

/// The sizes in bytes of everything with a budget; `_br` is the size when compressed for sending.
pub struct Sizes {
    pub wasm: usize,
    pub wasm_br: usize,
    pub js_br: usize,
    pub css_br: usize,
    pub fonts: Vec<(String, usize)>,
    /// The files that are loaded in addition to `wasm`, by name (compressed with brotli).
    pub parts: BTreeMap<String, usize>,
    /// Which of these the pages of each part need.
    pub needs: BTreeMap<String, Needs>,
}

pub fn dir() -> PathBuf {
    // In the source folder even when CARGO_TARGET_DIR points elsewhere, because a release embeds this folder.
    sh::root().join("target/site")
}

pub fn build(profile: Profile) -> Result<Sizes> {
    build_with(&crate::setup::wasm::ensure()?, profile)
}

fn build_with(toolchain: &Toolchain, profile: Profile) -> Result<Sizes> {
    let start = Instant::now();
    cache::sweep();
    let wasm = wasm::build(toolchain, profile)?;

    // Everything is made beside the old site and swapped in at the end, so that a running server never sees half of it
    // and no outdated file remains.
    let fresh = dir().with_extension("new");
    let _ = fs::remove_dir_all(&fresh);
    let mut assets = Assets::new(&fresh, profile)?;
    assets.add_public(&sh::root().join("public"))?;
    let css = css::bundle(&sh::root().join("style/main.css"))?;
    let css = assets.add_text("css", "main.css", &css)?;
    let mut js = wasm.js;
    for (path, text) in wasm.snippets {
        let name = assets.add_snippet(&path, &text)?;
        js = js.replace(&format!("./snippets/{path}"), &format!("./{name}"));
    }
    let mut link = wasm.link;
    let mut parts = BTreeMap::new();
    let mut hashed = BTreeMap::new();
    for (name, bytes) in &wasm.parts {
        let (file, size) = assets.add_part(name, bytes)?;
        link = link.replace(&format!("./{name}.wasm"), &format!("./{file}.wasm"));
        hashed.insert(name.clone(), file);
        parts.insert(name.clone(), size.brotli);
    }
    let js = assets.add_scripts(&js, &link)?;
    let needs = wasm.needs;
    assets.add_needs(&needs, &hashed)?;
    let wasm = assets.add("wasm", "kartotek.wasm", &wasm.wasm)?;
    let fonts = assets.finish()?;

    let _ = fs::remove_dir_all(dir());
    fs::rename(&fresh, dir()).context("putting target/site in place")?;
    let sizes = Sizes {
        wasm: wasm.raw,
        wasm_br: wasm.brotli,
        js_br: js.brotli,
        css_br: css.brotli,
        fonts,
        parts,
        needs,
    };
    say(format!(
        "target/site in {}: wasm {} ({} brotli), {} in {} parts for later, js {} brotli, css {} brotli",
        human(start.elapsed()),
        kib(sizes.wasm),
        kib(sizes.wasm_br),
        kib(sizes.parts.values().sum()),
        sizes.parts.len(),
        kib(sizes.js_br),
        kib(sizes.css_br),
    ));
    Ok(sizes)
}
