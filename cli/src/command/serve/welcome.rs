//! What `desk serve` says first: what to paste, in the order in which a new user wants it.

use std::net::SocketAddr;
use std::path::Path;

use desk_router::settings::Settings;
use routing::rows::Table;

use crate::local::embedded::{
    ASSIGNMENTS_TABLE, HISTORY_TABLE, OPERATOR_FUNCTION, REGION, RELEASES_TABLE, table_name,
};
use crate::local::{SAMPLE_APP_ID, SAMPLE_TOKEN};

/// What is served, and from where.
pub(super) struct Served<'a> {
    /// Where the webhook listens.
    pub(super) address: SocketAddr,
    /// Where the embedded DynamoDB listens.
    pub(super) endpoint: &'a str,
    pub(super) settings: &'a Settings,
    /// The file that keeps the rows.
    pub(super) data: Option<&'a Path>,
    /// The folder that the rows are from.
    pub(super) rows: Option<&'a Path>,
    /// The rows in error.
    pub(super) wrong: Option<&'a str>,
}

/// What `serve` prints at its start: the URLs, and what to try first.
pub(super) fn text(served: &Served<'_>) -> String {
    let Served { address, endpoint, settings, data, rows, wrong } = *served;
    let wrong = wrong.map(|wrong| format!("\n{wrong}")).unwrap_or_default();
    let (path, locks) = locks(settings);
    let zone = settings.defaults.time_zone;
    let dynamodb = |target: &str, body: &str| {
        format!(
            "  curl -s {endpoint} -u local:local --aws-sigv4 aws:amz:{REGION}:dynamodb \\\n    -H \
            'Content-Type: application/x-amz-json-1.0' -H 'X-Amz-Target: \
            DynamoDB_20120810.{target}' \\\n    -d '{body}'"
        )
    };
    let callback = concat!(
        r#"{"CallbackCommand":"ChatBot.OnAssignAgent","SessionId":"session-1","#,
        r#""ClientUserId":"vip-1","EventTime":'$(date +%s)'000}"#
    );
    let edit = dynamodb(
        "PutItem",
        concat!(
            r#"{"TableName":"desk-rules","Item":{"RuleId":{"S":"first"},"Priority":{"N":"1"},"#,
            r#""ClientUserIds":{"L":[{"S":"vip-1"}]},"AgentGroupId":{"N":"42"}}}"#
        ),
    );
    let mistake = dynamodb(
        "PutItem",
        concat!(
            r#"{"TableName":"desk-rules","Item":{"RuleId":{"S":"typo"},"Priority":{"N":"2"},"#,
            r#""Platfroms":{"L":[{"S":"iOS"}]},"AgentGroupId":{"N":"43"}}}"#
        ),
    );
    let kept = match data {
        Some(file) => format!("Rows are kept in {}.", file.display()),
        None => "Edits of rows end with Ctrl-C; `--data FILE` keeps them.".to_owned(),
    };
    let files = match rows {
        Some(folder) => format!(
            "\nThe files in {0} were read once and are not watched: `cargo desk import {0}` reads \
            them again.",
            folder.display()
        ),
        None => String::new(),
    };
    let export = export(address, endpoint, settings);
    format!(
        r#"desk-router answers at http://{address}/ (times are by {zone}).
{kept}{files}
{wrong}
1. Ask for an agent, in another terminal in this folder (it signs itself, for one minute).{locks}

  curl -s "http://{address}/{path}?$(cargo desk sign)" \
    -d '{callback}'

2. Put a rule before the others: a line says that a release with it is live. Ask again: the answer
   is group 42.

{edit}

3. Make a typing mistake: the line that appears here is the row's `_Check`, as the console shows it.

{mistake}

4. Let `cargo desk`, and any DynamoDB client, find these tables:

{export}

  cargo desk check
  cargo desk explain --user vip-1
  cargo desk releases
  cargo desk history
  cargo desk coverage --who

Callbacks and edits follow, a line each, with times by {zone}. (With `--json` callbacks are
records, as in the log; `cargo desk explain --record LINE` takes one.)
"#
    )
}

/// The place of the path secret in the URL, and what a person must know of the locks that are not
/// the samples'.
fn locks(settings: &Settings) -> (&'static str, String) {
    let mut notes = Vec::new();
    let path = match settings.locks.path_secret_hashes.as_slice() {
        [] => "",
        _ => {
            notes.push(
                "Put your path secret in place of YOUR-PATH-SECRET: only its hash is known \
                here\n   (PATH_SECRET_HASHES).",
            );
            "YOUR-PATH-SECRET"
        }
    };
    let locks = &settings.locks;
    let is_sample_token = locks.tokens.first().is_none_or(|token| token == SAMPLE_TOKEN);
    let app_id = locks.sdk_app_ids.first().map(ToString::to_string);
    if !is_sample_token || app_id.is_none_or(|id| id != SAMPLE_APP_ID) {
        notes.push("Set CALLBACK_TOKENS and SDK_APP_IDS there as you did here.");
    }
    (path, notes.into_iter().map(|note| format!("\n   {note}")).collect())
}

/// The lines that point other commands here.
fn export(address: SocketAddr, endpoint: &str, settings: &Settings) -> String {
    let lambda = format!("http://{address}");
    let mut variables: Vec<String> = [
        ("AWS_ENDPOINT_URL_DYNAMODB", endpoint),
        ("AWS_ENDPOINT_URL_LAMBDA", &lambda),
        ("AWS_REGION", REGION),
        ("AWS_DEFAULT_REGION", REGION),
        ("AWS_ACCESS_KEY_ID", "local"),
        ("AWS_SECRET_ACCESS_KEY", "local"),
    ]
    .map(|(name, value)| format!("{name}={value}"))
    .into();
    variables.extend(Table::ALL.map(|table| format!("{}={}", table.variable(), table_name(table))));
    variables.push(format!("ASSIGNMENTS_TABLE={ASSIGNMENTS_TABLE}"));
    variables.push(format!("HISTORY_TABLE={HISTORY_TABLE}"));
    variables.push(format!("RELEASES_TABLE={RELEASES_TABLE}"));
    variables.push(format!("OPERATOR_FUNCTION={OPERATOR_FUNCTION}"));
    variables.push(format!("TIME_ZONE={}", settings.defaults.time_zone));
    if let Some(country) = &settings.defaults.holiday_country {
        variables.push(format!("HOLIDAY_COUNTRY={}", country.code()));
    }
    if let Some(group) = settings.default_group {
        variables.push(format!("DEFAULT_AGENT_GROUP_ID={group}"));
    }
    let lines: Vec<String> =
        variables.chunks(3).map(|some| format!("  export {}", some.join(" "))).collect();
    lines.join("\n")
}
