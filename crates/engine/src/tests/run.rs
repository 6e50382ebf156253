//! Runs scripts on a fresh centre.

use domain::input::{Consulted, TransferTo};
use domain::{AgentId, DeviceId, FlowId, SupervisionMode};
use expect_test::Expect;

use super::script::{ANN, BOB, CAT, DAN, HELP, SALES, World, settings};

/// Signs in, connects and readies an agent, without a word.
pub(crate) fn ready(world: &mut World, name: &str) {
    world.run(&format!("page {name} on\nphone {name} on\n{name} sign_in\n{name} ready"));
}

/// A fresh centre in which somebody is ready.
pub(crate) fn with_ready(names: &[&str]) -> World {
    let mut world = World::new(settings());
    for name in names {
        ready(&mut world, name);
    }
    world
}

/// Runs a script on a fresh centre and compares.
pub(crate) fn check(script: &str, expect: Expect) {
    expect.assert_eq(&World::new(settings()).run(script));
}

/// The same with ann ready.
pub(crate) fn check_ready(script: &str, expect: Expect) {
    expect.assert_eq(&with_ready(&["ann"]).run(script));
}

pub(super) fn device_named(name: &str) -> DeviceId {
    match name {
        "desk" => DeviceId(901),
        "bobs" => DeviceId(902),
        "lobby" => DeviceId(903),
        "mobile" => DeviceId(911),
        _ => panic!("no phone is called {name}"),
    }
}

pub(super) fn target_named(name: &str) -> TransferTo {
    match name {
        "sales" => TransferTo::Queue(SALES),
        "help" => TransferTo::Queue(HELP),
        "park" => TransferTo::Park,
        "flow" => TransferTo::Flow(FlowId(601)),
        "lend" => TransferTo::Loan(FlowId(601)),
        "lend_sales" => TransferTo::Loan(FlowId(602)),
        "lend_spin" => TransferTo::Loan(FlowId(603)),
        "ann" | "bob" => TransferTo::Agent(agent_named(name)),
        typed => TransferTo::Dialled(typed.to_owned()),
    }
}

pub(super) fn agent_named(name: &str) -> AgentId {
    match name {
        "ann" => ANN,
        "bob" => BOB,
        "cat" => CAT,
        "dan" => DAN,
        _ => panic!("nobody is called {name}"),
    }
}

pub(super) fn mode_named(name: &str) -> SupervisionMode {
    match name {
        "listen" => SupervisionMode::Listen,
        "whisper" => SupervisionMode::Whisper,
        "barge" => SupervisionMode::Barge,
        _ => panic!("no such mode: {name}"),
    }
}

pub(super) fn whom_named(name: &str) -> Consulted {
    match name {
        "ann" | "bob" | "cat" | "dan" => Consulted::Agent(agent_named(name)),
        typed => Consulted::Dialled(typed.to_owned()),
    }
}
