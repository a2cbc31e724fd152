//! Reads a backup file: first all of it to check the checksum, then its parts one after another, never whole in memory.

use super::{FORM, Hashing, Head, Mark, seal};
use crate::backup::store::catalog::Table;
use crate::backup::store::cell::Cell;
use crate::backup::store::fill::at_once;
use crate::backup::store::rows::Digest;
use anyhow::{Context as _, Result, bail};
use flate2::read::GzDecoder;
use serde_json::Value;
use sha2::Digest as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek as _};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;

const NO_BACKUP: &str = "is no backup of Kartotek";
const DAMAGED: &str = "is damaged: its checksum does not fit what is in it, so nothing of it is restored";

/// Checks the whole file by its checksum and returns its head.
///
/// # Errors
/// A sentence for a file that is no backup, is damaged, or has a newer format.
pub fn verify(file: &Path) -> Result<Head> {
    let name = file.display();
    let mut open = File::open(file).with_context(|| format!("{name} can't be read"))?;
    let length = open.metadata()?.len();
    let sealed = seal(&[0; 32]).len() as u64;
    let mut start = [0; 2];
    if length <= sealed || open.read_exact(&mut start).is_err() || start != [0x1f, 0x8b] {
        bail!("{name} {NO_BACKUP}, or it is damaged");
    }
    open.rewind()?;
    let mut hash = Hashing::new(std::io::sink());
    let mut rest = BufReader::with_capacity(1 << 20, open).take(length - sealed);
    std::io::copy(&mut rest, &mut hash).with_context(|| format!("{name} can't be read"))?;
    let mut found = Vec::new();
    rest.into_inner().read_to_end(&mut found)?;
    if found != seal(&hash.hash.finalize()) {
        bail!("{name} {DAMAGED}");
    }
    let mut line = String::new();
    lines(file)?.read_line(&mut line).with_context(|| format!("{name} {NO_BACKUP}"))?;
    let form = serde_json::from_str::<Value>(&line).ok().and_then(|head| {
        Some((head.get("kartotek_backup")?.as_u64()?, head.get("version")?.as_str()?.to_owned()))
    });
    let Some((form, version)) = form else { bail!("{name} {NO_BACKUP}") };
    if form > u64::from(FORM) {
        bail!(
            "{name} was made by Kartotek {version}, which is newer than this {}: update the program first",
            env!("CARGO_PKG_VERSION")
        );
    }
    serde_json::from_str(&line).with_context(|| format!("{name} {NO_BACKUP}"))
}

fn lines(file: &Path) -> Result<impl BufRead + use<>> {
    let open = BufReader::with_capacity(1 << 16, File::open(file)?);
    Ok(BufReader::with_capacity(1 << 18, GzDecoder::new(open)))
}

/// A part of the file, in order.
pub enum Part {
    Table(Table),
    Rows(Vec<Vec<Cell>>),
    /// The digest of the table's rows as of writing.
    EndOfTable(Digest),
    End,
}

/// The parts after the head, read on a thread of its own. If the last part is not `End`, the file is broken.
#[must_use]
pub fn parts(file: PathBuf) -> mpsc::Receiver<Result<Part>> {
    let (to, parts) = mpsc::channel(4);
    tokio::task::spawn_blocking(move || {
        if let Err(why) = read(&file, &to) {
            // If the receiver is gone, it has failed for a reason of its own.
            let _ =
                to.blocking_send(Err(why.context(format!("{} can't be read to its end", file.display()))));
        }
    });
    parts
}

fn read(file: &Path, to: &mpsc::Sender<Result<Part>>) -> Result<()> {
    let mut table: Option<Table> = None;
    let mut rows = Vec::new();
    let mut digest = Digest::default();
    let mut all = 0;
    let send = |part| to.blocking_send(Ok(part)).context("nobody listens any more");
    for line in lines(file)?.lines().skip(1) {
        let line = line?;
        if line.starts_with('[') {
            let table = table.as_ref().context("a row before its table")?;
            digest.add(line.as_bytes());
            rows.push(row(&line, table)?);
            if rows.len() >= at_once(table) {
                send(Part::Rows(std::mem::take(&mut rows)))?;
            }
            continue;
        }
        match serde_json::from_str(&line)? {
            Mark::Table(next) => {
                digest = Digest::default();
                table = Some(next.clone());
                send(Part::Table(next))?;
            }
            Mark::Digest(written) => {
                send(Part::Rows(std::mem::take(&mut rows)))?;
                if written != digest {
                    bail!("the rows of a table are not those that were written");
                }
                all += digest.rows;
                table = None;
                send(Part::EndOfTable(written))?;
            }
            Mark::End { end } if end == all => return send(Part::End),
            Mark::End { .. } => bail!("there are rows missing"),
        }
    }
    bail!("its end is missing")
}

fn row(line: &str, table: &Table) -> Result<Vec<Cell>> {
    let values: Vec<Value> = serde_json::from_str(line)?;
    if values.len() != table.columns.len() {
        bail!("a row of {} has {} values", table.name, values.len());
    }
    let cells = values.into_iter().zip(&table.columns).map(|(value, (column, kind))| {
        Cell::from_json(value, *kind)
            .with_context(|| format!("{}.{column} holds another kind of value", table.name))
    });
    cells.collect()
}
