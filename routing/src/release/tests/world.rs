//! Two publishers, an editor and a clean-up over one table, one step at a time, with ends half-way
//! and lost answers.

use std::pin::Pin;
use std::sync::atomic::Ordering;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::accident::accident;
use super::super::retention::erase;
use super::model::{Edited, Table, Versions, finish, held_by, poll_once};
use super::*;

type Work<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
type Looked =
    Result<OrderOutcome, PublishError<std::convert::Infallible, std::convert::Infallible>>;

/// An order under way, and what had been edited when it began.
pub(super) struct Look<'a> {
    work: Work<'a, Looked>,
    began: Versions,
}

/// What the driver of the steps may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
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
    /// Nine of ten rules are lost, or back.
    LoseRules,
    /// All agents are lost, or back.
    LoseAgents,
    /// It is 15 minutes later for whoever begins now.
    Later,
    /// One step of a clean-up.
    Clean,
    /// One step of an erasure of the release before the live one.
    Delete,
}

/// A world of publishers over one table.
pub(super) struct World<'a> {
    table: &'a Table,
    rows: &'a Edited,
    pub(super) looks: Vec<Option<Look<'a>>>,
    /// What is done next, in order; looks when there is nothing else.
    pub(super) orders: std::vec::IntoIter<Order>,
    clean: Option<Work<'a, ()>>,
    delete: Option<Work<'a, ()>>,
    /// What time it is for an order that begins.
    now: DateTime<Utc>,
    /// When things are cleaned up.
    pub(super) cleans_at: DateTime<Utc>,
    /// The changes of the table that were looked at.
    seen: u64,
}

impl<'a> World<'a> {
    pub(super) fn new(table: &'a Table, rows: &'a Edited, publishers: usize) -> Self {
        let looks = (0..publishers).map(|_| None).collect();
        let orders = Vec::new().into_iter();
        let (now, cleans_at) = (start(), start());
        Self { table, rows, looks, orders, clean: None, delete: None, now, cleans_at, seen: 0 }
    }

    fn begin(&self, order: Order) -> Look<'a> {
        let (table, mut rows, now) = (self.table, self.rows, self.now);
        let began = *self.rows.state.lock().unwrap();
        let work =
            async move { carry_out(&order, table, &mut rows, now, &|| table.fresh_id()).await };
        Look { work: Box::pin(work), began }
    }

    /// Carries out an order with nobody in between.
    pub(super) fn carry_out(&self, order: Order) -> OrderOutcome {
        finish(self.begin(order).work).unwrap()
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
                if let OrderOutcome::Published(..)
                | OrderOutcome::Unchanged(..)
                | OrderOutcome::Covered(_) = outcome
                    && self.table.state.lock().unwrap().pointer().state() == State::Live
                {
                    self.assert_live_since(look.began);
                }
            }
            None => self.looks[publisher] = Some(look),
        }
    }

    /// Does that; false when no answer was lost that was to be, for only the pointer's are.
    pub(super) fn choose(&mut self, choice: Choice) -> bool {
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
            Choice::LoseRules => {
                let mut rows = self.rows.state.lock().unwrap();
                rows.rules += 1;
                rows.rules_are_bad = false;
                rows.counts.rules = if rows.counts.rules == 1 { 10 } else { 1 };
            }
            Choice::LoseAgents => {
                let mut rows = self.rows.state.lock().unwrap();
                rows.agents += 1;
                rows.counts.agents = if rows.counts.agents == 0 { 3 } else { 0 };
            }
            Choice::Later => self.now += BELIEVED_AFTER,
            Choice::Clean => {
                let (table, now) = (self.table, self.cleans_at);
                let work = async move { clean_up(table, now).await.map(drop).unwrap() };
                let mut work = self.clean.take().unwrap_or_else(|| Box::pin(work));
                if poll_once(&mut work).is_none() {
                    self.clean = Some(work);
                }
            }
            Choice::Delete => {
                let (table, now) = (self.table, self.now);
                let number = table.state.lock().unwrap().pointer().number().saturating_sub(1);
                let work = async move { erase(table, number, now).await.map(drop).unwrap() };
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

    /// Everybody ends half-way; then one look and one clean-up with nobody in between. What waits
    /// then is what the rows say, so it is live 15 minutes later, or forced. A hold outlasts a
    /// publish that is refused, and any time.
    pub(super) fn end(mut self) {
        self.looks.clear();
        (self.clean, self.delete) = (None, None);
        let is_held = self.table.state.lock().unwrap().pointer().hold.is_some();
        let outcome = self.carry_out(if is_held { publish(false) } else { Order::Look });
        if let OrderOutcome::Waits(_, waiting) = outcome {
            self.now += BELIEVED_AFTER;
            let after = self.carry_out(Order::Look);
            match is_held {
                true => assert!(matches!(after, OrderOutcome::Held(_)), "{after:?}"),
                false => {
                    let waits = matches!(after, OrderOutcome::Waits(..));
                    assert_eq!(waits, waiting.total, "{after:?}");
                }
            }
            if is_held || waiting.total {
                self.carry_out(publish(true));
            }
        }
        finish(clean_up(self.table, self.now + TimeDelta::hours(1))).unwrap();

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
        assert_no_accident(&state.written);
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

/// What was lost went live because somebody said so, or after every look for 15 minutes found it;
/// if nothing was left, by somebody's word alone.
fn assert_no_accident(written: &[Pointer]) {
    for (place, pointers) in written.windows(2).enumerate() {
        let [before, now] = pointers else { unreachable!() };
        let (before, live) = (before.live.as_ref().unwrap(), now.live.as_ref().unwrap());
        if before == live {
            continue;
        }
        let lost = accident(before.counts, live.counts);
        match live.cause {
            Cause::Edits => assert_eq!(lost, None, "{before:?} then {live:?}"),
            Cause::Waited => {
                assert!(lost.is_some_and(|lost| !lost.is_total), "{before:?} then {live:?}");
                let waits = written[..=place].iter().rev().map_while(|before| {
                    let waiting = before.waiting.as_ref()?;
                    (waiting.found == live.hash).then_some((waiting.looks, before.checked_at?))
                });
                let waits: Vec<_> = waits.collect();
                let since = waits.iter().map(|(_, at)| *at).min().expect("a look that found it");
                assert!(live.published_at - since >= BELIEVED_AFTER, "{waits:?}, {live:?}");
                let is_counted = waits.iter().rev().zip(1..).all(|((looks, _), nth)| *looks == nth);
                assert!(is_counted, "{waits:?}");
            }
            Cause::Force | Cause::Back { .. } => {}
        }
    }
}
