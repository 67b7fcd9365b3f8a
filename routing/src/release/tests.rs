//! Two publishers, an editor and a clean-up over one table, in any order of their steps, with ends
//! half-way and lost answers; then accidents, holds and ways back, one by one.

use std::pin::Pin;
use std::sync::atomic::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::model::{Edited, Table, Versions, finish, held_by, poll_once};
use super::retention::erase;
use super::*;

type Work<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
type Looked = Result<Outcome, PublishError<std::convert::Infallible, std::convert::Infallible>>;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn counts(rules: u64, agents: u64) -> Counts {
    Counts { rules, agents }
}

/// An order under way, and what had been edited when it began.
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
    /// What is done next, in order; looks when there is nothing else.
    orders: std::vec::IntoIter<Order>,
    clean: Option<Work<'a, ()>>,
    delete: Option<Work<'a, ()>>,
    /// When things are cleaned up.
    cleans_at: DateTime<Utc>,
    /// The changes of the table that were looked at.
    seen: u64,
}

impl<'a> World<'a> {
    fn new(table: &'a Table, rows: &'a Edited, publishers: usize) -> Self {
        let looks = (0..publishers).map(|_| None).collect();
        let orders = Vec::new().into_iter();
        Self { table, rows, looks, orders, clean: None, delete: None, cleans_at: start(), seen: 0 }
    }

    fn begin(&self, order: Order) -> Look<'a> {
        let (table, mut rows) = (self.table, self.rows);
        let began = *self.rows.state.lock().unwrap();
        let work =
            async move { carry_out(&order, table, &mut rows, start(), &|| table.fresh_id()).await };
        Look { work: Box::pin(work), began }
    }

    fn step(&mut self, publisher: usize) {
        let mut look = match self.looks[publisher].take() {
            Some(look) => look,
            None => {
                let order = self.orders.next().unwrap_or(Order::Look);
                self.begin(order)
            }
        };
        match poll_once(&mut look.work) {
            Some(outcome) => {
                let outcome = outcome.expect("an order ends well");
                if let Outcome::Published(_) | Outcome::Unchanged(_) | Outcome::Covered(_) = outcome
                    && self.table.state.lock().unwrap().pointer().state() == State::Live
                {
                    self.assert_live_since(look.began);
                }
            }
            None => self.looks[publisher] = Some(look),
        }
    }

    /// Does that; false when no answer was lost that was to be, for only the pointer's are.
    fn choose(&mut self, choice: Choice) -> bool {
        let mut is_done = true;
        match choice {
            Choice::Step(publisher) => self.step(publisher),
            Choice::Crash(publisher) => self.looks[publisher] = None,
            Choice::LostAnswer(publisher) => {
                self.table.loses_answer.store(true, Ordering::Relaxed);
                self.step(publisher);
                is_done = !self.table.loses_answer.swap(false, Ordering::Relaxed);
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
                rows.breaks += 1;
            }
            Choice::Clean => {
                let (table, now) = (self.table, self.cleans_at);
                let work = async move { clean_up(table, now).await.map(drop).unwrap() };
                let mut work = self.clean.take().unwrap_or_else(|| Box::pin(work));
                if poll_once(&mut work).is_none() {
                    self.clean = Some(work);
                }
            }
            Choice::Delete => {
                let table = self.table;
                let number = table.state.lock().unwrap().pointer().number().saturating_sub(1);
                let work = async move { erase(table, number, start()).await.map(drop).unwrap() };
                let mut work = self.delete.take().unwrap_or_else(|| Box::pin(work));
                if poll_once(&mut work).is_none() {
                    self.delete = Some(work);
                }
            }
        }
        self.assert_never_torn();
        is_done
    }

    /// What was edited before a look began is live when it ends.
    fn assert_live_since(&self, began: Versions) {
        let state = self.table.state.lock().unwrap();
        let live = state.pointer().live.expect("a look ends with a live release");
        let (rules, agents) = held_by(&state.bytes(&live).unwrap());
        assert!(agents >= began.agents, "edits of agents: {agents} live, {began:?}");
        // Rules that got an error in between keep what was live, which may be older.
        let were_good =
            !began.rules_are_bad && began.breaks == self.rows.state.lock().unwrap().breaks;
        assert!(!were_good || rules >= began.rules, "of rules: {rules} live, {began:?}");
    }

    fn assert_never_torn(&mut self) {
        let state = self.table.state.lock().unwrap();
        if std::mem::replace(&mut self.seen, state.changes) == state.changes {
            return;
        }
        if let Some(live) = state.pointer().live {
            assert_eq!(state.bytes(&live).err(), None, "release {} is torn", live.number);
        }
    }

    /// Everybody ends half-way; then one look and one clean-up with nobody in between.
    fn end(mut self) {
        self.looks.clear();
        (self.clean, self.delete) = (None, None);
        let is_held = self.table.state.lock().unwrap().pointer().hold.is_some();
        let order = if is_held { publish(false) } else { Order::Look };
        finish(self.begin(order).work).unwrap();
        finish(clean_up(self.table, start() + TimeDelta::hours(1))).unwrap();

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
        // But for parts of a publisher that slept for an hour, and wrote on after the clean-up.
        let is_known = |(content, _): &(String, usize)| contents.contains(&content);
        assert!(self.cleans_at > start() || state.parts.keys().all(is_known));
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

fn order() -> impl Strategy<Value = Order> {
    prop_oneof![
        4 => Just(Order::Look),
        2 => any::<bool>().prop_map(publish),
        2 => (1..5_u64).prop_map(back),
        2 => Just(by_ann("a test")),
        1 => (1..5_u64).prop_map(|number| Order::Erase { number }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    /// The same with holds, ways back and erasures among the looks.
    #[test]
    fn no_order_of_people_tears_a_release(
        choices in prop::collection::vec(choice(), 0..160),
        publishers_sleep in any::<bool>(),
        orders in prop::collection::vec(order(), 0..12),
    ) {
        let (table, rows) = (Table::default(), Edited::default());
        rows.state.lock().unwrap().counts = counts(3, 3);
        let mut world = World::new(&table, &rows, 2);
        world.orders = orders.into_iter();
        world.cleans_at += TimeDelta::hours(i64::from(publishers_sleep) * 2);
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

/// Every interleaving of two looks and some edits, and, if `may_fail`, one end half-way or one lost
/// answer at any place. Steps that nobody else sees, such as the writing of parts, go with the step
/// before. How many there are.
fn every_interleaving(edits: &[Choice], may_fail: bool) -> u32 {
    let (mut every, mut runs) = (Every::default(), 0);
    loop {
        runs += u32::from(one_interleaving(&mut every, edits, may_fail));
        if !every.next() {
            return runs;
        }
    }
}

/// The next of them; false when it is one that has its own run.
fn one_interleaving(every: &mut Every, edits: &[Choice], mut may_fail: bool) -> bool {
    let (table, rows) = (Table { is_coarse: true, ..Table::default() }, Edited::default());
    rows.state.lock().unwrap().counts = counts(3, 3);
    let mut world = World::new(&table, &rows, 2);
    // Up to the first step that others see.
    world.choose(Choice::Step(0));
    world.choose(Choice::Step(1));
    let mut edits = edits.iter();
    loop {
        let running: Vec<usize> = (0..2).filter(|place| world.looks[*place].is_some()).collect();
        if running.is_empty() {
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

/// A table, rows, and orders carried out on them at a time of the test's own.
#[derive(Default)]
struct Office {
    table: Table,
    rows: Edited,
}

impl Office {
    fn with(rules: u64, agents: u64) -> Self {
        let office = Self::default();
        office.edit(rules, agents);
        assert!(matches!(office.order(Order::Look, 0), Outcome::Published(_)));
        office
    }

    fn edit(&self, rules: u64, agents: u64) {
        let mut rows = self.rows.state.lock().unwrap();
        (rows.rules, rows.counts) = (rows.rules + 1, counts(rules, agents));
    }

    /// Carries out an order so many minutes after the start.
    fn order(&self, order: Order, minutes: i64) -> Outcome {
        let now = start() + TimeDelta::minutes(minutes);
        finish(carry_out(&order, &self.table, &mut &self.rows, now, &|| self.table.fresh_id()))
            .unwrap()
    }

    fn look(&self, minutes: i64) -> Outcome {
        self.order(Order::Look, minutes)
    }

    fn pointer(&self) -> Pointer {
        self.table.state.lock().unwrap().pointer()
    }

    fn live(&self) -> (u64, Counts) {
        let live = self.pointer().live.unwrap();
        (live.number, live.counts)
    }
}

fn publish(force: bool) -> Order {
    Order::Publish { force, own_hold: None }
}

fn by_ann(why: &str) -> Order {
    Order::Hold { why: why.to_owned(), by: "ann".to_owned() }
}

fn back(number: u64) -> Order {
    Order::Back { number, by: "ann".to_owned() }
}

#[test]
fn a_look_that_finds_nothing_new_only_says_when() {
    let office = Office::with(20, 10);
    let before = office.table.state.lock().unwrap().parts.clone();
    assert!(matches!(office.look(5), Outcome::Unchanged(_)));
    let pointer = office.pointer();
    assert_eq!((pointer.number(), pointer.covers, pointer.state()), (1, 2, State::Live));
    assert_eq!(pointer.checked_at, Some(start() + TimeDelta::minutes(5)));
    let state = office.table.state.lock().unwrap();
    assert_eq!((&state.parts, state.contents.len()), (&before, 1));
}

#[test]
fn a_damaged_release_is_published_anew_by_the_rows_kept_before_it() {
    let office = Office::with(20, 10);
    office.edit(20, 11);
    office.look(1);
    office.rows.state.lock().unwrap().rules_are_bad = true;
    {
        let mut state = office.table.state.lock().unwrap();
        let live = state.pointer().live.unwrap();
        state.parts.insert((live.content, 1), b"not".to_vec());
    }
    let outcome = office.look(2);
    let Outcome::Published(release) = outcome else { panic!("{outcome:?}") };
    let bytes = office.table.state.lock().unwrap().bytes(&release).unwrap();
    assert_eq!((release.number, held_by(&bytes).0), (3, 1), "the rules of release 1");
}

#[test]
fn what_looks_like_an_accident() {
    for (before, now, waits) in [
        ((20, 10), (10, 10), false),
        ((20, 10), (9, 10), true),
        ((20, 10), (20, 5), false),
        ((20, 10), (20, 4), true),
        ((4, 4), (1, 1), false),
        ((4, 4), (0, 4), true),
        ((5, 4), (0, 4), true),
        ((4, 1), (4, 0), true),
        ((0, 0), (0, 0), false),
        ((0, 5), (9, 0), true),
        ((7, 3), (2, 3), true),
        ((7, 3), (3, 3), false),
    ] {
        let office = Office::with(before.0, before.1);
        office.edit(now.0, now.1);
        let outcome = office.look(1);
        assert_eq!(
            matches!(outcome, Outcome::Waits(..)),
            waits,
            "{before:?} to {now:?}: {outcome}"
        );
        let live = if waits { before } else { now };
        assert_eq!(office.live().1, counts(live.0, live.1));
    }
}

#[test]
fn what_went_bit_by_bit_within_an_hour_waits_too() {
    let office = Office::with(20, 10);
    for (rules, minutes) in [(16, 10), (13, 20)] {
        office.edit(rules, 10);
        assert!(matches!(office.look(minutes), Outcome::Published(_)), "{rules}");
    }
    office.edit(9, 10);
    // Until minute 10 twenty rules were live, and until minute 20 sixteen.
    assert!(matches!(office.look(69), Outcome::Waits(..)));
    office.edit(8, 10);
    assert!(
        matches!(office.look(71), Outcome::Published(_)),
        "half of sixteen is not more than half"
    );
}

#[test]
fn an_accident_is_believed_after_15_minutes_of_the_same() {
    let office = Office::with(20, 10);
    office.edit(5, 10);
    let why = office.look(1).to_string();
    assert!(why.contains("15 of 20 rules are gone") && why.contains("11:22 UTC"), "{why}");
    assert!(matches!(office.look(6), Outcome::Waits(..)));
    // Another edit: all of it waits, and the time begins anew.
    office.edit(6, 10);
    let outcome = office.look(10);
    let Outcome::Waits(pointer, waiting) = outcome else { panic!("{outcome:?}") };
    assert_eq!((pointer.state(), waiting.looks, waiting.total), (State::Waits, 1, false));
    assert!(matches!(office.look(24), Outcome::Waits(..)));
    let outcome = office.look(25);
    let Outcome::Published(release) = outcome else { panic!("{outcome:?}") };
    assert_eq!((release.cause, office.pointer().state()), (Cause::Waited, State::Live));
    // What was waited for is not missed again.
    office.edit(7, 10);
    assert!(matches!(office.look(26), Outcome::Published(_)));
}

#[test]
fn a_total_loss_goes_live_by_force_only() {
    let office = Office::with(20, 10);
    office.edit(20, 0);
    for minutes in [1, 20, 600] {
        let outcome = office.look(minutes);
        let Outcome::Waits(_, waiting) = &outcome else { panic!("{outcome:?}") };
        assert!(waiting.total && waiting.why.contains("no agents are left of 10"), "{outcome}");
    }
    assert!(matches!(office.order(publish(false), 601), Outcome::Waits(..)));
    let outcome = office.order(publish(true), 602);
    assert!(matches!(&outcome, Outcome::Published(release) if release.cause == Cause::Force));
    assert_eq!(office.live(), (2, counts(20, 0)));
    office.edit(19, 0);
    assert!(matches!(office.look(603), Outcome::Published(_)), "it was meant");
}

#[test]
fn rows_that_are_back_end_the_wait() {
    let office = Office::with(20, 10);
    office.edit(20, 0);
    assert!(matches!(office.look(1), Outcome::Waits(..)));
    office.edit(20, 10);
    assert!(matches!(office.look(2), Outcome::Published(_)));
    assert_eq!(office.pointer().waiting, None);
}

#[test]
fn a_hold_keeps_the_live_release_until_somebody_publishes() {
    let office = Office::with(20, 10);
    assert!(matches!(office.order(by_ann("moving teams"), 1), Outcome::HoldBegan(_)));
    office.edit(20, 11);
    for minutes in [2, 500] {
        let outcome = office.look(minutes);
        assert!(outcome.to_string().contains("held by ann"), "{outcome}");
        assert!(outcome.to_string().contains("moving teams"), "{outcome}");
    }
    let pointer = office.pointer();
    assert_eq!((office.live().1, pointer.state()), (counts(20, 10), State::Held));
    assert_eq!(
        (pointer.is_behind(), pointer.checked_at),
        (false, Some(start() + TimeDelta::minutes(500)))
    );
    let hold = office.pointer().hold.unwrap();
    let is_long = |minutes| hold.is_long(start() + TimeDelta::minutes(minutes));
    assert!(!is_long(240) && is_long(241), "it began after a minute");
    let again = office.order(by_ann("again"), 501);
    assert!(matches!(&again, Outcome::HeldAlready(hold) if hold.why == "moving teams"), "{again}");
    assert!(matches!(office.order(publish(false), 502), Outcome::Published(_)));
    assert_eq!((office.live().1, office.pointer().hold), (counts(20, 11), None));
}

#[test]
fn nobody_ends_a_hold_that_another_began() {
    let office = Office::with(20, 10);
    let Outcome::HoldBegan(first) = office.order(by_ann("mine"), 1) else { panic!() };
    office.edit(20, 11);
    let by_other = Order::Publish { force: true, own_hold: Some("another".to_owned()) };
    assert!(matches!(office.order(by_other, 2), Outcome::Held(_)));
    assert_eq!((office.live().0, office.pointer().hold), (1, Some(first.clone())));
    let by_owner = Order::Publish { force: false, own_hold: Some(first.id) };
    assert!(matches!(office.order(by_owner, 3), Outcome::Published(_)));
}

#[test]
fn an_earlier_release_is_live_again_and_held() {
    let office = Office::with(20, 10);
    for (agents, minutes) in [(11, 1), (12, 2)] {
        office.edit(20, agents);
        office.look(minutes);
    }
    let outcome = office.order(back(1), 3);
    assert!(outcome.to_string().contains("it is release 1 again"), "{outcome}");
    assert_eq!((office.live(), office.pointer().state()), ((4, counts(20, 10)), State::Held));
    let state = office.table.state.lock().unwrap();
    let (first, live) = (&state.listed[&1], state.pointer().live.unwrap());
    assert!(first.hash == live.hash && first.content != live.content, "a copy of its own");
    assert_eq!(state.bytes(first), state.bytes(&live));
    drop(state);
    assert!(matches!(office.look(4), Outcome::Held(_)));
    assert!(matches!(office.order(back(9), 5), Outcome::NoSuchRelease(9)));
    assert!(matches!(office.order(publish(false), 6), Outcome::Published(_)));
    assert_eq!(office.live(), (5, counts(20, 12)));
}

#[test]
fn without_a_release_there_is_nothing_to_hold_or_go_back_to() {
    let office = Office::default();
    assert_eq!(office.order(by_ann("early"), 0), Outcome::NothingLive);
    assert_eq!(office.order(back(1), 0), Outcome::NoSuchRelease(1));
    assert_eq!(office.pointer(), Pointer::default());
}

#[test]
fn one_release_is_erased_unless_it_is_live() {
    let office = Office::with(20, 10);
    office.edit(20, 11);
    office.look(1);
    for (number, outcome) in [
        (2, Outcome::IsLive(2)),
        (7, Outcome::NoSuchRelease(7)),
        (1, Outcome::Erased(1)),
        (1, Outcome::NoSuchRelease(1)),
    ] {
        assert_eq!(office.order(Order::Erase { number }, 2), outcome);
    }
    let state = office.table.state.lock().unwrap();
    assert_eq!((state.contents.len(), state.listed.contains_key(&1)), (1, false));
}

#[test]
fn the_last_50_the_last_of_each_hour_and_of_each_day_are_kept() {
    let now = start();
    // One release each ten minutes for 100 days.
    let count = 100 * 24 * 6_u64;
    let at = |number: u64| now - TimeDelta::minutes(10) * i32::try_from(count - number).unwrap();
    let all: Vec<(u64, DateTime<Utc>)> = (0..count).map(|number| (number, at(number))).collect();
    let gone = expendable(&all, now);
    let kept: Vec<u64> = (0..count).filter(|number| !gone.contains(number)).collect();
    let young = |hours: i64| {
        kept.iter().filter(|number| now - at(**number) < TimeDelta::hours(hours)).count()
    };
    // 50 of ten minutes reach back 8 hours and 20 minutes.
    assert_eq!(young(8), 47);
    let of_week = young(7 * 24);
    assert!((208..=210).contains(&of_week), "50, then the last of each of 159 hours: {of_week}");
    let of_quarter = young(90 * 24) - of_week;
    assert!((82..=84).contains(&of_quarter), "the last of each of 83 days: {of_quarter}");
    assert_eq!(kept.len(), of_week + of_quarter, "nothing older than 90 days");
    let rest: Vec<_> = all.iter().filter(|(number, _)| kept.contains(number)).copied().collect();
    assert_eq!(expendable(&rest, now), Vec::<u64>::new(), "what is kept stays kept");
    assert_eq!(expendable(&all[..50], now), Vec::<u64>::new(), "the last 50 whatever their age");
}

#[test]
fn a_pointer_reads_as_it_prints_and_is_never_long() {
    let long = "전환 중 \"\\\u{7}".repeat(200);
    let pointer = Pointer {
        revision: 7,
        wanted: 9,
        covers: 8,
        checked_at: Some(start()),
        live: Some(Release {
            number: u64::MAX,
            format: 1,
            content: "0".repeat(32),
            parts: vec![hash(b""); MAX_PARTS],
            hash: hash(b""),
            counts: counts(u64::MAX, u64::MAX),
            published_at: start(),
            cause: Cause::Back { number: u64::MAX },
        }),
        hold: Some(Hold::new("0".repeat(32), &long, &long, start())),
        waiting: Some(Waiting {
            why: "x".repeat(300),
            total: true,
            since: start(),
            looks: u32::MAX,
            found: hash(b""),
        }),
    };
    let json = pointer.print().unwrap();
    assert_eq!(Pointer::read(&json, 7, 9).unwrap(), pointer);
    assert!(
        json.contains(r#""State":"held""#) && json.contains(r#""BackTo":18446744073709551615"#)
    );
    let more = json.replacen('{', r#"{"OfTheNextVersion":{"a":[1]},"#, 1);
    assert_eq!(Pointer::read(&more, 7, 9).unwrap(), pointer, "of a version to come");
    for bad in ["", "{}", "[]", r#"{"Covers":"x"}"#, json.get(1..).unwrap()] {
        assert!(matches!(Pointer::read(bad, 0, 0), Err(PointerError::NotAPointer(_))), "{bad}");
    }
    assert_eq!(Pointer::read(&"x".repeat(5_000), 0, 0), Err(PointerError::TooLong(5_000)));
}

#[test]
fn parts_are_taken_only_whole() {
    let bytes: Vec<u8> = (0..=99).collect();
    let parts = split(&bytes, 30);
    assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [30, 30, 30, 10]);
    assert_eq!(split(&[], 30), [b"".as_slice()]);
    let office = Office::with(1, 1);
    let release = Release {
        parts: parts.iter().map(|part| hash(part)).collect(),
        ..office.pointer().live.unwrap()
    };
    let good: Vec<_> = parts.iter().map(|part| Some(part.to_vec())).collect();
    assert_eq!(release.join(good.clone()).unwrap(), bytes);
    let mut missing = good.clone();
    missing[2] = None;
    assert_eq!(release.join(missing), Err(BrokenError::Missing(2)));
    assert_eq!(release.join(good[..3].to_vec()), Err(BrokenError::Missing(3)));
    let mut swapped = good;
    swapped.swap(0, 1);
    assert_eq!(release.join(swapped), Err(BrokenError::Corrupt(0)));
    assert_eq!(hash(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn orders_as_people_give_them() {
    for (json, order) in [
        (r#"{"Publish": {}}"#, publish(false)),
        (r#"{"Publish": {"Force": true}}"#, publish(true)),
        (
            r#"{"Publish": {"OwnHold": "x"}}"#,
            Order::Publish { force: false, own_hold: Some("x".to_owned()) },
        ),
        (r#"{"Publish": {"Release": 40, "By": "ann"}}"#, back(40)),
        (r#"{"Hold": {"Why": "x", "By": "ann"}}"#, by_ann("x")),
        (r#"{"Hold": {"Why": "x"}}"#, Order::Hold { why: "x".into(), by: "somebody".into() }),
        (r#"{"Erase": {"Release": 40}}"#, Order::Erase { number: 40 }),
    ] {
        assert_eq!(Order::read(&serde_json::from_str(json).unwrap()), Ok(Some(order)), "{json}");
    }
    for json in ["{}", "[]", "null", r#"{"Records": []}"#] {
        assert_eq!(Order::read(&serde_json::from_str(json).unwrap()), Ok(None), "{json}");
    }
    for json in [
        r#"{"Publish": {"Relase": 40}}"#,
        r#"{"Publish": {"Release": "40"}}"#,
        r#"{"Publish": {"Release": 40, "Force": true}}"#,
        r#"{"Publish": {}, "Hold": {"Why": "x"}}"#,
        r#"{"Hold": {}}"#,
        r#"{"Hold": {"Why": " "}}"#,
        r#"{"Erase": {}}"#,
        r#"{"Publish": true}"#,
    ] {
        let error = Order::read(&serde_json::from_str(json).unwrap()).unwrap_err();
        assert!(error.contains('`'), "{json}: {error}");
    }
}
