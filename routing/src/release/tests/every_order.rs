//! Every order of the steps of two looks and some edits.

use super::model::{Edited, Table};
use super::world::{Choice, World};
use super::*;

/// Goes through every series of choices: each is a place among those that were open there.
#[derive(Default)]
struct Every {
    path: Vec<(usize, usize)>,
    depth: usize,
}

impl Every {
    fn pick(&mut self, open: usize) -> usize {
        if self.depth == self.path.len() {
            self.path.push((0, open));
        }
        let (place, _) = self.path[self.depth];
        self.depth += 1;
        place
    }

    /// On to the next series, if there is one.
    fn next(&mut self) -> bool {
        self.depth = 0;
        while let Some((place, open)) = self.path.pop() {
            if place + 1 < open {
                self.path.push((place + 1, open));
                return true;
            }
        }
        false
    }
}

/// Every interleaving of two looks and some edits, and, if `may_fail`, one end half-way or one lost
/// answer at any place. Steps that nobody else sees, such as the writing of parts, go with the step
/// before. How many there are.
fn every_interleaving(edits: &[Choice], may_fail: bool) -> u32 {
    every_interleaving_after(&|_| (), edits, may_fail)
}

/// The same in a world where something was done before.
fn every_interleaving_after(
    before: &dyn Fn(&mut World<'_>),
    edits: &[Choice],
    may_fail: bool,
) -> u32 {
    let (mut every, mut runs) = (Every::default(), 0);
    loop {
        runs += u32::from(one_interleaving(&mut every, before, edits, may_fail));
        if !every.next() {
            return runs;
        }
    }
}

/// The next of them; false when it is one that has its own run.
fn one_interleaving(
    every: &mut Every,
    before: &dyn Fn(&mut World<'_>),
    edits: &[Choice],
    mut may_fail: bool,
) -> bool {
    let (table, rows) = (Table { is_coarse: true, ..Table::default() }, Edited::default());
    rows.state.lock().unwrap().counts = counts(10, 3);
    let mut world = World::new(&table, &rows, 2);
    before(&mut world);
    let all_end_well = !may_fail;
    // Up to the first step that others see.
    world.choose(Choice::Step(0));
    world.choose(Choice::Step(1));
    let mut edits = edits.iter();
    loop {
        let running: Vec<usize> = (0..2).filter(|place| world.looks[*place].is_some()).collect();
        if running.is_empty() {
            let pointer = table.state.lock().unwrap().pointer();
            assert!(!all_end_well || !pointer.is_behind(), "{pointer:?}");
            world.end();
            return true;
        }
        let mut open: Vec<Choice> = running.iter().copied().map(Choice::Step).collect();
        if may_fail {
            open.extend(running.iter().copied().map(Choice::Crash));
            open.extend(running.iter().copied().map(Choice::LostAnswer));
        }
        open.extend(edits.as_slice().first());
        let choice = open[every.pick(open.len())];
        match choice {
            Choice::Crash(_) | Choice::LostAnswer(_) => may_fail = false,
            Choice::Step(_) => {}
            _ => {
                edits.next();
            }
        }
        if !world.choose(choice) {
            return false;
        }
    }
}

#[test]
fn every_interleaving_of_two_looks_and_two_edits() {
    let runs = every_interleaving(&[Choice::EditRules, Choice::EditAgents], false);
    assert!(runs > 3_000, "{runs} are not all");
}

#[test]
fn every_interleaving_of_two_looks_and_an_edit_with_a_fault_at_any_place() {
    let runs = every_interleaving(&[Choice::EditRules], true);
    assert!(runs > 3_000, "{runs} are not all");
}

#[test]
fn every_interleaving_of_a_look_and_the_end_of_a_passing_hold() {
    let before = |world: &mut World<'_>| {
        world.carry_out(Order::Look);
        world.carry_out(briefly_by_ann("an import"));
        world.orders = vec![publish(false)].into_iter();
    };
    let runs = every_interleaving_after(&before, &[Choice::EditRules, Choice::EditAgents], false);
    assert!(runs > 500, "{runs} are not all");
}

/// Most rules are lost after a release, and a look found so: that waits.
fn a_loss(world: &mut World<'_>) {
    world.carry_out(Order::Look);
    world.choose(Choice::LoseRules);
    assert!(matches!(world.carry_out(Order::Look), OrderOutcome::Waits(..)));
}

#[test]
fn every_interleaving_of_two_looks_and_a_loss_that_is_mended() {
    let before = |world: &mut World<'_>| drop(world.carry_out(Order::Look));
    let runs = every_interleaving_after(&before, &[Choice::LoseRules, Choice::LoseRules], false);
    assert!(runs > 1_000, "{runs} are not all");
}

#[test]
fn every_interleaving_of_two_looks_that_end_a_wait_with_a_fault_at_any_place() {
    let before = |world: &mut World<'_>| {
        a_loss(world);
        world.choose(Choice::Later);
    };
    let runs = every_interleaving_after(&before, &[], true);
    assert!(runs > 100, "{runs} are not all");
}

#[test]
fn every_interleaving_of_a_look_and_a_force() {
    let before = |world: &mut World<'_>| {
        a_loss(world);
        world.orders = vec![publish(true)].into_iter();
    };
    let runs = every_interleaving_after(&before, &[], false);
    assert!(runs > 20, "{runs} are not all");
}
