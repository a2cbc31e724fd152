//! Writes files under hashed names with compressed copies, and `assets.json`, the list of them. A text may name another
//! file as `/pkg/inter.woff2`; here that becomes `/pkg/inter.<hash>.woff2`.

use super::packs::Needs;
use super::split::{LINK, MAIN};
use super::{Profile, cache};
use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Formats worth compressing; the others are compressed already.
const COMPRESSIBLE: [&str; 8] = ["wasm", "js", "css", "svg", "webmanifest", "json", "txt", "html"];
/// Those of them that may name other files.
const LINKING: [&str; 5] = ["css", "js", "svg", "webmanifest", "html"];

pub struct Assets {
    dir: PathBuf,
    profile: Profile,
    list: Map<String, Value>,
    fonts: Vec<(String, usize)>,
}

pub struct Added {
    pub raw: usize,
    pub brotli: usize,
}

impl Assets {
    pub fn new(dir: &Path, profile: Profile) -> Result<Self> {
        fs::create_dir_all(dir.join("pkg"))?;
        Ok(Self { dir: dir.to_owned(), profile, list: Map::new(), fonts: Vec::new() })
    }

    /// Adds everything in `public/`, listed by its path there. Files that name others are added after those.
    pub fn add_public(&mut self, public: &Path) -> Result<()> {
        let mut paths = Vec::new();
        collect(public, &mut paths)?;
        paths.sort();
        let (linking, plain): (Vec<_>, Vec<_>) =
            paths.into_iter().partition(|path| LINKING.contains(&extension(path)));
        for path in plain.iter().chain(&linking) {
            let name = path.strip_prefix(public)?.to_str().context("a name in public/ is not UTF-8")?;
            let bytes = fs::read(path)?;
            if extension(path) == "woff2" {
                self.fonts.push((name.to_owned(), bytes.len()));
            }
            match String::from_utf8(bytes) {
                Ok(text) if LINKING.contains(&extension(path)) => self.add_text(name, name, &text)?,
                Ok(text) => self.add(name, name, text.as_bytes())?,
                Err(binary) => self.add(name, name, binary.as_bytes())?,
            };
        }
        Ok(())
    }

    /// Adds a file that may name others.
    pub fn add_text(&mut self, key: &str, name: &str, text: &str) -> Result<Added> {
        let text = self.relink(name, text)?;
        self.add(key, name, text.as_bytes())
    }

    pub fn add(&mut self, key: &str, name: &str, bytes: &[u8]) -> Result<Added> {
        let (hashed, added) = self.write(name, bytes)?;
        self.list.insert(key.to_owned(), Value::String(format!("/pkg/{hashed}")));
        Ok(added)
    }

    /// Adds a script that only another script imports: it has no entry in the list. Returns its name beside the others.
    pub fn add_snippet(&mut self, path: &str, text: &str) -> Result<String> {
        if text.contains("from './") || text.contains("from '../") || text.contains("from \"./") {
            bail!("the script {path} imports another one by an unhashed name");
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        Ok(self.write(name, text.as_bytes())?.0)
    }

    /// Adds a part of the program that only its loader requests. Returns its name without an ending.
    pub fn add_part(&mut self, name: &str, bytes: &[u8]) -> Result<(String, Added)> {
        let (file, added) = self.write(&format!("{name}.wasm"), bytes)?;
        Ok((file.trim_end_matches(".wasm").to_owned(), added))
    }

    /// Adds the two scripts that import each other: both names contain the hash of both contents.
    pub fn add_scripts(&mut self, main: &str, link: &str) -> Result<Added> {
        let hash = cache::hash(format!("{main}\n{link}").as_bytes());
        let names = [MAIN, LINK].map(|name| name.replace(".js", &format!(".{hash}.js")));
        // Replaced only in imports, with or without a space: the wasm still looks its imports up by the plain name.
        let named = |text: &str| {
            [MAIN, LINK].iter().zip(&names).fold(text.to_owned(), |text, (plain, name)| {
                let importing = |text: &str, from: &str| {
                    text.replace(&format!("{from}\"{plain}\""), &format!("{from}\"{name}\""))
                };
                importing(&importing(&text, "from "), "from")
            })
        };
        let mut sizes = Added { raw: 0, brotli: 0 };
        for ((key, text), name) in [("js", main), ("parts", link)].into_iter().zip(&names) {
            let name = name.trim_start_matches("./");
            let added = self.write_as(name, named(text).as_bytes())?;
            self.list.insert(key.to_owned(), Value::String(format!("/pkg/{name}")));
            sizes = Added { raw: sizes.raw + added.raw, brotli: sizes.brotli + added.brotli };
        }
        Ok(sizes)
    }

    /// Adds the list of files that the pages of each part need, for the server to name in the pages' heads.
    pub fn add_needs(
        &self,
        needs: &BTreeMap<String, Needs>,
        hashed: &BTreeMap<String, String>,
    ) -> Result<()> {
        let named = |file: &String| hashed.get(file).with_context(|| format!("{file} was not written"));
        let mut said = Map::new();
        for (part, needs) in needs {
            let packs = needs.packs.iter().map(named).collect::<Result<Vec<_>>>()?;
            said.insert(part.clone(), json!({"first": named(&needs.first)?, "packs": packs}));
        }
        fs::write(self.dir.join("needs.json"), serde_json::to_string_pretty(&said)?)?;
        Ok(())
    }

    /// Writes the list and returns the fonts with their sizes.
    pub fn finish(self) -> Result<Vec<(String, usize)>> {
        let list = serde_json::to_string_pretty(&self.list)?;
        fs::write(self.dir.join("assets.json"), list)?;
        Ok(self.fonts)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(String, Added)> {
        let hash = cache::hash(bytes);
        let path = Path::new(name);
        let stem = path.with_extension("");
        let hashed = format!("{}.{hash}.{}", stem.display(), extension(path));
        let added = self.write_as(&hashed, bytes)?;
        Ok((hashed, added))
    }

    fn write_as(&self, name: &str, bytes: &[u8]) -> Result<Added> {
        let path = Path::new(name);
        let to = self.dir.join("pkg").join(name);
        fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
        fs::write(&to, bytes)?;
        let mut brotli = bytes.len();
        if COMPRESSIBLE.contains(&extension(path)) {
            let release = self.profile == Profile::Release;
            let br = brotli_of(bytes, &cache::hash(bytes), if release { 11 } else { 4 })?;
            brotli = br.len();
            fs::write(to.with_added("br"), br)?;
            let level = if release { Compression::best() } else { Compression::fast() };
            let mut gz = GzEncoder::new(Vec::new(), level);
            gz.write_all(bytes)?;
            fs::write(to.with_added("gz"), gz.finish()?)?;
        }
        Ok(Added { raw: bytes.len(), brotli })
    }

    fn relink(&self, name: &str, text: &str) -> Result<String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("/pkg/") {
            let (before, link) = rest.split_at(at);
            let end = link.find(['"', '\'', ')', ' ', '?', '#', '<', '\n']).unwrap_or(link.len());
            let key = &link["/pkg/".len()..end];
            let Some(Value::String(to)) = self.list.get(key) else {
                bail!("{name} names /pkg/{key}, but public/{key} does not exist");
            };
            out.push_str(before);
            out.push_str(to);
            rest = &link[end..];
        }
        out.push_str(rest);
        Ok(out)
    }
}

trait WithAdded {
    fn with_added(&self, extension: &str) -> PathBuf;
}

impl WithAdded for PathBuf {
    fn with_added(&self, extension: &str) -> PathBuf {
        let mut name = self.clone().into_os_string();
        name.push(".");
        name.push(extension);
        name.into()
    }
}

fn brotli_of(bytes: &[u8], hash: &str, quality: u32) -> Result<Vec<u8>> {
    cache::get_or(&format!("brotli {quality} {hash}"), || {
        let mut out = Vec::new();
        let mut writer = brotli::CompressorWriter::new(&mut out, 1 << 16, quality, 24);
        writer.write_all(bytes)?;
        drop(writer);
        Ok(out)
    })
}

fn extension(path: &Path) -> &str {
    path.extension().and_then(|e| e.to_str()).unwrap_or_default()
}

fn collect(dir: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    let Ok(entries) = fs::read_dir(dir) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            into.push(path);
        }
    }
    Ok(())
}
