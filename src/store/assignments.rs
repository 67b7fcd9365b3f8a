//! The assignments table: decisions to repeat, last agents, rotations. Only the webhook writes it.
//!
//! - A decision, to repeat it for the same event: for 24 hours. `Key` is `event#` and the SHA-256
//!   of `EventTime`, `#`, `SessionId`. With `RuleId`, `AgentIds`, `AgentGroupId`, `Strategy` and
//!   `Preferred`.
//! - Who last served a user: for the longest `LastAgentDays`. `Key` is `user#` and the SHA-256 of
//!   `ClientUserId`. With `AgentId` and `ServedAt` (milliseconds).
//! - A rotation: until 90 days after its last turn. `Key` is `rotation#` and the SHA-256 of the
//!   length of `RuleId`, `#`, `RuleId`, the list. With `Position`, and to be recognised by `RuleId`
//!   and `List`.
//!
//! Hashes make keys of one short length whatever a user's id is, and an id cannot be made to
//! collide with another's key. DynamoDB removes items some time after `ExpiresAt`, so what has
//! ended is also ignored here.

mod items;

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use chrono::{DateTime, TimeDelta, Utc};

use super::requests::Requests;
use super::tables::{TableError, Tables, request_error, table_error};
use items::{EXPIRES_AT, Item, KEY};
use items::{decision_item, event_key, expires_at, last_agent, milliseconds, position, recorded};
use items::{rotation_key, seconds, text, user_key};
use routing::decide::{Decision, LastAgent, Rotation};
use routing::session::Session;

/// How long a rotation stays where it is without a turn.
const ROTATION_KEPT: TimeDelta = TimeDelta::days(90);
/// Longest attempt and longest request, in milliseconds.
const ATTEMPT_MS: u64 = 110;
const OPERATION_MS: u64 = 240;
const REMEMBERING: &str = "remembering an agent in";

impl Tables {
    /// The decision recorded for the session's event, if there is one from the last 24 hours.
    ///
    /// # Errors
    /// There is no assignments table, or it could not be read.
    pub(crate) async fn earlier_decision(
        &self,
        session: &Session,
        now: DateTime<Utc>,
        requests: &Requests,
    ) -> Result<Option<Decision>, TableError> {
        Ok(self.assignment(event_key(session), now, requests).await?.as_ref().and_then(recorded))
    }

    /// Who last served the user, as far as that is remembered.
    ///
    /// # Errors
    /// There is no assignments table, or it could not be read.
    pub async fn last_agent(
        &self,
        user: &str,
        now: DateTime<Utc>,
        requests: &Requests,
    ) -> Result<Option<LastAgent>, TableError> {
        Ok(self.assignment(user_key(user), now, requests).await?.as_ref().and_then(last_agent))
    }

    async fn assignment(
        &self,
        key: String,
        now: DateTime<Utc>,
        requests: &Requests,
    ) -> Result<Option<Item>, TableError> {
        let table = self.assignments_table("reading")?;
        requests.add_read();
        // The session before may have been answered a moment ago by another instance.
        let get =
            self.client.get_item().table_name(table).key(KEY, text(key)).consistent_read(true);
        let got =
            get.customize().config_override(self.quick(ATTEMPT_MS, OPERATION_MS)).send().await;
        let item = got.map_err(|error| request_error("reading", table, &error))?.item;
        Ok(item.filter(|item| expires_at(item).is_none_or(|end| end > now)))
    }

    /// Takes the next turn of a rotation: one write, which moves the position on. The position
    /// before is this turn's alone.
    ///
    /// # Errors
    /// There is no assignments table, it could not be written, or the stored position is no whole
    /// number.
    pub async fn take_turn(
        &self,
        rotation: &Rotation,
        now: DateTime<Utc>,
        requests: &Requests,
    ) -> Result<u128, TableError> {
        const DOING: &str = "taking a turn in";
        let table = self.assignments_table(DOING)?;
        requests.add_write();
        let update = self
            .client
            .update_item()
            .table_name(table)
            .key(KEY, text(rotation_key(&rotation.rule_id, &rotation.list)))
            .update_expression(
                "SET RuleId = :rule, #list = :list, ExpiresAt = :end ADD #position :step",
            )
            .expression_attribute_names("#list", "List")
            .expression_attribute_names("#position", "Position")
            .expression_attribute_values(":rule", text(rotation.rule_id.as_ref()))
            .expression_attribute_values(":list", text(&*rotation.list))
            .expression_attribute_values(":end", seconds(now, ROTATION_KEPT))
            .expression_attribute_values(":step", AttributeValue::N(rotation.step().to_string()))
            .return_values(ReturnValue::UpdatedNew);
        let updated =
            update.customize().config_override(self.quick(ATTEMPT_MS, OPERATION_MS)).send().await;
        let updated = updated.map_err(|error| request_error(DOING, table, &error))?;
        let position = updated.attributes.as_ref().and_then(position);
        position
            .and_then(|position| position.checked_sub(rotation.step()))
            .ok_or_else(|| self.bad_position(rotation))
    }

    /// Where a rotation is, without taking a turn.
    ///
    /// # Errors
    /// There is no assignments table, it could not be read, or the stored position is no whole
    /// number.
    pub async fn position(
        &self,
        rotation: &Rotation,
        now: DateTime<Utc>,
        requests: &Requests,
    ) -> Result<u128, TableError> {
        let item =
            self.assignment(rotation_key(&rotation.rule_id, &rotation.list), now, requests).await?;
        let Some(item) = item else { return Ok(0) };
        position(&item).ok_or_else(|| self.bad_position(rotation))
    }

    fn bad_position(&self, rotation: &Rotation) -> TableError {
        let table = self.names.assignments.as_deref().unwrap_or_default();
        table_error(
            "rotating by",
            table,
            format!(
                "the position of rule `{}` is not a whole number; delete the item",
                rotation.rule_id
            ),
        )
    }

    /// Records the decision of the session's event, unless one is recorded already: then that one
    /// is given back, and it counts.
    ///
    /// # Errors
    /// There is no assignments table, or it could not be written.
    pub(crate) async fn record_decision(
        &self,
        session: &Session,
        decision: &Decision,
        now: DateTime<Utc>,
        requests: &Requests,
    ) -> Result<Option<Decision>, TableError> {
        const DOING: &str = "recording a decision in";
        let table = self.assignments_table(DOING)?;
        requests.add_write();
        let put = self
            .client
            .put_item()
            .table_name(table)
            .set_item(Some(decision_item(event_key(session), decision, now)))
            .condition_expression("attribute_not_exists(#key) OR ExpiresAt <= :now")
            .expression_attribute_names("#key", KEY)
            .expression_attribute_values(":now", seconds(now, TimeDelta::zero()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let Err(error) =
            put.customize().config_override(self.quick(ATTEMPT_MS, OPERATION_MS)).send().await
        else {
            return Ok(None);
        };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(conflict)) => {
                match conflict.item().and_then(recorded) {
                    Some(earlier) => Ok(Some(earlier)),
                    None => Err(table_error(
                        DOING,
                        table,
                        "the decision recorded for the same event cannot be read",
                    )),
                }
            }
            _ => Err(request_error(DOING, table, &error)),
        }
    }

    /// Remembers for `days` that this agent is the user's: the one of an answer just given.
    ///
    /// # Errors
    /// There is no assignments table, or it could not be written.
    pub(crate) async fn remember_agent(
        &self,
        user: &str,
        agent_id: &str,
        days: u32,
        now: DateTime<Utc>,
        requests: &Requests,
    ) -> Result<(), TableError> {
        let table = self.assignments_table(REMEMBERING)?;
        requests.add_write();
        let put = self.put_last_agent(table, user, agent_id, days, now);
        match put.customize().config_override(self.quick(ATTEMPT_MS, OPERATION_MS)).send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(request_error(REMEMBERING, table, &error)),
        }
    }

    /// Remembers for `days` that this agent served the user at `served_at`, unless what is
    /// remembered is as late or later: events come repeated, in any order, at any instance. Says
    /// whether it is remembered now.
    ///
    /// # Errors
    /// There is no assignments table, or it could not be written.
    pub(crate) async fn learn_agent(
        &self,
        user: &str,
        last: &LastAgent,
        days: u32,
        now: DateTime<Utc>,
        requests: &Requests,
    ) -> Result<bool, TableError> {
        let table = self.assignments_table(REMEMBERING)?;
        requests.add_write();
        let put = self
            .put_last_agent(table, user, &last.agent_id, days, last.served_at)
            .condition_expression(
                "attribute_not_exists(ServedAt) OR ServedAt < :served OR ExpiresAt <= :now",
            )
            .expression_attribute_values(":served", milliseconds(last.served_at))
            .expression_attribute_values(":now", seconds(now, TimeDelta::zero()));
        let sent =
            put.customize().config_override(self.quick(ATTEMPT_MS, OPERATION_MS)).send().await;
        let Err(error) = sent else { return Ok(true) };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(_)) => Ok(false),
            _ => Err(request_error(REMEMBERING, table, &error)),
        }
    }

    fn put_last_agent(
        &self,
        table: &str,
        user: &str,
        agent_id: &str,
        days: u32,
        served_at: DateTime<Utc>,
    ) -> PutItemFluentBuilder {
        // The last instant of these days still counts.
        let kept = TimeDelta::days(i64::from(days)) + TimeDelta::seconds(1);
        self.client
            .put_item()
            .table_name(table)
            .item(KEY, text(user_key(user)))
            .item("AgentId", text(agent_id))
            .item("ServedAt", milliseconds(served_at))
            .item(EXPIRES_AT, seconds(served_at, kept))
    }

    fn assignments_table(&self, doing: &'static str) -> Result<&str, TableError> {
        self.names
            .assignments
            .as_deref()
            .ok_or_else(|| table_error(doing, "ASSIGNMENTS_TABLE", "is not configured"))
    }
}
