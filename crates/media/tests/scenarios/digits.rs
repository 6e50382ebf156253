//! Keys that we send: events in the leg's own stream, or tones in its sound, in the place of what it would hear.

use domain::{Key, LegId};
use media::dtmf::TelephoneEvent;
use media::{Codec, DIGITS_MAX, Input, MediaEvent, RtpParams};

use crate::phone::{DTMF, Got, Phone};
use crate::tones;
use crate::world::{World, leg, play, play_port};

/// All tones of a keypad.
const TONES: [u32; 8] = [697, 770, 852, 941, 1_209, 1_336, 1_477, 1_633];

fn send(world: &mut World, leg: LegId, keys: &str) {
    let keys = keys.chars().filter_map(Key::from_char).collect();
    world.input(Input::SendDigits { leg, keys });
}

fn phone(world: &mut World, number: u8, codec: Codec) -> LegId {
    world.add_phone(number.into(), Phone::new(number, codec, 400 + 100 * u32::from(number)))
}

/// What one key looks like on the wire.
#[derive(Debug, PartialEq, Eq)]
struct Pressed {
    key: char,
    timestamp: u32,
    markers: Vec<bool>,
    durations: Vec<u16>,
    ends: usize,
    from_ms: u64,
    to_ms: u64,
}

/// The events a phone got, put together by their timestamps.
fn pressed(got: &[Got]) -> Vec<Pressed> {
    let mut all: Vec<Pressed> = Vec::new();
    for packet in got.iter().filter(|got| got.payload_type == DTMF) {
        let event = TelephoneEvent::parse(&packet.payload).unwrap();
        assert_eq!((event.volume, packet.payload.len()), (10, 4));
        let key = Key::from_event(event.code).unwrap().as_char();
        if all.last().is_none_or(|last| last.timestamp != packet.timestamp) {
            let (timestamp, from_ms) = (packet.timestamp, packet.at_ms);
            let (markers, durations) = (Vec::new(), Vec::new());
            all.push(Pressed { key, timestamp, markers, durations, ends: 0, from_ms, to_ms: 0 });
        }
        let last = all.last_mut().unwrap();
        last.markers.push(packet.marker);
        last.durations.push(event.duration);
        last.ends += usize::from(event.end);
        last.to_ms = packet.at_ms;
    }
    all
}

fn keys(got: &[Got]) -> String {
    pressed(got).iter().map(|pressed| pressed.key).collect()
}

/// One source, no hole in the sequence, nothing of an older time but what belongs to a key, and time on the wire as on the wall.
#[track_caller]
fn assert_one_stream(got: &[Got]) {
    assert!(got.iter().all(|packet| packet.ssrc == got[0].ssrc));
    let holes: Vec<_> = got.windows(2).filter(|pair| pair[1].sequence != pair[0].sequence.wrapping_add(1)).collect();
    assert!(holes.is_empty(), "{holes:?}");
    let mut next = got[0].timestamp;
    let mut sounding: Option<u32> = None;
    for packet in got {
        let is_key = packet.payload_type == DTMF;
        if is_key && sounding == Some(packet.timestamp) {
            continue;
        }
        let ahead = packet.timestamp.wrapping_sub(next) as i32;
        assert!(ahead >= 0, "{packet:?} is {ahead} ticks ahead of {next}");
        sounding = is_key.then_some(packet.timestamp);
        next = packet.timestamp.wrapping_add(if is_key { 800 } else { 160 });
        let (wall, ticks) = ((packet.at_ms - got[0].at_ms) as i64 * 8, packet.timestamp.wrapping_sub(got[0].timestamp));
        assert!((i64::from(ticks) - wall).abs() <= 160, "{packet:?} is {} ticks off", i64::from(ticks) - wall);
    }
}

/// Sound that stood between the first and the last packet of a key.
fn overtaken(got: &[Got]) -> usize {
    let times = pressed(got);
    let inside = |got: &&Got| times.iter().any(|key| (key.from_ms..=key.to_ms).contains(&got.at_ms));
    got.iter().filter(|got| got.payload_type != DTMF).filter(inside).count()
}

fn sound(got: &[Got], codec: Codec, from_ms: u64, ms: u64) -> Vec<i16> {
    let in_time = |got: &&Got| (from_ms..from_ms + ms).contains(&got.at_ms) && got.payload_type != DTMF;
    got.iter().filter(in_time).flat_map(|got| &got.payload).map(|byte| codec.decode(*byte)).collect()
}

#[test]
fn two_keys_to_a_phone_in_no_room_packet_by_packet() {
    let mut world = World::new();
    let a = phone(&mut world, 1, Codec::Pcma);
    world.run(300);
    world.phone(a).got.clear();
    world.run(100);
    send(&mut world, a, "1#");
    world.run(600);
    let got = &world.phones[&a].got;
    assert_one_stream(got);
    let first = got.iter().position(|packet| packet.payload_type == DTMF).unwrap();
    let (sequence, timestamp, at_ms) = (got[first].sequence, got[first].timestamp, got[first].at_ms);
    assert_eq!(timestamp, got[first - 1].timestamp.wrapping_add(160), "the sound before it is not cut");
    // Slot by slot: seven packets of a key, two of sound, seven of the next, sound again.
    let event = |code, slot: u32, begun: u32| {
        let duration = 160 * (slot - begun + 1).min(5) as u16;
        let end = if duration == 800 { 0x80 } else { 0 };
        let [high, low] = duration.to_be_bytes();
        (DTMF, slot == begun, 160 * begun, vec![code, end | 10, high, low])
    };
    let silence = |slot: u32| (8, false, 160 * slot, vec![Codec::Pcma.silence(); 160]);
    let mut expected: Vec<_> = (0..7).map(|slot| event(1, slot, 0)).collect();
    expected.extend([7, 8].map(silence));
    expected.extend((9..16).map(|slot| event(11, slot, 9)));
    expected.extend((16..20).map(silence));
    for (slot, (payload_type, marker, ticks, payload)) in expected.into_iter().enumerate() {
        let packet = &got[first + slot];
        assert_eq!(
            (packet.sequence, packet.timestamp, packet.marker, packet.payload_type, &packet.payload),
            (sequence.wrapping_add(slot as u16), timestamp.wrapping_add(ticks), marker, payload_type, &payload),
            "slot {slot}"
        );
        // The plane looks every 5 ms.
        let late = packet.at_ms - at_ms;
        assert!((slot as u64 * 20..=slot as u64 * 20 + 5).contains(&late), "slot {slot} after {late} ms");
    }
}

#[test]
fn a_relay_stands_back_and_goes_on_in_the_same_stream() {
    // Packets of the source come anywhere between two ticks.
    for offset in 0..20 {
        let mut world = World::new();
        let (a, b) = (phone(&mut world, 1, Codec::Pcma), phone(&mut world, 2, Codec::Pcma));
        world.talk(a, b);
        world.run(500 + offset);
        world.phone(b).got.clear();
        world.run(400);
        send(&mut world, b, "0123456789*#ABCD0123");
        world.run(5_000);
        let got = &world.phones[&b].got;
        assert_eq!(keys(got), "0123456789*#ABCD0123");
        assert_one_stream(got);
        assert_eq!(overtaken(got), 0);
        for key in pressed(got) {
            assert_eq!((key.durations, key.ends), (vec![160, 320, 480, 640, 800, 800, 800], 3));
            assert_eq!(key.markers, [true, false, false, false, false, false, false]);
        }
        let pauses: Vec<u64> = pressed(got).windows(2).map(|pair| pair[1].from_ms - (pair[0].from_ms + 100)).collect();
        assert!(pauses.iter().all(|pause| (75..=105).contains(pause)), "{pauses:?}");
        // The customer is heard in between, and afterwards as if nothing had been.
        let since = pressed(got)[19].to_ms;
        let between = got.iter().filter(|packet| packet.payload_type == 8 && packet.at_ms < since);
        assert!(between.count() >= 20 + 19);
        let after: Vec<_> = got.iter().filter(|packet| packet.at_ms > since + 20).collect();
        assert!(
            after.len() > 40 && after.windows(2).all(|pair| pair[1].timestamp.wrapping_sub(pair[0].timestamp) == 160)
        );
        assert_eq!(tones::heard(&sound(got, Codec::Pcma, since, 1_000), &[500, 600]), [500]);
    }
}

#[test]
fn plays_mixes_and_silent_sources_give_way_too() {
    let mut world = World::new();
    let (a, b, c) =
        (phone(&mut world, 1, Codec::Pcma), phone(&mut world, 2, Codec::Pcmu), phone(&mut world, 3, Codec::Pcma));
    let hums = || vec![play(1, &["hum2300"], true)];
    for edges in [vec![(play_port(1), b)], vec![(leg(a), b), (leg(c), b)], vec![(leg(a), b)], vec![(leg(b), a)]] {
        let plays = if edges[0].0 == play_port(1) { hums() } else { Vec::new() };
        for talking in [true, false] {
            world.phone(a).talking = talking;
            world.hear(&edges, plays.clone());
            world.run(500);
            world.phone(b).got.clear();
            world.run(200);
            send(&mut world, b, "5577");
            world.run(1_500);
            let got = &world.phones[&b].got;
            assert_eq!(keys(got), "5577", "{edges:?}");
            assert_one_stream(got);
            assert_eq!(overtaken(got), 0, "{edges:?}");
            assert!(got.last().unwrap().at_ms + 40 > world.now_ms && got.last().unwrap().payload_type == 0);
        }
    }
}

#[test]
fn orders_one_after_another_wait_for_each_other() {
    let mut world = World::new();
    let a = phone(&mut world, 1, Codec::Pcma);
    world.run(300);
    world.phone(a).got.clear();
    for key in ["1", "1", "2"] {
        send(&mut world, a, key);
        world.run(130);
    }
    world.run(1_000);
    let got = &world.phones[&a].got;
    assert_one_stream(got);
    let times: Vec<_> = pressed(got).iter().map(|key| (key.key, key.from_ms - got[0].at_ms)).collect();
    assert_eq!(times.iter().map(|(key, _)| *key).collect::<String>(), "112");
    assert!(times.windows(2).all(|pair| (175..=185).contains(&(pair[1].1 - pair[0].1))), "{times:?}");
}

#[test]
fn a_leg_without_events_gets_the_tones() {
    for codec in [Codec::Pcma, Codec::Pcmu] {
        for talking in [true, false] {
            let mut world = World::new();
            let (a, b) = (phone(&mut world, 1, Codec::Pcma), phone(&mut world, 2, codec));
            let params = RtpParams { dtmf_payload_type: None, ..world.phones[&b].params() };
            world.input(Input::OpenRtp { leg: b, params });
            world.talk(a, b);
            world.run(500);
            world.phone(a).talking = talking;
            world.run(500);
            world.phone(b).got.clear();
            world.run(200);
            send(&mut world, b, "1D#");
            world.run(1_000);
            let got = &world.phones[&b].got;
            assert!(got.iter().all(|packet| packet.payload_type == codec.static_payload_type()));
            assert_one_stream(got);
            // The first tone is found by 697 Hz.
            let is_tone = |got: &&Got| {
                let samples: Vec<i16> = got.payload.iter().map(|byte| codec.decode(*byte)).collect();
                tones::level_db(&samples, 697)
                    > tones::level_db(&(0..160).map(|n| tones::sample(697, n)).collect::<Vec<_>>(), 697) - 6.0
            };
            let from = got.iter().position(|packet| is_tone(&packet)).unwrap();
            let frames = |slot: usize, count: usize| -> Vec<i16> {
                let packets = got[from + slot..from + slot + count].iter();
                packets.flat_map(|packet| &packet.payload).map(|byte| codec.decode(*byte)).collect()
            };
            for (nth, pair) in [[697, 1_209], [941, 1_633], [941, 1_477]].into_iter().enumerate() {
                let tone = frames(nth * 9, 5);
                assert_eq!(tones::heard(&tone, &TONES), pair, "{codec:?}");
                // −9 dBm0 each is −6 dBm0 together, 9.1 dB below the full sine of +3.1 dBm0.
                let power = tone.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / tone.len() as f64;
                let dbm0 = 10.0 * (power / (32_768f64.powi(2) / 2.0)).log10() + 3.1;
                assert!((-7.0..-5.0).contains(&dbm0), "{dbm0:.1} dBm0");
                assert!(frames(nth * 9 + 5, 4).iter().all(|sample| sample.abs() <= 8), "the pause is quiet");
            }
            let after = sound(got, codec, got[from + 27].at_ms, 300);
            let heard = if talking { vec![500] } else { Vec::new() };
            assert_eq!(tones::heard(&after, &[500, 600]), heard);
        }
    }
}

#[test]
fn keys_of_others_are_not_mixed_in_and_are_still_told() {
    let mut world = World::new();
    let (a, b, c) =
        (phone(&mut world, 1, Codec::Pcma), phone(&mut world, 2, Codec::Pcma), phone(&mut world, 3, Codec::Pcma));
    for edges in [vec![(leg(a), b)], vec![(leg(a), b), (leg(c), b)]] {
        world.hear(&edges, Vec::new());
        // The other's key begins before ours, within, and shortly before the end.
        for (nth, wait) in [(0, 40), (1, 0), (2, 170)] {
            world.run(500);
            world.phone(b).got.clear();
            let (ours, theirs) = if nth == 2 { (0, wait) } else { (wait, 0) };
            if ours == 0 {
                send(&mut world, b, "1");
                world.run(theirs);
                world.phone(a).press('9');
            } else {
                world.phone(a).press('9');
                world.run(ours);
                send(&mut world, b, "1");
            }
            world.run(700);
            let got = &world.phones[&b].got;
            let ones: Vec<_> = pressed(got).into_iter().filter(|key| key.key == '1').collect();
            assert_eq!((ones.len(), ones[0].durations.len()), (1, 7), "{edges:?} {nth}");
            assert!(pressed(got).iter().filter(|key| key.key == '9').count() <= 1, "{:?}", pressed(got));
            assert!(got.windows(2).all(|pair| pair[1].sequence == pair[0].sequence.wrapping_add(1)));
        }
    }
    assert_eq!(world.digits(a), "999999");
}

#[test]
fn a_leg_that_ends_in_the_middle_is_just_over() {
    let mut world = World::new();
    let a = phone(&mut world, 1, Codec::Pcma);
    world.run(300);
    send(&mut world, a, "123");
    world.run(250);
    world.input(Input::CloseLeg(a));
    world.run(20);
    let (sent, seen) = (world.phones[&a].got.len(), keys(&world.phones[&a].got));
    world.run(1_000);
    assert_eq!((world.phones[&a].got.len(), seen.as_str()), (sent, "12"));
    let gone = world.events.iter().filter(|(_, event)| matches!(event, MediaEvent::LegGone { .. }));
    assert_eq!((gone.count(), world.plane.poll_timeout()), (1, None));
    // The slot's next leg has nothing of it.
    let b = phone(&mut world, 2, Codec::Pcma);
    world.run(1_000);
    assert_eq!(keys(&world.phones[&b].got), "");
}

#[test]
fn beyond_the_limit_the_rest_of_an_order_is_dropped_and_counted() {
    let mut world = World::new();
    let a = phone(&mut world, 1, Codec::Pcma);
    world.run(300);
    let wanted: String = "0123456789".chars().cycle().take(DIGITS_MAX + 6).collect();
    send(&mut world, a, &wanted);
    assert_eq!(world.plane.counters().digits, 6);
    world.run(200 * DIGITS_MAX as u64);
    assert_eq!(keys(&world.phones[&a].got), wanted[..DIGITS_MAX]);
}

#[test]
fn who_cannot_be_sent_to_gets_no_keys_later() {
    let mut world = World::new();
    let a = phone(&mut world, 1, Codec::Pcma);
    let params = world.phones[&a].params();
    world.run(300);
    send(&mut world, a, "123");
    world.run(220);
    // The peer holds us in the middle of the second key.
    world.input(Input::OpenRtp { leg: a, params: RtpParams { sends: false, ..params.clone() } });
    world.run(100);
    send(&mut world, a, "45");
    send(&mut world, LegId(99), "6");
    world.run(500);
    world.input(Input::OpenRtp { leg: a, params });
    world.run(1_000);
    assert_eq!((keys(&world.phones[&a].got).as_str(), world.plane.counters().digits), ("12", 3));
    send(&mut world, a, "7");
    world.run(300);
    assert_eq!(keys(&world.phones[&a].got), "127");
}

#[test]
fn a_browser_gets_no_keys_and_its_sound_goes_on() {
    let mut world = World::new();
    let a = phone(&mut world, 1, Codec::Pcma);
    let browser = world.add_browser(2, 2, 900);
    world.talk(a, browser);
    world.run(500);
    let before = world.browsers[&browser].got.len();
    send(&mut world, browser, "123");
    world.run(1_000);
    let got = &world.browsers[&browser].got[before..];
    assert!((48..=52).contains(&got.len()), "{} packets", got.len());
    assert_eq!(world.heard_by(browser, &[500, 900]), [500]);
    assert_eq!(world.plane.counters().digits, 0);
}

#[test]
fn a_recording_has_nothing_of_the_keys() {
    use domain::RecordingId;
    use domain::recording::Tracks;
    use domain::room::Recorder;
    let kept = |digits: &str, events: bool| {
        let mut world = World::new();
        let (a, b) = (phone(&mut world, 1, Codec::Pcma), phone(&mut world, 2, Codec::Pcma));
        let params = world.phones[&b].params();
        let dtmf_payload_type = params.dtmf_payload_type.filter(|_| events);
        world.input(Input::OpenRtp { leg: b, params: RtpParams { dtmf_payload_type, ..params } });
        // They begin to send when they are opened.
        world.run(200);
        world.recorder = Recorder::On { recording: RecordingId(9), tracks: Tracks::Heard };
        let mut edges = vec![(leg(b), a), (leg(a), b)];
        edges.push((play_port(1), b));
        world.hear(&edges, vec![play(1, &["hum440"], true)]);
        world.run(500);
        send(&mut world, b, digits);
        world.run(1_500);
        let mut kept: Vec<_> = world.taps.into_iter().map(|tap| (tap.port, tap.at, tap.samples)).collect();
        kept.sort();
        kept
    };
    let without = kept("", true);
    assert!(without.len() > 250);
    for (digits, events) in [("147#", true), ("147#", false)] {
        let with = kept(digits, events);
        let other = with.iter().zip(&without).position(|(with, without)| with != without);
        assert_eq!((with.len(), other), (without.len(), None), "events: {events}");
    }
}
