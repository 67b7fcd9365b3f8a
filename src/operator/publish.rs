//! Orders carried out on the releases: looks, and what people ask for.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use routing::release::{InWords, Order, OrderOutcome, Pointer, Store, carry_out, clean_up};
use serde_json::{Value as Json, json};

use super::Operator;
use super::outcome::{pointer, to_json};
use super::seen::{LookReader, LookedAt};
use crate::report::OperatorNumber;
use crate::store::{ReleasesTable, fresh_id};

/// How long a look writes verdicts; the next one goes on.
const TELLING: Duration = Duration::from_secs(90);
/// The same while a person waits for an answer.
const TELLING_A_PERSON: Duration = Duration::from_secs(5);

/// What an order came to, and the rows as it saw them, if it read them.
pub(super) struct Done {
    /// Nothing where releases are not kept.
    pub(super) outcome: Option<OrderOutcome>,
    pub(super) seen: Option<LookedAt>,
}

impl Operator {
    /// Carries out what a person asks for.
    pub(super) async fn order(&self, order: &Order, now: DateTime<Utc>) -> Result<Json, String> {
        if self.releases.is_none() {
            return Err("RELEASES_TABLE is not set: the tables are read directly, and there is \
                nothing to publish or to hold"
                .to_owned());
        }
        let mut done = self.carry_out(order, now).await?;
        let zone = self.settings.defaults.time_zone;
        let answer = done.outcome.as_ref().map(|outcome| to_json(outcome, zone));
        let answer = answer.unwrap_or_default();
        let may_wait = match &done.outcome {
            Some(OrderOutcome::Back(..)) => true,
            // What waits for a passing hold is told when it ends.
            Some(OrderOutcome::HoldBegan(hold)) => !hold.brief,
            _ => false,
        };
        if may_wait {
            // Such an order reads no rows; a look finds which of them wait now. If it fails, the
            // next one does it.
            match self.carry_out(&Order::Look, now).await {
                Ok(look) => done = look,
                Err(_) => return Ok(answer),
            }
        }
        self.tell(&done, &HashSet::new(), TELLING_A_PERSON, now).await;
        Ok(answer)
    }

    /// The look every five minutes: publishes what was missed, removes old releases.
    pub(super) async fn look(&self, now: DateTime<Utc>) -> Result<Json, String> {
        if let Some(releases) = &self.releases {
            let before = releases.pointer().await.map_err(|error| error.to_string())?;
            self.count_before(&before, now);
        }
        let done = self.carry_out(&Order::Look, now).await?;
        if let Some(releases) = &self.releases {
            self.clean_up(releases, now).await;
        }
        self.tell(&done, &HashSet::new(), TELLING, now).await;
        let zone = self.settings.defaults.time_zone;
        if let Some(OrderOutcome::Held(pointer)) = &done.outcome
            && let Some(hold) = pointer.hold.as_ref().filter(|hold| hold.is_left_behind(now))
        {
            self.log.warn(
                "release_held",
                &format!("{}; it should have ended by now", InWords(hold, zone)),
            );
        }
        let answer = done.outcome.as_ref().map(|outcome| to_json(outcome, zone));
        Ok(answer.unwrap_or_else(|| json!({ "Done": true })))
    }

    /// Carries out an order, and says what came of it.
    ///
    /// # Errors
    /// The tables fail. Nothing is lost by that: the next look goes on.
    pub(super) async fn carry_out(
        &self,
        order: &Order,
        now: DateTime<Utc>,
    ) -> Result<Done, String> {
        let mut rows = LookReader::new(&self.tables, &self.settings.defaults, now);
        let outcome = match &self.releases {
            Some(releases) => match carry_out(order, releases, &mut rows, now, &fresh_id).await {
                Ok(outcome) => Some(outcome),
                Err(error) => {
                    let error = error.to_string();
                    self.log.error("release_not_published", &error, None);
                    return Err(error);
                }
            },
            None => match rows.read(None).await {
                Ok(_) => None,
                Err(error) => {
                    let error = error.to_string();
                    self.log.error("rows_not_read", &error, None);
                    return Err(error);
                }
            },
        };
        if let Some(why) = rows.seen.as_ref().and_then(|seen| seen.unreadable.as_deref()) {
            let message = format!(
                "the live release cannot be read ({why}), so rows in error have no earlier version"
            );
            self.log.error("release_unreadable", &message, None);
        }
        if let Some(outcome) = &outcome {
            self.say(outcome, now);
        }
        Ok(Done { outcome, seen: rows.seen })
    }

    /// Logs and counts what came of an order.
    fn say(&self, outcome: &OrderOutcome, now: DateTime<Utc>) {
        let zone = self.settings.defaults.time_zone;
        let text = || InWords(outcome, zone).to_string();
        let mut numbers = Vec::new();
        match outcome {
            OrderOutcome::Published(..) => {
                self.log.info("release_published", &text());
                numbers.push((OperatorNumber::ReleasePublished, 1));
            }
            OrderOutcome::Back(..) => {
                self.log.warn("release_back", &text());
                numbers.push((OperatorNumber::ReleasePublished, 1));
            }
            // Nothing anybody must do: whoever began it ends it, or says why not.
            OrderOutcome::HoldBegan(hold) if hold.brief => {
                self.log.info("release_held", &InWords(hold, zone).to_string());
            }
            OrderOutcome::HoldBegan(hold) => {
                self.log.warn("release_held", &InWords(hold, zone).to_string())
            }
            OrderOutcome::Erased(_) => self.log.warn("release_erased", &text()),
            OrderOutcome::Waits(..) => self.log.warn("release_waits", &text()),
            OrderOutcome::Unchanged(..)
            | OrderOutcome::Covered(_)
            | OrderOutcome::Held(_)
            | OrderOutcome::HeldAlready(_)
            | OrderOutcome::NoSuchRelease(_)
            | OrderOutcome::NothingLive
            | OrderOutcome::IsLive(_) => {}
        }
        if let Some(pointer) = pointer(outcome) {
            let waits = pointer.hold.is_none() && pointer.waiting.is_some();
            numbers.push((OperatorNumber::ReleaseWaits, usize::from(waits)));
            let long = pointer.hold.as_ref().filter(|hold| hold.is_long(now));
            numbers.push((OperatorNumber::HeldTooLong, usize::from(long.is_some())));
            if let Some(hold) = long {
                self.log.warn("release_held_long", &InWords(hold, zone).to_string());
            }
        }
        if !numbers.is_empty() {
            self.count(now, &numbers);
        }
    }

    /// Counts what the look before left behind.
    fn count_before(&self, pointer: &Pointer, now: DateTime<Utc>) {
        let mut numbers = vec![(OperatorNumber::ReleaseBehind, usize::from(pointer.is_behind()))];
        if let Some(checked_at) = pointer.checked_at {
            // A time in the future counts as now.
            let age = usize::try_from((now - checked_at).num_seconds()).unwrap_or_default();
            numbers.push((OperatorNumber::ReleaseCheckedAgo, age));
        }
        self.count(now, &numbers);
    }

    /// What could not be removed is removed at the next look.
    async fn clean_up(&self, releases: &ReleasesTable, now: DateTime<Utc>) {
        if let Err(error) = clean_up(releases, now).await {
            self.log.warn("releases_not_removed", &error.to_string());
        }
    }
}
