//! A disk that takes durability literally and can lose power: of what was not synced it keeps pages and names as chance has it.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use super::Disk;
use crate::store::lock;

const PAGE: usize = 4096;

/// Chance from a seed (SplitMix64), so that a failure can be seen again.
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `sides`.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        (self.next() % sides.max(1) as u64) as usize
    }

    pub(crate) fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }
}

#[derive(Clone, Debug, Default)]
struct Content {
    durable: Vec<u8>,
    cached: Vec<u8>,
    /// A sync failed: the system forgot what was not on the disk, and later syncs say nothing.
    is_forgotten: bool,
}

#[derive(Clone, Debug)]
enum NameChange {
    Made(String, usize),
    Renamed(String, String, usize),
    Removed(String),
}

#[derive(Debug, Default)]
struct State {
    files: Vec<Content>,
    names: BTreeMap<String, usize>,
    durable_names: BTreeMap<String, usize>,
    changes: Vec<NameChange>,
    refused_appends: u32,
    refused_syncs: u32,
    free: Option<u64>,
}

/// The disk.
#[derive(Debug, Default)]
pub(crate) struct PowerLossDisk(Mutex<State>);

impl PowerLossDisk {
    /// The next appends write half and then say that the disk is full.
    pub(crate) fn refuse_appends(&self, count: u32) {
        lock(&self.0).refused_appends = count;
    }

    /// The next syncs fail.
    pub(crate) fn refuse_syncs(&self, count: u32) {
        lock(&self.0).refused_syncs = count;
    }

    pub(crate) fn set_free_bytes(&self, free: u64) {
        lock(&self.0).free = Some(free);
    }

    /// Changes a stored byte, as somebody with the disk in their hands would.
    pub(crate) fn flip(&self, name: &str, offset: usize) {
        self.change(name, |bytes| bytes[offset] ^= 0x20);
    }

    pub(crate) fn change(&self, name: &str, change: impl Fn(&mut Vec<u8>)) {
        let mut state = lock(&self.0);
        let id = state.names[name];
        change(&mut state.files[id].cached);
        change(&mut state.files[id].durable);
    }

    /// The power is gone and comes back.
    pub(crate) fn lose_power(&self, dice: &mut Dice) {
        let mut state = lock(&self.0);
        let mut names = state.durable_names.clone();
        for change in std::mem::take(&mut state.changes) {
            if dice.one_in(2) {
                continue;
            }
            match change {
                NameChange::Made(name, id) => {
                    names.insert(name, id);
                }
                NameChange::Renamed(from, to, id) => {
                    names.remove(&from);
                    names.insert(to, id);
                }
                NameChange::Removed(name) => {
                    names.remove(&name);
                }
            }
        }
        for file in &mut state.files {
            let left = file.survive(dice);
            *file = Content { durable: left.clone(), cached: left, is_forgotten: false };
        }
        (state.refused_appends, state.refused_syncs, state.free) = (0, 0, None);
        state.names.clone_from(&names);
        state.durable_names = names;
    }
}

impl Content {
    /// What is there after the power came back: durable bytes, and of the others some pages, some zeros, some torn.
    fn survive(&self, dice: &mut Dice) -> Vec<u8> {
        if self.durable == self.cached {
            return self.durable.clone();
        }
        let shorter = self.durable.len().min(self.cached.len());
        let longer = self.durable.len().max(self.cached.len());
        let mut left = self.durable.clone();
        left.resize(shorter + dice.below(longer - shorter + 1), 0);
        for start in (0..left.len()).step_by(PAGE) {
            if self.is_forgotten || dice.one_in(2) {
                continue;
            }
            let mut end = left.len().min(start + PAGE).min(self.cached.len());
            if end > start && dice.one_in(3) {
                end = start + dice.below(end - start);
            }
            if end > start {
                left[start..end].copy_from_slice(&self.cached[start..end]);
            }
        }
        // Nothing durable is ever lost, wherever a page was torn.
        left[..shorter].copy_from_slice(&self.durable[..shorter]);
        left
    }
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Disk for PowerLossDisk {
    fn list(&self, prefix: &str) -> io::Result<Vec<(String, u64)>> {
        let state = lock(&self.0);
        let named = state.names.iter().filter(|(name, _)| name.starts_with(prefix));
        Ok(named.map(|(name, id)| (name.clone(), state.files[*id].cached.len() as u64)).collect())
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut state = lock(&self.0);
        let id = match state.names.get(name) {
            Some(id) => *id,
            None => {
                let id = state.files.len();
                state.files.push(Content::default());
                state.names.insert(name.to_owned(), id);
                state.changes.push(NameChange::Made(name.to_owned(), id));
                id
            }
        };
        if state.refused_appends > 0 {
            state.refused_appends -= 1;
            state.files[id].cached.extend_from_slice(&bytes[..bytes.len() / 2]);
            return Err(io::ErrorKind::StorageFull.into());
        }
        state.files[id].cached.extend_from_slice(bytes);
        Ok(())
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        let mut state = lock(&self.0);
        let id = *state.names.get(name).ok_or_else(missing)?;
        if state.refused_syncs > 0 {
            state.refused_syncs -= 1;
            state.files[id].is_forgotten = true;
            return Err(io::Error::other("the disk does not answer"));
        }
        let file = &mut state.files[id];
        if !file.is_forgotten {
            file.durable = file.cached.clone();
        }
        Ok(())
    }

    fn sync_names(&self, _name: &str) -> io::Result<()> {
        let mut state = lock(&self.0);
        state.durable_names = state.names.clone();
        state.changes.clear();
        Ok(())
    }

    fn read(&self, name: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let state = lock(&self.0);
        let bytes = &state.files[*state.names.get(name).ok_or_else(missing)?].cached;
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        Ok(bytes[from..from.saturating_add(length).min(bytes.len())].to_vec())
    }

    fn size(&self, name: &str) -> io::Result<Option<u64>> {
        let state = lock(&self.0);
        Ok(state.names.get(name).map(|id| state.files[*id].cached.len() as u64))
    }

    fn truncate(&self, name: &str, length: u64) -> io::Result<()> {
        let mut state = lock(&self.0);
        let id = *state.names.get(name).ok_or_else(missing)?;
        state.files[id].cached.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut state = lock(&self.0);
        let id = state.names.remove(from).ok_or_else(missing)?;
        state.names.insert(to.to_owned(), id);
        state.changes.push(NameChange::Renamed(from.to_owned(), to.to_owned(), id));
        Ok(())
    }

    fn unlink(&self, name: &str) -> io::Result<()> {
        let mut state = lock(&self.0);
        if state.names.remove(name).is_some() {
            state.changes.push(NameChange::Removed(name.to_owned()));
        }
        Ok(())
    }

    fn free_bytes(&self) -> io::Result<u64> {
        Ok(lock(&self.0).free.unwrap_or(u64::MAX))
    }
}
