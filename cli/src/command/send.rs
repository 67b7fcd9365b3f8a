//! `desk send`: one signed callback to a real deployment.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use clap::Args;
use desk_router::tencent::ASSIGN_COMMANDS;
use serde_json::{Value, json};

use crate::command::sign::{first_of, query};
use crate::local::{SAMPLE_APP_ID, SAMPLE_TOKEN};
use crate::terminal::say;

/// How long Tencent waits for the answer.
const TENCENT_WAITS: Duration = Duration::from_secs(2);
/// How long this command waits.
const WE_WAIT: Duration = Duration::from_secs(10);

/// Where to send what.
#[derive(Args)]
pub struct Options {
    /// The webhook's URL, with the path secret if it has one
    url: String,
    /// Callback token; default: the first of CALLBACK_TOKENS, or the token of `desk serve`
    #[arg(long)]
    token: Option<String>,
    /// SdkAppid; default: the first of SDK_APP_IDS, or the SdkAppid of `desk serve`
    #[arg(long, value_name = "N")]
    app_id: Option<String>,
    /// ClientUserId; default: a new test user
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// OptPlatform
    #[arg(long, default_value = "Web")]
    platform: String,
}

/// Sends it, and prints status, answer, time, and what to check when it is not a good one.
///
/// # Errors
/// The answer is none that Desk could use.
pub async fn run(options: &Options) -> Result<bool> {
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
    let now = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?;
    let fresh = format!("desk-test-{}", now.as_millis());
    let user = options.user.clone().unwrap_or_else(|| fresh.clone());
    let body = json!({
        "CallbackCommand": ASSIGN_COMMANDS[0], "SessionId": fresh, "ClientUserId": user,
        "EventTime": u64::try_from(now.as_millis())?,
    });
    let query =
        query(&token, &app_id, ASSIGN_COMMANDS[0], "203.0.113.7", &options.platform, now.as_secs());
    let url = format!("{}?{query}", options.url.trim_end_matches('?'));
    say!("POST {} as user `{user}` of app {app_id}", options.url);
    // A redirect would hand the signature and the path secret to another host.
    let client = reqwest::Client::builder()
        .timeout(WE_WAIT)
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let started = Instant::now();
    let sent = client
        .post(url)
        .header("content-type", "application/json")
        .body(body.to_string())
        .send()
        .await;
    let answered = match sent {
        Ok(response) => {
            let status = response.status().as_u16();
            response.text().await.map(|text| (status, text))
        }
        Err(error) => Err(error),
    };
    let took = started.elapsed();
    let advice = match answered {
        Ok((status, text)) => {
            say!("{status} in {} ms\n{text}", took.as_millis());
            advice(status, &text, took)
        }
        // The URL holds the signature and perhaps the path secret.
        Err(error) => Some(no_answer(&error.without_url(), took)),
    };
    match &advice {
        Some(advice) => say!("\n{advice}"),
        None => say!("\nThis is an answer that Desk can use."),
    }
    Ok(advice.is_none())
}

/// What to check; `None` when the answer is good.
fn advice(status: u16, text: &str, took: Duration) -> Option<String> {
    let answer: Option<Value> = serde_json::from_str(text).ok().filter(Value::is_object);
    let says = |field: &str| {
        answer
            .as_ref()
            .and_then(|answer| answer[field].as_str().map(str::to_owned))
            .unwrap_or_default()
    };
    let advice = match (status, &answer) {
        (200, Some(_)) if says("ActionStatus") == "OK" && took >= TENCENT_WAITS => {
            format!(
                "Tencent waits {} s in all: look at `duration_ms` and `cold_start` in the \
                function's records",
                TENCENT_WAITS.as_secs()
            )
        }
        (200, Some(_)) if says("ActionStatus") == "OK" => return None,
        (200, Some(_)) => format!(
            "the callback failed: {}. Set a default group (DefaultAgentGroupId) or add a last rule \
            without conditions; `cargo desk explain` shows why no rule answered",
            says("ErrorInfo")
        ),
        (200, None) => "this is not the webhook's JSON: is it the URL from the stack's output \
            `WebhookUrl`?"
            .to_owned(),
        (403, Some(_)) if !says("ActionStatus").is_empty() => "refused as not authentic. Check \
            `--token` (CallbackTokensParameter), `--app-id` (SdkAppIds), the path secret in the \
            URL, this machine's clock, and SourceIpRanges, which this machine is probably not in; \
            the function's log has the `reason`"
            .to_owned(),
        (403 | 404, _) => {
            "the gateway does not know this URL: check it against the stack's output \
            `WebhookUrl`, with only your path secret filled in"
                .to_owned()
        }
        (300..=399, _) => format!(
            "status {status} sends the caller to another address. It was not followed, as Desk \
            would not: give the URL itself, the stack's output `WebhookUrl`"
        ),
        (405, _) => "the URL does not accept POST: check it against the stack's output \
            `WebhookUrl`"
            .to_owned(),
        (429, _) => "throttled by the gateway: raise ThrottleRate and ThrottleBurst".to_owned(),
        (500..=599, _) => {
            "the function did not answer the gateway: look for `Errors`, `Throttles` \
            and time-outs of the function, and for wrong settings (its log names them)"
                .to_owned()
        }
        _ => format!("Desk counts any status but 200 as a failed callback, and this is {status}"),
    };
    Some(advice)
}

fn no_answer(error: &reqwest::Error, took: Duration) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    let what = match () {
        () if error.is_timeout() => {
            "no answer came; Tencent gives up after 2 s: look at the function's log"
        }
        () if error.is_builder() => {
            "this is not a URL; it begins with https:// and is the stack's output `WebhookUrl`"
        }
        () if error.is_connect() => {
            "the address cannot be reached: check the host name, the region, and the network here"
        }
        () => "the connection broke",
    };
    format!("no answer after {} ms ({cause}): {what}", took.as_millis())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_failure_has_its_advice() {
        let ok = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
        let fail = concat!(
            r#"{"ActionStatus":"FAIL","ErrorInfo":"no rule matched and no default group is set","#,
            r#""ErrorCode":1}"#
        );
        let quick = Duration::from_millis(80);
        assert_eq!(advice(200, ok, quick), None);
        for (status, text, took, expected) in [
            (200, ok, Duration::from_millis(2_100), "Tencent waits 2 s"),
            (200, fail, quick, "no rule matched and no default group is set. Set a default group"),
            (200, "<html>", quick, "`WebhookUrl`"),
            (403, fail, quick, "refused as not authentic"),
            (403, r#"{"message":"Forbidden"}"#, quick, "does not know this URL"),
            (404, r#"{"message":"Not Found"}"#, quick, "does not know this URL"),
            (405, fail, quick, "does not accept POST"),
            (429, "", quick, "ThrottleRate"),
            (502, "", quick, "the function did not answer"),
            (301, "", quick, "not followed"),
            (201, "", quick, "this is 201"),
        ] {
            let advice = advice(status, text, took).unwrap();
            assert!(advice.contains(expected), "{status} {text}: {advice}");
        }
    }
}
