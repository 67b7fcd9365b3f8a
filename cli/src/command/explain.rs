//! `desk explain`: who would be answered, and why.

use std::collections::BTreeSet;

use anyhow::Result;
use clap::Args;
use desk_router::report::explanation_json;
use desk_router::store::DryFacts;
use desk_router::tencent::Answer;
use routing::decide::Question;
use routing::inspect::{CustomerRows, RowFacts, Turns, explain};
use routing::rows::Table;
use routing::session::Session;
use routing::snapshot::Snapshot;

use crate::source::{Source, moment};

/// The request to explain.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// SessionId
    #[arg(long, value_name = "ID")]
    session: String,
    /// ClientUserId
    #[arg(long, value_name = "ID")]
    user: String,
    /// OptPlatform, such as iOS
    #[arg(long)]
    platform: Option<String>,
    /// ClientIP: the user's address
    #[arg(long, value_name = "ADDRESS")]
    ip: Option<String>,
    /// CustomerServiceId
    #[arg(long, value_name = "ID")]
    customer_service: Option<String>,
    /// SdkAppid; the first of SDK_APP_IDS without it
    #[arg(long, value_name = "N")]
    app_id: Option<u64>,
    /// When, such as `2026-12-24 09:00` in the deployment's time zone; now without it
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Print the decision record with the answer and the trace
    #[arg(long)]
    json: bool,
}

/// Prints one dry decision with its trace.
///
/// # Errors
/// The rows cannot be read, or the time is none.
pub async fn run(options: &Options) -> Result<()> {
    let deployment = options.source.read(false).await?;
    let settings = &deployment.settings;
    let at = moment(options.at.as_deref(), settings)?;
    let snapshot = Snapshot::compile(&deployment.rows.for_snapshot(), &settings.defaults, at, None);
    let app =
        options.app_id.or_else(|| settings.locks.sdk_app_ids.first().copied()).unwrap_or_default();
    let session = Session::new(&*options.session, &*options.user, at.timestamp_millis(), app)
        .on_platform(options.platform.as_deref())
        .from_ip(options.ip.as_deref())
        .with_customer_service(options.customer_service.clone());
    let defaults = &settings.defaults;
    let question = Question {
        snapshot: &snapshot,
        session: &session,
        now: at,
        default_group: settings.default_group,
    };
    let (explanation, notes, degraded) = match &deployment.live {
        Some(live) => {
            let tables = live.tables(settings).await?;
            let mut facts = DryFacts::new(&tables, defaults, &session, at);
            (explain(&question, &mut facts).await, facts.notes, facts.degraded)
        }
        None => {
            let customers = CustomerRows::new(deployment.rows.rows(Table::Customers), defaults);
            let (mut turns, mut notes) = (Turns::default(), BTreeSet::new());
            let user = session.client_user_id.as_str();
            let mut facts = RowFacts::new(&customers, user, at, &mut turns, &mut notes);
            let explanation = explain(&question, &mut facts).await;
            let unknown = facts.customer_is_unknown();
            let degraded = if unknown { vec!["customers"] } else { Vec::new() };
            (explanation, notes.into_iter().map(str::to_owned).collect(), degraded)
        }
    };
    if options.json {
        let json = explanation_json(&explanation, &notes, &degraded, true);
        println!("{}", serde_json::to_string_pretty(&json)?);
    } else {
        let answer = Answer::from_decision(&explanation.decision).body();
        print!("{}", explanation.to_text(defaults.time_zone, &notes, &answer));
    }
    Ok(())
}
