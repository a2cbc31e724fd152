//! The second way to a toolchain for the browser, where rustup's server can't be reached: Debian's `rustc-web`. Of the
//! standard library for wasm it has only the source, which is built once and put beside the others. Needs root once.
//! Compiler and library source must have the same version, so both come from these packages.

use super::tools::apt;
use super::wasm::{TARGET, Toolchain, has_target, own_linker};
use crate::sh::{self, say};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

const RUSTC: &str = "/usr/bin/rustc";
const PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
/// `rust-version` of Cargo.toml.
const OLDEST: (u32, u32) = (1, 95);

pub fn ensure() -> Result<Toolchain> {
    if !(recent_enough() && has_target(Path::new(RUSTC))) {
        install()?;
    }
    Ok(Toolchain::Debian { linker: linker()? })
}

fn install() -> Result<()> {
    if sh::which("apt-get").is_none() {
        bail!("Rust cannot build for the browser here: run `rustup target add {TARGET}`");
    }
    if !sh::is_root() {
        bail!(
            "Rust cannot build for the browser here: run `rustup target add {TARGET}`, \
             or once as root `apt-get install {}` and `cargo xtask setup wasm`",
            PACKAGES.join(" ")
        );
    }
    if !(recent_enough() && Path::new("/usr/lib/rustlib/src/rust/library/std").exists()) {
        say("rustup cannot give the browser target; installing Debian's toolchain (about 30 s)");
        apt(&PACKAGES)?;
    }
    if !recent_enough() {
        bail!("Debian's rustc-web is older than {}.{}: run `rustup target add {TARGET}`", OLDEST.0, OLDEST.1);
    }
    say("building Rust's standard library for the browser (about 1 min, once)");
    build_std()
}

fn recent_enough() -> bool {
    if !Path::new(RUSTC).exists() {
        return false;
    }
    let Ok(version) = sh::read(sh::command(RUSTC).arg("--version")) else { return false };
    let mut numbers = version.split([' ', '.']).filter_map(|part| part.parse::<u32>().ok());
    matches!((numbers.next(), numbers.next()), (Some(major), Some(minor)) if (major, minor) >= OLDEST)
}

fn build_std() -> Result<()> {
    // Outside of the workspace, so that its settings do not affect the library.
    let dir = tempfile::tempdir()?;
    fs::create_dir(dir.path().join("src"))?;
    fs::write(dir.path().join("src/lib.rs"), "")?;
    fs::write(
        dir.path().join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[profile.release]\ncodegen-units = 1\n",
    )?;
    let mut cargo = sh::command("/usr/bin/cargo");
    cargo.args(["build", "--release", "-Zbuild-std=std,panic_abort", "--target", TARGET]);
    cargo.current_dir(dir.path());
    cargo.env("RUSTC", RUSTC).env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", dir.path().join("target"));
    // Link-time optimisation of our own build needs the library's bitcode, which cargo leaves out by default.
    cargo.env("RUSTFLAGS", "-Cembed-bitcode=yes");
    sh::run(&mut cargo)?;

    let to = Path::new("/usr/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(dir.path().join("target").join(TARGET).join("release/deps"))? {
        let from = entry?.path();
        let name = from.file_name().context("a file has a name")?.to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libempty") {
            fs::copy(&from, to.join(name))?;
        }
    }
    Ok(())
}

/// rustup's own linker if rustup is there, else a recent lld.
fn linker() -> Result<PathBuf> {
    if let Some(lld) = own_linker() {
        return Ok(lld);
    }
    let find = || {
        let named = (16..40).rev().map(|version| format!("wasm-ld-{version}"));
        named.chain(["wasm-ld".to_owned()]).find_map(|name| sh::which(&name))
    };
    if find().is_none() && sh::is_root() {
        say("installing lld, the linker for wasm (about 20 s)");
        apt(&["lld"])?;
    }
    find().context("no linker for wasm: install lld (version 16 or later)")
}
