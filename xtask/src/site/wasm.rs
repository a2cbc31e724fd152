//! The browser's program: cargo builds it, wasm-bindgen (as a library, so that Cargo.lock keeps it in step with the
//! crate) makes the JavaScript around it, wasm-opt and terser shrink a release when their Node packages are there.
//! Not here: names, hashes and compression.

use super::split::{self, KEEP_RELOCATIONS};
use super::{Profile, cache};
use crate::setup::node;
use crate::setup::wasm::{TARGET, Toolchain};
use crate::sh::{self, say};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use wasm_bindgen_cli_support::Bindgen;

/// The `enable` flags: what today's Rust emits and every browser since 2023 understands; without them wasm-opt refuses
/// the module. What crosses the wire is brotli, so what makes the file smaller and its compressed form larger is
/// skipped: inlining (-4 %, +7 %) and values kept for later (+0.7 %). A second round finds a little more. The lowest
/// KiB of memory is the far end of the stack, so no address in it is ever taken.
const WASM_OPT: [&str; 13] = [
    "-q",
    "-Oz",
    "-Oz",
    "--skip-pass=inlining-optimizing",
    "--skip-pass=local-cse",
    "--low-memory-unused",
    "--strip-producers",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

pub struct Built {
    pub wasm: Vec<u8>,
    pub js: String,
    /// Scripts that crates bring along, by the path under `./snippets/` that `js` imports them by.
    pub snippets: BTreeMap<String, String>,
    /// What is loaded later, by name.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// The script that loads it.
    pub link: String,
    /// The parts that each lazy function needs.
    pub needs: BTreeMap<String, Vec<String>>,
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
    let split = split::split(&fs::read(path)?)?;
    let dir = tempfile::tempdir()?;
    let main = dir.path().join("kartotek.wasm");
    fs::write(&main, split.main)?;
    let mut bindgen = Bindgen::new();
    // The linker's exports stay: the parts share the table of functions.
    bindgen.keep_lld_exports(true).input_path(&main).out_name("kartotek").web(true)?.typescript(false);
    // A panic of a dev build names its functions; a release has no bytes to spare.
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
    let mut link = split.link;
    let mut wasm = output.wasm_mut().emit_wasm();
    let mut parts = split.parts;
    if profile == Profile::Release {
        say("shrinking the wasm with wasm-opt (about 1 min)");
        wasm = shrink(wasm)?;
        for part in parts.values_mut() {
            *part = shrink(std::mem::take(part))?;
        }
        js = shorten(js)?;
        link = shorten(link)?;
    }
    Ok(Built { wasm, js, snippets, parts, link, needs: split.needs })
}

/// Scripts of our own that only give functions become part of the one that imports them: a file less to be asked for.
fn inlined(mut js: String, snippets: &mut BTreeMap<String, String>) -> String {
    snippets.retain(|path, text| {
        let names_it =
            |line: &&str| line.starts_with("import ") && line.contains(&format!("/snippets/{path}"));
        // One that gives several functions is named once for each of them.
        let lines: Vec<String> = js.lines().filter(names_it).map(str::to_owned).collect();
        if lines.is_empty() || text.contains("import ") {
            return true;
        }
        let given = |line: &str| Some(line.strip_prefix("export function ")?.split_once('(')?.0.to_owned());
        let names: Vec<String> = text.lines().filter_map(given).collect();
        let mut whole = text.replace("export function ", "function ");
        for line in lines {
            // All of it under one name, or each function by its own.
            if let Some((all, _)) = line.strip_prefix("import * as ").and_then(|rest| rest.split_once(' ')) {
                whole.push_str(&format!("const {all} = {{ {} }};", names.join(", ")));
            }
            js = js.replacen(&line, &std::mem::take(&mut whole), 1);
        }
        false
    });
    js
}

fn shrink(wasm: Vec<u8>) -> Result<Vec<u8>> {
    let Some(wasm_opt) = node::program("wasm-opt") else {
        say("no wasm-opt (`cargo xtask setup node` brings it): the wasm stays about twice as large");
        return Ok(wasm);
    };
    let key = format!("{}\n{}", cache::hash(&wasm), WASM_OPT.join(" "));
    cache::get_or(&key, || {
        let dir = tempfile::tempdir()?;
        let (before, after) = (dir.path().join("in.wasm"), dir.path().join("out.wasm"));
        fs::write(&before, &wasm)?;
        sh::run(sh::command(&wasm_opt).args(WASM_OPT).arg(&before).arg("-o").arg(&after))?;
        Ok(fs::read(after)?)
    })
}

/// Scripts without comments, and with short names.
fn shorten(script: String) -> Result<String> {
    let Some(terser) = node::program("terser") else { return Ok(script) };
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("script.js");
    fs::write(&path, &script)?;
    sh::read(sh::command(terser).arg(&path).args(["--module", "--compress", "--mangle"]))
}
