//! Turns by hand, and within their bounds for any weights.

use proptest::prelude::*;

use super::*;
use testing_basics::processor_time;

fn rotation(weights: &[u32]) -> Rotation {
    Rotation::new(&"rule".into(), "roster", weights.to_vec(), 1)
}

/// The agents of `turns` turns from `position` on, which moves on.
fn take(weights: &[u32], position: &mut u128, turns: usize) -> Vec<usize> {
    let rotation = rotation(weights);
    let schedule = Schedule::new(rotation.weights());
    let mut taken = Vec::with_capacity(turns);
    for _ in 0..turns {
        taken.push(schedule.turn(*position, 1)[0]);
        *position += rotation.step();
    }
    taken
}

/// Every count against its exact share, at every turn: |count · W − turns · w| < most · W, all
/// whole numbers.
fn assert_fair(weights: &[u32], taken: &[usize], most: i64) {
    let total = i64::from(total(weights));
    let mut counts = vec![0_i64; weights.len()];
    for (turn, agent) in (1_i64..).zip(taken) {
        counts[*agent] += 1;
        for (agent, (count, weight)) in counts.iter().zip(weights).enumerate() {
            let off = (count * total - turn * i64::from(*weight)).abs();
            assert!(
                off < most * total,
                "agent {agent} of {weights:?} has {count} after {turn} turns"
            );
        }
    }
}

#[test]
fn schedules_by_hand() {
    for (weights, expected) in [
        (vec![1, 1, 1], vec![0, 1, 2]),
        (vec![2, 2], vec![0, 1]),
        (vec![5, 1, 1], vec![0, 1, 0, 0, 2, 0, 0]),
        (vec![3, 0, 1], vec![0, 2, 0, 0]),
        (vec![7], vec![0]),
        (vec![], vec![]),
    ] {
        assert_eq!(Schedule::new(&weights).slots, expected, "{weights:?}");
    }
}

#[test]
fn those_whose_turns_are_next_come_after_the_turns_own() {
    let schedule = Schedule::new(&[2, 1, 1]);
    assert_eq!(schedule.slots, [0, 1, 0, 2]);
    for (quarter, most, expected) in [
        (0, 1, vec![0]),
        (0, 2, vec![0, 1]),
        (1, 2, vec![1, 0]),
        (2, 9, vec![0, 2, 1]),
        (3, 3, vec![2, 0, 1]),
    ] {
        assert_eq!(schedule.turn(ROUND / 4 * quarter, most), expected, "{quarter}, {most}");
    }
    assert_eq!(Schedule::new(&[]).turn(5, 3), [0; 0]);
    assert_eq!(schedule.turn(u128::MAX, 3).len(), 3, "also at a position that nobody reaches");
}

/// Somebody comes, goes, and comes back: the others go on in their order, and there is nothing
/// to catch up with.
#[test]
fn joins_and_leaves_by_hand() {
    let mut position = 0;
    assert_eq!(take(&[1; 4], &mut position, 6), [0, 1, 2, 3, 0, 1]);
    // A fifth joins halfway round: those who had no turn in this round come first.
    assert_eq!(take(&[1; 5], &mut position, 5), [2, 3, 4, 0, 1]);
    // Place 3 leaves for 97 turns, and is served once in five turns when it is back.
    assert_eq!(take(&[1; 4], &mut position, 97).len(), 97);
    let after = take(&[1; 5], &mut position, 10);
    assert_eq!(after.iter().filter(|agent| **agent == 3).count(), 2, "{after:?}");
}

#[test]
fn a_thousand_agents_are_within_the_bound_and_quick() {
    let mut position = 0;
    let weights = |agents: u32| (0..agents).map(|n| n * 7 % 101).collect::<Vec<u32>>();
    // Ten times the agents and turns are some 15 times the work; every agent looked at for
    // every turn would be 100 times.
    // Often enough for a clock that ticks in milliseconds, also beside other work.
    let takes = |agents, times: u32| {
        let rotation = rotation(&weights(agents));
        let before = processor_time();
        for _ in 0..times {
            std::hint::black_box(Schedule::new(rotation.weights()));
        }
        (processor_time() - before) / times
    };
    let (few, many) = (takes(100, 200), takes(1_000, 20));
    assert!(many < few * 60, "{few:?} for 100 agents, {many:?} for 1,000");
    let weights = weights(1_000);
    let schedule = Schedule::new(rotation(&weights).weights());
    assert_eq!(schedule.slots.len() as u32, total(&weights));
    let taken = take(&weights, &mut position, 20_000);
    // The bound at every turn, counted the quick way: a count is furthest from its share just
    // before and after it changes.
    let total = i64::from(total(&weights));
    let mut counts = vec![0_i64; weights.len()];
    for (turn, agent) in (0_i64..).zip(&taken) {
        let share = i64::from(weights[*agent]);
        assert!((counts[*agent] * total - turn * share).abs() < total);
        counts[*agent] += 1;
        assert!((counts[*agent] * total - (turn + 1) * share).abs() < total);
    }
    for (count, weight) in counts.iter().zip(&weights) {
        assert!((count * total - 20_000 * i64::from(*weight)).abs() < total);
    }
}

#[test]
fn far_too_many_agents_are_served_by_rounded_shares() {
    let rotation = rotation(&(0..20_000).map(|n| n % 100 + 1).collect::<Vec<_>>());
    let schedule = Schedule::new(rotation.weights());
    assert!(schedule.slots.len() <= 2 * MAX_SLOTS as usize);
    assert!(rotation.weights().iter().all(|weight| *weight >= 1), "nobody is left out");
}

proptest! {
    #[test]
    fn counts_stay_within_1_of_the_exact_share_and_within_2_from_later(
        weights in prop::collection::vec(0_u32..=100, 1..12),
        turns in 1_usize..600,
        later in 0_usize..600,
    ) {
        prop_assume!(total(&weights) > 0);
        let taken = take(&weights, &mut 0, turns);
        assert_fair(&weights, &taken, 1);
        assert_fair(&weights, &taken[later.min(turns)..], 2);
    }

    /// From wherever others left the position: within 2, for as long as the agents stay the
    /// same.
    #[test]
    fn counts_stay_within_2_after_any_change(
        segments in prop::collection::vec(
            (prop::collection::vec(0_u32..=9, 1..9), 1_usize..90),
            1..9,
        ),
    ) {
        let mut position = 0;
        for (weights, turns) in segments.iter().filter(|(weights, _)| total(weights) > 0) {
            assert_fair(weights, &take(weights, &mut position, *turns), 2);
        }
    }

    /// Every slot once a round, from any position on and after any number of rounds.
    #[test]
    fn a_round_serves_everybody_by_weight(
        weights in prop::collection::vec(1_u32..=100, 1..9),
        start in 0_u128..u128::from(u64::MAX),
    ) {
        let mut position = start;
        let round = (total(&weights) / divisor(&weights)) as usize;
        for _ in 0..3 {
            let taken = take(&weights, &mut position, round);
            for (agent, weight) in weights.iter().enumerate() {
                let turns = taken.iter().filter(|taken| **taken == agent).count() as u32;
                prop_assert_eq!(turns, weight / divisor(&weights));
            }
        }
    }
}
