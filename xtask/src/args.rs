//! The few arguments `cargo xtask` takes, read by hand: a parser library would cost more to compile than it saves.
//! Not a general parser: flags, `--name value`, `--name=value`, and everything after `--` handed on untouched.

use anyhow::{Result, bail};

pub struct Args {
    own: Vec<String>,
    rest: Vec<String>,
}

impl Args {
    pub fn from_env() -> Self {
        let mut own: Vec<String> = std::env::args().skip(1).collect();
        let rest = match own.iter().position(|a| a == "--") {
            Some(at) => own.split_off(at).into_iter().skip(1).collect(),
            None => Vec::new(),
        };
        Self { own, rest }
    }

    /// The first word; empty without one.
    pub fn command(&mut self) -> String {
        if self.own.is_empty() { String::new() } else { self.own.remove(0) }
    }

    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.own.len();
        self.own.retain(|a| a != name);
        self.own.len() != before
    }

    pub fn value(&mut self, name: &str) -> Result<Option<String>> {
        let glued = format!("{name}=");
        if let Some(at) = self.own.iter().position(|a| a.starts_with(&glued)) {
            return Ok(Some(self.own.remove(at)[glued.len()..].to_owned()));
        }
        let Some(at) = self.own.iter().position(|a| a == name) else { return Ok(None) };
        if at + 1 >= self.own.len() {
            bail!("{name} needs a value");
        }
        self.own.remove(at);
        Ok(Some(self.own.remove(at)))
    }

    /// Everything after `--`, and all arguments that were not understood.
    pub fn everything_else(mut self) -> Vec<String> {
        self.own.append(&mut self.rest);
        self.own
    }

    /// Everything after `--`; any other argument left is an error.
    pub fn rest(mut self) -> Result<Vec<String>> {
        let rest = std::mem::take(&mut self.rest);
        self.done()?;
        Ok(rest)
    }

    pub fn done(self) -> Result<()> {
        match self.own.iter().chain(&self.rest).next() {
            Some(odd) => bail!("`{odd}` means nothing here; `cargo xtask help` lists what does"),
            None => Ok(()),
        }
    }
}
