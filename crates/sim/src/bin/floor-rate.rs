//! `floor-rate`: conversations a second through the real floor, from arrival to the end of wrap-up, with a thousand agents.

use std::time::Instant;

const AGENTS: usize = 1_000;
const TALKS: usize = 300;
const CONVERSATIONS: u64 = 100_000;

#[allow(clippy::print_stdout, clippy::disallowed_methods, reason = "it measures how long deciding takes, and says so")]
fn main() {
    let mut rate = sim::FloorRate::new(AGENTS, TALKS);
    let (start, events) = (Instant::now(), rate.events);
    for _ in 0..CONVERSATIONS {
        rate.arrive();
    }
    let seconds = start.elapsed().as_secs_f64();
    let (conversations, events) = (CONVERSATIONS as f64 / seconds, (rate.events - events) as f64 / seconds);
    println!(
        "Floor in virtual time, {AGENTS} agents, {TALKS} talking: {conversations:.0} conversations/s, {events:.0} events/s"
    );
}
