//! Damaged backup files are refused, whatever the damage, and the refused restore leaves no file behind.

use super::{Folder, fill, place_of};
use crate::backup::create::back_up;
use crate::backup::file::verify;
use crate::backup::restore::restore;
use crate::sample::random::Random;
use crate::tests::world::{World, on_both_engines};
use std::path::Path;

/// One random damage, in words, and the file with it.
fn damaged(whole: &[u8], random: &mut Random) -> (String, Vec<u8>) {
    let mut bytes = whole.to_vec();
    let at = random.at(bytes.len());
    let how = match random.at(6) {
        0 => {
            bytes.truncate(at);
            format!("cut at {at}")
        }
        1 => {
            bytes.extend((0..=random.at(40)).map(|_| 0));
            "appended to".to_owned()
        }
        2 => {
            let end = (at + 1 + random.at(4096)).min(bytes.len());
            bytes[at..end].fill(0);
            if bytes == whole {
                bytes[at] = 1;
            }
            format!("zeros from {at} to {end}")
        }
        3 => {
            bytes.remove(at);
            format!("byte {at} lost")
        }
        _ => {
            let bit = random.at(8);
            bytes[at] ^= 1 << bit;
            format!("bit {bit} of byte {at} flipped")
        }
    };
    (how, bytes)
}

async fn damages(world: &World, times: usize) {
    fill(world).await;
    let folder = Folder::new();
    let file = folder.file("whole.backup");
    back_up(&place_of(world), &file).await.expect("a backup");
    assert!(verify(&file).is_ok());
    let whole = std::fs::read(&file).expect("it can be read");
    let mut random = Random::new(11, 0);
    for nr in 0..times {
        let (how, bytes) = damaged(&whole, &mut random);
        let broken = folder.file("broken.backup");
        std::fs::write(&broken, bytes).expect("it can be written");
        refused(&folder, &broken, &how, nr % 20 == 0).await;
    }
    // Each bit of the first and the last bytes, where damage is most easily overlooked.
    for at in (0..12).chain(whole.len() - 120..whole.len()) {
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << bit;
            std::fs::write(folder.file("broken.backup"), bytes).expect("it can be written");
            refused(&folder, &folder.file("broken.backup"), &format!("bit {bit} of byte {at}"), false).await;
        }
    }
}

async fn refused(folder: &Folder, broken: &Path, how: &str, wholly: bool) {
    assert!(verify(broken).is_err(), "{how}: taken for whole");
    if wholly {
        let why = restore(broken, &folder.sqlite("none.db"), false).await.expect_err(how).to_string();
        assert!(why.contains("damaged") || why.contains("no backup"), "{how}: {why}");
        assert_eq!(folder.names(), ["broken.backup", "whole.backup"], "{how}: nothing is left behind");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_damages_are_refused() {
    on_both_engines(async |world| damages(world, 200).await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; `cargo xtask prove backup` runs it"]
async fn long_a_thousand_damages_are_refused() {
    on_both_engines(async |world| {
        damages(world, 1000).await;
        println!("figure: {}: 1000 of 1000 damaged backups refused", world.engine);
    })
    .await;
}
