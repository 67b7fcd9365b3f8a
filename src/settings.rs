//! The deployment's settings, read once from the environment. Blank is unset.

#[cfg(test)]
mod tests;
mod variables;

use std::fmt;
use std::time::Duration;

use ipnet::IpNet;

use routing::address::parse_range;
use routing::hours::{Country, Zone};
use routing::rows::{Defaults, Table};
use variables::Variables;

/// Every setting of the webhook.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the rows are.
    pub tables: TableNames,
    /// Which callbacks are authentic.
    pub locks: LockSettings,
    /// What rows fall back to.
    pub defaults: Defaults,
    /// `DEFAULT_AGENT_GROUP_ID`: answered when no rule wins.
    pub default_group: Option<i64>,
    /// `CONFIG_TTL_SECONDS`: how often a newer release is looked for, before jitter; 5 seconds
    /// unless set.
    pub config_ttl: Duration,
    /// The same where the tables are read directly; 30 seconds unless set.
    pub rows_ttl: Duration,
    /// `OPERATOR_FUNCTION`: the function that publishes and holds, for `desk publish` and `hold`.
    pub operator_function: Option<String>,
    /// `DEADLINE_MS`: an answer goes out by then.
    pub deadline: Duration,
    /// `LEARN_FROM_SESSION_EVENTS`: whether session events say who last served a user.
    pub learn_from_session_events: bool,
    /// `LOG_USER_IDS`: whether any line names a user or a customer.
    pub log_user_ids: bool,
    /// `AWS_ENDPOINT_URL_DYNAMODB`: another endpoint than AWS's own.
    pub endpoint: Option<String>,
    /// `AWS_ENDPOINT_URL_SSM`: the same of Parameter Store.
    pub parameter_endpoint: Option<String>,
    /// `AWS_REGION`.
    pub region: Option<String>,
    /// `METRICS_BY_RULE`: whether callbacks are also counted by rule.
    pub metrics_by_rule: bool,
    /// `AWS_LAMBDA_FUNCTION_NAME`, as Lambda sets it: whose numbers these are.
    pub function: Option<String>,
    /// `AWS_LAMBDA_FUNCTION_VERSION`, as Lambda sets it.
    pub function_version: Option<String>,
    /// What is odd about the settings, though they can be used.
    pub warnings: Vec<String>,
}

/// Under which names the tables are read; `None` = the deployment has no such table.
#[derive(Debug, Clone)]
pub struct TableNames {
    /// `RULES_TABLE`
    pub rules: String,
    /// `AGENTS_TABLE`
    pub agents: String,
    /// `CALENDARS_TABLE`
    pub calendars: Option<String>,
    /// `CUSTOMERS_TABLE`
    pub customers: Option<String>,
    /// `ASSIGNMENTS_TABLE`
    pub assignments: Option<String>,
    /// `RELEASES_TABLE`: without it the tables are read directly.
    pub releases: Option<String>,
}

impl TableNames {
    /// The table's name in DynamoDB, if the deployment has it.
    pub fn of(&self, table: Table) -> Option<&str> {
        match table {
            Table::Rules => Some(&self.rules),
            Table::Agents => Some(&self.agents),
            Table::Calendars => self.calendars.as_deref(),
            Table::Customers => self.customers.as_deref(),
        }
    }
}

/// What makes a callback authentic.
#[derive(Clone)]
pub struct LockSettings {
    /// `SDK_APP_IDS`
    pub sdk_app_ids: Vec<u64>,
    /// `CALLBACK_TOKENS`
    pub tokens: Vec<String>,
    /// `CALLBACK_TOKENS_PARAMETER`: where the tokens are instead, by name.
    pub tokens_parameter: Option<String>,
    /// `PATH_SECRET_HASHES`: the SHA-256 of each.
    pub path_secret_hashes: Vec<[u8; 32]>,
    /// `SOURCE_IP_RANGES`
    pub source_ranges: Vec<IpNet>,
}

impl LockSettings {
    /// Whether anybody who finds the URL is answered.
    pub fn is_open(&self) -> bool {
        !self.wants_signature() && self.path_secret_hashes.is_empty()
    }

    /// Whether callbacks must be signed, even while no token is known.
    pub(crate) fn wants_signature(&self) -> bool {
        !self.tokens.is_empty() || self.tokens_parameter.is_some()
    }
}

/// Shows how many secrets there are, never the secrets.
impl fmt::Debug for LockSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LockSettings")
            .field("sdk_app_ids", &self.sdk_app_ids)
            .field("tokens", &self.tokens.len())
            .field("tokens_parameter", &self.tokens_parameter.is_some())
            .field("path_secret_hashes", &self.path_secret_hashes.len())
            .field("source_ranges", &self.source_ranges)
            .finish()
    }
}

/// Everything that is wrong with the settings, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError(Vec<String>);

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the settings cannot be used: {}", self.0.join("; "))
    }
}

impl std::error::Error for SettingsError {}

impl Settings {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn from_env() -> Result<Self, SettingsError> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads settings for people's own tools, which nobody from outside calls: what only callbacks
    /// need is not asked for.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn without_locks(variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        Self::read(|name| match name {
            "SDK_APP_IDS" => Some(set(name).unwrap_or_else(|| "0".to_owned())),
            "ALLOW_UNAUTHENTICATED" => Some("true".to_owned()),
            "CALLBACK_TOKENS"
            | "CALLBACK_TOKENS_PARAMETER"
            | "PATH_SECRET_HASHES"
            | "SOURCE_IP_RANGES" => None,
            _ => set(name),
        })
    }

    /// Reads settings by name.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let mut reader = Variables { variable, errors: Vec::new() };
        let tables = TableNames {
            rules: reader.required(Table::Rules.variable()),
            agents: reader.required(Table::Agents.variable()),
            calendars: reader.text(Table::Calendars.variable()),
            customers: reader.text(Table::Customers.variable()),
            assignments: reader.text("ASSIGNMENTS_TABLE"),
            releases: reader.text("RELEASES_TABLE"),
        };
        let sdk_app_ids =
            reader.list("SDK_APP_IDS", "comma-separated app ids, such as `1400000000`", |entry| {
                entry.parse().ok().filter(|id: &u64| id.to_string() == entry)
            });
        if sdk_app_ids.is_empty() && reader.text("SDK_APP_IDS").is_none() {
            reader.errors.push("SDK_APP_IDS is missing: give the app's SdkAppid".to_owned());
        }
        let locks = LockSettings {
            sdk_app_ids,
            tokens: reader.list("CALLBACK_TOKENS", "comma-separated tokens, none empty", |entry| {
                Some(entry.to_owned())
            }),
            tokens_parameter: reader.text("CALLBACK_TOKENS_PARAMETER"),
            path_secret_hashes: reader.list(
                "PATH_SECRET_HASHES",
                "comma-separated SHA-256 hashes of 64 hexadecimal digits, as `cargo desk secret` \
                prints them",
                |entry| hex::decode(entry).ok()?.try_into().ok(),
            ),
            source_ranges: reader.list(
                "SOURCE_IP_RANGES",
                "comma-separated address ranges, none of them `/0`",
                |entry| parse_range(entry).ok().filter(|range| range.prefix_len() > 0),
            ),
        };
        let open = reader.bool("ALLOW_UNAUTHENTICATED", false);
        let locked = ["CALLBACK_TOKENS_PARAMETER", "CALLBACK_TOKENS", "PATH_SECRET_HASHES"]
            .iter()
            .any(|name| reader.text(name).is_some());
        if !locked && !open {
            reader.errors.push(
                "neither CALLBACK_TOKENS_PARAMETER nor PATH_SECRET_HASHES is set, so anybody could \
                ask: set one, or ALLOW_UNAUTHENTICATED=true".to_owned(),
            );
        }
        if locks.tokens_parameter.is_some() && reader.text("CALLBACK_TOKENS").is_some() {
            reader.errors.push(
                "CALLBACK_TOKENS_PARAMETER and CALLBACK_TOKENS are both set: give one of them"
                    .to_owned(),
            );
        }
        let defaults = Defaults {
            time_zone: reader.parsed("TIME_ZONE", Zone::parse).unwrap_or(Zone::utc()),
            holiday_country: reader.parsed("HOLIDAY_COUNTRY", Country::parse),
            customers: tables.customers.is_some(),
            assignments: tables.assignments.is_some(),
        };
        let mut warnings = Vec::new();
        if !locked && open {
            warnings.push(
                "ALLOW_UNAUTHENTICATED is true: anybody who finds the URL is answered".to_owned(),
            );
        }
        if let Some(country) = defaults.holiday_country.filter(|country| !country.has_holidays()) {
            warnings.push(format!(
                "HOLIDAY_COUNTRY: there is no holiday data for {}; use calendars \
                with `ClosedDates`",
                country.code()
            ));
        }
        let learn_from_session_events = reader.bool("LEARN_FROM_SESSION_EVENTS", false);
        if learn_from_session_events && !defaults.assignments {
            warnings.push(
                "LEARN_FROM_SESSION_EVENTS has no effect without ASSIGNMENTS_TABLE".to_owned(),
            );
        }
        let ttl = reader.whole("CONFIG_TTL_SECONDS", 0, 86_400);
        let ttl = |default: i64| Duration::from_secs(ttl.unwrap_or(default).unsigned_abs());
        let settings = Self {
            tables,
            locks,
            defaults,
            default_group: reader.whole("DEFAULT_AGENT_GROUP_ID", 1, i64::MAX),
            config_ttl: ttl(5),
            rows_ttl: ttl(30),
            operator_function: reader.text("OPERATOR_FUNCTION"),
            deadline: Duration::from_millis(
                reader.whole("DEADLINE_MS", 300, 1_700).unwrap_or(1_200).unsigned_abs(),
            ),
            learn_from_session_events,
            log_user_ids: reader.bool("LOG_USER_IDS", true),
            endpoint: reader
                .text("AWS_ENDPOINT_URL_DYNAMODB")
                .or_else(|| reader.text("AWS_ENDPOINT_URL")),
            parameter_endpoint: reader
                .text("AWS_ENDPOINT_URL_SSM")
                .or_else(|| reader.text("AWS_ENDPOINT_URL")),
            region: reader.text("AWS_REGION").or_else(|| reader.text("AWS_DEFAULT_REGION")),
            metrics_by_rule: reader.bool("METRICS_BY_RULE", false),
            function: reader.text("AWS_LAMBDA_FUNCTION_NAME"),
            function_version: reader.text("AWS_LAMBDA_FUNCTION_VERSION"),
            warnings,
        };
        if reader.errors.is_empty() { Ok(settings) } else { Err(SettingsError(reader.errors)) }
    }
}
