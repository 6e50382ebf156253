//! How many calls a site takes: whom it keeps from being offered, and what it refuses.

use std::sync::Arc;

use domain::settings::{Settings, Site};
use domain::{Input, SiteId};

use super::script::{World, settings};

/// The site of ann's phone and the lobby's, and the one of bob's. Everybody works at the first.
const HERE: SiteId = SiteId(1);
const THERE: SiteId = SiteId(2);

fn with(here: Option<u32>, there: Option<u32>) -> Settings {
    let site = |id, calls_max| Site { id, name: "site".to_owned(), is_bounded: false, calls_max };
    let mut settings = settings();
    settings.sites = vec![site(HERE, here), site(THERE, there)];
    for device in &mut settings.devices {
        device.site = if device.name == "bobs" { THERE } else { HERE };
    }
    settings
}

/// Everybody at work by SIP phone, ready.
fn world(settings: Settings) -> World {
    let mut world = World::new(settings);
    world.run("sip desk on\nsip bobs on\nsip lobby on");
    for (agent, phone) in [("ann", "desk"), ("bob", "bobs")] {
        world.run(&format!("page {agent} on\n{agent} sign_in\n{agent} use {phone}\n{agent} ready"));
    }
    world
}

fn calls(world: &World) -> (u32, u32) {
    let calls = world.floor.site_calls();
    let of = |site: SiteId| calls.get(&site).copied().unwrap_or_default();
    (of(HERE), of(THERE))
}

#[test]
fn a_full_site_is_offered_nothing_and_everybody_waits_for_the_next_place() {
    let mut world = world(with(Some(1), Some(0)));
    let rang = world.run("call c1 4002\nup c1");
    assert!(rang.contains("→ dial desk.1"), "{rang}");
    assert_eq!(calls(&world), (1, 0));
    // Bob is ready, and his site takes no call at all.
    let waits = world.run("call c2 4002\nup c2");
    assert!(!waits.contains("→ dial"), "{waits}");
    let presence = world.run("bob not_ready\nbob ready");
    assert!(!presence.contains("dial"), "{presence}");
    // The limit is raised: whoever waits is offered at once.
    world.input(Input::SettingsChanged(Arc::new(Settings { version: 2, ..with(Some(1), Some(1)) })));
    let rung = world.run("+1s");
    assert!(rung.contains("→ dial bobs.1"), "{rung}");
    assert_eq!(calls(&world), (1, 1));
}

#[test]
fn the_place_of_a_call_that_ended_is_taken_by_the_next() {
    let mut settings = with(Some(1), None);
    settings.queues.iter_mut().for_each(|queue| queue.wrap_up = std::time::Duration::ZERO);
    let mut world = world(settings);
    world.run("bob not_ready\ncall c1 4002\nup c1\nup desk.1\ncall c2 4002\nup c2");
    assert_eq!(calls(&world), (1, 0));
    let next = world.run("gone desk.1\nreleased c1");
    assert!(next.contains("→ dial desk.2"), "{next}");
    assert_eq!(calls(&world), (1, 0));
}

#[test]
fn a_full_site_refuses_calls_out_and_calls_of_other_sites_but_none_of_its_own() {
    let mut world = world(with(Some(0), None));
    for (script, refused) in [
        ("ann dial 021", "refused SiteFull"),
        ("ann dial 102", "refused SiteFull"),
        ("bob dial 101", "refused SiteFull"),
        ("calls p1 desk 021", "refuse p1 Overload"),
        ("ann echo", "refused SiteFull"),
    ] {
        let said = world.run(script);
        assert!(said.contains(refused), "{script}: {said}");
    }
    // Of two telephones of the site neither counts, nor is asked for room.
    let mut settings = with(Some(0), None);
    settings.devices.iter_mut().for_each(|device| device.site = HERE);
    let mut world = self::world(settings);
    for script in ["ann dial 102", "up desk.1", "up bobs.1"] {
        let said = world.run(script);
        assert!(!said.contains("refused"), "{script}: {said}");
        assert_eq!(calls(&world), (0, 0));
    }
}

#[test]
fn an_echo_test_by_a_phone_counts_for_its_site() {
    let mut world = world(with(Some(1), None));
    assert_eq!((world.run("ann echo").contains("→ dial desk.1"), calls(&world)), (true, (1, 0)));
    world.run("ann no_echo");
    assert_eq!(calls(&world), (0, 0));
}

#[test]
fn a_call_between_two_sites_counts_for_both() {
    let mut world = world(with(None, Some(1)));
    world.run("ann dial 102\nup desk.1");
    assert_eq!(calls(&world), (1, 1));
    world.run("up bobs.1");
    assert_eq!(calls(&world), (1, 1));
    world.run("gone desk.1\nreleased bobs.1");
    assert_eq!(calls(&world), (0, 0));
}

#[test]
fn a_customer_is_not_handed_over_to_a_full_site() {
    let mut world = world(with(None, Some(0)));
    world.run("call c1 4002\nup c1\nup desk.1");
    let said = world.run("ann transfer bob");
    assert!(said.contains("SiteFull"), "{said}");
    assert_eq!(calls(&world), (1, 0));
}

#[test]
fn a_phone_of_nobody_that_is_called_for_a_customer_counts_for_its_site() {
    // Ann works by the browser from elsewhere: only the phone of the lobby is of the site.
    let talks = |here| {
        let mut settings = with(here, None);
        settings.agents.iter_mut().for_each(|agent| agent.site = THERE);
        settings.devices[2].username = "8100".to_owned();
        let mut world = World::new(settings);
        world.run("sip lobby on\npage ann on\nphone ann on\nann sign_in\nann ready\ncall c1 4002\nup c1\nann accept");
        world
    };
    for (asks, anns) in [("ann transfer 8100", 0), ("ann consult 8100", 1), ("ann add 8100", 1)] {
        let mut world = talks(Some(1));
        let said = world.run(asks);
        assert!(said.contains("→ ok"), "{asks}: {said}");
        assert_eq!(calls(&world), (1, anns), "{asks}");
        let mut world = talks(Some(0));
        let said = world.run(asks);
        assert!(said.contains("refused SiteFull"), "{asks}: {said}");
    }
}

/// Ann and bob work by the browser, and are ready.
fn browsers(settings: Settings) -> World {
    let mut world = World::new(settings);
    for agent in ["ann", "bob"] {
        world.run(&format!("page {agent} on\nphone {agent} on\n{agent} sign_in\n{agent} ready"));
    }
    world
}

#[test]
fn an_agent_with_the_browser_counts_for_the_site_of_theirs_until_the_talk_is_over() {
    let mut world = browsers(with(Some(1), Some(0)));
    assert_eq!(calls(&world), (0, 0), "who is ready has no call");
    world.run("call c1 4002\nup c1");
    assert_eq!(calls(&world), (1, 0), "rung");
    let waits = world.run("call c2 4002\nup c2");
    assert!(!waits.contains("offered"), "{waits}");
    world.run("ann accept");
    assert_eq!(calls(&world), (1, 0));
    assert!(world.run("bob dial 021").contains("refused SiteFull"));
    // While ann wraps up, the line is free for bob.
    let offered = world.run("ann hang_up");
    assert!(offered.contains("offered offer"), "{offered}");
    assert_eq!(calls(&world), (1, 0));
}

#[test]
fn a_browser_is_at_the_site_of_its_agent_and_not_of_the_phone_that_is_not_used() {
    let mut settings = with(Some(0), None);
    settings.agents.iter_mut().for_each(|agent| agent.site = THERE);
    let mut world = browsers(settings);
    let taken = world.run("call c1 4002\nup c1\nann accept");
    assert!(taken.contains("→ ok"), "{taken}");
    assert_eq!(calls(&world), (0, 1));
}

#[test]
fn whoever_is_moved_to_another_site_counts_there_at_once() {
    let mut world = browsers(with(Some(0), Some(1)));
    let waits = world.run("call c1 4002\nup c1");
    assert!(!waits.contains("offered"), "{waits}");
    let mut moved = with(Some(0), Some(1));
    moved.agents.iter_mut().for_each(|agent| agent.site = THERE);
    world.input(Input::SettingsChanged(Arc::new(Settings { version: 2, ..moved })));
    let offered = world.run("+1s");
    assert!(offered.contains("offered offer"), "{offered}");
    assert_eq!(calls(&world), (0, 1));
}

#[test]
fn help_is_called_from_a_full_site() {
    let mut world = world(with(Some(0), None));
    let said = world.run("ann dial 110");
    assert!(said.contains("→ dial desk.1") && said.contains("→ ok"), "{said}");
}
