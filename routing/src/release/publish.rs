//! Orders carried out on the table of releases, whoever else is at it.
//!
//! A look raises `Wanted`, reads the pointer, reads the rows, and writes the pointer on the
//! condition that nobody wrote it in between. Who loses asks whether the winner read the rows after
//! our raise: then all is done; else it looks again. So no edit is lost: the rows are read after
//! the raise, and the raise comes after the edit.

use std::fmt;
use std::fmt::Display;

use chrono::{DateTime, Utc};

use super::accident::{fullest, was_replaced_lately};
use super::judge::{Judgement, ends_hold, judge};
use super::retention::erase;
use super::time::to_the_millisecond;
use super::{
    BrokenError, Candidate, Cause, Content, Counts, Form, MAX_PARTS, Order, OrderOutcome, Pointer,
    Release, Store, hash,
};

/// Most looks for one order. Each lost look was won by another one, and those that were under way
/// before ours are few.
pub(super) const MOST_LOOKS: usize = 12;
/// Releases listed at a time.
const PAGE: usize = 50;
/// Releases before the live one that are tried when its parts are damaged.
const OLDER_TRIED: usize = 5;

/// The rows that people edit, as a publisher sees them.
pub trait EditedRows: Send {
    /// Why the rows could not be read.
    type Error: Display + Send;

    /// Reads the rows whole and consistently, and settles which version of each is in force, with
    /// the live release (its format, and its rows as bytes) for those in error.
    fn settle(
        &mut self,
        live: Option<(u32, &[u8])>,
    ) -> impl Future<Output = Result<Candidate, Self::Error>> + Send;
}

/// Why an order could not be carried out. Nothing is lost by that: the next look goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishError<S, R> {
    /// The table of releases failed.
    Store(S),
    /// The rows could not be read.
    Rows(R),
    /// So many parts are more than a release can have.
    TooLarge(usize),
    /// Others wrote the pointer all the time.
    Busy,
}

impl<S: Display, R: Display> Display for PublishError<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Rows(error) => error.fmt(f),
            Self::TooLarge(parts) => write!(
                f,
                "the rows are too large for a release: {parts} parts of 350 KB compressed, at most \
                {MAX_PARTS} are allowed"
            ),
            Self::Busy => f.write_str("too many others publish at the same time; try again"),
        }
    }
}

impl<S: fmt::Debug + Display, R: fmt::Debug + Display> std::error::Error for PublishError<S, R> {}

pub(super) type Done<S, R> =
    Result<OrderOutcome, PublishError<<S as Store>::Error, <R as EditedRows>::Error>>;

/// Carries out an order at `now`. `fresh_id` gives a random id that nobody had before.
///
/// # Errors
/// The table or the rows fail, the release is too large, or others write all the time.
pub async fn carry_out<S: Store, R: EditedRows>(
    order: &Order,
    store: &S,
    rows: &mut R,
    now: DateTime<Utc>,
    fresh_id: &(impl Fn() -> String + Sync),
) -> Done<S, R> {
    let publisher = Publisher { order, store, now: to_the_millisecond(now), fresh_id };
    match order {
        Order::Look => publisher.look(rows).await,
        Order::Publish { .. } => publisher.publish(rows).await,
        Order::Back { number, by } => publisher.back::<R>(*number, by).await,
        Order::Hold { why, by, brief } => publisher.hold::<R>(why, by, *brief).await,
        Order::Erase { number } => erase(store, *number, now).await.map_err(PublishError::Store),
    }
}

/// Carries out one order.
pub(super) struct Publisher<'a, S, F> {
    order: &'a Order,
    pub(super) store: &'a S,
    pub(super) now: DateTime<Utc>,
    pub(super) fresh_id: &'a F,
}

impl<S: Store, F: Fn() -> String + Sync> Publisher<'_, S, F> {
    /// Looks that found a passing hold left their edits to whoever ends it. Those that came after
    /// our raise may have been edited after we read the rows, so these are read once more.
    async fn publish<R: EditedRows>(&self, rows: &mut R) -> Done<S, R> {
        let outcome = self.look(rows).await?;
        let is_left = |pointer: &Pointer| pointer.hold.is_none() && pointer.is_behind();
        // If this fails, the next look does it.
        if !self.store.pointer().await.is_ok_and(|pointer| is_left(&pointer)) {
            return Ok(outcome);
        }
        let after = Publisher { order: &Order::Look, fresh_id: self.fresh_id, ..*self };
        match after.look(rows).await {
            Ok(OrderOutcome::Published(last, _)) => {
                Ok(OrderOutcome::Published(last, outcome.ended().cloned()))
            }
            _ => Ok(outcome),
        }
    }

    async fn look<R: EditedRows>(&self, rows: &mut R) -> Done<S, R> {
        let mut pointer = self.store.raise().await.map_err(PublishError::Store)?;
        let ours = pointer.wanted;
        let is_passing = pointer.hold.as_ref().is_some_and(|hold| hold.is_passing(self.now));
        if *self.order == Order::Look && is_passing {
            // Whoever holds it is about to publish, and reads the rows for that; until then the
            // edits are wanted, and not covered.
            return Ok(OrderOutcome::Held(pointer));
        }
        for _ in 0..MOST_LOOKS {
            let (next, outcome) = self.look_once(&pointer, rows).await?;
            if self.store.write_pointer(&next).await.map_err(PublishError::Store)? {
                return Ok(outcome);
            }
            pointer = self.store.pointer().await.map_err(PublishError::Store)?;
            if let OrderOutcome::Published(release, _) = &outcome
                && is_content(&pointer, &release.content)
            {
                // It was us: the answer to our write was lost, and the second try refused.
                return Ok(outcome);
            }
            if *self.order == Order::Look && pointer.covers >= ours {
                return Ok(OrderOutcome::Covered(pointer));
            }
        }
        Err(PublishError::Busy)
    }

    /// Reads and judges the rows, and prepares the pointer that says what came of it.
    async fn look_once<R: EditedRows>(
        &self,
        pointer: &Pointer,
        rows: &mut R,
    ) -> Result<(Pointer, OrderOutcome), PublishError<S::Error, R::Error>> {
        let (basis, is_readable) = self.basis(pointer).await.map_err(PublishError::Store)?;
        let live = basis.as_ref().map(|(format, bytes)| (*format, bytes.as_slice()));
        let candidate = rows.settle(live).await.map_err(PublishError::Rows)?;
        let fullest = self.fullest(pointer).await.map_err(PublishError::Store)?;
        let verdict = judge(self.order, pointer, is_readable, &candidate, fullest, self.now);

        // Whatever was wanted before we read the pointer was edited before we read the rows.
        let mut next = pointer.next();
        next.covers = pointer.wanted;
        next.checked_at = Some(self.now);
        next.waiting = None;
        let ended = match ends_hold(self.order, pointer.hold.as_ref(), &verdict) {
            true => next.hold.take(),
            false => None,
        };
        let outcome = match verdict {
            Judgement::Unchanged => OrderOutcome::Unchanged(next.clone(), ended),
            Judgement::Held => OrderOutcome::Held(next.clone()),
            Judgement::Wait(waiting) => {
                // Under a hold no look compares, so nothing waits for a time.
                next.waiting = Some(waiting.clone()).filter(|_| next.hold.is_none());
                OrderOutcome::Waits(next.clone(), waiting)
            }
            Judgement::Publish(cause) => {
                let release = self.write(pointer, &candidate, cause).await?;
                next.live = Some(release.clone());
                OrderOutcome::Published(release, ended)
            }
        };
        Ok((next, outcome))
    }

    /// The live release's rows, and whether all of it is whole; else those of the release before.
    async fn basis(&self, pointer: &Pointer) -> Result<(Option<(u32, Vec<u8>)>, bool), S::Error> {
        let Some(live) = &pointer.live else { return Ok((None, true)) };
        if let Ok(rows) = self.whole(live, Form::Rows).await? {
            let is_typed = self.whole(live, Form::Typed).await?.is_ok();
            return Ok((Some((live.format, rows)), is_typed));
        }
        for older in self.store.listed_before(live.number, OLDER_TRIED).await? {
            if let Ok(rows) = self.whole(&older, Form::Rows).await? {
                return Ok((Some((older.format, rows)), false));
            }
        }
        Ok((None, false))
    }

    /// The bytes of a release's form, or what is wrong with its parts.
    pub(super) async fn whole(
        &self,
        release: &Release,
        form: Form,
    ) -> Result<Result<Vec<u8>, BrokenError>, S::Error> {
        Ok(release.join(form, self.store.parts(release, form).await?))
    }

    async fn fullest(&self, pointer: &Pointer) -> Result<Counts, S::Error> {
        let Some(live) = &pointer.live else { return Ok(Counts::default()) };
        let mut earlier: Vec<Release> = Vec::new();
        loop {
            let last = earlier.last().unwrap_or(live);
            if !was_replaced_lately(last, self.now) {
                break;
            }
            let page = self.store.listed_before(last.number, PAGE).await?;
            if page.is_empty() {
                break;
            }
            earlier.extend(page);
        }
        Ok(fullest(live, &earlier, self.now))
    }

    /// Writes the parts under a fresh id, and lists the release that they are to replace. Nothing
    /// of it is live before the pointer says so.
    pub(super) async fn write<E>(
        &self,
        pointer: &Pointer,
        candidate: &Candidate,
        cause: Cause,
    ) -> Result<Release, PublishError<S::Error, E>> {
        let (parts, typed) = candidate.parts(S::PART_BYTES);
        if parts.len() > MAX_PARTS {
            return Err(PublishError::TooLarge(parts.len()));
        }
        let (id, basis) = ((self.fresh_id)(), pointer.revision);
        let mut content =
            Content { id, basis, parts: parts.len(), noted_at: self.now, is_gone: false };
        while !self.store.register(&content).await.map_err(PublishError::Store)? {
            content.id = (self.fresh_id)();
        }
        self.store.write_parts(&content.id, &parts).await.map_err(PublishError::Store)?;
        if let Some(live) = &pointer.live {
            self.store.list(live).await.map_err(PublishError::Store)?;
        }
        Ok(Release {
            number: pointer.number().saturating_add(1),
            format: candidate.format,
            content: content.id,
            parts: parts.iter().map(|part| hash(part)).collect(),
            typed,
            hash: candidate.hash(),
            counts: candidate.counts,
            published_at: self.now,
            cause,
        })
    }
}

pub(super) fn is_content(pointer: &Pointer, content: &str) -> bool {
    pointer.live.as_ref().is_some_and(|live| live.content == content)
}
