//! `desk explain`: who would be answered, and why.

use anyhow::Result;
use clap::Args;
use routing::inspect::explain::{Facts, explain};
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
    let tables = match &deployment.live {
        Some(live) => Some(live.tables(settings).await?),
        None => None,
    };
    let facts = tables
        .as_ref()
        .map_or_else(|| Facts::Rows(deployment.rows.rows(Table::Customers)), Facts::Tables);
    let explanation = explain(&snapshot, &session, at, settings, facts).await;
    if options.json {
        println!("{}", serde_json::to_string_pretty(&explanation.to_json(true))?);
    } else {
        print!("{}", explanation.to_text(settings));
    }
    Ok(())
}
