//! Builds the browser's program: cargo compiles it, wasm-bindgen (as a library, so that Cargo.lock keeps it in step
//! with the crate) makes the JavaScript around it, binaryen and terser shrink a release if their Node packages are
//! installed. Names, hashes and compression are not done here.

use super::packs::{self, Needs};
use super::split::{self, KEEP_RELOCATIONS};
use super::{Profile, cache};
use crate::setup::node;
use crate::setup::wasm::{TARGET, Toolchain};
use crate::sh::{self, say};
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use wasm_bindgen_cli_support::Bindgen;

/// The script that shrinks the wasm. It is not in a folder with Node packages, so it is passed to Node as text.
const SHRINK: &str = include_str!("shrink.mjs");

pub struct Built {
    pub wasm: Vec<u8>,
    pub js: String,
    /// Scripts that crates include, by the path under `./snippets/` by which `js` imports them.
    pub snippets: BTreeMap<String, String>,
    /// Files that are loaded in addition to `wasm`, by name.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// The script that loads them.
    pub link: String,
    /// Which of these the pages of each part need.
    pub needs: BTreeMap<String, Needs>,
}

pub fn build(toolchain: &Toolchain, profile: Profile) -> Result<Built> {
    say(match profile {
        Profile::Dev => "building the browser side (first time about 3 min)",
        Profile::Release => "building the browser side, optimised (first time about 6 min)",
    });
    let mut cargo = toolchain.cargo();
    cargo.args([
        "rustc",
        "--locked",
        "--package",
        "kartotek",
        "--lib",
        "--crate-type",
        "cdylib",
        "--target",
        TARGET,
    ]);
    cargo.args(["--features", "hydrate", "--profile", profile.cargo_name(), "--", KEEP_RELOCATIONS]);
    sh::run(&mut cargo)?;

    let path = sh::target_dir().join(TARGET).join(profile.cargo_name()).join("kartotek.wasm");
    let mut split = split::split(&fs::read(path)?)?;
    let dir = tempfile::tempdir()?;
    let main = dir.path().join("kartotek.wasm");
    fs::write(&main, &split.main)?;
    let mut bindgen = Bindgen::new();
    // The linker's exports are kept, because the parts share the table of functions.
    bindgen.keep_lld_exports(true).input_path(&main).out_name("kartotek").web(true)?.typescript(false);
    // A dev build keeps the names of functions for panics; a release has no bytes to spare.
    bindgen.remove_name_section(profile == Profile::Release).remove_producers_section(true);
    let mut output = bindgen.generate_output().context("wasm-bindgen")?;

    if !output.npm_dependencies().is_empty() {
        bail!("a crate wants npm packages in the browser: {:?}", output.npm_dependencies());
    }
    let mut snippets: BTreeMap<String, String> =
        output.local_modules().iter().map(|(path, text)| (path.clone(), text.clone())).collect();
    for (krate, texts) in output.snippets() {
        for (n, text) in texts.iter().enumerate() {
            snippets.insert(format!("{krate}/inline{n}.js"), text.clone());
        }
    }
    let mut js = inlined(output.js().to_owned(), &mut snippets);
    let mut wasm = output.wasm_mut().emit_wasm();
    if profile == Profile::Release {
        say("shrinking the wasm (about 1 min)");
        shrink(std::iter::once(&mut wasm).chain(split.parts.values_mut()))?;
    }
    let mut packed = packs::pack(&split)?;
    if profile == Profile::Release {
        js = shorten(js)?;
        packed.link = shorten(packed.link)?;
    }
    Ok(Built { wasm, js, snippets, parts: packed.files, link: packed.link, needs: packed.needs })
}

/// Moves our own scripts that only export functions into the script that imports them: one file less to request.
fn inlined(mut js: String, snippets: &mut BTreeMap<String, String>) -> String {
    snippets.retain(|path, text| {
        let names_it =
            |line: &&str| line.starts_with("import ") && line.contains(&format!("/snippets/{path}"));
        // A script with several functions is imported by one line for each of them.
        let lines: Vec<String> = js.lines().filter(names_it).map(str::to_owned).collect();
        if lines.is_empty() || text.contains("import ") {
            return true;
        }
        let given = |line: &str| Some(line.strip_prefix("export function ")?.split_once('(')?.0.to_owned());
        let names: Vec<String> = text.lines().filter_map(given).collect();
        let mut whole = text.replace("export function ", "function ");
        for line in lines {
            // All exports under one name, or each function by its own.
            if let Some((all, _)) = line.strip_prefix("import * as ").and_then(|rest| rest.split_once(' ')) {
                whole.push_str(&format!("const {all} = {{ {} }};", names.join(", ")));
            }
            js = js.replacen(&line, &std::mem::take(&mut whole), 1);
        }
        false
    });
    js
}

/// Shrinks each of them, as many at the same time as there are cores.
fn shrink<'w>(all: impl Iterator<Item = &'w mut Vec<u8>>) -> Result<()> {
    let Some(packages) = node::package("binaryen") else {
        say("no binaryen (`cargo xtask setup node` brings it): the wasm stays about twice as large");
        return Ok(());
    };
    let key = |wasm: &[u8]| format!("{}\n{SHRINK}", cache::hash(wasm));
    let mut left = Vec::new();
    for wasm in all {
        match cache::get(&key(wasm)) {
            Some(known) => *wasm = known,
            None => left.push(wasm),
        }
    }
    left.sort_by_key(|wasm| std::cmp::Reverse(wasm.len()));
    let dir = tempfile::tempdir()?;
    let mut files = Vec::new();
    for (nr, wasm) in left.iter().enumerate() {
        let file = dir.path().join(format!("{nr}.wasm"));
        fs::write(&file, wasm)?;
        files.push(file);
    }
    let lanes = std::thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let mut running = Vec::new();
    for lane in 0..lanes {
        let mut node = sh::command("node");
        node.args(["--input-type=module", "--eval", SHRINK, "--"]).current_dir(&packages);
        node.args(files.iter().skip(lane).step_by(lanes)).stderr(Stdio::piped());
        running.push(node.spawn().context("cannot start node")?);
    }
    for node in running {
        // Its output has warnings that nobody needs.
        let done = node.wait_with_output()?;
        ensure!(done.status.success(), "shrinking the wasm: {}", String::from_utf8_lossy(&done.stderr));
    }
    for (wasm, file) in left.into_iter().zip(&files) {
        let key = key(wasm);
        *wasm = fs::read(file)?;
        cache::put(&key, wasm)?;
    }
    Ok(())
}

/// Removes comments from scripts and shortens names.
fn shorten(script: String) -> Result<String> {
    let Some(terser) = node::program("terser") else { return Ok(script) };
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("script.js");
    fs::write(&path, &script)?;
    sh::read(sh::command(terser).arg(&path).args(["--module", "--compress", "--mangle"]))
}
