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
    every_interleaving_after(&[], edits, may_fail)
}

/// The same after some orders, of which the last is the first publisher's.
fn every_interleaving_after(orders: &[Order], edits: &[Choice], may_fail: bool) -> u32 {
    let (mut every, mut runs) = (Every::default(), 0);
    loop {
        runs += u32::from(one_interleaving(&mut every, orders, edits, may_fail));
        if !every.next() {
            return runs;
        }
    }
}

/// The next of them; false when it is one that has its own run.
fn one_interleaving(
    every: &mut Every,
    orders: &[Order],
    edits: &[Choice],
    mut may_fail: bool,
) -> bool {
    let (table, rows) = (Table { is_coarse: true, ..Table::default() }, Edited::default());
    rows.state.lock().unwrap().counts = counts(3, 3);
    let mut world = World::new(&table, &rows, 2);
    if let Some((last, before)) = orders.split_last() {
        for order in before {
            world.carry_out(order.clone());
        }
        world.orders = vec![last.clone()].into_iter();
    }
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
    let orders = [Order::Look, briefly_by_ann("an import"), publish(false)];
    let runs = every_interleaving_after(&orders, &[Choice::EditRules, Choice::EditAgents], false);
    assert!(runs > 500, "{runs} are not all");
}
