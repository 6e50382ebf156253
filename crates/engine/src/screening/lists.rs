//! The lists by the beginnings of numbers and by areas: as many look-ups as a number has digits and an area has parts.

use std::collections::HashMap;

use domain::screening::{Covers, ListEntry, NumberList};
use domain::{ListEntryId, Utc};

/// Longest number looked up; E.164 has fifteen digits. Beyond: it is on no list.
const NUMBER_BYTES_MAX: usize = 64;

/// Longest path of an area looked up: its three names have no more than a hundred bytes each. Beyond: it is on no list.
const AREA_BYTES_MAX: usize = 400;

/// What stands between the parts of an area.
const AREA_SEPARATOR: char = '/';

/// An entry under one of its spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    id: ListEntryId,
    list: NumberList,
    covers: Covers,
    expires: Option<Utc>,
}

/// An entry that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub id: ListEntryId,
    /// It names an area.
    pub is_area: bool,
}

/// What the lists say of one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The closest entry of the allow list, unless a closer one blocks.
    pub allow: Option<Hit>,
    /// The closest entry of the block list, unless a closer one allows.
    pub block: Option<Hit>,
    /// The closest entry of the VIP list.
    pub vip: Option<ListEntryId>,
}

/// How closely an entry fits: areas come before digits, and more of either after less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    #[default]
    None,
    Area(usize),
    Digits(usize),
}

/// All lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    by_spelling: HashMap<String, Vec<Slot>>,
    by_area: HashMap<String, Vec<Slot>>,
}

impl Lists {
    pub(super) fn new(entries: &[ListEntry]) -> Lists {
        let mut lists = Lists::default();
        for ListEntry { id, list, covers, spellings, expires } in entries {
            let slot = Slot { id: *id, list: *list, covers: *covers, expires: *expires };
            let map = match covers {
                Covers::Number | Covers::Prefix => &mut lists.by_spelling,
                Covers::Area => &mut lists.by_area,
            };
            for spelling in spellings.iter().filter(|spelling| !spelling.is_empty()) {
                map.entry(spelling.clone()).or_default().push(slot);
            }
        }
        lists
    }

    /// What is said of a number at a moment. An allowing entry hides a block that is not closer, and the other way round; a hidden block is
    /// still told, so that letting in can be explained.
    pub(super) fn find(&self, number: &str, area: &str, now: Utc) -> Found {
        let (mut found, mut allowed, mut blocked) = (Found::default(), Closeness::None, Closeness::None);
        let fitting = self.of_area(area).chain(self.of_number(number));
        for (close, slot) in fitting.filter(|(_, slot)| slot.expires.is_none_or(|at| at > now)) {
            let hit = Some(Hit { id: slot.id, is_area: slot.covers == Covers::Area });
            match slot.list {
                NumberList::Allow => (found.allow, allowed) = (hit, close),
                NumberList::Block => (found.block, blocked) = (hit, close),
                NumberList::Vip => found.vip = Some(slot.id),
            }
        }
        if blocked > allowed {
            found.allow = None;
        }
        found
    }

    /// Entries that name an area or what it lies in, the widest first.
    fn of_area<'a>(&'a self, area: &'a str) -> impl Iterator<Item = (Closeness, &'a Slot)> {
        let area = if area.len() > AREA_BYTES_MAX { "" } else { area };
        let ends = area.match_indices(AREA_SEPARATOR).map(|(at, _)| at).chain([area.len()]);
        let at = |end: usize| self.by_area.get(&area[..end]).into_iter().flatten();
        ends.flat_map(move |end| at(end).map(move |slot| (Closeness::Area(end), slot)))
    }

    /// Entries that name a number or how it begins, the shortest first.
    fn of_number<'a>(&'a self, number: &'a str) -> impl Iterator<Item = (Closeness, &'a Slot)> {
        let number = if number.len() > NUMBER_BYTES_MAX { "" } else { number };
        let ends = number.char_indices().map(|(at, c)| at + c.len_utf8());
        let at = |end: usize| self.by_spelling.get(&number[..end]).into_iter().flatten();
        ends.flat_map(move |end| {
            let fits = move |slot: &&Slot| end == number.len() || slot.covers == Covers::Prefix;
            at(end).filter(fits).map(move |slot| (Closeness::Digits(end), slot))
        })
    }
}
