//! How legs sounded, in numbers people know.

use std::collections::HashMap;

use domain::room::PortRole;
use domain::sound::{Course, Sample};
use domain::{Event, LedgerEntry, LegId};
use reporting::{HandlingState, LiveFloor};

use crate::directory::Names;
use crate::json::Named;
use crate::json::codes::LegRole;
use crate::json::quality::{AgentQuality, LegQuality, QualitySample};

/// What the legs of a conversation are, as far as its entries tell.
#[derive(Debug, Default)]
pub struct LegsTold {
    known: HashMap<LegId, (LegRole, Option<Named>)>,
    /// Those that have not left.
    pub here: Vec<LegId>,
}

impl LegsTold {
    /// Reads entries that somebody may see.
    #[allow(clippy::wildcard_enum_match_arm, reason = "two events make legs come and go")]
    pub fn read(entries: &[LedgerEntry], names: &Names) -> LegsTold {
        let mut told = LegsTold::default();
        for entry in entries {
            match &entry.event {
                Event::LegJoined { leg, role, agent, .. } => {
                    told.known.insert(*leg, ((*role).into(), agent.map(|id| names.agent(id))));
                    told.here.push(*leg);
                }
                Event::LegLeft { leg, .. } => told.here.retain(|here| here != leg),
                _ => {}
            }
        }
        told
    }

    /// A course; `None` for a leg that the entries do not tell of.
    pub fn show(&self, course: &Course, live: bool) -> Option<LegQuality> {
        let (role, agent) = self.known.get(&course.leg)?.clone();
        let interval_us = i64::try_from(course.interval.as_micros()).unwrap_or(i64::MAX);
        let at = |n: usize| {
            let after = i64::try_from(n).unwrap_or(i64::MAX).saturating_mul(interval_us);
            course.began.0.saturating_add(after)
        };
        Some(LegQuality {
            leg_id: course.leg.to_string(),
            role,
            agent,
            from_us: course.began.0,
            interval_s: course.interval.as_secs(),
            samples: course.samples.iter().enumerate().map(|(n, one)| sample(at(n), one)).collect(),
            mean: course.mean_hundredths.map(score),
            worst: course.least_hundredths.map(score),
            live,
        })
    }
}

/// How the talks of a floor sound, by the scores of legs.
pub fn floor(live: &LiveFloor, scores: &HashMap<LegId, u16>) -> Vec<AgentQuality> {
    let talks = live.handlings.values().filter(|part| match part.state {
        HandlingState::Talking | HandlingState::Held => true,
        HandlingState::WrapUp | HandlingState::Closed => false,
    });
    let rated = talks.filter_map(|talk| {
        let legs = &live.conversations.get(&talk.conversation)?.legs;
        let rated = || legs.iter().filter_map(move |(id, leg)| Some((leg, score(*scores.get(id)?))));
        let agent_mos = rated().find(|(leg, _)| leg.agent == Some(talk.agent)).map(|(_, mos)| mos);
        let customer_mos = rated().find(|(leg, _)| leg.role == PortRole::Customer).map(|(_, mos)| mos);
        (agent_mos.is_some() || customer_mos.is_some()).then(|| AgentQuality {
            agent_id: talk.agent.to_string(),
            conversation_id: talk.conversation.to_string(),
            agent_mos,
            customer_mos,
        })
    });
    rated.collect()
}

/// An opinion score out of hundredths.
pub fn score(hundredths: u16) -> f64 {
    f64::from(hundredths) / 100.0
}

fn sample(at_us: i64, sample: &Sample) -> QualitySample {
    let part = |lost: u32, of: u32| (of > 0).then(|| ten_thousandths(f64::from(lost) / f64::from(of)));
    let ms = |us: u32| f64::from(us / 100) / 10.0;
    QualitySample {
        at_us,
        mos: sample.mos_hundredths.map(score),
        loss_in: part(sample.lost, sample.expected),
        loss_out: part(sample.peer_lost, sample.peer_expected),
        jitter_ms: (sample.expected > 0).then(|| ms(sample.jitter_us)),
        jitter_out_ms: (sample.peer_expected > 0).then(|| ms(sample.peer_jitter_us)),
        round_trip_ms: sample.round_trip_us.map(ms),
    }
}

/// Enough digits for a packet in ten thousand, and none that say nothing.
fn ten_thousandths(part: f64) -> f64 {
    (part * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_told_is_absent_and_not_zero() {
        let silent = sample(7, &Sample::default());
        assert_eq!((silent.at_us, silent.mos, silent.loss_in, silent.loss_out), (7, None, None, None));
        assert_eq!((silent.jitter_ms, silent.round_trip_ms), (None, None));
        let bad = Sample { expected: 500, lost: 25, jitter_us: 3_456, mos_hundredths: Some(287), ..Sample::default() };
        let bad = sample(8, &bad);
        assert_eq!((bad.mos, bad.loss_in, bad.jitter_ms, bad.loss_out), (Some(2.87), Some(0.05), Some(3.4), None));
    }
}
