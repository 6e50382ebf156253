//! Tables: who is kept out, let in and first.

use std::time::Duration;

use domain::room::PortRole;
use domain::screening::{Covers, ListEntry, NumberList};
use domain::*;

use super::*;

const FLOW: FlowId = FlowId(600);
const GONE: FlowId = FlowId(699);
const NOW: Utc = Utc(1_000_000_000);

fn at(seconds: i64) -> Utc {
    Utc(NOW.0 + seconds * 1_000_000)
}

fn entry(id: i64, list: NumberList, covers: Covers, spelling: &str, expires: Option<Utc>) -> ListEntry {
    ListEntry { id: ListEntryId(id), list, covers, spellings: vec![spelling.to_owned()], expires }
}

/// `+number`, `prefix*`, `@area`, with the list before and `@seconds` behind: `block +8613* @60`.
fn entries(lines: &[&str]) -> Vec<ListEntry> {
    (1..)
        .zip(lines)
        .map(|(id, line)| {
            let mut words = line.split(' ');
            let list = NumberList::from_name(words.next().unwrap()).unwrap();
            let value = words.next().unwrap();
            let expires = words.next().map(|end| at(end.trim_start_matches('@').parse().unwrap()));
            match (value.strip_suffix('*'), value.strip_prefix('@')) {
                (Some(prefix), _) => entry(id, list, Covers::Prefix, prefix, expires),
                (None, Some(area)) => entry(id, list, Covers::Area, area, expires),
                (None, None) => entry(id, list, Covers::Number, value, expires),
            }
        })
        .collect()
}

fn screen(lines: &[&str], policy: ScreeningPolicy) -> Screen {
    let mut screen = Screen::default();
    screen.adopt(&ScreeningRules { entries: entries(lines), policy });
    screen
}

fn said(judged: Judgement) -> String {
    let vip = judged.vip.map_or(String::new(), |entry| format!(" vip {}", entry.0));
    let Some(Screening { reason, action }) = judged.screening else { return format!("in{vip}") };
    let reason = match reason {
        ScreenReason::BlockList(entry) => format!("block {}", entry.0),
        ScreenReason::AllowList(entry) => format!("allow {}", entry.0),
        ScreenReason::BlockArea(entry) => format!("block area {}", entry.0),
        ScreenReason::AllowArea(entry) => format!("allow area {}", entry.0),
        ScreenReason::Anonymous => "anonymous".to_owned(),
        ScreenReason::Nuisance => "nuisance".to_owned(),
    };
    let action = match action {
        ScreenAction::Refused => "refused".to_owned(),
        ScreenAction::LetIn => "in".to_owned(),
        ScreenAction::Diverted(flow) => format!("flow {}", flow.0),
    };
    format!("{reason} {action}{vip}")
}

fn judge(screen: &Screen, known: &str, is_withheld: bool, now: Utc) -> String {
    said(screen.judge(Caller { known, area: area_of(known), is_withheld }, now, |flow| flow == FLOW))
}

const LI: &str = "+8613800138000";
/// Of Shenzhen in Guangdong.
const SU: &str = "+8613510001234";

/// As if the data knew nobody else.
fn area_of(known: &str) -> &'static str {
    if known == SU { "CN/广东/深圳" } else { "" }
}

#[test]
fn an_area_is_further_than_any_digit_and_a_city_closer_than_its_province() {
    let rows: [(&[&str], &str, bool, &str); 20] = [
        (&["block @CN/广东/深圳"], SU, false, "block area 1 refused"),
        (&["block @CN/广东"], SU, false, "block area 1 refused"),
        (&["block @CN"], SU, false, "block area 1 refused"),
        // What merely begins alike is elsewhere, and so is what lies within.
        (&["block @CN/广"], SU, false, "in"),
        (&["block @CN/广东/"], SU, false, "in"),
        (&["block @CN/广东/深圳/南山"], SU, false, "in"),
        (&["block @CN/广西"], SU, false, "in"),
        // Of whom nothing is known is of no area.
        (&["block @CN/广东/深圳", "block @CN"], LI, false, "in"),
        (&["block @", "block @/"], LI, false, "in"),
        // The closer one decides.
        (&["block @CN/广东", "allow @CN/广东/深圳"], SU, false, "allow area 2 in"),
        (&["block @CN/广东/深圳", "allow @CN/广东"], SU, false, "block area 1 refused"),
        (&["block @CN/广东/深圳", "allow @CN/广东/深圳"], SU, false, "allow area 2 in"),
        (&["block @CN/广东/深圳", "allow +8613510001234"], SU, false, "allow 2 in"),
        (&["block @CN/广东/深圳", "allow +8613*"], SU, false, "allow 2 in"),
        (&["block +8613*", "allow @CN/广东/深圳"], SU, false, "block 1 refused"),
        (&["block @CN/广东/深圳", "block +8613510001234"], SU, false, "block 2 refused"),
        // An area is no beginning of a number, and no number an area.
        (&["block CN*", "block CN/广东/深圳"], SU, false, "in"),
        (&["vip @CN/广东", "block @CN/广东/深圳"], SU, false, "block area 2 refused vip 1"),
        (&["block @CN/广东/深圳 @60", "vip @CN @0"], SU, false, "block area 1 refused"),
        // Where a withheld number is from is told to nobody.
        (&["block @CN/广东/深圳"], SU, true, "block 1 refused"),
    ];
    for (lines, number, is_withheld, expected) in rows {
        let screen = screen(lines, ScreeningPolicy::default());
        assert_eq!(judge(&screen, number, is_withheld, NOW), expected, "{lines:?} {number}");
    }
    let lapsed = screen(&["block @CN/广东/深圳 @60"], ScreeningPolicy::default());
    assert_eq!(judge(&lapsed, SU, false, at(60)), "in");
    let anonymous = ScreeningPolicy { anonymous: Some(Diversion::Refuse), ..ScreeningPolicy::default() };
    let allowed = screen(&["allow @CN/广东"], anonymous);
    assert_eq!(judge(&allowed, SU, true, NOW), "allow 1 in", "the carrier tells where it is from, and nobody else");
}

#[test]
fn an_area_out_of_all_measure_is_no_area() {
    let long = format!("CN/{}", "广".repeat(200));
    let lists = Lists::new(&[entry(1, NumberList::Block, Covers::Area, "CN", None)]);
    assert_eq!(lists.find(LI, &long, NOW), lists::Found::default());
    assert!(lists.find(LI, "CN/广", NOW).block.is_some_and(|hit| hit.is_area));
    for broken in ["/", "//", "/CN", "CN//", "CN/\u{0}/", "\u{1F4DE}/CN", "广/"] {
        let found = lists.find("+86\u{1F4DE}", broken, NOW);
        assert_eq!(found.block.is_some(), broken.starts_with("CN/"), "{broken:?}");
    }
}

#[test]
fn lists_decide_by_the_longest_entry_and_allow_wins_between_equals() {
    let rows: [(&[&str], &str, &str); 26] = [
        (&[], LI, "in"),
        (&["block +8613800138000"], LI, "block 1 refused"),
        (&["block +8613800138000"], "+8613800138001", "in"),
        // A number is no beginning, and a beginning longer than the number is none of it.
        (&["block +861380013800"], LI, "in"),
        (&["block +86138001380001*"], LI, "in"),
        (&["block +86138*"], LI, "block 1 refused"),
        (&["block +86138*"], "+8613900139000", "in"),
        (&["block 138*"], LI, "in"),
        (&["block 95*"], "95588", "block 1 refused"),
        (&["block 95*"], "+8695112345678", "in"),
        (&["block +8613800138000*"], LI, "block 1 refused"),
        // The longest decides.
        (&["block +86138*", "allow +8613800138000"], LI, "allow 2 in"),
        (&["block +86138*", "allow +861380013*"], LI, "allow 2 in"),
        (&["block +861380013*", "allow +86138*"], LI, "block 1 refused"),
        (&["block +8613800138000", "allow +86138*"], LI, "block 1 refused"),
        (&["block +86*", "block +86138*"], LI, "block 2 refused"),
        (&["block +86138*", "block +86*"], LI, "block 1 refused"),
        // Between equals the block loses, whichever came first and whatever they cover.
        (&["block +8613800138000", "allow +8613800138000"], LI, "allow 2 in"),
        (&["allow +86138*", "block +86138*"], LI, "allow 1 in"),
        (&["block +8613800138000", "allow +8613800138000*"], LI, "allow 2 in"),
        // Nothing is said of whoever would have been let in anyway.
        (&["allow +8613800138000"], LI, "in"),
        (&["allow +8613800138000", "block +8621*"], LI, "in"),
        // First is no permission, and no prohibition.
        (&["vip +8613800138000"], LI, "in vip 1"),
        (&["vip +86138*"], LI, "in vip 1"),
        (&["vip +8613800138000", "block +86138*"], LI, "block 2 refused vip 1"),
        (&["vip +8613800138000", "vip +86138*"], LI, "in vip 1"),
    ];
    for (lines, number, expected) in rows {
        let screen = screen(lines, ScreeningPolicy::default());
        assert_eq!(judge(&screen, number, false, NOW), expected, "{lines:?} {number}");
    }
}

#[test]
fn entries_lapse_by_the_civil_clock_to_the_microsecond() {
    let rows: [(&[&str], i64, &str); 9] = [
        (&["block +86138* @60"], 0, "block 1 refused"),
        (&["block +86138* @60"], 59, "block 1 refused"),
        (&["block +86138* @60"], 60, "in"),
        (&["block +86138* @60"], -3_600, "block 1 refused"),
        (&["allow +8613800138000 @60", "block +86138*"], 59, "allow 1 in"),
        (&["allow +8613800138000 @60", "block +86138*"], 60, "block 2 refused"),
        // What has lapsed hides nothing that is shorter.
        (&["block +861380013* @60", "block +86138*"], 61, "block 2 refused"),
        (&["vip +8613800138000 @60"], 59, "in vip 1"),
        (&["vip +8613800138000 @60"], 61, "in"),
    ];
    for (lines, seconds, expected) in rows {
        let screen = screen(lines, ScreeningPolicy::default());
        assert_eq!(judge(&screen, LI, false, at(seconds)), expected, "{lines:?} at {seconds}");
    }
}

#[test]
fn whoever_withholds_the_number_meets_the_policy_unless_the_carrier_tells_who_it_is() {
    let refuse = Some(Diversion::Refuse);
    /// Policy of withheld numbers, lists, number, whether it is withheld, and what is said.
    type Row<'a> = (Option<Diversion>, &'a [&'a str], &'a str, bool, &'a str);
    let rows: [Row<'_>; 12] = [
        (None, &[], "", true, "in"),
        (refuse, &[], "", true, "anonymous refused"),
        (refuse, &[], LI, false, "in"),
        (refuse, &[], "", false, "in"),
        (Some(Diversion::Flow(FLOW)), &[], "", true, "anonymous flow 600"),
        // A flow that is gone keeps out.
        (Some(Diversion::Flow(GONE)), &[], "", true, "anonymous refused"),
        (refuse, &[], LI, true, "anonymous refused"),
        (refuse, &["allow +8613800138000"], LI, true, "allow 1 in"),
        (refuse, &["block +8613800138000"], LI, true, "block 1 refused"),
        (None, &["block +8613800138000"], LI, true, "block 1 refused"),
        (None, &["vip +8613800138000"], LI, true, "in vip 1"),
        (refuse, &["block +*"], "", true, "anonymous refused"),
    ];
    for (anonymous, lines, known, is_withheld, expected) in rows {
        let screen = screen(lines, ScreeningPolicy { anonymous, ..ScreeningPolicy::default() });
        assert_eq!(
            judge(&screen, known, is_withheld, NOW),
            expected,
            "{anonymous:?} {lines:?} {known:?} {is_withheld}"
        );
    }
}

#[test]
fn whoever_helps_is_never_kept_out_and_nonsense_does_no_harm() {
    let lists = ["block 1*", "block 110", "block +86*"];
    let screen = screen(&lists, ScreeningPolicy { anonymous: Some(Diversion::Refuse), ..ScreeningPolicy::default() });
    for helper in ["110", "119", "120", "122"] {
        assert_eq!(judge(&screen, helper, false, NOW), "in", "{helper}");
    }
    assert_eq!(judge(&screen, "12345", false, NOW), "block 1 refused");
    for nonsense in ["号码", "\u{0}", &"9".repeat(100_000)] {
        assert_eq!(judge(&screen, nonsense, false, NOW), "in");
    }
}

#[test]
fn ten_thousand_entries_cost_the_digits_of_one_number() {
    let lines: Vec<String> = (0..10_000).map(|n| format!("block +86139{n:08}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let screen = screen(&lines, ScreeningPolicy::default());
    // As many look-ups as digits: a walk over the entries would take minutes here.
    for n in 0..200_000 {
        assert_eq!(judge(&screen, &format!("+86138{n:08}"), false, NOW), "in");
    }
    assert_eq!(judge(&screen, "+8613900009999", false, NOW), "block 10000 refused");
}

/// A fold of calls: each begins, is joined, and ends by its caller after so many seconds.
struct Calls {
    screen: Screen,
    next: i64,
}

impl Calls {
    fn new() -> Calls {
        let nuisance = NuisanceRule { on: true, ..NuisanceRule::default() };
        Calls { screen: screen(&[], ScreeningPolicy { nuisance, ..ScreeningPolicy::default() }), next: 0 }
    }

    fn started(&mut self, seconds: i64) -> (ConversationId, PartyId) {
        self.next += 1;
        let (conversation, from) = (ConversationId(self.next), PartyId(50_000 + self.next));
        let started = Event::ConversationStarted {
            conversation,
            channel: Channel::Voice,
            direction: Direction::Inbound,
            number: None,
            from,
            to: PartyId(1),
            language: Language::Zh,
            site: None,
            parent: None,
        };
        self.screen.apply(&started, at(seconds));
        (conversation, from)
    }

    fn goes(&mut self, conversation: ConversationId, trunk: Option<TrunkId>, by: EndedBy, seconds: i64) {
        let (leg, role) = (LegId(conversation.0), PortRole::Customer);
        self.screen.apply(&Event::LegJoined { conversation, leg, role, agent: None, trunk }, at(seconds));
        let reason = EndReason::HungUp;
        self.screen.apply(&Event::LegLeft { conversation, leg, by, reason, quality: None }, at(seconds));
        self.screen.apply(&Event::ConversationEnded { conversation, by, reason }, at(seconds));
    }

    fn call(&mut self, number: &str, seconds: i64, lasts: i64) {
        let (conversation, _) = self.started(seconds);
        self.screen.note(conversation, number);
        self.goes(conversation, Some(TrunkId(1)), EndedBy::Customer, seconds + lasts);
    }

    fn says(&self, number: &str, seconds: i64) -> String {
        judge(&self.screen, number, false, at(seconds))
    }
}

#[test]
fn five_short_calls_in_ten_minutes_keep_a_number_out_for_an_hour() {
    let mut calls = Calls::new();
    for n in 0..4 {
        calls.call(LI, n * 60, 5);
    }
    assert_eq!(calls.says(LI, 250), "in");
    calls.call(LI, 300, 5);
    assert_eq!(calls.says(LI, 306), "nuisance refused");
    assert_eq!(calls.says("+8613900139000", 306), "in");
    assert_eq!(calls.says(LI, 305 + 3_599), "nuisance refused");
    assert_eq!(calls.says(LI, 305 + 3_600), "in");
    // One call more does not do, after the time has passed.
    calls.call(LI, 4_000, 5);
    assert_eq!(calls.says(LI, 4_010), "in");
}

#[test]
fn calls_that_are_long_or_apart_or_ended_by_others_are_no_nuisance() {
    let mut long = Calls::new();
    let mut apart = Calls::new();
    let mut torn = Calls::new();
    let mut browsers = Calls::new();
    let mut kept_out = Calls::new();
    for n in 0..20 {
        long.call(LI, n * 30, 10);
        apart.call(LI, n * 200, 1);
        for (calls, trunk, by) in
            [(&mut torn, Some(TrunkId(1)), EndedBy::Network), (&mut browsers, None, EndedBy::Customer)]
        {
            let (conversation, _) = calls.started(n * 10);
            calls.screen.note(conversation, LI);
            calls.goes(conversation, trunk, by, n * 10 + 1);
        }
        let (conversation, _) = kept_out.started(n * 10);
        kept_out.screen.note(conversation, LI);
        let screening = Screening { reason: ScreenReason::Nuisance, action: ScreenAction::Diverted(FLOW) };
        kept_out.screen.apply(&Event::Screened { conversation, screening }, at(n * 10));
        kept_out.goes(conversation, Some(TrunkId(1)), EndedBy::Customer, n * 10 + 1);
    }
    for (calls, seconds) in [(long, 620), (apart, 3_802), (torn, 210), (browsers, 210), (kept_out, 210)] {
        assert_eq!(calls.says(LI, seconds), "in");
        assert_eq!(calls.screen.nuisances.remembered().0, 0, "nothing stays open");
    }
}

#[test]
fn a_restart_finds_the_callers_again_by_their_sealed_numbers() {
    let mut calls = Calls::new();
    let mut parties = Vec::new();
    for n in 0..5 {
        let (conversation, party) = calls.started(n * 10);
        parties.push(party);
        calls.goes(conversation, Some(TrunkId(1)), EndedBy::Customer, n * 10 + 2);
    }
    assert_eq!(calls.says(LI, 50), "in", "nobody knows the number yet");
    assert_eq!(calls.screen.nameless(), parties);
    // One cannot be opened any more; four and one after the start are five.
    let found = parties[1..].iter().map(|party| (*party, LI.to_owned())).collect();
    calls.screen.recalled(found);
    assert!(calls.screen.nameless().is_empty());
    assert_eq!(calls.says(LI, 50), "in");
    calls.call(LI, 60, 2);
    assert_eq!(calls.says(LI, 63), "nuisance refused");
}

#[test]
fn the_memory_of_short_calls_is_bounded_and_the_oldest_leaves() {
    let mut calls = Calls::new();
    for n in 0..5 {
        calls.call(LI, n, 1);
    }
    assert_eq!(calls.says(LI, 10), "nuisance refused");
    for n in 0..SHORT_CALLS_MAX as i64 {
        calls.call(&format!("+86139{n:08}"), 10, 1);
    }
    let (open, short, order) = calls.screen.nuisances.remembered();
    assert_eq!((open, short, order), (0, SHORT_CALLS_MAX, SHORT_CALLS_MAX));
    assert_eq!(calls.says(LI, 12), "in", "forgotten with the oldest");
    // A day later a single call is all there is.
    calls.call(LI, 24 * 3_600, 1);
    assert_eq!(calls.screen.nuisances.remembered(), (0, 1, 1));
    for n in 0..1_000 {
        calls.call(LI, 24 * 3_600 + n, 1);
    }
    assert_eq!(calls.screen.nuisances.remembered().1, 100, "of one caller only as many as can be asked for");
}

#[test]
fn what_is_off_remembers_nothing_and_judges_nobody() {
    let mut calls = Calls::new();
    for n in 0..5 {
        calls.call(LI, n, 1);
    }
    calls.screen.adopt(&ScreeningRules::default());
    assert_eq!(calls.says(LI, 10), "in");
    assert_eq!(calls.screen.nuisances.remembered(), (0, 0, 0));
    calls.call(LI, 11, 1);
    assert_eq!(calls.screen.nuisances.remembered(), (0, 0, 0));
    assert_eq!(NuisanceRule::default().within, Duration::from_secs(600));
}
