//! The lists by the beginnings of numbers: as many look-ups as a number has digits.

use std::collections::HashMap;

use domain::screening::{Covers, ListEntry, NumberList};
use domain::{ListEntryId, Utc};

/// Longest number looked up; E.164 has fifteen digits. Beyond: it is on no list.
const NUMBER_BYTES_MAX: usize = 64;

/// An entry under one of its spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    id: ListEntryId,
    list: NumberList,
    covers: Covers,
    expires: Option<Utc>,
}

/// What the lists say of one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The longest entry of the allow list, unless a longer one blocks.
    pub allow: Option<ListEntryId>,
    /// The longest entry of the block list, unless a longer one allows.
    pub block: Option<ListEntryId>,
    /// The longest entry of the VIP list.
    pub vip: Option<ListEntryId>,
}

/// All lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    by_spelling: HashMap<String, Vec<Slot>>,
}

impl Lists {
    pub(super) fn new(entries: &[ListEntry]) -> Lists {
        let mut by_spelling: HashMap<String, Vec<Slot>> = HashMap::new();
        for ListEntry { id, list, covers, spellings, expires } in entries {
            let slot = Slot { id: *id, list: *list, covers: *covers, expires: *expires };
            for spelling in spellings.iter().filter(|spelling| !spelling.is_empty()) {
                by_spelling.entry(spelling.clone()).or_default().push(slot);
            }
        }
        Lists { by_spelling }
    }

    /// What is said of a number at a moment. An allowing entry hides a block that is not longer, and the other way round; a hidden block is
    /// still told, so that letting in can be explained.
    pub(super) fn find(&self, number: &str, now: Utc) -> Found {
        let (mut found, mut allowed, mut blocked) = (Found::default(), 0, 0);
        if number.len() > NUMBER_BYTES_MAX {
            return found;
        }
        let ends = number.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends {
            let is_whole = end == number.len();
            for slot in self.by_spelling.get(&number[..end]).into_iter().flatten() {
                let fits = is_whole || slot.covers == Covers::Prefix;
                if !fits || slot.expires.is_some_and(|at| at <= now) {
                    continue;
                }
                match slot.list {
                    NumberList::Allow => (found.allow, allowed) = (Some(slot.id), end),
                    NumberList::Block => (found.block, blocked) = (Some(slot.id), end),
                    NumberList::Vip => found.vip = Some(slot.id),
                }
            }
        }
        if blocked > allowed {
            found.allow = None;
        }
        found
    }
}
