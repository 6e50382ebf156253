//! Decisions told in a small language, and the indexes against a router without any.

use std::collections::BTreeMap;

use domain::{AgentId, Mono, QueueId, SegmentId, SkillId};
use expect_test::{Expect, expect};

use crate::{AgentRule, Presence, QueueRule, Router, Standing, WorkItem};

const SECOND: u64 = 1_000_000_000;

/// Queue 1 asks for nothing, queue 2 for skill 1. Agents: 1 serves 1; 2 serves both with the skill; 3 serves both without it.
fn router() -> Router {
    let mut router = Router::new();
    let queues = [QueueRule::new(QueueId(1), []), QueueRule::new(QueueId(2), [SkillId(1)])];
    let agent = |id, queues: &[i64], skills: &[i64]| {
        AgentRule::new(AgentId(id), queues.iter().map(|id| QueueId(*id)), skills.iter().map(|id| SkillId(*id)))
    };
    router.configure(queues, [agent(1, &[1], &[]), agent(2, &[1, 2], &[1, 2]), agent(3, &[1, 2], &[])]);
    router
}

/// `agent 1 ready|busy|away|out|off`, `wait 7 in 1 [skill 2] [priority 1]`, `gone 7`; a line is a second.
fn check(script: &str, expect: Expect) {
    let mut router = router();
    let mut written = String::new();
    let mut since: BTreeMap<i64, Mono> = BTreeMap::new();
    for (second, line) in script.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let now = Mono(second as u64 * SECOND);
        let words: Vec<&str> = line.split_whitespace().collect();
        let id: i64 = words[1].parse().unwrap();
        written += &format!("{line}\n");
        match words[0] {
            "agent" => {
                let (presence, reachable, busy) = match words[2] {
                    "ready" => (Presence::Ready, true, false),
                    "busy" => (Presence::Ready, true, true),
                    "away" => (Presence::Ready, false, false),
                    "out" => (Presence::NotReady, true, false),
                    _ => (Presence::SignedOut, false, false),
                };
                let idle_since = *since.entry(id).and_modify(|at| *at = now).or_insert(now);
                router.set_standing(AgentId(id), Standing { presence, reachable, busy, idle_since });
            }
            "wait" => {
                let after = |word: &str| {
                    let at = words.iter().position(|found| *found == word)?;
                    words.get(at + 1).and_then(|number| number.parse::<i64>().ok())
                };
                router.enqueue(WorkItem {
                    id: SegmentId(id),
                    queue: QueueId(after("in").unwrap()),
                    priority: after("priority").unwrap_or(0) as u8,
                    enqueued: after("since").map_or(now, |second| Mono(second as u64 * SECOND)),
                    skills: after("skill").map(SkillId).into_iter().collect(),
                });
                if let Some(reason) = router.wait_reason(SegmentId(id)) {
                    written += &format!("    waits: {reason:?}\n");
                }
            }
            "gone" => assert!(router.withdraw(SegmentId(id))),
            _ => panic!("no such line: {line}"),
        }
        while let Some(decision) = router.next(now) {
            written += &format!(
                "    {} to {}: {:?} of {}, idle {} s\n",
                decision.item.0,
                decision.agent.0,
                decision.reason,
                decision.eligible,
                decision.idle.as_secs()
            );
        }
        assert_eq!(router.check(), Ok(()));
    }
    expect.assert_eq(&written);
}

#[test]
fn the_longest_idle_takes_it_and_ties_go_to_the_smaller_id() {
    check(
        "agent 2 ready\nagent 1 ready\nwait 7 in 1\nwait 8 in 1\nwait 9 in 1",
        expect![[r#"
        agent 2 ready
        agent 1 ready
        wait 7 in 1
            7 to 2: LongestIdle of 2, idle 2 s
        wait 8 in 1
            8 to 1: OnlyEligible of 1, idle 2 s
        wait 9 in 1
            waits: AllBusy
    "#]],
    );
}

#[test]
fn the_longest_waiting_across_queues_is_taken() {
    check(
        "wait 7 in 2\nwait 8 in 1\nagent 2 ready\nagent 2 ready",
        expect![[r#"
        wait 7 in 2
            waits: NobodySignedIn
        wait 8 in 1
            waits: NobodySignedIn
        agent 2 ready
            7 to 2: OnlyEligible of 1, idle 0 s
        agent 2 ready
            8 to 2: OnlyEligible of 1, idle 0 s
    "#]],
    );
}

#[test]
fn priority_goes_before_waiting_time() {
    check(
        "wait 7 in 1\nwait 8 in 1 priority 1\nagent 1 ready",
        expect![[r#"
        wait 7 in 1
            waits: NobodySignedIn
        wait 8 in 1 priority 1
            waits: NobodySignedIn
        agent 1 ready
            8 to 1: OnlyEligible of 1, idle 0 s
    "#]],
    );
}

#[test]
fn skills_are_a_hard_filter_and_block_nobody_else() {
    check(
        "wait 7 in 2\nwait 8 in 1 skill 2\nwait 9 in 1\nagent 3 ready\nagent 2 ready\nagent 2 ready",
        expect![[r#"
            wait 7 in 2
                waits: NobodySignedIn
            wait 8 in 1 skill 2
                waits: NobodySignedIn
            wait 9 in 1
                waits: NobodySignedIn
            agent 3 ready
                9 to 3: OnlyEligible of 1, idle 0 s
            agent 2 ready
                7 to 2: OnlyEligible of 1, idle 0 s
            agent 2 ready
                8 to 2: OnlyEligible of 1, idle 0 s
        "#]],
    );
}

#[test]
fn whoever_comes_back_with_an_older_time_is_in_front() {
    check(
        "wait 7 in 1\nwait 8 in 1\nwait 5 in 1 since 0\nagent 1 ready\nagent 1 ready",
        expect![[r#"
        wait 7 in 1
            waits: NobodySignedIn
        wait 8 in 1
            waits: NobodySignedIn
        wait 5 in 1 since 0
            waits: NobodySignedIn
        agent 1 ready
            5 to 1: OnlyEligible of 1, idle 0 s
        agent 1 ready
            7 to 1: OnlyEligible of 1, idle 0 s
    "#]],
    );
}

#[test]
fn the_reasons_to_wait() {
    check(
        "wait 1 in 2
         agent 2 out
         wait 2 in 2
         agent 2 away
         wait 3 in 2
         agent 3 ready
         wait 4 in 2
         agent 2 busy
         wait 5 in 2
         gone 1
         gone 2
         gone 3
         gone 4
         gone 5
         wait 6 in 2",
        expect![[r#"
            wait 1 in 2
                waits: NobodySignedIn
            agent 2 out
            wait 2 in 2
                waits: NobodyReady
            agent 2 away
            wait 3 in 2
                waits: NobodyReady
            agent 3 ready
            wait 4 in 2
                waits: NoSkill
            agent 2 busy
            wait 5 in 2
                waits: NotFirst
            gone 1
            gone 2
            gone 3
            gone 4
            gone 5
            wait 6 in 2
                waits: AllBusy
        "#]],
    );
}

#[test]
fn withdrawing_closes_the_lane_of_special_skills() {
    check(
        "wait 7 in 1 skill 2\nwait 8 in 1 skill 2\ngone 7\ngone 8\nwait 9 in 1 skill 2\nagent 2 ready",
        expect![[r#"
            wait 7 in 1 skill 2
                waits: NobodySignedIn
            wait 8 in 1 skill 2
                waits: NobodySignedIn
            gone 7
            gone 8
            wait 9 in 1 skill 2
                waits: NobodySignedIn
            agent 2 ready
                9 to 2: OnlyEligible of 1, idle 0 s
        "#]],
    );
}

#[test]
fn work_without_a_queue_is_not_taken_and_is_given_back_when_its_queue_goes() {
    let mut router = router();
    let item = |id, queue| WorkItem {
        id: SegmentId(id),
        queue: QueueId(queue),
        priority: 0,
        enqueued: Mono(0),
        skills: Vec::new(),
    };
    assert!(!router.enqueue(item(1, 9)));
    assert!(router.enqueue(item(2, 1)));
    assert!(!router.enqueue(item(2, 1)));
    assert!(router.enqueue(item(3, 2)));
    assert_eq!(router.configure([QueueRule::new(QueueId(2), [])], []), [SegmentId(2)]);
    assert_eq!((router.waiting(QueueId(2)), router.waiting_count(QueueId(1))), (vec![SegmentId(3)], 0));
    assert_eq!(router.check(), Ok(()));
    assert!(!router.withdraw(SegmentId(2)));
}

/// A small generator (xorshift64*): tests need variety, not chance.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % sides
    }
}

/// The one rule, by looking at everything.
fn by_looking(
    items: &BTreeMap<SegmentId, WorkItem>,
    agents: &[(AgentRule, Standing)],
    queues: &[QueueRule],
) -> Option<(SegmentId, AgentId, u32)> {
    let mut order: Vec<&WorkItem> = items.values().collect();
    order.sort_by_key(|item| item.position());
    order.into_iter().find_map(|item| {
        let rule = queues.iter().find(|queue| queue.id == item.queue)?;
        let mut able: Vec<_> = agents
            .iter()
            .filter(|(agent, standing)| {
                let serves = agent.queues.contains(&item.queue);
                standing.is_idle() && serves && agent.has_all(&rule.skills) && agent.has_all(&item.skills)
            })
            .map(|(agent, standing)| (standing.idle_since, agent.id))
            .collect();
        able.sort_unstable();
        able.first().map(|(_, agent)| (item.id, *agent, able.len() as u32))
    })
}

#[test]
fn every_decision_equals_the_one_by_looking_at_everything() {
    for seed in 1..40 {
        let mut dice = Dice(seed * 7_919);
        let queues: Vec<_> = (0..4)
            .map(|id| QueueRule::new(QueueId(id), (0..dice.roll(2)).map(|n| SkillId(n as i64)).collect::<Vec<_>>()))
            .collect();
        let mut agents: Vec<_> = (0..12)
            .map(|id| {
                let served: Vec<_> = (0..4).filter(|_| dice.roll(2) == 0).map(QueueId).collect();
                let skills: Vec<_> = (0..3).filter(|_| dice.roll(2) == 0).map(SkillId).collect();
                (AgentRule::new(AgentId(id), served, skills), Standing::default())
            })
            .collect();
        let mut router = Router::new();
        router.configure(queues.clone(), agents.iter().map(|(rule, _)| rule.clone()));
        let mut items = BTreeMap::new();
        for step in 0..300u64 {
            match dice.roll(4) {
                0 => {
                    let (id, queue) = (SegmentId(step as i64), QueueId(dice.roll(4) as i64));
                    let skills = (0..dice.roll(3)).map(|n| SkillId(n as i64)).collect();
                    let priority = dice.roll(2) as u8;
                    let enqueued = Mono(step / 3);
                    let item = WorkItem { id, queue, priority, enqueued, skills };
                    router.enqueue(item.clone());
                    items.insert(id, item);
                }
                1 => {
                    let id = SegmentId(dice.roll(step + 1) as i64);
                    assert_eq!(router.withdraw(id), items.remove(&id).is_some());
                }
                _ => {
                    let (rule, standing) = &mut agents[dice.roll(12) as usize];
                    *standing = Standing {
                        presence: if dice.roll(4) == 0 { Presence::NotReady } else { Presence::Ready },
                        reachable: dice.roll(8) != 0,
                        busy: dice.roll(3) == 0,
                        idle_since: Mono(step),
                    };
                    router.set_standing(rule.id, *standing);
                }
            }
            while let Some((item, agent, eligible)) = by_looking(&items, &agents, &queues) {
                let decision = router.next(Mono(step)).unwrap();
                assert_eq!((decision.item, decision.agent, decision.eligible), (item, agent, eligible));
                items.remove(&item);
                agents[agent.0 as usize].1.busy = true;
            }
            assert_eq!(router.next(Mono(step)), None);
            if step % 20 == 0 {
                assert_eq!(router.check(), Ok(()));
            }
        }
    }
}
