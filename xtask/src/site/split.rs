//! Splits the browser's program where `#[wasm_split]` says so: the main part, and parts that the browser loads when a
//! page needs them. It runs between cargo and wasm-bindgen, and needs the relocations that the linker usually drops.

use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::fs;
use wasm_split_cli_support::{Options, transform};

/// The flag by which the linker keeps relocations.
pub const KEEP_RELOCATIONS: &str = "-Clink-args=--emit-relocs";
/// The names by which the script of the main part and the one that loads other parts import each other.
pub const MAIN: &str = "./kartotek.js";
pub const LINK: &str = "./parts.js";

pub struct Split {
    pub main: Vec<u8>,
    /// By name, without an ending, as `link` requests them.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// The script that loads them.
    pub link: String,
    /// The parts that each lazy function needs.
    pub needs: BTreeMap<String, Vec<String>>,
}

pub fn split(wasm: &[u8]) -> Result<Split> {
    let dir = tempfile::tempdir()?;
    let main = dir.path().join("main.wasm");
    let mut how = Options::new(wasm);
    how.output_dir = dir.path();
    how.main_out_path = &main;
    how.main_module = MAIN;
    how.link_name = LINK;
    let done = transform(how).map_err(|cause| anyhow!("taking the wasm apart: {cause:?}"))?;
    let mut parts = BTreeMap::new();
    for path in done.split_modules {
        let name = path.file_stem().and_then(|name| name.to_str()).context("a part has a name")?;
        parts.insert(name.to_owned(), fs::read(&path)?);
    }
    let link = fs::read_to_string(dir.path().join(LINK))?;
    Ok(Split { main: fs::read(main)?, parts, link, needs: done.prefetch_map.into_iter().collect() })
}
