//! Settings change under a live centre.

use std::sync::Arc;
use std::time::Duration;

use domain::settings::Settings;
use domain::{Input, Utc};
use expect_test::expect;

use super::script::{HELP, MONDAY_TEN, SALES, VIP, World, ready, settings, with_ready};
use crate::output::Ignored;

fn change(world: &mut World, change: impl FnOnce(&mut Settings)) {
    let mut settings = settings();
    settings.version = 2;
    change(&mut settings);
    world.input(Input::SettingsChanged(Arc::new(settings)));
}

#[test]
fn a_queue_that_is_taken_away_lets_its_customers_go() {
    let mut world = with_ready(&[]);
    world.run("call c1 4002\nup c1");
    change(&mut world, |settings| settings.queues.retain(|queue| queue.id != SALES));
    expect![[r#"
            left queue seg2 Failed
            → release c1 InternalFault
            → close room1
        released c1
            left c1 by System FlowFailed
            ended by System FlowFailed
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → answer c2
            → resolve customer
        up c2
            answered c2
            node 0 in seg3
            node 0 exit Failed
            → release c2 InternalFault
            → close room2
        released c2
            left c2 by System FlowFailed
            ended by System FlowFailed
    "#]]
    .assert_eq(&world.run("released c1\ncall c2 4002\nup c2\nreleased c2"));
}

#[test]
fn a_queue_taken_away_while_it_rings_fails_when_nobody_answers() {
    let mut world = with_ready(&["ann"]);
    world.run("call c1 4002\nup c1");
    change(&mut world, |settings| settings.queues.retain(|queue| queue.id != SALES));
    expect![[r#"
        ann decline
            offer over offer1 Declined
            ann not ready OfferDeclined
            queued sales seg2 front
            left queue seg2 Failed
            → release c1 InternalFault
            → close room1
            → ok
        released c1
            left c1 by System FlowFailed
            ended by System FlowFailed
    "#]]
    .assert_eq(&world.run("ann decline\nreleased c1"));
}

#[test]
fn an_agent_taken_away_finishes_the_talk_first() {
    let mut world = with_ready(&["ann"]);
    world.run("call c1 4002\nup c1\nann accept");
    change(&mut world, |settings| settings.agents.retain(|agent| agent.name != "ann"));
    expect![[r#"
        gone c1
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
        ann finish
            wrap-up over Finished
            ann signed out Administrator
            ended by Customer HungUp
            → ok
        ann sign_in
            → refused UnknownReference
    "#]]
    .assert_eq(&world.run("gone c1\nann finish\nann sign_in"));
}

#[test]
fn an_idle_agent_taken_away_is_signed_out_at_once() {
    let mut world = with_ready(&["ann"]);
    change(&mut world, |settings| settings.agents.retain(|agent| agent.name != "ann"));
    expect![[r#"
            ann signed out Administrator
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2 NobodySignedIn
    "#]]
    .assert_eq(&world.run("call c1 4002\nup c1"));
}

#[test]
fn skills_are_a_hard_filter_and_a_skill_gained_counts_at_once() {
    let mut settings = settings();
    settings.queues[0].skills = vec![VIP];
    let mut world = World::new(settings.clone());
    ready(&mut world, "ann");
    let mut written = world.run("call c1 4002\nup c1");
    settings.version = 2;
    settings.agents[0].skills = vec![VIP];
    world.input(Input::SettingsChanged(Arc::new(settings)));
    written += &world.run("");
    expect![[r#"
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2 NoSkill
            offered offer1 to ann OnlyEligible of 1 idle 0s
    "#]]
    .assert_eq(&written);
}

#[test]
fn old_settings_are_ignored() {
    let mut world = with_ready(&[]);
    change(&mut world, |settings| settings.version = 0);
    assert_eq!(world.floor.inspect().ignored(Ignored::OldSettings), 1);
}

#[test]
fn settings_of_another_tenant_are_ignored() {
    let mut world = with_ready(&["ann"]);
    change(&mut world, |settings| {
        settings.tenant = domain::TenantId(2);
        settings.agents.clear();
    });
    assert_eq!(world.floor.inspect().ignored(Ignored::ForeignSettings), 1);
    assert_eq!(world.floor.inspect().agents().count(), 2);
}

#[test]
fn a_caller_keeps_the_drawing_they_entered() {
    let mut world = with_ready(&[]);
    world.run("call c1 4001\nup c1");
    change(&mut world, |settings| settings.flows.clear());
    expect![[r#"
        key c1 2
            node 1 exit Next
            node 2 in seg1
            node 2 exit Choice(1)
            node 4 in seg1
            node 4 exit Next
            → room1 v2: play2→c1 play2[music ∞]
            queued help seg2 NobodySignedIn
    "#]]
    .assert_eq(&world.run("key c1 2"));
}

#[test]
fn entry_sounds_come_once_and_the_queue_gives_the_customer_back() {
    let mut settings = settings();
    settings.queues[0].entry_sounds = vec!["queue_entry".to_owned()];
    settings.queues[0].wait_max = Some(Duration::from_secs(60));
    let mut world = World::new(settings);
    ready(&mut world, "ann");
    let written = world.run(
        "+1s
         call c1 4002
         up c1
         +1s
         played c1
         ann decline
         +60s
         released c1",
    );
    expect![[r#"
        +1s
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[queue_entry/Zh]
            queued sales seg2
            offered offer1 to ann OnlyEligible of 1 idle 1s
        +1s
        played c1
            → room1 v2: play2→c1 play2[music ∞]
        ann decline
            offer over offer1 Declined
            ann not ready OfferDeclined
            queued sales seg2 front NobodyReady
            → ok
        +60s
            (queue_wait)
            left queue seg2 TimedOut
            node 1 in seg3
            node 1 exit Next
            → release c1 Normal
            → close room1
        released c1
            left c1 by System FlowEnded
            ended by System FlowEnded
    "#]]
    .assert_eq(&written);
}

#[test]
fn the_limit_on_waiting_does_not_cut_a_ringing_desk() {
    let mut settings = settings();
    settings.queues[0].wait_max = Some(Duration::from_secs(10));
    let mut world = World::new(settings);
    ready(&mut world, "ann");
    expect![[r#"
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2
            offered offer1 to ann OnlyEligible of 1 idle 0s
        +21s
            (ring)
            offer over offer1 Unanswered
            ann not ready OfferUnanswered
            queued sales seg2 front NobodyReady
            left queue seg2 TimedOut
            node 1 in seg3
            node 1 exit Next
            → release c1 Normal
            → close room1
    "#]]
    .assert_eq(&world.run("call c1 4002\nup c1\n+21s"));
}

#[test]
fn without_wrap_up_the_agent_is_free_at_once() {
    let mut settings = settings();
    settings.queues[0].wrap_up = Duration::ZERO;
    let mut world = World::new(settings);
    ready(&mut world, "ann");
    let written = world.run("call c1 4002\nup c1\ncall c2 4002\nup c2\nann accept\nann hang_up\nreleased c1");
    expect![[r#"
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2
            offered offer1 to ann OnlyEligible of 1 idle 0s
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → answer c2
            → resolve customer
        up c2
            answered c2
            node 0 in seg3
            node 0 exit Next
            → room2 v1: play2→c2 play2[music ∞]
            queued sales seg4 AllBusy
        ann accept
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined ann.on Agent
            → room1 v2: c1→ann.on ann.on→c1
            → ok
        ann hang_up
            handling over handling1 AgentHungUp
            left ann.on by Agent HungUp
            → release c1 Normal
            → close room1
            → ok
            offered offer2 to ann OnlyEligible of 1 idle 0s
        released c1
            left c1 by Agent HungUp
            ended by Agent HungUp
    "#]]
    .assert_eq(&written);
}

#[test]
fn outside_opening_hours() {
    let night = Utc(MONDAY_TEN.0 + 12 * 3_600_000_000);
    let mut world = World::at(settings(), night);
    expect![[r#"
        call c1 4001
            started 4001 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            office closed Weekly
            node 0 exit Closed
            node 5 in seg1
            node 5 exit Next
            → release c1 Normal
            → close room1
        released c1
            left c1 by System Closed
            ended by System Closed
    "#]]
    .assert_eq(&world.run("call c1 4001\nup c1\nreleased c1"));
}

#[test]
fn a_calendar_in_an_unknown_time_zone_fails_the_flow() {
    let mut settings = settings();
    settings.calendars[0].time_zone = "Mars/Olympus".to_owned();
    let mut world = World::new(settings);
    expect![[r#"
        call c1 4001
            started 4001 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Failed
            → release c1 InternalFault
            → close room1
        released c1
            left c1 by System FlowFailed
            ended by System FlowFailed
    "#]]
    .assert_eq(&world.run("call c1 4001\nup c1\nreleased c1"));
}

#[test]
fn help_is_served_by_those_who_serve_it() {
    let mut world = with_ready(&["bob"]);
    world.run("call c1 4001\nup c1\nkey c1 2");
    assert_eq!(world.floor.inspect().waiting(HELP).len(), 1);
}

#[test]
fn an_outcome_and_a_reason_that_are_out_of_use_cannot_be_chosen() {
    let mut world = with_ready(&["ann"]);
    world.run("call c1 4002\nup c1\nann accept\ngone c1");
    change(&mut world, |settings| {
        settings.dispositions.iter_mut().for_each(|one| one.active = false);
        settings.not_ready_reasons.iter_mut().for_each(|one| one.active = false);
    });
    expect![[r#"
        ann dispose solved
            → refused UnknownReference
        ann finish
            wrap-up over Finished
            ended by Customer HungUp
            → ok
        ann not_ready break
            → refused UnknownReference
        ann not_ready
            ann not ready Self_
            → ok
    "#]]
    .assert_eq(&world.run("ann dispose solved\nann finish\nann not_ready break\nann not_ready"));
}
