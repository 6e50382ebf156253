//! An emergency number comes before whatever else an agent does.

use super::outbound::browser;
use super::run::{ready, with_ready};
use super::script::{World, settings};
use super::telephone;
use super::transfer::ann_talks;

/// Runs a script and gives back what its last line leads to.
fn last(world: &mut World, script: &str) -> String {
    let mut told = String::new();
    for line in script.lines() {
        told = world.run(line);
    }
    told
}

fn assert_tells(told: &str, all: &[&str]) {
    for one in all {
        assert!(told.contains(one), "{one} is missing in\n{told}");
    }
}

#[test]
fn a_wrap_up_ends_for_it() {
    let told = last(&mut browser(), "ann dial 021\ngone far.1 busy\nann dial 110");
    assert_tells(&told, &["wrap-up over Finished", "→ dial far.2 110 by carrier", "→ ok"]);
}

#[test]
fn a_desk_that_rings_lets_its_customer_go_back() {
    let mut world = with_ready(&["ann"]);
    let told = last(&mut world, "call c1 4002\nup c1\nann dial 110");
    assert_tells(&told, &["offer over offer1 Declined", "→ dial far.1 110 by carrier", "→ ok"]);
    let told = last(&mut telephone::ringing(), "calls p1 desk 110");
    assert_tells(&told, &["offer over offer1 Declined", "→ release desk.1 Normal", "→ answer p1"]);
}

#[test]
fn who_listens_to_a_colleague_stops() {
    let mut world = with_ready(&["ann", "bob"]);
    let script = "ann not_ready\ncall c1 4002\nup c1\nbob accept\nann supervise bob listen\nann dial 110";
    let told = last(&mut world, script);
    assert_tells(&told, &["ann supervises no more Stopped", "→ dial far.1 110 by carrier", "→ ok"]);
}

#[test]
fn a_phone_of_an_agent_needs_neither_a_sign_in_nor_to_be_the_one_they_work_with() {
    let mut world = World::new(settings());
    assert!(!last(&mut world, "sip bobs on\ncalls p1 bobs 021").contains("→ answer"));
    assert_tells(&last(&mut world, "calls p2 bobs 110"), &["→ answer p2"]);
    assert_tells(&last(&mut world, "up p2"), &["→ dial far.1 110 by carrier"]);
    assert_tells(&last(&mut world, "up far.1"), &["joined far.1 Customer"]);
    assert_tells(&last(&mut world, "gone p2 colleague"), &["→ release far.1 Normal"]);
    assert_tells(&last(&mut world, "+60s\nbob sign_in"), &["→ ok"]);
    // By the browser before, by the phone from now on.
    let mut world = browser();
    assert_tells(&last(&mut world, "sip desk on\ncalls p1 desk 119"), &["→ answer p1"]);
    assert_tells(&last(&mut world, "up p1\nphone ann off\nup far.1"), &["joined far.1 Customer"]);
}

#[test]
fn in_a_talk_it_is_asked_whoever_is_asked_already() {
    let told = last(&mut ann_talks(), "ann consult bob\nann consult 110");
    assert_tells(&told, &["transfer Dropped", "→ dial far.1 110 by carrier", "→ ok"]);
    let told = last(&mut ann_talks(), "ann consult 021\nup far.1\nann join\nann consult 110");
    assert_tells(&told, &["transfer Dropped", "→ release far.1 Normal", "→ dial far.2 110 by carrier", "→ ok"]);
    let told = last(&mut telephone::talking(), "peer_hold desk.1 on\ncalls p2 desk 110");
    assert_tells(&told, &["→ dial far.1 110 by carrier", "→ answer p2"]);
}

#[test]
fn neither_tones_nor_silence_give_it_up() {
    let never = |told: &str| {
        let over = ["call over", "in truth", "dead air", "→ release", "transfer ", "listens to", "(progress)"];
        over.iter().for_each(|one| assert!(!told.contains(one), "{one} is in\n{told}"));
    };
    let mut world = browser();
    world.run("ann dial 110");
    never(&world.run("heard far.1\n+21s\ntone far.1 busy\n+3s"));
    world.run("up far.1");
    never(&world.run("+21s\ntone far.1 busy\n+3s"));
    for asks in ["ann consult 110", "ann add 110"] {
        let mut world = ann_talks();
        world.run(asks);
        never(&world.run("heard far.1\n+21s\ntone far.1 busy\n+3s\nup far.1\n+21s"));
    }
}

#[test]
fn the_call_by_which_a_phone_asked_it_is_let_go_when_it_takes_part() {
    let mut world = telephone::talking();
    ready(&mut world, "bob");
    world.run("bob not_ready\nann add bob\nbob accept\npeer_hold desk.1 on");
    assert_tells(&last(&mut world, "calls p2 desk 021"), &["→ refuse p2 Busy"]);
    let told = last(&mut world, "calls p3 desk 110\nup p3\nup far.1\nann join");
    assert_tells(&told, &["left p3 by Agent HungUp", "→ release p3 Normal", "takes part", "→ ok"]);
    assert_tells(&last(&mut world, "peer_hold desk.1 off"), &["desk.1→c1"]);
}

#[test]
fn nobody_is_handed_over_to_it() {
    assert_eq!(ann_talks().run("ann transfer 110"), "ann transfer 110\n    → refused NotAllowed\n");
    assert_tells(&last(&mut telephone::talking(), "refers desk.1 110"), &["→ not moved desk.1 NotAllowed"]);
    let told = last(&mut ann_talks(), "ann consult 110\nup far.1\nann join\nann complete");
    assert_tells(&told, &["→ ok"]);
}

#[test]
fn a_code_for_a_line_before_it_is_left_out_where_nobody_of_ours_is_called_so() {
    for typed in ["9 110", "0 110", "9-1-1-0"] {
        assert_tells(&last(&mut browser(), &format!("ann dial {typed}")), &["→ dial far.1 110 by carrier", "→ ok"]);
    }
    let mut own = settings();
    own.agents[1].extension = "9110".to_owned();
    let mut world = World::new(own);
    world.run("page ann on\nphone ann on\nann sign_in");
    assert_tells(&last(&mut world, "ann dial 9 110"), &["→ refused CalleeUnavailable"]);
}

#[test]
fn what_it_cannot_do() {
    assert_tells(&last(&mut browser(), "ann dial 021\nann dial 110"), &["→ refused WorkInHand"]);
    assert_tells(&last(&mut World::new(settings()), "ann dial 110"), &["→ refused NotSignedIn"]);
    let mut world = World::new(settings());
    assert!(!last(&mut world, "sip lobby on\ncalls p1 lobby 110").contains("→ answer"));
    let mut world = ann_talks();
    assert!(!last(&mut world, "sip desk on\ncalls p1 desk 110").contains("→ answer"));
}
