//! A Rust toolchain that can build for the browser: rustup's if possible, else Debian's. With
//! `KARTOTEK_WASM_TOOLCHAIN=debian` the second is used at once, to test it where rustup works.

use super::debian;
use crate::sh::{self, say};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

pub const TARGET: &str = "wasm32-unknown-unknown";

pub enum Toolchain {
    /// The cargo that everything else is built with.
    Default,
    /// Debian's, under /usr. It has no linker for wasm of its own.
    Debian { linker: PathBuf },
}

impl Toolchain {
    pub fn cargo(&self) -> Command {
        match self {
            Self::Default => sh::cargo(),
            Self::Debian { linker } => {
                let mut cargo = sh::command("/usr/bin/cargo");
                // Without RUSTC it would find rustup's compiler on PATH, which lacks the target.
                cargo.env("RUSTC", "/usr/bin/rustc");
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
                cargo
            }
        }
    }
}

impl std::fmt::Display for Toolchain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Default => write!(f, "the default toolchain has {TARGET}"),
            Self::Debian { linker } => write!(f, "/usr/bin/cargo with {}", linker.display()),
        }
    }
}

pub fn ensure() -> Result<Toolchain> {
    if std::env::var("KARTOTEK_WASM_TOOLCHAIN").is_ok_and(|way| way == "debian") {
        return debian::ensure();
    }
    if default_has_target() && own_linker().is_some() {
        return Ok(Toolchain::Default);
    }
    if sh::which("rustup").is_some() {
        say(format!("asking rustup for {TARGET} (about 20 s; at most 2 min, then another way is tried)"));
        let mut rustup = sh::command("rustup");
        rustup.args(["target", "add", TARGET]).env("RUSTUP_MAX_RETRIES", "1");
        if sh::succeeds(&mut rustup, Duration::from_secs(120)) && default_has_target() {
            return Ok(Toolchain::Default);
        }
    }
    debian::ensure()
}

/// Whether the compiler on PATH has the standard library for wasm.
pub fn default_has_target() -> bool {
    has_target(Path::new("rustc"))
}

/// The linker that rustup's toolchains include. Debian's has none, even when the target was built for it.
pub fn own_linker() -> Option<PathBuf> {
    let sysroot = sh::read(sh::command("rustc").args(["--print", "sysroot"])).ok()?;
    let hosts = std::fs::read_dir(Path::new(&sysroot).join("lib/rustlib")).ok()?;
    hosts.flatten().map(|host| host.path().join("bin/rust-lld")).find(|lld| lld.is_file())
}

pub fn has_target(rustc: &Path) -> bool {
    let mut ask = sh::command(rustc);
    ask.args(["--print", "target-libdir", "--target", TARGET]);
    let Ok(dir) = sh::read(&mut ask) else { return false };
    let Ok(entries) = std::fs::read_dir(dir) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}
