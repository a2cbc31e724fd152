//! Packs the pieces of the browser's program into few files: for each part one file with all that the first opened page
//! needs, and packs for what later pages need, with each piece in one pack. `pieces.js` unpacks them. Pieces in one
//! file also compress better.

use super::split::Split;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;

/// The most files that a later page requests.
const MOST: usize = 6;
/// The prefix that distinguishes such a file from a piece of the same name, and by which `pieces.js` finds the first
/// page's file.
const FIRST: &str = "first_";

/// The files that the pages of a part of the program need besides the main part.
#[derive(Clone, Debug)]
pub struct Needs {
    /// Everything in one file.
    pub first: String,
    /// The same as packs, for browsers in which other pages have loaded some of them.
    pub packs: Vec<String>,
}

pub struct Packed {
    /// By name, without an ending.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The script that loads them.
    pub link: String,
    /// By the name of the part.
    pub needs: BTreeMap<String, Needs>,
}

pub fn pack(split: &Split) -> Result<Packed> {
    let mut files = BTreeMap::new();
    let mut needs = BTreeMap::new();
    for (part, pieces) in &split.needs {
        let first = format!("{FIRST}{part}");
        files.insert(first.clone(), file_of(pieces, split)?);
        needs.insert(part.clone(), Needs { first, packs: Vec::new() });
    }
    let mut link = format!("{}\n{}", split.link, include_str!("pieces.js"));
    for (nr, group) in groups(split)?.into_iter().enumerate() {
        let name = format!("pack_{nr}");
        for piece in &group.pieces {
            let fetching = format!("fetch(new URL(\"./{piece}.wasm\", import.meta.url))");
            let taking = format!("piece(\"{piece}\", \"./{name}.wasm\")");
            ensure!(link.contains(&fetching), "the script that loads the parts no longer asks for {piece}");
            link = link.replace(&fetching, &taking);
        }
        // In the order of the bits, since both are sorted by the names of the parts.
        for (_, needs) in needs.values_mut().enumerate().filter(|(nr, _)| group.parts & (1 << nr) != 0) {
            needs.packs.push(name.clone());
        }
        files.insert(name, file_of(&group.pieces, split)?);
    }
    Ok(Packed { files, link, needs })
}

/// A line of JSON that lists the pieces with their lengths, followed by the pieces.
fn file_of(pieces: &[String], split: &Split) -> Result<Vec<u8>> {
    let bytes = |piece: &String| split.parts.get(piece).with_context(|| format!("there is no piece {piece}"));
    let heads: Vec<(&String, usize)> =
        pieces.iter().map(|piece| Ok((piece, bytes(piece)?.len()))).collect::<Result<_>>()?;
    let mut file = serde_json::to_vec(&heads)?;
    file.push(b'\n');
    for piece in pieces {
        file.extend(bytes(piece)?);
    }
    Ok(file)
}

/// The pieces of one file, and the parts of the program that need at least one of them: a bit for each, in the order of
/// [`Split::needs`]. Sets of names would take most of the time of a build, since all pairs are compared at each step.
struct Group {
    pieces: Vec<String>,
    parts: u64,
    size: usize,
}

/// Merges two groups at a time, always those for which the fewest bytes are loaded in vain, until no part needs too
/// many files.
fn groups(split: &Split) -> Result<Vec<Group>> {
    ensure!(split.needs.len() <= 64, "more parts than a set of bits holds");
    let mut groups: BTreeMap<&String, Group> = BTreeMap::new();
    for (nr, pieces) in split.needs.values().enumerate() {
        for piece in pieces {
            let size = split.parts.get(piece).map_or(0, Vec::len);
            let new = || Group { pieces: vec![piece.clone()], parts: 0, size };
            groups.entry(piece).or_insert_with(new).parts |= 1 << nr;
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    loop {
        let asks = |part: u64| groups.iter().filter(|group| group.parts & part != 0).count();
        let over: u64 = (0..split.needs.len()).map(|nr| 1 << nr).filter(|part| asks(*part) > MOST).sum();
        let helps = |one: &Group, other: &Group| one.parts & other.parts & over != 0;
        let pairs = (0..groups.len()).flat_map(|one| (one + 1..groups.len()).map(move |other| (one, other)));
        let pairs = pairs.filter(|(one, other)| helps(&groups[*one], &groups[*other]));
        let best = pairs.min_by_key(|(one, other)| in_vain(&groups[*one], &groups[*other]));
        let Some((one, other)) = best else { return Ok(groups) };
        let gone = groups.swap_remove(other);
        let kept = &mut groups[one];
        kept.pieces.extend(gone.pieces);
        kept.parts |= gone.parts;
        kept.size += gone.size;
    }
}

/// The bytes that parts would load in vain because they need only one of the two groups.
fn in_vain(one: &Group, other: &Group) -> usize {
    let only = |these: &Group, those: &Group| (these.parts & !those.parts).count_ones() as usize;
    one.size * only(other, one) + other.size * only(one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_in_one_pack_and_in_the_first_file_of_each_part_that_needs_it() {
        let parts: BTreeMap<String, Vec<u8>> =
            (0..40).map(|nr| (format!("chunk_{nr}"), vec![nr; 10 + usize::from(nr)])).collect();
        let of = |wanted: &dyn Fn(usize) -> bool| {
            (0..40).filter(|nr| wanted(*nr)).map(|nr| format!("chunk_{nr}")).collect::<Vec<_>>()
        };
        let needs = BTreeMap::from([
            ("cards".to_owned(), of(&|nr| nr % 2 == 0)),
            ("deals".to_owned(), of(&|nr| nr % 3 == 0)),
            ("rest".to_owned(), of(&|_| true)),
        ]);
        let link =
            (0..40).map(|nr| format!("fetch(new URL(\"./chunk_{nr}.wasm\", import.meta.url));")).collect();
        let split = Split { main: Vec::new(), parts, link, needs };
        let packed = pack(&split).expect("they can be laid together");
        let names = |file: &String| {
            let bytes = &packed.files[file];
            let end = bytes.iter().position(|byte| *byte == b'\n').expect("a first line");
            let heads: Vec<(String, usize)> = serde_json::from_slice(&bytes[..end]).expect("what is in it");
            let mut at = end + 1;
            heads
                .into_iter()
                .map(|(name, length)| {
                    assert_eq!(bytes[at..at + length], split.parts[&name]);
                    at += length;
                    name
                })
                .collect::<Vec<_>>()
        };
        for (part, needs) in &packed.needs {
            assert_eq!(names(&needs.first), split.needs[part]);
            assert!(needs.packs.len() <= MOST, "{part}: {:?}", needs.packs);
            let held: Vec<String> = needs.packs.iter().flat_map(names).collect();
            assert!(split.needs[part].iter().all(|piece| held.contains(piece)), "{part}");
        }
        let packs = packed.files.keys().filter(|file| !file.starts_with(FIRST));
        let mut all: Vec<String> = packs.flat_map(names).collect();
        all.sort();
        let mut known: Vec<String> = split.parts.into_keys().collect();
        known.sort();
        assert_eq!(all, known);
        assert!(!packed.link.contains("./chunk_"), "{}", packed.link);
    }
}
