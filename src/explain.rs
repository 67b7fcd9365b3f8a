//! One dry decision with its trace, for a person who asks "why her?": the same `decide` as the
//! webhook's, and nothing is written.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use crate::answer::Answer;
use crate::callback::Session;
use crate::decide::rotation::Schedule;
use crate::decide::{
    Decision, Fact, Known, Outcome, Reason, RuleTrace, Step, Trace, Tracer, Verdict, decide,
};
use crate::record::Record;
use crate::rows::customer::{self, Customer};
use crate::rows::{Read, Row, Table, Value, last_good};
use crate::settings::Settings;
use crate::snapshot::Snapshot;
use crate::store::{Requests, Tables};

/// Where the facts of a dry decision come from.
#[derive(Debug, Clone, Copy)]
pub enum Facts<'a> {
    /// The deployment's tables, read only.
    Tables(&'a Tables),
    /// Rows of customers from files. Nothing is remembered there.
    Rows(&'a [Row]),
}

/// A dry decision.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Who would be answered.
    pub decision: Decision,
    /// Every rule tried.
    pub trace: Trace,
    /// What a real callback might do differently.
    pub notes: Vec<String>,
    segments: Option<Vec<String>>,
    degraded: Vec<&'static str>,
    session: Session,
    at: DateTime<Utc>,
    version: String,
}

/// Decides for `session` at `at` without any effect.
pub async fn explain(
    snapshot: &Snapshot,
    session: &Session,
    at: DateTime<Utc>,
    settings: &Settings,
    facts: Facts<'_>,
) -> Explanation {
    let mut known = Known { earlier: Fact::Is(None), ..Known::default() };
    let mut notes = Vec::new();
    let mut degraded = Vec::new();
    loop {
        let mut tracer = Tracer::on();
        match decide(snapshot, session, at, &known, settings.default_group, &mut tracer) {
            Step::Decided(decision) => {
                let segments = match &known.customer {
                    Fact::Is(Some(customer)) => {
                        Some(customer.segments.iter().map(|(name, _)| name.clone()).collect())
                    }
                    _ => None,
                };
                let (session, version) = (session.clone(), snapshot.version().to_owned());
                degraded.dedup();
                return Explanation {
                    decision,
                    trace: tracer.finish(),
                    notes,
                    segments,
                    degraded,
                    session,
                    at,
                    version,
                };
            }
            Step::Read(wanted) => {
                if wanted.customer {
                    known.customer = facts
                        .customer(&session.client_user_id, at, settings)
                        .await
                        .unwrap_or_else(|error| {
                            notes.push(format!("the customer could not be read: {error}"));
                            degraded.push("customers");
                            Fact::Unknown
                        });
                }
                if wanted.last_agent {
                    known.last_agent =
                        match facts.last_agent(&session.client_user_id, at, &mut notes).await {
                            Ok(last) => Fact::Is(last),
                            Err(error) => {
                                notes.push(format!("the last agent could not be read: {error}"));
                                degraded.push("assignments");
                                Fact::Unknown
                            }
                        };
                }
                if wanted.earlier {
                    known.earlier = Fact::Is(None);
                }
            }
            Step::TakeTurn(rotation) => {
                let position = match facts {
                    Facts::Tables(tables) => tables
                        .position(&rotation, at, &Requests::default())
                        .await
                        .map_err(|error| error.to_string()),
                    Facts::Rows(_) => {
                        notes.push(
                            "row files remember no turns: shown is a rotation's first".to_owned(),
                        );
                        Ok(0)
                    }
                };
                known.turn = match position {
                    Ok(position) => {
                        Fact::Is(Schedule::new(rotation.weights()).turn(position, rotation.most))
                    }
                    Err(error) => {
                        notes.push(format!("the turn could not be read: {error}"));
                        degraded.push("assignments");
                        Fact::Unknown
                    }
                };
            }
        }
    }
}

impl Facts<'_> {
    async fn customer(
        self,
        user: &str,
        at: DateTime<Utc>,
        settings: &Settings,
    ) -> Result<Fact<Option<Customer>>, String> {
        let row = match self {
            Self::Tables(tables) => tables
                .customer(user, &Requests::default())
                .await
                .map_err(|error| error.to_string())?,
            Self::Rows(rows) => rows
                .iter()
                .find(|row| {
                    row.get(Table::Customers.key_attribute()) == Some(&Value::Text(user.to_owned()))
                })
                .cloned(),
        };
        let Some(row) = row else { return Ok(Fact::Is(None)) };
        let good = |row: &Row| match customer::read(row, &settings.defaults) {
            Ok((_, Read::Good(customer), _)) => Some(customer),
            _ => None,
        };
        let customer = good(&row).or_else(|| good(&last_good(Table::Customers, user, &row)?));
        let customer = customer.ok_or("the row is in error; `check` says why")?;
        Ok(Fact::Is(
            Some(customer).filter(|customer| customer.expires_at.is_none_or(|end| end > at)),
        ))
    }

    async fn last_agent(
        self,
        user: &str,
        at: DateTime<Utc>,
        notes: &mut Vec<String>,
    ) -> Result<Option<crate::decide::LastAgent>, String> {
        match self {
            Self::Tables(tables) => tables
                .last_agent(user, at, &Requests::default())
                .await
                .map_err(|error| error.to_string()),
            Self::Rows(_) => {
                notes.push(
                    "row files remember no last agents: decided as if nobody had served the user"
                        .to_owned(),
                );
                Ok(None)
            }
        }
    }
}

impl Explanation {
    /// The decision record, with the answer as `response` and the whole `trace`.
    pub fn to_json(&self, log_user_ids: bool) -> Json {
        let record = Record {
            config_version: Some(self.version.clone()),
            config_age_ms: Some(0),
            degraded: self.degraded.clone(),
            segments: self.segments.clone(),
            ..Record::at(self.at)
        };
        let record = record.with_session(&self.session, log_user_ids).with_decision(&self.decision);
        let mut json = serde_json::to_value(&record).unwrap_or_default();
        if let Json::Object(fields) = &mut json {
            fields.insert("response".to_owned(), self.response());
            fields
                .insert("trace".to_owned(), serde_json::to_value(&self.trace).unwrap_or_default());
            fields.insert("notes".to_owned(), json!(self.notes));
        }
        json
    }

    /// The answer as Tencent would get it.
    pub fn response(&self) -> Json {
        serde_json::from_str(&Answer::from_decision(&self.decision).body()).unwrap_or_default()
    }

    /// The whole as a person reads it; times in the deployment's zone.
    pub fn to_text(&self, settings: &Settings) -> String {
        let mut text = String::new();
        let zone = settings.defaults.time_zone;
        let at = self.at.with_timezone(&zone).format("%a %Y-%m-%d %H:%M:%S");
        let session = &self.session;
        // Writing to memory does not fail.
        let _ = writeln!(
            text,
            "Session `{}` of user `{}` at {at} {zone}",
            session.session_id, session.client_user_id
        );
        let platform = session.platform.as_deref().unwrap_or("not said");
        let account = session
            .customer_service_id
            .as_deref()
            .map(|id| format!(", customer service `{id}`"))
            .unwrap_or_default();
        let segments = self
            .segments
            .as_ref()
            .map(|segments| format!(", segments: {}", listed(segments)))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "platform {platform}, app {}{account}{segments}; rows {}\n",
            session.sdk_app_id, self.version
        );
        for (number, rule) in (1..).zip(&self.trace.rules) {
            write_rule(&mut text, number, rule);
        }
        if self.trace.rules.is_empty() {
            let _ = writeln!(text, "There is no rule.");
        }
        let _ = writeln!(text, "\n{}", self.verdict());
        for note in &self.notes {
            let _ = writeln!(text, "Note: {note}.");
        }
        let _ = writeln!(text, "Answer: {}", Answer::from_decision(&self.decision).body());
        text
    }

    fn verdict(&self) -> String {
        let decision = &self.decision;
        let group = decision.agent_group_id.map(|group| format!("group {group}"));
        let rule = decision.rule_id.as_deref().unwrap_or_default();
        match decision.outcome {
            Outcome::Agents => {
                let agents: Vec<String> =
                    decision.agent_ids.iter().map(ToString::to_string).collect();
                let how = match (decision.preferred, decision.strategy) {
                    (Some(preference), _) => format!("preferred as `{}`", preference.name()),
                    (None, Some(strategy)) => format!("by `{}`", strategy.name()),
                    (None, None) => String::new(),
                };
                let with = group.map(|group| format!(", with {group}")).unwrap_or_default();
                format!("Rule `{rule}` answers {} {how}{with}.", listed(&agents))
            }
            Outcome::Group if decision.reason == Reason::GroupIfNobody => {
                format!(
                    "Rule `{rule}` answers {} alone, because nobody is eligible (`IfNobody`).",
                    group.unwrap_or_default()
                )
            }
            Outcome::Group => format!("Rule `{rule}` answers {}.", group.unwrap_or_default()),
            Outcome::DefaultGroup => {
                format!("No rule answers: the default {}.", group.unwrap_or_default())
            }
            _ => "No rule answers, and there is no default group: the callback fails.".to_owned(),
        }
    }
}

fn listed(names: &[String]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    }
}

fn write_rule(text: &mut String, number: usize, rule: &RuleTrace) {
    let verdict = match (&rule.condition, rule.verdict) {
        (Some(condition), _) => format!(
            "no: `{}` wants {}, found {}",
            condition.attribute, condition.expected, condition.found
        ),
        (None, Verdict::Won) => "yes".to_owned(),
        (None, Verdict::Repeated) => "the same event was decided before".to_owned(),
        (None, Verdict::ConditionFailed | Verdict::NobodyEligible) => {
            "matches, but nobody is eligible".to_owned()
        }
    };
    let _ = writeln!(text, "{number:>3}. `{}` {verdict}", rule.rule_id);
    let mut list = None;
    for candidate in &rule.candidates {
        if list != Some(&candidate.list) {
            let _ = writeln!(text, "       {}:", candidate.list);
            list = Some(&candidate.list);
        }
        let tier =
            if candidate.tier == 1 { String::new() } else { format!(" (tier {})", candidate.tier) };
        let verdict =
            candidate.dropped.as_ref().map_or_else(|| "in".to_owned(), |why| format!("out: {why}"));
        let _ = writeln!(text, "         `{}`{tier} {verdict}", candidate.agent_id);
    }
}
