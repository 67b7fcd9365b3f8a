//! Two publishers, an editor and a clean-up over one table, in any order of their steps, with ends
//! half-way and lost answers; then accidents, holds and ways back, one by one.

use std::pin::Pin;
use std::sync::atomic::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::model::{Edited, Table, Versions, finish, held_by, poll_once};
use super::*;

type Work<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
type Looked = Result<Outcome, PublishError<std::convert::Infallible, std::convert::Infallible>>;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn counts(rules: u64, agents: u64) -> Counts {
    Counts { rules, agents }
}

/// A look under way, and what had been edited when it began.
struct Look<'a> {
    work: Work<'a, Looked>,
    began: Versions,
}

/// What the driver of the steps may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// One step of a publisher.
    Step(usize),
    /// A publisher ends half-way.
    Crash(usize),
    /// A step of a publisher whose answer, if it writes the pointer, is lost.
    LostAnswer(usize),
    /// An edit of the rules, or of the agents.
    EditRules,
    EditAgents,
    /// The rules get an error, or are good again.
    BreakRules,
    /// One step of a clean-up.
    Clean,
    /// One step of an erasure of the release before the live one.
    Delete,
}

/// A world of publishers over one table.
struct World<'a> {
    table: &'a Table,
    rows: &'a Edited,
    looks: Vec<Option<Look<'a>>>,
    clean: Option<Work<'a, ()>>,
    delete: Option<Work<'a, ()>>,
    done: usize,
}

impl<'a> World<'a> {
    fn new(table: &'a Table, rows: &'a Edited, publishers: usize) -> Self {
        let looks = (0..publishers).map(|_| None).collect();
        Self { table, rows, looks, clean: None, delete: None, done: 0 }
    }

    fn look(&self) -> Look<'a> {
        let (table, mut rows) = (self.table, self.rows);
        let began = *self.rows.state.lock().unwrap();
        let work = async move {
            carry_out(&Order::Look, table, &mut rows, start(), &|| table.fresh_id()).await
        };
        Look { work: Box::pin(work), began }
    }

    fn step(&mut self, publisher: usize) {
        let mut look = self.looks[publisher].take().unwrap_or_else(|| self.look());
        match poll_once(&mut look.work) {
            Some(outcome) => {
                outcome.expect("a look ends well");
                self.done += 1;
                self.assert_live_since(look.began);
            }
            None => self.looks[publisher] = Some(look),
        }
    }

    fn choose(&mut self, choice: Choice) {
        match choice {
            Choice::Step(publisher) => self.step(publisher),
            Choice::Crash(publisher) => self.looks[publisher] = None,
            Choice::LostAnswer(publisher) => {
                self.table.loses_answer.store(true, Ordering::Relaxed);
                self.step(publisher);
                self.table.loses_answer.store(false, Ordering::Relaxed);
            }
            Choice::EditRules => {
                let mut rows = self.rows.state.lock().unwrap();
                rows.rules += 1;
                rows.rules_are_bad = false;
            }
            Choice::EditAgents => self.rows.state.lock().unwrap().agents += 1,
            Choice::BreakRules => {
                let mut rows = self.rows.state.lock().unwrap();
                rows.rules_are_bad = !rows.rules_are_bad;
            }
            Choice::Clean => {
                let table = self.table;
                let work = async move { clean_up(table, start()).await.map(drop).unwrap() };
                let mut work = self.clean.take().unwrap_or_else(|| Box::pin(work));
                if poll_once(&mut work).is_none() {
                    self.clean = Some(work);
                }
            }
            Choice::Delete => {
                let table = self.table;
                let number = table.state.lock().unwrap().pointer().number().saturating_sub(1);
                let work = async move { delete(table, number, start()).await.map(drop).unwrap() };
                let mut work = self.delete.take().unwrap_or_else(|| Box::pin(work));
                if poll_once(&mut work).is_none() {
                    self.delete = Some(work);
                }
            }
        }
        self.assert_never_torn();
    }

    /// What was edited before a look began is live when it ends.
    fn assert_live_since(&self, began: Versions) {
        let state = self.table.state.lock().unwrap();
        let live = state.pointer().live.expect("a look ends with a live release");
        let (rules, agents) = held_by(&state.bytes(&live).unwrap());
        assert!(agents >= began.agents, "edits of agents: {agents} live, {began:?}");
        assert!(began.rules_are_bad || rules >= began.rules, "of rules: {rules} live, {began:?}");
    }

    fn assert_never_torn(&self) {
        let state = self.table.state.lock().unwrap();
        if let Some(live) = state.pointer().live {
            assert_eq!(state.bytes(&live).err(), None, "release {} is torn", live.number);
        }
    }

    /// Everybody ends half-way; then one look and one clean-up with nobody in between.
    fn end(mut self) {
        self.looks.clear();
        (self.clean, self.delete) = (None, None);
        let mut look = self.look();
        finish(async { std::future::poll_fn(|cx| look.work.as_mut().poll(cx)).await }).unwrap();
        finish(clean_up(self.table, start())).unwrap();

        let (state, rows) = (self.table.state.lock().unwrap(), *self.rows.state.lock().unwrap());
        let pointer = state.pointer();
        let live = pointer.live.clone().unwrap();
        let (rules, agents) = held_by(&state.bytes(&live).unwrap());
        assert_eq!(agents, rows.agents);
        assert!(rows.rules_are_bad || rules == rows.rules, "{rules} live, {rows:?}");
        assert!(!pointer.is_behind(), "the last look covers every raise");

        // Every number once, in order, each with a content of its own.
        let mut before: Option<&Release> = None;
        for pointer in &state.written {
            let release = pointer.live.as_ref().unwrap();
            let number = before.map_or(0, |before| before.number);
            let is_same = before == Some(release);
            assert!(is_same || release.number == number + 1, "{before:?} then {release:?}");
            before = Some(release);
        }
        // What is kept is whole, and nothing else is there.
        let kept: Vec<&Release> =
            state.listed.values().filter(|release| release.number < live.number).collect();
        let mut contents = vec![&live.content];
        for release in kept {
            assert_eq!(state.bytes(release).err(), None, "release {}", release.number);
            contents.push(&release.content);
        }
        contents.sort();
        assert_eq!(contents, state.contents.keys().collect::<Vec<_>>());
        assert!(state.parts.keys().all(|(content, _)| contents.contains(&content)));
    }
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        20 => (0..2_usize).prop_map(Choice::Step),
        1 => (0..2_usize).prop_map(Choice::Crash),
        2 => (0..2_usize).prop_map(Choice::LostAnswer),
        2 => Just(Choice::EditRules),
        2 => Just(Choice::EditAgents),
        1 => Just(Choice::BreakRules),
        4 => Just(Choice::Clean),
        2 => Just(Choice::Delete),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    /// Two publishers, an editor, a clean-up and an erasure, one step each at a time, in any order.
    #[test]
    fn no_order_of_steps_loses_an_edit_or_tears_a_release(
        choices in prop::collection::vec(choice(), 0..160),
    ) {
        let (table, rows) = (Table::default(), Edited::default());
        rows.state.lock().unwrap().counts = counts(3, 3);
        let mut world = World::new(&table, &rows, 2);
        for choice in choices {
            world.choose(choice);
        }
        world.end();
    }
}

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

/// Every interleaving of two looks and two edits, with an end half-way at any place or a lost
/// answer at any place. Steps that nobody else sees, such as the writing of parts, go with the step
/// before.
#[test]
fn every_interleaving_of_two_looks_and_an_editor() {
    let (mut every, mut runs) = (Every::default(), 0_u32);
    loop {
        let (table, rows) = (Table { is_coarse: true, ..Table::default() }, Edited::default());
        rows.state.lock().unwrap().counts = counts(3, 3);
        let mut world = World::new(&table, &rows, 2);
        let (mut ended, mut edits, mut may_fail) = ([false; 2], 0, true);
        for publisher in 0..2 {
            let look = world.look();
            world.looks[publisher] = Some(look);
        }
        while ended != [true; 2] {
            let mut open = Vec::new();
            for publisher in (0..2).filter(|publisher| !ended[*publisher]) {
                open.push(Choice::Step(publisher));
                if may_fail {
                    open.extend([Choice::Crash(publisher), Choice::LostAnswer(publisher)]);
                }
            }
            match edits {
                0 => open.push(Choice::EditRules),
                1 => open.push(Choice::EditAgents),
                _ => {}
            }
            let choice = open[every.pick(open.len())];
            match choice {
                Choice::Crash(_) | Choice::LostAnswer(_) => may_fail = false,
                Choice::EditRules | Choice::EditAgents => edits += 1,
                _ => {}
            }
            world.choose(choice);
            for publisher in 0..2 {
                ended[publisher] = world.looks[publisher].is_none();
            }
        }
        world.end();
        runs += 1;
        if !every.next() {
            break;
        }
    }
    assert!(runs > 10_000, "{runs} runs are not all of them");
}
