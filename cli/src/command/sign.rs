//! `desk sign`: the query string of a signed callback.

use anyhow::{Context, Result};
use clap::Args;
use desk_router::tencent::{ASSIGN_COMMANDS, sign};

use crate::local::{SAMPLE_APP_ID, SAMPLE_TOKEN};
use crate::terminal::say;

/// What is signed.
#[derive(Args)]
pub struct Options {
    /// Callback token; default: the first of CALLBACK_TOKENS, or the token of `desk serve`
    #[arg(long)]
    token: Option<String>,
    /// SdkAppid; default: the first of SDK_APP_IDS, or the SdkAppid of `desk serve`
    #[arg(long, value_name = "N")]
    app_id: Option<String>,
    /// Callback command
    #[arg(long, default_value = ASSIGN_COMMANDS[0])]
    command: String,
    /// The user's platform (OptPlatform)
    #[arg(long, default_value = "Web")]
    platform: String,
    /// The user's address (ClientIP)
    #[arg(long, value_name = "ADDRESS", default_value = "203.0.113.7")]
    ip: String,
}

/// The first entry of a variable that is a comma-separated list.
pub(crate) fn first_of(name: &str) -> Option<String> {
    let list = std::env::var(name).ok()?;
    list.split(',').map(str::trim).find(|entry| !entry.is_empty()).map(str::to_owned)
}

/// Prints the query string, good for a minute from now.
///
/// # Errors
/// The system's clock is before 1970.
pub fn run(options: &Options) -> Result<()> {
    let token = options
        .token
        .clone()
        .or_else(|| first_of("CALLBACK_TOKENS"))
        .unwrap_or_else(|| SAMPLE_TOKEN.to_owned());
    let app_id = options
        .app_id
        .clone()
        .or_else(|| first_of("SDK_APP_IDS"))
        .unwrap_or_else(|| SAMPLE_APP_ID.to_owned());
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .context("the clock is before 1970")?;
    say!(
        "{}",
        query(&token, &app_id, &options.command, &options.ip, &options.platform, now.as_secs())
    );
    Ok(())
}

/// The query string of a callback signed at `now` (Unix seconds).
pub fn query(
    token: &str,
    app_id: &str,
    command: &str,
    ip: &str,
    platform: &str,
    now: u64,
) -> String {
    let request_time = now.to_string();
    form_urlencoded::Serializer::new(String::new())
        .append_pair("SdkAppid", app_id)
        .append_pair("CallbackCommand", command)
        .append_pair("contenttype", "json")
        .append_pair("ClientIP", ip)
        .append_pair("OptPlatform", platform)
        .append_pair("Sign", &sign(token, &request_time))
        .append_pair("RequestTime", &request_time)
        .finish()
}
