//! What is recorded: by queue, before a queue, and of calls agents dial; consent, and how long a pause may last.

use std::time::Duration;

/// What is kept of a stretch of a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RecordingMode {
    /// Everything.
    #[default]
    All,
    /// Nothing.
    None,
    /// Of a share of the conversations everything, of the others nothing.
    Share(SharePercent),
    /// Nothing until the agent starts it, and nothing after the agent stops it.
    OnDemand,
}

/// How many of a hundred conversations, 1 to 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SharePercent(u8);

impl SharePercent {
    /// The least and the most.
    pub const RANGE: (u8, u8) = (1, 99);

    /// `None` outside 1 to 99: the rest are modes of their own.
    pub const fn new(percent: u8) -> Option<SharePercent> {
        if percent >= SharePercent::RANGE.0 && percent <= SharePercent::RANGE.1 {
            Some(SharePercent(percent))
        } else {
            None
        }
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Whether a conversation with this lot is among the share.
    pub const fn takes(self, lot: Lot) -> bool {
        lot.0 < self.0
    }
}

/// The lot a conversation drew, 0 to 99. It is drawn once and held against every share the conversation meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lot(u8);

impl Lot {
    /// A lot out of randomness; every one of the hundred is as likely as the others, but for one part in 10^17.
    pub const fn draw(random: u64) -> Lot {
        Lot((random % 100) as u8)
    }
}

/// The rule of a stretch, as it was when the customer came to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RecordingRule {
    /// What is kept.
    pub mode: RecordingMode,
    /// Whether the conversation is among the share; `true` for every other mode.
    pub drawn: bool,
    /// Nothing is kept before the customer has agreed.
    pub consent_required: bool,
}

impl RecordingRule {
    /// Everything is kept without a question.
    pub const ORDINARY: RecordingRule =
        RecordingRule { mode: RecordingMode::All, drawn: true, consent_required: false };

    /// Whether something could be kept, consent given and the agent willing.
    pub const fn may_keep(self) -> bool {
        match self.mode {
            RecordingMode::All | RecordingMode::OnDemand => true,
            RecordingMode::Share(_) => self.drawn,
            RecordingMode::None => false,
        }
    }
}

/// How a customer said whether they agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConsentHow {
    /// By a key, asked by a flow.
    Key,
    /// In words, noted by an agent.
    Spoken,
}

/// What ended a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PauseEnd {
    /// Somebody asked for it.
    Asked,
    /// The talk that was paused is over.
    TalkOver,
    /// The pause was as long as one may be.
    Time,
}

/// What holds for a whole tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordingPolicy {
    /// Whether flows, and whatever else is before a queue, are kept.
    pub before_queue: bool,
    /// What is kept of calls dialled by agents.
    pub outbound: RecordingMode,
    /// After how long a pause ends by itself.
    pub pause_max: Duration,
    /// Nothing is kept before the customer has agreed.
    pub consent_required: bool,
}

/// Seconds a pause may be allowed to last.
pub const PAUSE_MAX_S: (u32, u32) = (30, 3_600);

impl Default for RecordingPolicy {
    /// Everything is kept, and a pause nobody ends lasts ten minutes: longer than anybody reads out a card.
    fn default() -> Self {
        RecordingPolicy {
            before_queue: true,
            outbound: RecordingMode::All,
            pause_max: Duration::from_secs(600),
            consent_required: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_takes_as_many_of_a_hundred_lots_as_it_says() {
        assert_eq!((SharePercent::new(0), SharePercent::new(100)), (None, None));
        for percent in 1..=99 {
            let share = SharePercent::new(percent).unwrap();
            let taken = (0..100).filter(|lot| share.takes(Lot::draw(*lot))).count();
            assert_eq!(taken, usize::from(percent));
        }
    }

    /// Whoever is among the smaller share is among the greater one: a transfer between two queues tears nothing apart needlessly.
    #[test]
    fn the_smaller_share_lies_within_the_greater() {
        let (few, many) = (SharePercent::new(20).unwrap(), SharePercent::new(60).unwrap());
        assert!((0..1_000).map(Lot::draw).all(|lot| !few.takes(lot) || many.takes(lot)));
    }

    #[test]
    fn a_rule_that_may_keep_nothing_needs_no_consent() {
        let rule = |mode, drawn| RecordingRule { mode, drawn, consent_required: true };
        let share = RecordingMode::Share(SharePercent::new(50).unwrap());
        let kept = [rule(RecordingMode::All, true), rule(RecordingMode::OnDemand, true), rule(share, true)];
        assert!(kept.into_iter().all(RecordingRule::may_keep));
        assert!(!rule(RecordingMode::None, true).may_keep() && !rule(share, false).may_keep());
    }
}
