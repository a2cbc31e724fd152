//! The backup file: gzip of JSON lines, the same for both engines, followed by a second gzip member with the SHA-256 of
//! the first, so that any flipped bit is found and `zcat` still reads the whole file. The lines are: the head; for each
//! table its name and columns, its rows as arrays, its digest; the end.

mod pack;
mod unpack;

pub use pack::Packer;
pub use unpack::{Part, parts, verify};

use super::store::catalog::Table;
use super::store::cell::hex;
use super::store::rows::Digest;
use crate::server::database_url::Engine;
use chrono::{DateTime, Utc};
use flate2::{Compression, GzBuilder};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::io::Write;

/// The version of the line format. A program reads its own version and older ones.
pub const FORM: u32 = 1;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub kartotek_backup: u32,
    /// The version of the program that wrote it.
    pub version: String,
    pub engine: Engine,
    /// The migrations applied to the database.
    pub migrations: Vec<i64>,
    pub made_at: DateTime<Utc>,
    pub firm: String,
}

/// The size of a finished file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub tables: u64,
    pub rows: u64,
    pub bytes: u64,
}

/// Every line that is not a row.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Mark {
    Table(Table),
    Digest(Digest),
    End { end: u64 },
}

/// The second gzip member, with the checksum of the first. Its length is always the same.
fn seal(checksum: &[u8]) -> Vec<u8> {
    let text = format!("{{\"sha256\":\"{}\"}}\n", hex(checksum));
    let mut member = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::none());
    let written = member.write_all(text.as_bytes()).and_then(|()| member.finish());
    written.unwrap_or_default()
}

/// A writer or reader that hashes everything passing through it.
struct Hashing<W> {
    to: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Hashing<W> {
    fn new(to: W) -> Self {
        Self { to, hash: Sha256::new(), bytes: 0 }
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
