//! `desk explain`: who would be answered, and why; also of a decision record out of the log.

mod then;

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use clap::Args;
use desk_router::report::explanation_json;
use desk_router::store::DryFacts;
use desk_router::tencent::Answer;
use routing::decide::{Degraded, Question};
use routing::inspect::{CustomerRows, Explanation, RowFacts, Turns, explain};
use routing::rows::Table;
use routing::session::Session;
use routing::snapshot::Snapshot;
use routing::text::cut;
use serde_json::{Map, Value};

use self::then::Then;
use crate::deployment::source::{Deployment, Source, moment};
use crate::files::requests;
use crate::terminal::{self, sentence};

/// The request to explain.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// SessionId; default: a made-up one
    #[arg(long, value_name = "ID", value_parser = id)]
    session: Option<String>,
    /// ClientUserId
    #[arg(long, value_name = "ID", required_unless_present = "record", value_parser = id)]
    user: Option<String>,
    /// OptPlatform, such as iOS
    #[arg(long)]
    platform: Option<String>,
    /// ClientIP: the user's address
    #[arg(long, value_name = "ADDRESS")]
    ip: Option<String>,
    /// CustomerServiceId
    #[arg(long, value_name = "ID")]
    customer_service: Option<String>,
    /// SdkAppid; default: the first of SDK_APP_IDS
    #[arg(long, value_name = "N")]
    app_id: Option<u64>,
    /// Time of the decision, such as `2026-12-24 09:00` in the deployment's time zone; default: now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// A decision record as the log has it, in quotes: its request at its time
    #[arg(
        long,
        value_name = "LINE",
        conflicts_with_all = ["session", "platform", "customer_service", "app_id", "at"]
    )]
    record: Option<String>,
    /// Print the decision record with the answer and the trace
    #[arg(long)]
    json: bool,
}

/// The SessionId of a request that has none.
const MADE_UP: &str = "explain";

/// An id that is there.
fn id(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is empty; write an id, such as `user-1`".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

/// What is asked, when, and what to say about it.
struct Asked {
    session: Session,
    at: DateTime<Utc>,
    /// What the record says that was answered.
    answered: Option<Map<String, Value>>,
    notes: Vec<String>,
}

/// Prints one dry decision with its trace.
///
/// # Errors
/// The rows cannot be read, the time is none, or the line is no decision record.
pub async fn run(options: &Options) -> Result<()> {
    let record = options.record.as_deref().map(read_record).transpose()?;
    let (deployment, then) = match &record {
        Some(fields) => then::read(&options.source, fields).await?,
        None => (options.source.read(false).await?, Then::default()),
    };
    let settings = &deployment.settings;
    let asked = match record {
        Some(fields) => of_record(fields, options, &deployment, then.by)?,
        None => of_options(options, &deployment)?,
    };
    let (session, at) = (&asked.session, asked.at);
    let (settled, _) = deployment.settled(at);
    let snapshot = Snapshot::of(&settled, at);
    let defaults = &settings.defaults;
    let default_group = settings.default_group;
    let question = Question { snapshot: &snapshot, session, now: at, default_group };
    let (explanation, more, degraded) = match &deployment.live {
        Some(live) => {
            let tables = live.tables(settings).await?;
            let mut facts = DryFacts::new(&tables, defaults, session, at);
            (explain(&question, &mut facts).await, facts.notes, facts.degraded)
        }
        None => {
            let customers = CustomerRows::new(deployment.rows.rows(Table::Customers), defaults);
            let (mut turns, mut notes) = (Turns::default(), BTreeSet::new());
            let user = session.client_user_id.as_str();
            let mut facts = RowFacts::new(&customers, user, at, &mut turns, &mut notes);
            let explanation = explain(&question, &mut facts).await;
            let unknown = facts.customer_is_unknown();
            let degraded = if unknown { vec![Degraded::Customers.code()] } else { Vec::new() };
            (explanation, notes.into_iter().map(str::to_owned).collect(), degraded)
        }
    };
    let mut notes = deployment.notes.clone();
    notes.extend(deployment.beside_note(&settled));
    notes.extend(asked.notes);
    notes.extend(more);
    if let Some(record) = &asked.answered {
        notes.push(compared(record, &explanation));
    }
    if options.json {
        notes.splice(0..0, then.first);
        let release = deployment.released.as_ref().map(|released| released.release.number);
        let json = explanation_json(&explanation, release, &notes, &degraded, true);
        terminal::print_json(&serde_json::to_string_pretty(&json)?);
    } else {
        let answer = Answer::from_decision(&explanation.decision).body();
        if let Some(first) = &then.first {
            terminal::print(&format!("{}\n\n", sentence(first)));
        }
        terminal::print(&explanation.to_text(defaults.time_zone, &notes, &answer));
    }
    Ok(())
}

/// The request as the options say it.
fn of_options(options: &Options, deployment: &Deployment) -> Result<Asked> {
    let settings = &deployment.settings;
    let at = moment(options.at.as_deref(), settings)?;
    let app = options.app_id.or_else(|| settings.locks.sdk_app_ids.first().copied());
    let id = options.session.as_deref().unwrap_or(MADE_UP);
    let user = options.user.as_deref().unwrap_or_default();
    let session = Session::new(id, user, at.timestamp_millis(), app.unwrap_or_default())
        .on_platform(options.platform.as_deref())
        .from_ip(options.ip.as_deref())
        .with_customer_service(options.customer_service.clone());
    let mut notes = Vec::new();
    if let (Some(ip), None) = (&options.ip, session.client_ip) {
        notes.push(format!(
            "`--ip` is `{}`, which is not an IP address (example: `203.0.113.7`), so no \
            `ClientIps` range matches",
            cut(ip)
        ));
    }
    if options.session.is_none() {
        notes.push(format!(
            "no `--session` was given, so it is `{MADE_UP}`; whom `hash`, `all` and `best_skill` \
            put first depends on it"
        ));
    }
    if options.at.is_some() && at < Utc::now() && deployment.live.is_some() {
        notes.push(format!(
            "only the time is in the past: {}customers, last agents and turns are those of today",
            if deployment.released.is_some() { "" } else { "rows, " }
        ));
    }
    Ok(Asked { session, at, answered: None, notes })
}

/// The fields of a decision record, plain or as CloudWatch Logs Insights exports it.
fn read_record(line: &str) -> Result<Map<String, Value>> {
    let fields: Map<String, Value> = serde_json::from_str(line.trim()).context(
        "`--record` is not a decision record: give one line of the log, a JSON object, in \
            single quotes",
    )?;
    match fields.get("@message") {
        Some(Value::String(message)) => {
            serde_json::from_str(message).context("`@message` is not a decision record")
        }
        _ => Ok(fields),
    }
}

/// The request of a decision record; `then` says how what was live then was found.
fn of_record(
    mut fields: Map<String, Value>,
    options: &Options,
    deployment: &Deployment,
    then: Option<String>,
) -> Result<Asked> {
    let settings = &deployment.settings;
    if let Some(user) = &options.user {
        fields.insert("client_user_id".to_owned(), user.as_str().into());
    }
    if let Some(ip) = &options.ip {
        fields.insert("client_ip".to_owned(), ip.as_str().into());
    }
    let app = settings.locks.sdk_app_ids.first().copied().unwrap_or_default();
    let Some(request) = requests::request(&fields, settings.defaults.time_zone, app)? else {
        let is_user_left_out = fields.get("session_id").is_some_and(Value::is_string)
            && fields.contains_key("outcome");
        if is_user_left_out {
            bail!("the record has no `client_user_id` (LOG_USER_IDS is false): add `--user ID`");
        }
        bail!(
            "the record is of no request for an agent: its outcome is `{}`",
            fields.get("outcome").and_then(Value::as_str).unwrap_or("not said")
        );
    };
    let Some(at) = request.time else {
        bail!("the record has no `time`");
    };
    let by = then.unwrap_or_else(|| "by the rows of today".to_owned());
    let mut notes = vec![format!(
        "the record's request at the record's time, {by}; customers, last agents and turns are \
        those of today"
    )];
    if options.ip.is_none() {
        notes.push(
            "a record keeps no address; with `--ip ADDRESS` conditions on `ClientIps` can hold"
                .to_owned(),
        );
    }
    Ok(Asked { session: request.session, at, answered: Some(fields), notes })
}

/// What the record says that was answered, beside what would be answered today.
fn compared(record: &Map<String, Value>, explanation: &Explanation) -> String {
    let text = |name: &str| record.get(name).and_then(Value::as_str);
    let agents: BTreeSet<&str> = record
        .get("agent_ids")
        .and_then(Value::as_array)
        .map(|ids| ids.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let group = record.get("agent_group_id").and_then(Value::as_i64);
    let decision = &explanation.decision;
    let today: BTreeSet<&str> = decision.agent_ids.iter().map(AsRef::as_ref).collect();
    let is_same = decision.rule_id.as_deref() == text("rule_id")
        && decision.agent_group_id == group
        && today == agents;
    if is_same {
        return "the record says the same answer".to_owned();
    }
    let mut then = Vec::new();
    then.push(text("rule_id").map_or("no rule".to_owned(), |rule| format!("rule `{rule}`")));
    if !agents.is_empty() {
        let agents: Vec<String> = agents.iter().map(|agent| format!("`{agent}`")).collect();
        then.push(agents.join(", "));
    }
    then.extend(group.map(|group| format!("group {group}")));
    let version = match (record.get("release").and_then(Value::as_i64), text("config_version")) {
        (Some(release), _) => format!(" (release {release})"),
        (None, Some(version)) => format!(" (rows {version})"),
        (None, None) => String::new(),
    };
    let reason = text("reason").map(|reason| format!(", `{reason}`")).unwrap_or_default();
    format!("the record says another answer: {}{reason}{version}", then.join(", "))
}
