//! A table of releases in memory that does what DynamoDB does, one step at a time: whoever drives
//! the publishers decides whose step is next, who ends half-way, and whose answer is lost.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use super::*;

/// The table.
#[derive(Default)]
pub(super) struct Table {
    pub(super) state: Mutex<TableState>,
    /// The answer to the next write of the pointer is lost: it is done, and looks refused.
    pub(super) loses_answer: AtomicBool,
    /// Only steps that others see are steps of their own.
    pub(super) is_coarse: bool,
    pub(super) ids: AtomicU64,
}

#[derive(Default)]
pub(super) struct TableState {
    /// The pointer, as it was read back from its JSON.
    pub(super) pointer: Option<Pointer>,
    pub(super) wanted: u64,
    pub(super) listed: BTreeMap<u64, Release>,
    pub(super) contents: BTreeMap<String, Content>,
    pub(super) parts: BTreeMap<(String, usize), Vec<u8>>,
    /// How often the pointer was written, or a part removed.
    pub(super) changes: u64,
    /// Every pointer that was written.
    pub(super) written: Vec<Pointer>,
}

impl TableState {
    pub(super) fn pointer(&self) -> Pointer {
        Pointer { wanted: self.wanted, ..self.pointer.clone().unwrap_or_default() }
    }

    /// A release's rows, when both forms are whole; they are of the same rows.
    pub(super) fn bytes(&self, release: &Release) -> Result<Vec<u8>, BrokenError> {
        let whole = |form| release.join(form, self.parts_of(release, form));
        let (typed, rows) = (whole(Form::Typed)?, whole(Form::Rows)?);
        assert_eq!(typed, typed_of(held_by(&rows)));
        Ok(rows)
    }

    fn parts_of(&self, release: &Release, form: Form) -> Vec<Option<Vec<u8>>> {
        let part = |index| self.parts.get(&(release.content.clone(), index)).cloned();
        release.places(form).map(part).collect()
    }
}

impl Table {
    pub(super) fn fresh_id(&self) -> String {
        format!("content-{}", self.ids.fetch_add(1, Ordering::Relaxed))
    }

    async fn step<T>(&self, is_seen: bool, work: impl FnOnce(&mut TableState) -> T) -> T {
        if is_seen || !self.is_coarse {
            Pause(false).await;
        }
        work(&mut self.state.lock().unwrap())
    }
}

impl Store for Table {
    const PART_BYTES: usize = 16;
    type Error = Infallible;

    async fn raise(&self) -> Result<Pointer, Infallible> {
        let raise = |state: &mut TableState| {
            state.wanted += 1;
            state.pointer()
        };
        Ok(self.step(true, raise).await)
    }

    async fn pointer(&self) -> Result<Pointer, Infallible> {
        Ok(self.step(true, |state| state.pointer()).await)
    }

    async fn write_pointer(&self, pointer: &Pointer) -> Result<bool, Infallible> {
        let write = |state: &mut TableState| {
            let revision = state.pointer.as_ref().map_or(0, |pointer| pointer.revision);
            if revision + 1 != pointer.revision {
                return false;
            }
            let json = pointer.print().unwrap();
            let written = Pointer::read(&json, pointer.revision, state.wanted).unwrap();
            state.pointer = Some(written.clone());
            state.changes += 1;
            state.written.push(written);
            true
        };
        let is_written = self.step(true, write).await;
        Ok(is_written && !self.loses_answer.swap(false, Ordering::Relaxed))
    }

    async fn register(&self, content: &Content) -> Result<bool, Infallible> {
        let register = |state: &mut TableState| {
            if state.contents.contains_key(&content.id) {
                return false;
            }
            state.contents.insert(content.id.clone(), content.clone());
            true
        };
        Ok(self.step(false, register).await)
    }

    async fn contents(&self) -> Result<Vec<Content>, Infallible> {
        Ok(self.step(false, |state| state.contents.values().cloned().collect()).await)
    }

    async fn write_parts(&self, content: &str, parts: &[&[u8]]) -> Result<(), Infallible> {
        for (index, part) in parts.iter().enumerate() {
            let key = (content.to_owned(), index);
            self.step(false, |state| state.parts.insert(key, part.to_vec())).await;
        }
        Ok(())
    }

    async fn parts(
        &self,
        release: &Release,
        form: Form,
    ) -> Result<Vec<Option<Vec<u8>>>, Infallible> {
        Ok(self.step(false, |state| state.parts_of(release, form)).await)
    }

    async fn erase(&self, content: &Content) -> Result<(), Infallible> {
        let mark = |state: &mut TableState| {
            if let Some(content) = state.contents.get_mut(&content.id) {
                content.is_gone = true;
            }
        };
        self.step(false, mark).await;
        for index in 0..content.parts {
            let key = (content.id.clone(), index);
            let remove = |state: &mut TableState| {
                state.changes += 1;
                state.parts.remove(&key);
            };
            self.step(false, remove).await;
        }
        self.step(false, |state| state.contents.remove(&content.id)).await;
        Ok(())
    }

    async fn list(&self, release: &Release) -> Result<(), Infallible> {
        let release = release.clone();
        self.step(false, |state| state.listed.insert(release.number, release)).await;
        Ok(())
    }

    async fn listed_before(&self, number: u64, most: usize) -> Result<Vec<Release>, Infallible> {
        let list = |state: &mut TableState| {
            state
                .listed
                .range(..number)
                .rev()
                .take(most)
                .map(|(_, release)| release.clone())
                .collect()
        };
        Ok(self.step(false, list).await)
    }

    async fn unlist(&self, number: u64) -> Result<(), Infallible> {
        self.step(false, |state| state.listed.remove(&number)).await;
        Ok(())
    }
}

/// Stands still once, so that somebody else may go on.
pub(super) struct Pause(pub(super) bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// One step of some work.
pub(super) fn poll_once<T>(work: &mut Pin<Box<dyn Future<Output = T> + '_>>) -> Option<T> {
    match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}

/// All steps of some work, with nobody in between.
pub(super) fn finish<T>(work: impl Future<Output = T>) -> T {
    let mut work: Pin<Box<dyn Future<Output = T> + '_>> = Box::pin(work);
    loop {
        if let Some(done) = poll_once(&mut work) {
            return done;
        }
    }
}

/// Rows in memory: one number for all rules and one for all agents, raised by each edit. Rules in
/// error keep the number that is live.
#[derive(Default)]
pub(super) struct Edited {
    pub(super) state: Mutex<Versions>,
}

#[derive(Default, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Versions {
    pub(super) rules: u64,
    pub(super) agents: u64,
    pub(super) rules_are_bad: bool,
    /// How often that changed by itself.
    pub(super) breaks: u64,
    pub(super) counts: Counts,
}

/// What the model's releases hold: the numbers of rules and agents.
pub(super) fn held_by(bytes: &[u8]) -> (u64, u64) {
    let [rules, agents, _] = numbers(bytes);
    (rules, agents)
}

/// These, and how many rules there are.
fn numbers(bytes: &[u8]) -> [u64; 3] {
    let text = std::str::from_utf8(bytes).unwrap().trim_start_matches("rules and agents ");
    let numbers: Vec<u64> = text.split(' ').map(|number| number.parse().unwrap()).collect();
    numbers.try_into().unwrap()
}

/// What was read out of these rows.
fn typed_of((rules, agents): (u64, u64)) -> Vec<u8> {
    format!("read {rules} {agents}").into_bytes()
}

impl EditedRows for &Edited {
    type Error = Infallible;

    async fn settle(&mut self, live: Option<(u32, &[u8])>) -> Result<Candidate, Infallible> {
        let [rules_live, _, many_live] = live.map_or([0; 3], |(_, bytes)| numbers(bytes));
        Pause(false).await;
        let rules = *self.state.lock().unwrap();
        Pause(false).await;
        let agents = *self.state.lock().unwrap();
        let (in_force, many) = match rules.rules_are_bad {
            true => (rules_live, many_live),
            false => (rules.rules, rules.counts.rules),
        };
        let rows = format!("rules and agents {in_force} {} {many}", agents.agents).into_bytes();
        let typed = typed_of((in_force, agents.agents));
        let counts = counts(many, agents.counts.agents);
        Ok(Candidate { format: 1, typed, rows, counts })
    }
}
