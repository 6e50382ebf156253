//! Numbers of a carrier's calls put right on the way in.

use domain::outbound::Rewrite;

/// Digits of a number that is rewritten; E.164 has fifteen, with what a gateway puts before them no more than this. Beyond: it stays.
const DIGITS_MAX: usize = 32;

/// One rule: as on the way out, and for numbers of one length if wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboundRewrite {
    /// The beginning, and what stands there instead.
    pub rewrite: Rewrite,
    /// How many digits the number must have; `None` is any number of them.
    pub digits: Option<usize>,
}

/// What a trunk does to the numbers of calls that come through it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboundRewrites {
    /// To the number that was dialled.
    pub called: Vec<InboundRewrite>,
    /// To the number of who calls.
    pub caller: Vec<InboundRewrite>,
}

/// A number by these rules. A rule whose beginning has no `+` is for numbers without one. The longest beginning that fits decides; of two as long, the one that asks for a length. A number that none
/// fits, of which nothing would be left, or that is no number (digits, and a `+` before them) stays as it is.
pub(crate) fn rewritten(rules: &[InboundRewrite], number: &str) -> String {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let is_number = (1..=DIGITS_MAX).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return number.to_owned();
    }
    let of_length = |rule: &&InboundRewrite| rule.digits.is_none_or(|wanted| wanted == digits.len());
    // What is put before a number would come to stand before its `+`.
    let of_spelling = |rule: &&InboundRewrite| rule.rewrite.begins.starts_with('+') || !number.starts_with('+');
    let fitting = rules.iter().filter(of_length).filter(of_spelling).filter_map(|rule| {
        let closeness = (rule.rewrite.begins.len(), rule.digits.is_some());
        Some((closeness, rule.rewrite.apply(number)?))
    });
    fitting.max_by_key(|(closeness, _)| *closeness).map_or_else(|| number.to_owned(), |(_, rewritten)| rewritten)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `begins>becomes`, with `=digits` behind.
    fn rules(lines: &[&str]) -> Vec<InboundRewrite> {
        let rule = |line: &&str| {
            let (line, digits) = line.split_once('=').map_or((*line, None), |(rule, n)| (rule, n.parse().ok()));
            let (begins, becomes) = line.split_once('>').unwrap();
            InboundRewrite { rewrite: Rewrite { begins: begins.to_owned(), becomes: becomes.to_owned() }, digits }
        };
        lines.iter().map(rule).collect()
    }

    #[test]
    fn the_longest_beginning_decides_and_what_is_no_number_stays() {
        let long = "1".repeat(33);
        let rows: [(&[&str], &str, &str); 27] = [
            (&[], "075588886666", "075588886666"),
            // Taken away, put before, put in place.
            (&["9>"], "913800138000", "13800138000"),
            (&[">0755"], "88886666", "075588886666"),
            (&["0755>+86755"], "075588886666", "+8675588886666"),
            (&["+86>"], "+8613800138000", "13800138000"),
            (&["0755>"], "02088886666", "02088886666"),
            // A gateway that puts a zero before every number: mobiles lose it, towns keep it.
            (&["01>1=12", "010>010"], "013800138000", "13800138000"),
            (&["01>1=12", "010>010"], "01062345678", "01062345678"),
            (&["01>1=12", "010>010"], "010623456789", "010623456789"),
            // The town, where the company leaves it out.
            (&[">0755=8"], "88886666", "075588886666"),
            (&[">0755=8"], "13800138000", "13800138000"),
            (&[">0755=8", ">0=11"], "13800138000", "013800138000"),
            (&["8>x", "8>y=8"], "88886666", "y8886666"),
            (&["8>x=8", "8>y"], "88886666", "x8886666"),
            (&["+>00"], "+1", "001"),
            // What has a `+` is whole.
            (&[">+86=11"], "13800138000", "+8613800138000"),
            (&[">+86=11"], "+12125551234", "+12125551234"),
            (&[">+86=11", "+1>001"], "+12125551234", "0012125551234"),
            // Nothing would be left.
            (&["9>"], "9", "9"),
            // Once, and not again.
            (&["9>99"], "91", "991"),
            (&[">0755"], "", ""),
            (&[">0755"], "+", "+"),
            (&[">0755"], "alice", "alice"),
            (&[">0755"], "8888-6666", "8888-6666"),
            (&["8>"], "8;phone-context=evil", "8;phone-context=evil"),
            (&[">0755"], "８８８８６６６６", "８８８８６６６６"),
            (&[">0755"], &long, &long),
        ];
        for (lines, number, expected) in rows {
            assert_eq!(rewritten(&rules(lines), number), expected, "{lines:?} {number}");
        }
    }

    #[test]
    fn fuzz_whatever_is_written_is_put_right_or_stays() {
        let rules = rules(&["0>", "+8>00", ">0755=8", "9>99"]);
        let corpus = ["+8613800138000", "013800138000", "88886666", "9", ""].map(|number| number.as_bytes().to_vec());
        let mut dice = fuzzing::Dice::new(130);
        for _ in 0..2_000 {
            let bytes = fuzzing::mutated(&corpus, &mut dice);
            let number = String::from_utf8_lossy(&bytes);
            let put = rewritten(&rules, &number);
            assert!(!put.is_empty() || number.is_empty(), "{number}");
            assert!(put.len() <= number.len() + 4, "{number} {put}");
        }
    }
}
