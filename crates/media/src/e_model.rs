//! What talk over a leg sounds like to people, from what the network does to it: the E-model for planning (ITU-T G.107), with everything
//! that is not known of a device at its default.
//!
//! It gives the conversational figure, MOS-CQ: delay counts, not only what is heard. The codec's part is after ITU-T G.113 Appendix I.
//! Only narrowband speech can be rated: wideband codecs need the scale of G.107.1, which begins at 129.

use std::time::Duration;

/// The rating without loss and delay: Ro − Is − Id of G.107 with the default values of its table 2.
pub const RATING_MAX: f64 = 93.2;
/// Ro, the ratio of signal to noise, with the defaults; the same number is Roe, of which talker echo is reckoned.
const SIGNAL_TO_NOISE: f64 = 94.77;
/// TELR, how much weaker a talker's echo is than the voice, in decibels.
const TALKER_ECHO_LOSS_DB: f64 = 65.0;
/// WEPL, the loss around the four-wire loop, in decibels.
const ECHO_PATH_LOSS_DB: f64 = 110.0;
/// One-way delay up to which nobody notices it when there is no echo, in milliseconds (mT).
const DELAY_UNNOTICED_MS: f64 = 100.0;
/// What loss can take from the rating when the codec takes nothing.
const LOSS_IMPAIRMENT_MAX: f64 = 95.0;

/// How a codec sounds and how well it bears loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coding {
    /// Equipment impairment factor Ie: what coding takes without loss.
    pub impairment: f64,
    /// Packet-loss robustness factor Bpl, above zero.
    pub robustness: f64,
}

/// G.711 in either law, its gaps filled by the listener: G.113 (11/2007) Appendix I, with the concealment of G.711 Appendix I and packets
/// of 10 ms, the only ones it has figures for. Browsers and telephones do at least as well.
pub const G711: Coding = Coding { impairment: 0.0, robustness: 25.1 };
/// G.711 whose gaps are silence (G.113 (11/2007) Appendix I).
pub const G711_BARE: Coding = Coding { impairment: 0.0, robustness: 4.3 };

/// What one direction of talk is like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditions {
    /// Share of the packets that are lost, 0–1; what lies outside counts as the nearest of both.
    pub loss: f64,
    /// BurstR: how long losses in a row are, by how long they would be at random. 1 for random or unknown; less counts as 1.
    pub burst_ratio: f64,
    /// From mouth to ear.
    pub delay: Duration,
    /// The codec.
    pub coding: Coding,
}

/// The transmission rating R (G.107 §7.1), at most [`RATING_MAX`]; below zero when nothing is left of the talk.
pub fn rating(conditions: &Conditions) -> f64 {
    let delay_ms = conditions.delay.as_secs_f64() * 1_000.0;
    RATING_MAX - delay_impairment(delay_ms) - loss_impairment(conditions)
}

/// The mean opinion score of a rating, 1–4.5 (G.107 Annex B).
pub fn mean_opinion_score(rating: f64) -> f64 {
    if rating <= 0.0 {
        return 1.0;
    }
    if rating >= 100.0 {
        return 4.5;
    }
    let score = 1.0 + 0.035 * rating + rating * (rating - 60.0) * (100.0 - rating) * 7e-6;
    // Below a rating of 6.5 the curve dips under its own end.
    score.max(1.0)
}

/// The score in hundredths, as it is kept: 100–450.
pub fn score_hundredths(conditions: &Conditions) -> u16 {
    (mean_opinion_score(rating(conditions)) * 100.0).round() as u16
}

/// Id (G.107 §7.4) beyond what it is without delay: echo of the talker, echo of the listener, and delay itself. Within the first three
/// milliseconds the formulas would give something back.
fn delay_impairment(delay_ms: f64) -> f64 {
    (talker_echo(delay_ms) + listener_echo(delay_ms) - listener_echo(0.0) + pure_delay(delay_ms)).max(0.0)
}

/// Idte: the same echo disturbs more the later it comes.
fn talker_echo(delay_ms: f64) -> f64 {
    let late_db = 40.0 * ((1.0 + delay_ms / 10.0) / (1.0 + delay_ms / 150.0)).log10();
    let masked = TALKER_ECHO_LOSS_DB - late_db + 6.0 * (-0.3 * delay_ms * delay_ms).exp();
    let half = (SIGNAL_TO_NOISE - (80.0 + 2.5 * (masked - 14.0))) / 2.0;
    (half + (half * half + 100.0).sqrt() - 1.0) * (1.0 - (-delay_ms).exp())
}

/// Idle, for a round trip of twice the delay.
fn listener_echo(delay_ms: f64) -> f64 {
    let echo = 10.5 * (ECHO_PATH_LOSS_DB + 7.0) * (2.0 * delay_ms + 1.0).powf(-0.25);
    let half = (SIGNAL_TO_NOISE - echo) / 2.0;
    half + (half * half + 169.0).sqrt()
}

/// Idd: people begin to talk at the same time.
fn pure_delay(delay_ms: f64) -> f64 {
    if delay_ms <= DELAY_UNNOTICED_MS {
        return 0.0;
    }
    let doublings = (delay_ms / DELAY_UNNOTICED_MS).log2();
    let bend = |x: f64| (1.0 + x.powi(6)).powf(1.0 / 6.0);
    25.0 * (bend(doublings) - 3.0 * bend(doublings / 3.0) + 2.0)
}

/// Ie,eff (G.107 §7.5).
fn loss_impairment(conditions: &Conditions) -> f64 {
    let Coding { impairment, robustness } = conditions.coding;
    let percent = conditions.loss.clamp(0.0, 1.0) * 100.0;
    impairment + (LOSS_IMPAIRMENT_MAX - impairment) * percent / (percent / conditions.burst_ratio.max(1.0) + robustness)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conditions(loss_percent: f64, delay_ms: u64, coding: Coding) -> Conditions {
        let delay = Duration::from_millis(delay_ms);
        Conditions { loss: loss_percent / 100.0, burst_ratio: 1.0, delay, coding }
    }

    fn near(found: f64, wanted: f64, by: f64) {
        assert!((found - wanted).abs() <= by, "{found} is not {wanted}");
    }

    /// G.107 Annex B, table B.1, and what the default values give.
    #[test]
    fn ratings_become_the_scores_that_are_published() {
        let table = [(93.2, 4.41), (90.0, 4.34), (80.0, 4.03), (70.0, 3.60), (60.0, 3.10), (50.0, 2.58)];
        table.iter().for_each(|(rating, score)| near(mean_opinion_score(*rating), *score, 0.007));
        assert_eq!([-3.0, 0.0, 4.0].map(mean_opinion_score), [1.0; 3]);
        assert_eq!([100.0, 120.0].map(mean_opinion_score), [4.5; 2]);
        near(rating(&conditions(0.0, 0, G711)), RATING_MAX, 1e-9);
        assert_eq!(score_hundredths(&conditions(0.0, 0, G711)), 441);
    }

    /// Ie,eff worked out by hand from the factors of G.113.
    #[test]
    fn loss_takes_what_the_factors_of_the_codec_say() {
        let table = [(G711, 1.0, 3.64), (G711, 5.0, 15.78), (G711, 10.0, 27.07), (G711_BARE, 1.0, 17.92)];
        for (coding, percent, taken) in table {
            near(RATING_MAX - rating(&conditions(percent, 0, coding)), taken, 0.01);
        }
        // The same loss in a row is worse: 5 % with BurstR 2 is 475 / (2.5 + 25.1).
        let burst = Conditions { burst_ratio: 2.0, ..conditions(5.0, 0, G711) };
        near(RATING_MAX - rating(&burst), 17.21, 0.01);
    }

    /// The straight lines by which Cole and Rosenbluth (2001) stand in for Id with the default values.
    #[test]
    fn delay_takes_what_its_published_lines_say() {
        for ms in (0..=300).step_by(10) {
            let ms = f64::from(ms);
            near(delay_impairment(ms), 0.024 * ms + 0.11 * (ms - 177.3).max(0.0), 1.0);
        }
        near(pure_delay(200.0), 3.04, 0.01);
        near(pure_delay(400.0), 24.07, 0.01);
        assert_eq!(pure_delay(100.0), 0.0);
    }

    #[test]
    fn more_loss_or_delay_never_sounds_better_and_no_score_leaves_the_scale() {
        for coding in [G711, G711_BARE] {
            for delay_ms in (0..3_000).step_by(50) {
                let mut before = f64::INFINITY;
                for loss_percent in 0..=100 {
                    let here = rating(&conditions(f64::from(loss_percent), delay_ms, coding));
                    let later = rating(&conditions(f64::from(loss_percent), delay_ms + 10, coding));
                    assert!(here < before && later < here, "{loss_percent} % and {delay_ms} ms");
                    assert!((1.0..=4.5).contains(&mean_opinion_score(here)));
                    assert!(mean_opinion_score(later) <= mean_opinion_score(here));
                    before = here;
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_is_the_nearest_that_can() {
        let none = conditions(0.0, 40, G711);
        assert_eq!(rating(&Conditions { loss: -1.0, burst_ratio: 0.0, ..none }), rating(&none));
        let all = conditions(100.0, 40, G711);
        assert_eq!(rating(&Conditions { loss: 9.0, ..all }), rating(&all));
        assert_eq!(score_hundredths(&Conditions { delay: Duration::MAX, ..all }), 100);
    }
}
