//! Every telephone feature as a plan, heard at every ear: customer and trunk on telephones, agents and supervisor in browsers.

use domain::LegId;
use domain::room::PortId;
use media::Codec;

use crate::phone::Phone;
use crate::world::{World, leg, play, play_port};

const CUSTOMER_HZ: u32 = 500;
const AGENT_HZ: u32 = 800;
const SECOND_HZ: u32 = 1_300;
const SUPERVISOR_HZ: u32 = 1_700;
const MUSIC_HZ: u32 = 2_300;
const ALL: [u32; 5] = [CUSTOMER_HZ, AGENT_HZ, SECOND_HZ, SUPERVISOR_HZ, MUSIC_HZ];

struct Parties {
    world: World,
    customer: LegId,
    agent: LegId,
    second: LegId,
    supervisor: LegId,
}

impl Parties {
    fn new() -> Parties {
        let mut world = World::new();
        let customer = world.add_phone(1, Phone::new(1, Codec::Pcma, CUSTOMER_HZ));
        let agent = world.add_browser(2, 2, AGENT_HZ);
        let second = world.add_phone(3, Phone::new(3, Codec::Pcmu, SECOND_HZ));
        let supervisor = world.add_browser(4, 4, SUPERVISOR_HZ);
        Parties { world, customer, agent, second, supervisor }
    }

    /// Sets the edges and listens at all four ears: customer, agent, second agent, supervisor.
    fn check(&mut self, edges: &[(PortId, LegId)], expected: [&[u32]; 4]) {
        self.world.hear(edges, vec![play(9, &["hum2300"], true)]);
        self.world.run(1_600);
        let ears = [self.customer, self.agent, self.second, self.supervisor];
        for (ear, expected) in ears.into_iter().zip(expected) {
            assert_eq!(self.world.heard_by(ear, &ALL), expected, "{ear} with {edges:?}");
        }
    }
}

#[test]
fn every_feature_at_every_ear() {
    let mut parties = Parties::new();
    let (customer, agent, second, supervisor) = (parties.customer, parties.agent, parties.second, parties.supervisor);
    let talk = [(leg(customer), agent), (leg(agent), customer)];
    parties.check(&talk, [&[AGENT_HZ], &[CUSTOMER_HZ], &[], &[]]);

    parties.check(&[(play_port(9), customer)], [&[MUSIC_HZ], &[], &[], &[]]);

    let consult = [(play_port(9), customer), (leg(agent), second), (leg(second), agent)];
    parties.check(&consult, [&[MUSIC_HZ], &[SECOND_HZ], &[AGENT_HZ], &[]]);

    let mut three_way = talk.to_vec();
    three_way.extend([(leg(customer), second), (leg(second), customer), (leg(agent), second), (leg(second), agent)]);
    parties.check(&three_way, [&[AGENT_HZ, SECOND_HZ], &[CUSTOMER_HZ, SECOND_HZ], &[CUSTOMER_HZ, AGENT_HZ], &[]]);

    let mut listen = talk.to_vec();
    listen.extend([(leg(customer), supervisor), (leg(agent), supervisor)]);
    parties.check(&listen, [&[AGENT_HZ], &[CUSTOMER_HZ], &[], &[CUSTOMER_HZ, AGENT_HZ]]);

    let mut whisper = listen.clone();
    whisper.push((leg(supervisor), agent));
    parties.check(&whisper, [&[AGENT_HZ], &[CUSTOMER_HZ, SUPERVISOR_HZ], &[], &[CUSTOMER_HZ, AGENT_HZ]]);

    let mut barge = whisper.clone();
    barge.push((leg(supervisor), customer));
    parties.check(&barge, [&[AGENT_HZ, SUPERVISOR_HZ], &[CUSTOMER_HZ, SUPERVISOR_HZ], &[], &[CUSTOMER_HZ, AGENT_HZ]]);

    parties.check(&[(leg(customer), agent)], [&[], &[CUSTOMER_HZ], &[], &[]]);
    assert_eq!(parties.world.plane.counters().doubled, 0);
}

#[test]
fn the_other_law_comes_through_a_table() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, CUSTOMER_HZ));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcmu, AGENT_HZ));
    world.talk(a, b);
    world.run(1_500);
    assert_eq!(world.heard_by(a, &ALL), [AGENT_HZ]);
    assert_eq!(world.heard_by(b, &ALL), [CUSTOMER_HZ]);
}

#[test]
fn gain_makes_a_voice_softer() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, CUSTOMER_HZ));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, AGENT_HZ));
    let mut plan = world.plan(&[(leg(a), b)], Vec::new());
    plan.hears[0].gain_db = -20.0;
    world.set(plan);
    world.run(2_000);
    let soft = crate::tones::level_db(&world.phones[&b].ear(world.now_ms, 1_000), CUSTOMER_HZ);
    world.hear(&[(leg(a), b)], Vec::new());
    world.run(2_000);
    let full = crate::tones::level_db(&world.phones[&b].ear(world.now_ms, 1_000), CUSTOMER_HZ);
    assert!((19.0..21.0).contains(&(full - soft)), "{full} against {soft}");
}
