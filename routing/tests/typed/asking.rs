//! Who asks the rules, and when; and what is found of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use routing::decide::{Known, Question, Tracing, run_ready};
use routing::inspect::check::{Input, check};
use routing::rows::{Customer, Defaults, Fact, Finding, Rows, Table, customer};
use routing::session::Session;
use routing::snapshot::Snapshot;

use crate::deployment::Deployment;

/// Who is answered for each request; by rule, each alone, so that a rule that is refused leaves the
/// others out of it. `None` = nobody by this rule.
pub(crate) type Answers = Vec<Option<BTreeSet<String>>>;

/// Users who ask, each by two platforms.
pub(crate) const USERS: [&str; 4] = ["u1", "u2", "u3", "서연"];

pub(crate) struct Asking {
    defaults: Defaults,
    pub(crate) sessions: Vec<Session>,
    pub(crate) moments: Vec<DateTime<Utc>>,
}

/// What is known of each user's customer, at each moment.
pub(crate) type Customers = BTreeMap<&'static str, Vec<Fact<Option<Customer>>>>;

impl Asking {
    pub(crate) fn new() -> Self {
        let session = |user: &str, platform| Session::new("s", user, 1, 1).on_platform(platform);
        let start: DateTime<Utc> = "2026-11-23T21:30:00Z".parse().unwrap();
        Self {
            defaults: Defaults {
                time_zone: "Asia/Seoul".parse().unwrap(),
                holiday_country: None,
                customers: true,
                assignments: true,
            },
            sessions: USERS
                .into_iter()
                .flat_map(|user| [session(user, Some("iOS")), session(user, Some("Android"))])
                .collect(),
            moments: (0..26).map(|n| start + TimeDelta::minutes(n * 450)).collect(),
        }
    }

    /// All findings, as rows are read once.
    pub(crate) fn findings(&self, of: &Deployment) -> Vec<Finding> {
        let now = self.moments[0];
        let rows = of.without_customers();
        let whole = Snapshot::compile(&rows, &self.defaults, now);
        let mut findings = whole.findings().to_vec();
        for row in &of.rows[&Table::Customers] {
            match customer::read(row, &self.defaults, now) {
                Ok((_, _, found)) => findings.extend(found),
                Err(finding) => findings.push(finding),
            }
        }
        findings
    }

    /// The same with what all rows together show.
    pub(crate) fn check(&self, of: &Deployment) -> Vec<Finding> {
        let now = self.moments[0];
        check(Input {
            rows: &of.without_customers(),
            customers: Some(&of.rows[&Table::Customers]),
            live: None,
            defaults: &self.defaults,
            default_group: None,
            now,
            from: now,
        })
    }

    pub(crate) fn customers(&self, of: &Deployment, user: &'static str, into: &mut Customers) {
        let mut rows = of.rows[&Table::Customers].iter();
        let row = rows.find(|row| Table::Customers.key_of(row) == Some(user));
        let known = |now: &DateTime<Utc>| customer::known(row, &self.defaults, *now).0;
        into.insert(user, self.moments.iter().map(known).collect());
    }

    /// The answers of the rule at this place alone, of users that `asks` names; the others' are
    /// left as they are.
    pub(crate) fn answer(
        &self,
        of: &Deployment,
        place: usize,
        customers: &Customers,
        asks: impl Fn(&str) -> bool,
        answers: &mut Answers,
    ) {
        let rows = of.without_customers();
        let rows = Rows { rules: vec![rows.rules[place].clone()], ..rows };
        let snapshot = Snapshot::compile(&rows, &self.defaults, self.moments[0]);
        for (number, session) in self.sessions.iter().enumerate() {
            let user = session.client_user_id.as_str();
            if !asks(user) {
                continue;
            }
            for (moment, now) in self.moments.iter().enumerate() {
                let customer = customers[user][moment].clone();
                let mut facts = Known { customer, ..Known::default() };
                let question =
                    Question { snapshot: &snapshot, session, now: *now, default_group: None };
                let decided = run_ready(&question, &mut facts, Tracing::WithoutRule);
                let customer = decided.known.customer.clone();
                let known = Known { customer, ..Known::default() };
                assert_eq!(decided.known, known, "nothing more is asked for");
                let decided = decided.decision;
                let ids = decided.agent_ids.iter().map(ToString::to_string).collect();
                let slot = (place * self.sessions.len() + number) * self.moments.len() + moment;
                answers[slot] = decided.rule_id.map(|_| ids);
            }
        }
    }
}
