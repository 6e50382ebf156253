//! What holds for every spelling, and for the single rule of the settings.

use domain::outbound::{Caps, OutboundPlan, ShownNumber};
use domain::settings::dialled;
use domain::{NumberId, TrunkId};

use super::bench::{Bench, allow, plan};
use crate::outbound::{Denial, Misspelt, Verdict};

/// Numbers of every kind, each with its verdict in another row of the table.
const NUMBERS: [&str; 14] = [
    "02161234567",
    "13800138000",
    "95588",
    "110",
    "10086",
    "+442079460000",
    "+447700900000",
    "0019005550100",
    "+870773123456",
    "+4930123456",
    "016899168",
    "*72021",
    "00044207946",
    "+8600442079460000",
];

/// A small generator of our own, so that a failure comes again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn spell(&mut self, number: &str) -> String {
        let mut spelled = String::new();
        for c in number.chars() {
            for _ in 0..self.roll(3) {
                spelled.push([' ', '-', '(', ')', '.', '/', '\u{a0}'][self.roll(7)]);
            }
            spelled.push(c);
        }
        spelled
    }
}

#[test]
fn no_spelling_between_the_digits_changes_a_verdict() {
    let mut dice = Dice(1);
    let mut bench = Bench::new(plan());
    for number in NUMBERS {
        for name in ["ann", "bob", "sue", "max"] {
            let plain = bench.verdict(name, number, None);
            for _ in 0..100 {
                let spelled = dice.spell(number);
                assert_eq!(dialled(&spelled).as_deref(), Some(number));
                assert_eq!(bench.verdict(name, &spelled, None), plain, "{name} {spelled:?}");
            }
        }
    }
}

#[test]
fn no_code_before_a_number_changes_a_verdict() {
    let mut bench = Bench::new(plan());
    let same: [(&str, [&str; 6]); 3] = [
        ("+442079460000", ["0044", "900 44", "17951 0044", "9 17909 0044", "+44", "0 0 4 4"]),
        ("+447700900000", ["0044", "900 44", "17951 0044", "9 17909 0044", "+44", "0 0 4 4"]),
        ("+862161234567", ["021", "+86 0 21", "0086 21", "0086 021", "9 021", "17901 0 21"]),
    ];
    for (number, spellings) in same {
        for name in ["ann", "bob", "sue"] {
            let plain = bench.verdict(name, number, None);
            for begins in spellings {
                let rest = number.strip_prefix("+44").unwrap_or_else(|| &number["+8621".len()..]);
                assert_eq!(bench.verdict(name, &format!("{begins} {rest}"), None), plain, "{name} {begins} {rest}");
            }
        }
    }
}

#[test]
fn a_single_rule_is_a_plan_with_one_rule() {
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let prefixes = words(&["021", "+86 138", "0044", "95"]);
    let plan = OutboundPlan::with_one_rule(prefixes, TrunkId(1), Some(NumberId(502)));
    let cases = [
        ("02161234567", true),
        ("021", true),
        ("+8613800138000", true),
        ("00442079460000", true),
        ("95588", true),
        ("13900139000", false),
        ("0101234567", false),
        ("0033140123456", false),
        ("61234567", false),
    ];
    let mut bench = Bench::new(plan);
    for (number, may) in cases {
        match bench.verdict("ann", number, None) {
            Verdict::Allowed(passage) => {
                assert!(may, "{number}");
                assert_eq!(passage.sent, number, "a single rule rewrites nothing");
                assert_eq!((passage.trunk, passage.shown), (TrunkId(1), Some(NumberId(502))));
            }
            Verdict::Denied { why, .. } => {
                assert!(!may, "{number}: {why:?}");
                assert_eq!(why, Denial::NoRule);
            }
        }
    }
    let mut bench = Bench::new(OutboundPlan::default());
    assert_eq!(bench.verdict("ann", "02161234567", None), denied(Denial::NoRule));
    assert_eq!(bench.verdict("ann", "110", None), denied(Denial::NoTrunk));
}

#[test]
fn a_nine_in_a_single_rule_is_a_nine_and_its_trunk_has_no_cap() {
    for begins in ["9", "90", "900"] {
        let plan = OutboundPlan::with_one_rule(vec![begins.to_owned()], TrunkId(1), None);
        assert_eq!(plan.trunks[0].caps, Caps::default());
        let mut bench = Bench::new(plan);
        assert!(matches!(bench.verdict("ann", "9001234", None), Verdict::Allowed(_)), "{begins}");
        assert_eq!(bench.verdict("ann", "02161234567", None), denied(Denial::NoRule), "{begins}");
        assert_eq!(bench.verdict("ann", "00442079460000", None), denied(Denial::NoRule), "{begins}");
        let too_long = denied(Denial::Misspelt(Misspelt::TooLong));
        assert_eq!(bench.verdict("ann", "900442079460000", None), too_long, "{begins}");
    }
}

#[test]
fn the_beginning_of_a_town_does_not_open_the_world() {
    let mut bench = Bench::new(OutboundPlan::with_one_rule(vec!["0".to_owned()], TrunkId(1), None));
    assert!(matches!(bench.verdict("ann", "02161234567", None), Verdict::Allowed(_)));
    assert_eq!(bench.verdict("ann", "00442079460000", None), denied(Denial::NoRule));
}

#[test]
fn a_beginning_that_cannot_be_read_opens_nothing_and_denies_everything() {
    let mut bench = Bench::new(OutboundPlan {
        rules: vec![allow("home", &["", "abc", "*"], &["A"], ShownNumber::Usual)],
        ..plan()
    });
    assert_eq!(bench.verdict("ann", "02161234567", None), denied(Denial::NoRule));
    let rules = vec![super::bench::deny("premium", &["abc"])];
    let mut bench = Bench::new(OutboundPlan { rules, ..plan() });
    assert!(matches!(bench.verdict("ann", "95588", None), Verdict::Denied { why: Denial::DeniedByRule(_), .. }));
}

fn denied(why: Denial) -> Verdict {
    Verdict::Denied { why, passed: Vec::new() }
}
