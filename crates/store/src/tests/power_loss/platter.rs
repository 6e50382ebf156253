//! What a disk holds after the power went: all that was synced, and of the rest any part, in any order, torn anywhere.

use std::collections::BTreeMap;

use super::layer::{Op, What};

/// The unit a disk writes whole or not at all.
const SECTOR: usize = 512;

/// Chance from a seed (SplitMix64).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x0BAD_5EED)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }
}

/// One file: what is safe, and what the disk may or may not have written.
#[derive(Default)]
struct Platter {
    safe: Option<Vec<u8>>,
    pending: Vec<What>,
}

impl Platter {
    fn take(&mut self, what: &What) {
        if *what != What::Sync {
            self.pending.push(what.clone());
            return;
        }
        for what in std::mem::take(&mut self.pending) {
            apply(&mut self.safe, &what);
        }
        // Syncing a file makes its name durable too: SQLite syncs the directory of a new journal or log with it.
        self.safe.get_or_insert_default();
    }

    /// Whether the disk does not know the file yet, or not again.
    fn is_new(&self) -> bool {
        self.safe.is_none() || self.pending.contains(&What::Remove)
    }

    /// The directory was synced: what was removed stays removed.
    fn directory_synced(&mut self) {
        if let Some(last) = self.pending.iter().rposition(|what| *what == What::Remove) {
            self.pending.drain(..=last);
            self.safe = None;
        }
    }

    fn after_the_cut(mut self, chance: &mut Chance) -> Option<Vec<u8>> {
        let mut pending = std::mem::take(&mut self.pending);
        if chance.below(2) == 0 {
            for last in (1..pending.len()).rev() {
                pending.swap(last, chance.below(last + 1));
            }
        }
        for what in pending {
            match (chance.below(3), what) {
                (0, _) => {}
                (1, What::Write { offset, bytes }) => {
                    for (n, sector) in bytes.chunks(SECTOR).enumerate() {
                        if chance.below(2) == 0 {
                            let (offset, bytes) = (offset + n * SECTOR, sector.to_vec());
                            apply(&mut self.safe, &What::Write { offset, bytes });
                        }
                    }
                }
                (_, what) => apply(&mut self.safe, &what),
            }
        }
        self.safe
    }
}

fn apply(file: &mut Option<Vec<u8>>, what: &What) {
    match what {
        What::Write { offset, bytes } => {
            let file = file.get_or_insert_default();
            let end = offset + bytes.len();
            if file.len() < end {
                file.resize(end, 0);
            }
            file[*offset..end].copy_from_slice(bytes);
        }
        What::Truncate { length } => file.get_or_insert_default().resize(*length, 0),
        What::Sync => {}
        What::Remove => *file = None,
    }
}

/// The files that are left when the power goes after `ops`.
pub(super) fn left_of(ops: &[Op], chance: &mut Chance) -> BTreeMap<String, Vec<u8>> {
    let mut platters: BTreeMap<&str, Platter> = BTreeMap::new();
    for op in ops {
        let is_new = platters.get(op.file.as_str()).is_none_or(|platter| platter.is_new());
        if op.what == What::Sync && is_new && op.file.contains("db-") {
            platters.values_mut().for_each(Platter::directory_synced);
        }
        platters.entry(&op.file).or_default().take(&op.what);
    }
    let left = platters.into_iter().map(|(name, platter)| (name.to_owned(), platter.after_the_cut(chance)));
    left.filter_map(|(name, bytes)| bytes.map(|bytes| (name, bytes))).collect()
}

/// The same operations on a disk that says it synced and did not.
pub(super) fn without_syncs(ops: &[Op], file: &str) -> Vec<Op> {
    ops.iter().filter(|op| op.file != file || op.what != What::Sync).cloned().collect()
}
