//! Parses the bytes of SQLite's write-ahead log (sqlite.org/fileformat2.html#the_write_ahead_log): which transactions
//! are complete, by SQLite's own rules, and what their first pages say. It reads and writes no file.

use super::Mark;

const HEADER: usize = 32;
const FRAME: usize = 24;
/// The last bit says in which byte order the checksum is computed.
const MAGIC: u32 = 0x377f_0682;

/// What the log holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Log {
    /// How many transactions are complete.
    pub transactions: u32,
    /// Every first page that these transactions have written, oldest first.
    pub first_pages: Vec<Mark>,
}

impl Log {
    /// Reads as far as SQLite would: up to the first frame that does not belong to this log.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut log = Self::default();
        let magic = word(bytes, 0);
        let size = word(bytes, 8) as usize;
        if bytes.len() < HEADER
            || magic & !1 != MAGIC
            || !(512..=65_536).contains(&size)
            || !size.is_power_of_two()
        {
            return log;
        }
        let mut sum = Sum { big: magic & 1 == 1, one: 0, two: 0 };
        sum.add(&bytes[..24]);
        if !sum.is(bytes, 24) {
            return log;
        }
        let mut pending = Vec::new();
        for frame in bytes[HEADER..].chunks_exact(FRAME + size) {
            sum.add(&frame[..8]);
            sum.add(&frame[FRAME..]);
            if frame[8..16] != bytes[16..24] || !sum.is(frame, 16) {
                break;
            }
            if word(frame, 0) == 1 {
                pending.push(mark(&frame[FRAME..]));
            }
            // In the last frame of a transaction this is the size of the database after it; in all other frames it is
            // 0.
            if word(frame, 4) != 0 {
                log.transactions += 1;
                log.first_pages.append(&mut pending);
            }
        }
        log
    }
}

/// The numbers in the header of a first page.
fn mark(page: &[u8]) -> Mark {
    Mark { file: word(page, 68), nr: word(page, 60), schema: word(page, 40), free: word(page, 36) }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_be_bytes)
}

struct Sum {
    big: bool,
    one: u32,
    two: u32,
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        let read = |bytes: &[u8]| if self.big { word(bytes, 0) } else { word(bytes, 0).swap_bytes() };
        let (mut one, mut two) = (self.one, self.two);
        for pair in bytes.chunks_exact(8) {
            one = one.wrapping_add(read(&pair[..4])).wrapping_add(two);
            two = two.wrapping_add(read(&pair[4..])).wrapping_add(one);
        }
        (self.one, self.two) = (one, two);
    }

    fn is(&self, bytes: &[u8], at: usize) -> bool {
        (self.one, self.two) == (word(bytes, at), word(bytes, at + 4))
    }
}
