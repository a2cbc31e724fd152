//! Caches results that take long and depend on their input alone: those of binaryen and brotli. Kept in
//! `target/xtask-cache`; deleting the folder costs only time.

use crate::sh;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

const KEEP: Duration = Duration::from_secs(7 * 24 * 3600);

pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

pub fn get_or(key: &str, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    if let Some(bytes) = get(key) {
        return Ok(bytes);
    }
    let bytes = make()?;
    put(key, &bytes)?;
    Ok(bytes)
}

fn dir() -> PathBuf {
    sh::target_dir().join("xtask-cache")
}

/// Removes old results. Called once for each build, because hundreds are added.
pub fn sweep() {
    for entry in fs::read_dir(dir()).into_iter().flatten().flatten() {
        let old = entry.metadata().and_then(|m| m.modified()).is_ok_and(|at| at + KEEP < SystemTime::now());
        if old {
            let _ = fs::remove_file(entry.path());
        }
    }
}

pub fn get(key: &str) -> Option<Vec<u8>> {
    fs::read(dir().join(hash(key.as_bytes()))).ok()
}

pub fn put(key: &str, bytes: &[u8]) -> Result<()> {
    let dir = dir();
    fs::create_dir_all(&dir)?;
    // Written under another name first, so that an interrupted write is never taken for a result.
    let path = dir.join(hash(key.as_bytes()));
    let half = path.with_extension("half");
    fs::write(&half, bytes)?;
    fs::rename(half, path)?;
    Ok(())
}
