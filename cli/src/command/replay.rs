//! `desk replay`: who would get what, of many requests; and what changes between two sets of rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use chrono::{DateTime, Utc};
use clap::Args;
use routing::decide::{Decision, Question, Reason, Tracing, run_ready};
use routing::inspect::{CustomerRows, RowFacts, Turns};
use routing::rows::Table;
use routing::rows::rule::Strategy;
use routing::snapshot::Snapshot;
use serde_json::json;

use crate::requests::{Request, read};
use crate::row_files::RowFiles;
use crate::source::{Deployment, Source};
use crate::terminal::{self, print, print_json};

/// From so many requests on there is a progress bar.
const MANY: usize = 20_000;
/// Most changed requests shown.
const SHOWN: usize = 20;

/// What to replay.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// Requests: JSON lines or CSV with session_id, client_user_id, and if known time, platform,
    /// client_ip, customer_service_id; or an export of decision records
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Folder of rows to compare with: what would change
    #[arg(long, value_name = "DIR")]
    against: Option<PathBuf>,
    /// Print every request with its answer, as JSON lines
    #[arg(long)]
    json: bool,
}

/// Decides every request and prints who gets what.
///
/// # Errors
/// The file or the rows cannot be read.
pub async fn run(options: &Options) -> Result<()> {
    let deployment = options.source.read(true).await?;
    let settings = &deployment.settings;
    let app = settings.locks.sdk_app_ids.first().copied().unwrap_or_default();
    let requests = read(&options.file, settings.defaults.time_zone, app)?;
    let now = Utc::now();
    let before = Replay::run(&deployment, &requests.requests, now);
    let after = match &options.against {
        Some(folder) => {
            let other = Deployment::of_files(RowFiles::read(folder)?, settings.clone());
            Some(Replay::run(&other, &requests.requests, now))
        }
        None => None,
    };
    if options.json {
        print_lines(&requests.requests, &before, after.as_ref());
    } else {
        print(&report(&requests.requests, requests.skipped, &before, after.as_ref()));
        deployment.notes.iter().for_each(|note| print(&format!("Note: {note}.\n")));
    }
    Ok(())
}

/// The answers to all requests, and what they add up to.
#[derive(Debug, Default)]
pub struct Replay {
    decisions: Vec<Decision>,
    rules: Vec<String>,
    /// Agent → sessions, and what its weight among the eligible makes it expect.
    shares: BTreeMap<String, (f64, f64)>,
    notes: BTreeSet<&'static str>,
}

impl Replay {
    /// Decides `requests`; those without a time at `now`.
    pub fn run(deployment: &Deployment, requests: &[Request], now: DateTime<Utc>) -> Self {
        let settings = &deployment.settings;
        let snapshot = deployment.snapshot(now);
        let customers =
            CustomerRows::new(deployment.rows.rows(Table::Customers), &settings.defaults);
        let mut replay = Self {
            rules: snapshot.rules().iter().map(|linked| linked.rule.id.to_string()).collect(),
            ..Self::default()
        };
        let asks_address = snapshot.rules().iter().any(|linked| {
            linked.rule.conditions.iter().any(|condition| condition.test.kind().needs_address())
        });
        let mut turns = Turns::default();
        let bar = terminal::progress(requests.len(), MANY, "requests");
        for request in requests {
            let at = request.time.unwrap_or(now);
            if asks_address && request.session.client_ip.is_none() {
                replay.notes.insert(
                    "rules ask for `ClientIps`, which records do not keep: requests without an address were decided as if they had none",
                );
            }
            let question = Question {
                snapshot: &snapshot,
                session: &request.session,
                now: at,
                default_group: settings.default_group,
            };
            let user = request.session.client_user_id.as_str();
            let notes = &mut replay.notes;
            let mut facts = RowFacts::new(&customers, user, at, &mut turns, notes);
            let decision = run_ready(&question, &mut facts, Tracing::WithoutRule).decision;
            replay.count(&snapshot, &decision, at);
            replay.decisions.push(decision);
            bar.inc(1);
        }
        bar.finish_and_clear();
        replay
    }

    fn count(&mut self, snapshot: &Snapshot, decision: &Decision, at: DateTime<Utc>) {
        // Who is answered among many or by preference says nothing about shares by weight.
        let by_weight = matches!(
            decision.strategy,
            Some(Strategy::Hash | Strategy::Sticky | Strategy::RoundRobin)
        );
        if !by_weight || decision.preferred.is_some() {
            return;
        }
        let Some(first) = decision.agent_ids.first() else { return };
        self.shares.entry(first.to_string()).or_default().0 += 1.0;
        let Some(linked) = snapshot
            .rules()
            .iter()
            .find(|linked| Some(&linked.rule.id) == decision.rule_id.as_ref())
        else {
            return;
        };
        let eligible = routing::decide::eligible_agents(snapshot, linked, at);
        let total: u32 = eligible.iter().map(|agent| agent.weight).sum();
        for agent in eligible {
            self.shares.entry(agent.id.to_string()).or_default().1 +=
                f64::from(agent.weight) / f64::from(total.max(1));
        }
    }

    fn rule_of(decision: &Decision) -> &str {
        decision.rule_id.as_deref().unwrap_or("(no rule)")
    }

    fn hits(&self) -> BTreeMap<&str, usize> {
        let mut hits: BTreeMap<&str, usize> =
            self.rules.iter().map(|rule| (rule.as_str(), 0)).collect();
        for decision in &self.decisions {
            *hits.entry(Self::rule_of(decision)).or_default() += 1;
        }
        hits
    }

    /// How many get a group alone: a rule's, or the default.
    fn group_alone(&self) -> usize {
        self.decisions.iter().filter(|decision| is_group_alone(decision)).count()
    }

    fn without_anybody(&self) -> usize {
        let nobody = |decision: &&Decision| {
            matches!(
                decision.reason,
                Reason::NobodyEligible | Reason::GroupIfNobody | Reason::NoRuleMatched
            )
        };
        self.decisions.iter().filter(nobody).count()
    }
}

fn is_group_alone(decision: &Decision) -> bool {
    decision.agent_ids.is_empty() && decision.agent_group_id.is_some()
}

fn answered(decision: &Decision) -> String {
    let agents: Vec<&str> = decision.agent_ids.iter().map(AsRef::as_ref).collect();
    match (agents.as_slice(), decision.agent_group_id) {
        ([], Some(group)) => format!("group {group}"),
        ([], None) => "nobody".to_owned(),
        (agents, Some(group)) => format!("{} (group {group})", agents.join(", ")),
        (agents, None) => agents.join(", "),
    }
}

/// Same rule, group and agents, in whatever order.
fn same_answer(a: &Decision, b: &Decision) -> bool {
    let sorted = |decision: &Decision| decision.agent_ids.iter().cloned().collect::<BTreeSet<_>>();
    a.rule_id == b.rule_id && a.agent_group_id == b.agent_group_id && sorted(a) == sorted(b)
}

/// The whole as a person reads it.
pub fn report(
    requests: &[Request],
    skipped: usize,
    before: &Replay,
    after: Option<&Replay>,
) -> String {
    let mut text = String::new();
    let total = requests.len().max(1);
    let percent = |count: usize| format!("{:.1} %", 100.0 * count as f64 / total as f64);
    // Writing to memory does not fail.
    let _ = writeln!(
        text,
        "{} requests{}\n",
        requests.len(),
        if skipped > 0 {
            format!(" ({} left out: no request)", terminal::counted(skipped, "line"))
        } else {
            String::new()
        }
    );
    let (hits, hits_after) = (before.hits(), after.map(Replay::hits));
    let names: BTreeSet<&str> =
        hits.keys().chain(hits_after.iter().flat_map(BTreeMap::keys)).copied().collect();
    let width =
        names.iter().chain([&"rule"]).map(|name| name.chars().count()).max().unwrap_or_default();
    let _ = writeln!(
        text,
        "{:<width$}  {:>8}  {:>7}{}",
        "rule",
        "requests",
        "",
        if after.is_some() { "     after" } else { "" }
    );
    for name in names {
        let count = hits.get(name).copied().unwrap_or_default();
        let then = hits_after
            .as_ref()
            .map(|hits| format!("  {:>8}", hits.get(name).copied().unwrap_or_default()))
            .unwrap_or_default();
        let _ = writeln!(text, "{name:<width$}  {count:>8}  {:>7}{then}", percent(count));
    }
    let shares = after.unwrap_or(before);
    if !shares.shares.is_empty() {
        let width =
            shares.shares.keys().map(|name| name.chars().count()).max().unwrap_or_default().max(5);
        let all: f64 = shares.shares.values().map(|(count, _)| count).sum();
        let _ = writeln!(
            text,
            "\n{:<width$}  {:>8}  {:>7}  {:>8}",
            if after.is_some() { "after" } else { "agent" },
            "sessions",
            "share",
            "expected"
        );
        for (agent, (count, expected)) in &shares.shares {
            let share = |count: f64| format!("{:.1} %", 100.0 * count / all.max(1.0));
            let _ = writeln!(
                text,
                "{agent:<width$}  {count:>8}  {:>7}  {:>8}",
                share(*count),
                share(*expected)
            );
        }
        let _ = writeln!(text, "(sessions chosen by weight: `hash`, `sticky`, `round_robin`)");
    }
    for (what, count) in [
        ("without an eligible agent", Replay::without_anybody as fn(&Replay) -> usize),
        ("with a group alone", Replay::group_alone),
    ] {
        let counted = |replay: &Replay| format!("{} ({})", count(replay), percent(count(replay)));
        let then = after.map(|after| format!(", after: {}", counted(after))).unwrap_or_default();
        let first = if what.starts_with("without") { "\n" } else { "" };
        let _ = writeln!(text, "{first}{what}: {}{then}", counted(before));
    }
    if let Some(after) = after {
        let changed: Vec<(&Request, &Decision, &Decision)> = requests
            .iter()
            .zip(before.decisions.iter().zip(&after.decisions))
            .filter(|(_, (before, after))| !same_answer(before, after))
            .map(|(request, (before, after))| (request, before, after))
            .collect();
        let _ = writeln!(
            text,
            "\n{} requests ({}) would be answered otherwise{}",
            changed.len(),
            percent(changed.len()),
            if changed.is_empty() { "" } else { ":" }
        );
        let lost = changed
            .iter()
            .filter(|(_, before, after)| !before.agent_ids.is_empty() && after.agent_ids.is_empty())
            .count();
        if lost > 0 {
            let _ = writeln!(
                text,
                "  {lost} of them had agents, and would get a group alone or nobody"
            );
        }
        for (request, before, after) in changed.iter().take(SHOWN) {
            let of = |decision: &Decision| {
                format!("`{}` {}", Replay::rule_of(decision), answered(decision))
            };
            let _ = writeln!(
                text,
                "  {} of {}: {} → {}",
                request.session.session_id,
                request.session.client_user_id,
                of(before),
                of(after)
            );
        }
        if changed.len() > SHOWN {
            let _ = writeln!(text, "  … and {} more (`--json` has all)", changed.len() - SHOWN);
        }
    }
    for note in before
        .notes
        .iter()
        .chain(after.into_iter().flat_map(|after| &after.notes))
        .collect::<BTreeSet<_>>()
    {
        let _ = writeln!(text, "Note: {note}.");
    }
    text
}

fn print_lines(requests: &[Request], before: &Replay, after: Option<&Replay>) {
    let of = |decision: &Decision| {
        json!({
            "outcome": decision.outcome.code(), "reason": decision.reason.code(), "rule_id": decision.rule_id.as_deref(),
            "agent_group_id": decision.agent_group_id, "agent_ids": decision.agent_ids.iter().map(AsRef::as_ref).collect::<Vec<&str>>(),
        })
    };
    for (index, (request, decision)) in requests.iter().zip(&before.decisions).enumerate() {
        let then = after.and_then(|after| after.decisions.get(index));
        let line = json!({
            "session_id": request.session.session_id, "client_user_id": request.session.client_user_id, "decision": of(decision),
            "after": then.map(of), "changed": then.map(|then| !same_answer(decision, then)),
        });
        print_json(&line.to_string());
    }
}
