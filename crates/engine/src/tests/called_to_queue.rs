//! Somebody who was called is handed to a queue: taken there, or back with whoever handed them over.

use std::time::Duration;

use expect_test::{Expect, expect};

use super::script::{World, ready, settings};

/// Bob, who does not serve the help queue, talks with somebody he called; Ann, who does, is at work and not ready. Queues wait 40 s at most.
fn bob_called() -> World {
    let mut settings = settings();
    settings.queues.iter_mut().for_each(|queue| queue.wait_max = Some(Duration::from_secs(40)));
    let mut world = World::new(settings);
    ready(&mut world, "ann");
    ready(&mut world, "bob");
    world.run("ann not_ready\nbob dial 02112345678\nup far.1");
    world
}

/// They wait in the help queue.
fn handed() -> World {
    let mut world = bob_called();
    world.run("bob transfer help");
    world
}

fn check(mut world: World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

#[test]
fn whoever_is_ready_takes_them() {
    check(
        bob_called(),
        "bob transfer help\nann ready\nann accept\n+60s",
        expect![[r#"
        bob transfer help
            bob hands over to help
            handling over handling1 Transferred
            left bob.on by Agent HungUp
            transfer Completed
            → room1 v2: play1→far.1 play1[music ∞] listens to far.1 for tones for 20s
            queued help seg1 NobodyReady
            wrap-up 60s
            → ok
        ann ready
            ann ready
            → ok
            offered offer1 to ann OnlyEligible of 1 idle 0s
        ann accept
            offer over offer1 Accepted
            left queue seg1 Answered
            handling handling2 ann
            joined ann.on Agent
            → room1 v3: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
            → ok
        +60s
            (progress)
            (wrap_up)
            wrap-up over DeadlinePassed
    "#]],
    );
}

#[test]
fn the_longest_wait_of_the_queue_gives_them_back() {
    check(
        handed(),
        "+40s\nbob accept",
        expect![[r#"
        +40s
            (progress)
            (queue_wait)
            left queue seg1 TimedOut
            → room1 v3: play2→far.1 play2[music ∞] listens to far.1 for tones for 20s
            wrap-up over CustomerBack
            offered offer1 to bob Returned of 1 idle 0s
        bob accept
            offer over offer1 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: far.1→bob.on bob.on→far.1 listens to far.1 for tones for 20s
            → ok
    "#]],
    );
}

#[test]
fn nobody_serves_the_queue_any_more_and_they_are_back_at_once() {
    check(
        handed(),
        "ann sign_out\nbob accept",
        expect![[r#"
        ann sign_out
            ann signed out Self_
            → ok
            left queue seg1 Unserved
            → room1 v3: play2→far.1 play2[music ∞] listens to far.1 for tones for 20s
            wrap-up over CustomerBack
            offered offer1 to bob Returned of 1 idle 0s
        bob accept
            offer over offer1 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: far.1→bob.on bob.on→far.1 listens to far.1 for tones for 20s
            → ok
    "#]],
    );
}

#[test]
fn a_queue_that_nobody_serves_is_refused_and_the_talk_goes_on() {
    let mut world = bob_called();
    world.run("ann sign_out");
    check(
        world,
        "bob transfer help",
        expect![[r#"
        bob transfer help
            → refused QueueUnserved
    "#]],
    );
}

#[test]
fn a_caller_may_be_handed_to_a_queue_that_nobody_serves_and_waits_as_if_the_menu_had_put_them_there() {
    let mut world = World::new(settings());
    ready(&mut world, "bob");
    world.run("call c1 4002\nup c1\nbob accept");
    check(
        world,
        "bob transfer help\n+600s",
        expect![[r#"
        bob transfer help
            bob hands over to help
            handling over handling1 Transferred
            left bob.on by Agent HungUp
            transfer Completed
            → room1 v3: play2→c1 play2[music ∞]
            queued help seg3 NobodySignedIn
            wrap-up 30s
            → ok
        +600s
            (wrap_up)
            wrap-up over DeadlinePassed
    "#]],
    );
}

#[test]
fn an_agent_without_the_skill_does_not_serve_the_queue() {
    let mut skilled = settings();
    skilled.queues[1].skills = vec![skilled.skills[0].id];
    let mut world = World::new(skilled);
    ready(&mut world, "ann");
    ready(&mut world, "bob");
    world.run("bob dial 02112345678\nup far.1");
    check(
        world,
        "bob transfer help",
        expect![[r#"
        bob transfer help
            → refused QueueUnserved
    "#]],
    );
}

#[test]
fn a_busy_sender_is_waited_for_and_then_they_are_let_go() {
    let mut world = handed();
    world.run("bob finish\ncall c2 4002\nup c2\nbob accept");
    check(
        world,
        "+40s\n+60s\nreleased far.1",
        expect![[r#"
        +40s
            (progress)
            (queue_wait)
            left queue seg1 TimedOut
            → room1 v3: play3→far.1 play3[music ∞] listens to far.1 for tones for 20s
        +60s
            (return)
            → release far.1 Normal
            → close room1
        released far.1
            left far.1 by System NoAnswer
            ended by System NoAnswer
    "#]],
    );
}

#[test]
fn a_sender_who_turns_them_down_or_has_signed_out_ends_the_call() {
    check(
        handed(),
        "+40s\nbob decline",
        expect![[r#"
        +40s
            (progress)
            (queue_wait)
            left queue seg1 TimedOut
            → room1 v3: play2→far.1 play2[music ∞] listens to far.1 for tones for 20s
            wrap-up over CustomerBack
            offered offer1 to bob Returned of 1 idle 0s
        bob decline
            offer over offer1 Declined
            bob not ready OfferDeclined
            → release far.1 Normal
            → close room1
            → ok
    "#]],
    );
    let mut world = handed();
    world.run("bob finish\nbob sign_out");
    check(
        world,
        "ann sign_out",
        expect![[r#"
        ann sign_out
            ann signed out Self_
            → ok
            left queue seg1 Unserved
            → room1 v3: play2→far.1 play2[music ∞] listens to far.1 for tones for 20s
            → release far.1 Normal
            → close room1
    "#]],
    );
}

#[test]
fn a_desk_that_rings_past_the_longest_wait_is_waited_for() {
    check(
        handed(),
        "+30s\nann ready\n+20s",
        expect![[r#"
        +30s
            (progress)
        ann ready
            ann ready
            → ok
            offered offer1 to ann OnlyEligible of 1 idle 0s
        +20s
            (ring)
            offer over offer1 Unanswered
            ann not ready OfferUnanswered
            queued help seg1 front NobodyReady
            left queue seg1 TimedOut
            → room1 v3: play2→far.1 play2[music ∞] listens to far.1 for tones for 20s
            wrap-up over CustomerBack
            offered offer2 to bob Returned of 1 idle 0s
    "#]],
    );
}

#[test]
fn an_agent_who_took_them_and_is_lost_leaves_them_in_front_and_the_sender_has_them_in_the_end() {
    let mut world = handed();
    world.run("ann ready\nann accept\nbob finish");
    check(
        world,
        "ann consult bob\nann drop\nphone ann off\npage ann off\n+30s",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v4: play2→far.1 play3→ann.on play2[music ∞] play3[ringback-cn ∞] listens to far.1 for tones for 20s
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        ann drop
            offer over offer2 Withdrawn
            transfer Dropped
            resumed
            → room1 v5: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
            → ok
        phone ann off
            ann device off
            held device lost
            left ann.on by Network Unreachable
            → room1 v6: play4→far.1 play4[music ∞] listens to far.1 for tones for 20s
        page ann off
        +30s
            (progress)
            (agent_grace)
            handling over handling2 AgentLost
            ann signed out GraceExpired
            → room1 v7: play4→far.1 play4[music ∞] listens to far.1 for tones for 20s
            queued help seg1 front NobodySignedIn
            left queue seg1 Unserved
            → room1 v8: play5→far.1 play5[music ∞] listens to far.1 for tones for 20s
            offered offer3 to bob Returned of 1 idle 30s
    "#]],
    );
}

#[test]
fn the_next_who_hands_them_on_has_them_back() {
    let mut world = handed();
    world.run("ann ready\nann accept\nann not_ready\nbob finish\nbob not_ready");
    check(
        world,
        "ann transfer sales\n+40s\nann accept",
        expect![[r#"
            ann transfer sales
                ann hands over to sales
                handling over handling2 Transferred
                left ann.on by Agent HungUp
                transfer Completed
                → room1 v4: play2→far.1 play2[music ∞] listens to far.1 for tones for 20s
                queued sales seg2 NobodyReady
                wrap-up 30s
                → ok
            +40s
                (progress)
                (wrap_up)
                wrap-up over DeadlinePassed
                (queue_wait)
                left queue seg2 TimedOut
                → room1 v5: play3→far.1 play3[music ∞] listens to far.1 for tones for 20s
                offered offer2 to ann Returned of 1 idle 10s
            ann accept
                offer over offer2 Accepted
                handling handling3 ann
                joined ann.on Agent
                → room1 v6: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
                → ok
        "#]],
    );
}

#[test]
fn they_hang_up_or_the_node_is_restarted_while_they_wait() {
    check(
        handed(),
        "gone far.1\nann sign_out",
        expect![[r#"
        gone far.1
            left queue seg1 Abandoned
            left far.1 by Customer HungUp
            → close room1
        ann sign_out
            ann signed out Self_
            → ok
    "#]],
    );
    let mut world = handed();
    expect![[r#"
        (restart)
            floor started epoch 2
            left queue seg1 Failed
            place kept 300s
            wrap-up over NodeRestarted
            left far.1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
            bob device off
    "#]]
    .assert_eq(&world.restart(Duration::from_secs(5), settings()));
}
