//! `inbound_called` and `inbound_caller` of a trunk: numbers put right on the way in.

use domain::outbound::Rewrite;
use schemars::JsonSchema;
use serde::Deserialize;

/// Rules of one trunk and one kind; as many as on the way out.
const RULES_MAX: usize = 50;
/// Characters of a beginning, and of what stands there instead; as on the way out.
const CHARS_MAX: usize = 20;
/// Digits a number can be asked to have.
const DIGITS: std::ops::RangeInclusive<u32> = 1..=32;

/// The beginning of a number becomes another one. Of the rules that fit, the one with the longest beginning is done; of two as long, the one with `digits`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InboundRule {
    /// How the number begins as the trunk writes it: digits, with a `+` before them if it writes one. Empty fits every number.
    pub begins: String,
    /// What stands there instead; empty takes the beginning away.
    pub becomes: String,
    /// How many digits the number must have, 1–32; any number of them if not given.
    pub digits: Option<u32>,
}

impl InboundRule {
    /// For signalling.
    pub fn rewrite(&self) -> sip::InboundRewrite {
        let rewrite = Rewrite { begins: self.begins.clone(), becomes: self.becomes.clone() };
        sip::InboundRewrite { rewrite, digits: self.digits.map(|digits| digits as usize) }
    }

    pub(super) fn faults(rules: &[InboundRule], trunk: &str, field: &str, faults: &mut Vec<String>) {
        let mut fault = |text: String| faults.push(format!("trunk {trunk:?}: {text}"));
        if rules.len() > RULES_MAX {
            fault(format!("{field} has {} rules, at most {RULES_MAX} are kept", rules.len()));
        }
        let is_part = |text: &str| {
            text.len() <= CHARS_MAX && text.strip_prefix('+').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit())
        };
        for (at, rule) in rules.iter().enumerate() {
            for (name, text) in [("begins", &rule.begins), ("becomes", &rule.becomes)] {
                if !is_part(text) {
                    fault(format!(
                        "{name} of {field} is {text:?}; up to {CHARS_MAX} digits may stand there, a + before them"
                    ));
                }
            }
            if let Some(digits) = rule.digits.filter(|digits| !DIGITS.contains(digits)) {
                let (fewest, most) = DIGITS.into_inner();
                fault(format!("digits of {field} is {digits}; it must be {fewest} to {most}"));
            }
            let is_same = |other: &InboundRule| other.begins == rule.begins && other.digits == rule.digits;
            if rules[..at].iter().any(is_same) {
                fault(format!("two rules of {field} begin with {:?}; only one of them could be done", rule.begins));
            }
        }
    }
}
