//! Runs scripts on a fresh centre.

use expect_test::Expect;

use super::script::{World, settings};

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
