//! Writes a backup file: lines are compressed and hashed on a thread of their own, flushed to disk, and only then the
//! file gets its name. No other user of the machine may read it.

use super::{FORM, Hashing, Head, Mark, Size, seal};
use crate::backup::store::catalog::Table;
use crate::backup::store::rows::Digest;
use crate::server::sqlite_file::trouble;
use anyhow::{Context as _, Result, anyhow, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use sha2::Digest as _;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

const CHUNK: usize = 256 * 1024;

/// Receives lines and writes them into the file.
pub struct Packer {
    chunk: Vec<u8>,
    to: mpsc::Sender<Vec<u8>>,
    writer: JoinHandle<Result<u64>>,
    digest: Digest,
    size: Size,
}

impl Packer {
    /// Begins the file.
    ///
    /// # Errors
    /// When the file exists already or can't be made.
    pub async fn begin(file: &Path, head: &Head) -> Result<Self> {
        if file.exists() {
            bail!("{} is there already: backups are never written over", file.display());
        }
        let partial = Partial::create(file)?;
        let (to, chunks) = mpsc::channel(4);
        let writer = tokio::task::spawn_blocking(move || write(partial, chunks));
        let mut packer = Self {
            chunk: Vec::with_capacity(CHUNK),
            to,
            writer,
            digest: Digest::default(),
            size: Size::default(),
        };
        packer.mark(&Head { kartotek_backup: FORM, ..head.clone() }).await?;
        Ok(packer)
    }

    async fn mark(&mut self, mark: &impl Serialize) -> Result<()> {
        let line = serde_json::to_vec(mark)?;
        self.line(&line).await
    }

    async fn line(&mut self, line: &[u8]) -> Result<()> {
        self.chunk.extend_from_slice(line);
        self.chunk.push(b'\n');
        if self.chunk.len() >= CHUNK { self.hand_over().await } else { Ok(()) }
    }

    /// If the writing thread has stopped, the reason is returned by `finish`.
    async fn hand_over(&mut self) -> Result<()> {
        let chunk = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK));
        if self.to.send(chunk).await.is_err() {
            let why = (&mut self.writer).await?.err();
            return Err(why.unwrap_or_else(|| anyhow::anyhow!("the backup file was closed early")));
        }
        Ok(())
    }

    /// # Errors
    /// When the file can't be written.
    pub async fn table(&mut self, table: &Table) -> Result<()> {
        self.digest = Digest::default();
        self.mark(&Mark::Table(table.clone())).await
    }

    /// # Errors
    /// When the file can't be written.
    pub async fn row(&mut self, line: &[u8]) -> Result<()> {
        self.digest.add(line);
        self.line(line).await
    }

    /// # Errors
    /// When the file can't be written.
    pub async fn end_of_table(&mut self) -> Result<()> {
        self.size.tables += 1;
        self.size.rows += self.digest.rows;
        self.mark(&Mark::Digest(self.digest)).await
    }

    /// Finishes the file: afterwards it is on disk, complete and under its name.
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn finish(mut self) -> Result<Size> {
        self.mark(&Mark::End { end: self.size.rows }).await?;
        self.hand_over().await?;
        // An empty chunk marks the end; if the channel just closes, the writer knows that the backup failed.
        self.to.send(Vec::new()).await.ok();
        let bytes = self.writer.await??;
        Ok(Size { bytes, ..self.size })
    }
}

/// Makes a folder and those above it, accessible to no other user.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut options = std::fs::DirBuilder::new();
    options.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut options, 0o700);
    options.create(folder)
}

/// The file under a temporary name until it is complete; it is removed if it never is.
struct Partial {
    file: Option<File>,
    path: PathBuf,
    name: PathBuf,
}

impl Partial {
    fn create(name: &Path) -> Result<Self> {
        let mut path = name.as_os_str().to_owned();
        path.push(".partial");
        let path = PathBuf::from(path);
        if let Some(folder) = name.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_private(folder).map_err(|cause| anyhow!(trouble::of_io(folder, &cause)))?;
        }
        // A leftover of a killed program.
        let _ = std::fs::remove_file(&path);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(|cause| anyhow!(trouble::of_io(&path, &cause)))?;
        Ok(Self { file: Some(file), path, name: name.to_owned() })
    }

    fn keep(mut self) -> Result<()> {
        std::fs::rename(&self.path, &self.name)?;
        self.file = None;
        super::super::restore::settle(self.name.parent());
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if self.file.is_some() {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn write(partial: Partial, mut chunks: mpsc::Receiver<Vec<u8>>) -> Result<u64> {
    let file = partial.file.as_ref().context("a new file is open")?;
    let to = Hashing::new(BufWriter::new(file));
    let mut gzip = GzEncoder::new(to, Compression::new(4));
    let about = || format!("{} can't be written", partial.path.display());
    loop {
        match chunks.blocking_recv() {
            Some(chunk) if chunk.is_empty() => break,
            Some(chunk) => gzip.write_all(&chunk).with_context(about)?,
            None => bail!("the backup was broken off"),
        }
    }
    let Hashing { mut to, hash, bytes } = gzip.finish().with_context(about)?;
    let seal = seal(&hash.finalize());
    to.write_all(&seal).and_then(|()| to.flush()).with_context(about)?;
    drop(to);
    file.sync_all().with_context(about)?;
    partial.keep()?;
    Ok(bytes + seal.len() as u64)
}
