//! `cargo xtask prove`: tests the safety promises against the program that is shipped, by killing, flooding and
//! deceiving it. Each proof prints a figure; a promise without a proof says why. It takes minutes to an hour and is not
//! part of `cargo xtask test`. Proofs that take only seconds are tests there; they run here as well, with their
//! figures.

mod crowd;
mod cut;
mod forged;
mod garbage;
mod killed;
mod lab;
mod repeated;
mod slow;
mod stopped;
mod tests;
mod together;

use crate::args::Args;
use crate::sh::{self, human, say};
use anyhow::{Result, bail};
use lab::Lab;
use std::time::Instant;

/// A promise, and how it is proved.
struct Proof {
    /// Its name at the command line.
    name: &'static str,
    promise: &'static str,
    how: How,
}

enum How {
    /// Returns the figure, or the error that breaks the promise.
    Shown(fn(&Lab) -> Result<String>),
    /// Why it is not proved, or not yet.
    Open(&'static str),
}
use How::{Open, Shown};

const PROOFS: &[Proof] = &[
    Proof {
        name: "tests",
        promise: "rights, reach, refusals, injection, headers, both engines alike: the tests that show them pass",
        how: Shown(tests::pass),
    },
    Proof {
        name: "kill",
        promise: "what was said saved survives kill -9; the rest is whole or absent",
        how: Shown(killed::killed),
    },
    Proof {
        name: "backup",
        promise: "a backup is a restore that was tried; a damaged one is refused",
        how: Shown(tests::backups),
    },
    Proof { name: "pairs", promise: "any two changes at once leave a whole firm", how: Shown(tests::pairs) },
    Proof {
        name: "values",
        promise: "no value breaks a function, and both engines keep what was taken",
        how: Shown(tests::values),
    },
    Proof { name: "long", promise: "long work never lets others wait", how: Shown(tests::beside) },
    Proof {
        name: "garbage",
        promise: "garbage never hurts, and errors say nothing inside",
        how: Shown(garbage::garbage),
    },
    Proof { name: "large", promise: "no body fills the memory", how: Shown(slow::large) },
    Proof { name: "slow", promise: "slow clients can't hold the server", how: Shown(slow::slow) },
    Proof {
        name: "silent",
        promise: "who connects and says nothing keeps nobody out",
        how: Shown(slow::silent),
    },
    Proof {
        name: "guess",
        promise: "guessing passwords is slow and does not choke the server",
        how: Shown(crowd::guessing),
    },
    Proof { name: "cut", promise: "a client that goes away poisons nothing", how: Shown(cut::cut) },
    Proof { name: "restart", promise: "a restart of PostgreSQL is a hiccup", how: Shown(cut::restarted) },
    Proof {
        name: "together",
        promise: "two people never overwrite each other silently",
        how: Shown(together::together),
    },
    Proof { name: "repeat", promise: "a repeated click acts once", how: Shown(repeated::repeated) },
    Proof {
        name: "forge",
        promise: "no other site acts as our user; limits follow the true client",
        how: Shown(forged::forged),
    },
    Proof { name: "stop", promise: "a stop loses nothing and always ends", how: Shown(stopped::stopped) },
    Proof {
        name: "start",
        promise: "processes that start together migrate once",
        how: Shown(stopped::started_together),
    },
    Proof {
        name: "guards",
        promise: "the guards are really tested",
        how: Open(
            "no guard is switched off by a test yet; planned with cargo-mutants over auth, people and journal",
        ),
    },
    Proof {
        name: "upgrade",
        promise: "an upgrade from every released schema",
        how: Open("nothing has been released yet: fixtures begin with the first release"),
    },
    Proof {
        name: "panic",
        promise: "a panic costs one request, in every function",
        how: Open("shown for one route in the tests; there is no switch that makes each function panic"),
    },
];

pub fn run(mut args: Args) -> Result<()> {
    let cycles = args.value("--cycles")?.map_or(Ok(500), |text| text.parse())?;
    let requests = args.value("--requests")?.map_or(Ok(100_000), |text| text.parse())?;
    let program = args.value("--program")?;
    let names = args.everything_else();
    if let Some(odd) = names.iter().find(|name| PROOFS.iter().all(|proof| proof.name != **name)) {
        let known: Vec<_> = PROOFS.iter().map(|proof| proof.name).collect();
        bail!("`{odd}` is no proof: {}", known.join(", "));
    }
    let program = match program {
        Some(path) => std::path::absolute(path)?,
        None => {
            crate::dist::run()?;
            sh::target_dir().join("release/kartotek")
        }
    };
    let lab = Lab::open(program, cycles, requests)?;
    let mut lines = Vec::new();
    let mut broken = 0;
    for proof in PROOFS.iter().filter(|proof| names.is_empty() || names.iter().any(|name| name == proof.name))
    {
        let begun = Instant::now();
        let line = match &proof.how {
            Open(why) => format!("open    {:<9} {}: {why}", proof.name, proof.promise),
            Shown(show) => {
                say(format!("{}: {}", proof.name, proof.promise));
                match show(&lab) {
                    Ok(figure) => {
                        format!(
                            "shown   {:<9} {}: {figure} ({})",
                            proof.name,
                            proof.promise,
                            human(begun.elapsed())
                        )
                    }
                    Err(error) => {
                        broken += 1;
                        format!("BROKEN  {:<9} {}: {error:#}", proof.name, proof.promise)
                    }
                }
            }
        };
        println!("{line}");
        lines.push(line);
    }
    println!("\n{}\n\n{} shown or open, {broken} broken", lines.join("\n"), lines.len() - broken);
    if broken > 0 {
        std::process::exit(1);
    }
    Ok(())
}
