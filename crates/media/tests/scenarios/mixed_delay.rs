//! How long voices wait in a mix, wherever their packets lie between its slots.

use domain::LegId;
use media::Codec;

use crate::phone::{Got, Phone};
use crate::world::{World, leg};

const LOUD_HZ: u32 = 1_000;
/// By the link, each way.
const CARRIED_MS: u64 = 5;

/// Three telephones whose packets come so many milliseconds after full twenties.
fn three(phases: [u8; 3]) -> (World, Vec<LegId>) {
    let mut world = World::new();
    let legs: Vec<LegId> = (1..)
        .zip(phases)
        .map(|(n, phase)| world.add_phone(i64::from(n), Phone::new(20 * n + phase, Codec::Pcma, 0)))
        .collect();
    world.talk(legs[0], legs[1]);
    world.run(2_500);
    let others = legs.iter().flat_map(|from| legs.iter().map(move |to| (leg(*from), *to)));
    let edges: Vec<_> = others.filter(|(from, to)| *from != leg(*to)).collect();
    world.hear(&edges, Vec::new());
    world.run(3_000);
    (world, legs)
}

/// How long the first sound of each voice takes to each of the others, milliseconds, without the links.
fn waits(phases: [u8; 3]) -> Vec<u64> {
    let (mut world, legs) = three(phases);
    let mut waits = Vec::new();
    for (voice, phase) in legs.iter().zip(phases) {
        let sent_ms = (world.now_ms + 1..).find(|at| at % 20 == u64::from(phase)).unwrap();
        legs.iter().for_each(|ear| world.phone(*ear).got.clear());
        world.phone(*voice).hz = LOUD_HZ;
        world.run(100);
        world.phone(*voice).hz = 0;
        for ear in legs.iter().filter(|ear| *ear != voice) {
            let heard_ms = world.phones[ear].got.iter().find_map(begins_ms).unwrap();
            waits.push(heard_ms - sent_ms - 2 * CARRIED_MS);
        }
        world.run(200);
    }
    waits
}

/// When the first sound of a packet was there: its arrival, and the place in it.
fn begins_ms(got: &Got) -> Option<u64> {
    let place = got.payload.iter().position(|byte| Codec::Pcma.decode(*byte).abs() > 1_000)?;
    Some(got.at_ms + place as u64 / 8)
}

#[test]
fn of_three_voices_wherever_they_come_hardly_one_waits_a_whole_slot() {
    let mut all = Vec::new();
    for n in 0..80u32 {
        // Each place of the first voice four times, with others of the second and the third.
        all.extend(waits([n, 7 * n + n / 20, 13 * n + 5 * (n / 20)].map(|place| (place % 20) as u8)));
    }
    all.sort_unstable();
    let (late, longest) = (all[all.len() * 99 / 100], all[all.len() - 1]);
    assert!(late <= 20 && longest <= 21, "{late} {longest} ms: {all:?}");
}
