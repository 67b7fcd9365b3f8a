//! The client, its times, and the rows that people edit.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Credentials, Region};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::AttributeValue;

use super::requests::Requests;
use super::said::said;
use super::timeouts::{patient_timeouts, timeouts};
use super::value::row;
use crate::connections::amazon_first;
use crate::settings::{Settings, TableNames};
use routing::rows::{Row, Rows, Table};

/// A table that could not be read or written, and why.
#[derive(Debug)]
pub struct TableError {
    table: String,
    doing: &'static str,
    cause: String,
    is_refused: bool,
}

impl TableError {
    /// Whether DynamoDB refused what was asked for, as it will every time.
    pub(crate) fn is_refused(&self) -> bool {
        self.is_refused
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} table `{}` failed: {}", self.doing, self.table, self.cause)
    }
}

impl std::error::Error for TableError {}

/// The credentials of the environment, as Lambda passes them.
pub fn environment_credentials() -> Option<Credentials> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (id, secret) = variable("AWS_ACCESS_KEY_ID").zip(variable("AWS_SECRET_ACCESS_KEY"))?;
    Some(Credentials::new(id, secret, variable("AWS_SESSION_TOKEN"), None, "environment"))
}

/// The tables of one deployment.
#[derive(Debug, Clone)]
pub struct Tables {
    pub(super) client: Client,
    pub(super) names: TableNames,
    deadline: Duration,
    is_patient: bool,
}

impl Tables {
    /// Tables by these settings, with the credentials of the environment (as Lambda passes them).
    /// Makes no request.
    pub fn new(settings: &Settings) -> Self {
        Self::with_credentials(settings, environment_credentials())
    }

    /// The same for work that nobody waits for, also from far away: with time for every request,
    /// and more tries.
    #[must_use]
    pub fn patient(self) -> Self {
        let config = self
            .client
            .config()
            .to_builder()
            .retry_config(RetryConfig::standard().with_max_attempts(5));
        Self {
            client: Client::from_conf(config.timeout_config(patient_timeouts()).build()),
            is_patient: true,
            ..self
        }
    }

    /// Tables with these credentials.
    pub fn with_credentials(settings: &Settings, credentials: Option<Credentials>) -> Self {
        let mut config = Builder::new()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .http_client(amazon_first())
            .region(settings.region.clone().map(Region::new))
            .retry_config(
                RetryConfig::standard()
                    .with_max_attempts(2)
                    .with_initial_backoff(Duration::from_millis(25))
                    .with_max_backoff(Duration::from_millis(50)),
            )
            .timeout_config(timeouts(settings.deadline, 200, 300, 550));
        if let Some(endpoint) = &settings.endpoint {
            config = config.endpoint_url(endpoint);
        }
        config.set_credentials_provider(
            credentials.map(aws_sdk_dynamodb::config::SharedCredentialsProvider::new),
        );
        Self {
            client: Client::from_conf(config.build()),
            names: settings.tables.clone(),
            deadline: settings.deadline,
            is_patient: false,
        }
    }

    /// Reads all rows of rules, agents and calendars, in parallel. One page that fails makes the
    /// whole fail.
    ///
    /// # Errors
    /// The first table that could not be read.
    pub async fn load(&self, requests: &Requests) -> Result<Rows, TableError> {
        self.load_by(false, requests).await
    }

    /// The same as they stand now: every edit that ended before is in it. For twice the read units.
    ///
    /// # Errors
    /// The first table that could not be read.
    pub(crate) async fn load_consistently(&self) -> Result<Rows, TableError> {
        self.load_by(true, &Requests::default()).await
    }

    /// All rows of a human table; none without the table.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn rows(&self, table: Table, requests: &Requests) -> Result<Vec<Row>, TableError> {
        let mut rows = Vec::new();
        self.pages(table, requests, |page| rows.extend(page)).await?;
        Ok(rows)
    }

    /// Hands over all rows of a human table, a page at a time; none without the table.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn pages(
        &self,
        table: Table,
        requests: &Requests,
        take: impl FnMut(Vec<Row>),
    ) -> Result<(), TableError> {
        match self.names.of(table) {
            Some(name) => self.scan_pages(name, false, requests, take).await,
            None => Ok(()),
        }
    }

    async fn load_by(&self, is_consistent: bool, requests: &Requests) -> Result<Rows, TableError> {
        let calendars = async {
            match &self.names.calendars {
                Some(name) => self.scan(name, is_consistent, requests).await,
                None => Ok(Vec::new()),
            }
        };
        let (rules, agents, calendars) = tokio::try_join!(
            self.scan(&self.names.rules, is_consistent, requests),
            self.scan(&self.names.agents, is_consistent, requests),
            calendars
        )?;
        Ok(Rows { rules, agents, calendars })
    }

    pub(super) async fn scan(
        &self,
        table: &str,
        is_consistent: bool,
        requests: &Requests,
    ) -> Result<Vec<Row>, TableError> {
        let mut rows = Vec::new();
        let take = |page| rows.extend(page);
        // Boxed: whoever waits for it is deep already.
        Box::pin(self.scan_pages(table, is_consistent, requests, take)).await?;
        Ok(rows)
    }

    async fn scan_pages(
        &self,
        table: &str,
        is_consistent: bool,
        requests: &Requests,
        mut take: impl FnMut(Vec<Row>),
    ) -> Result<(), TableError> {
        let mut start: Option<HashMap<String, AttributeValue>> = None;
        loop {
            requests.add_read();
            let scan = self.client.scan().table_name(table).consistent_read(is_consistent);
            let page = scan.set_exclusive_start_key(start).send().await;
            let page = page.map_err(|error| request_error("scanning", table, &error))?;
            take(page.items.unwrap_or_default().into_iter().map(row).collect());
            start = page.last_evaluated_key;
            if start.is_none() {
                return Ok(());
            }
        }
    }

    /// Reads one customer's row; `None` without one.
    ///
    /// # Errors
    /// There is no customers table, or it could not be read.
    pub async fn customer(
        &self,
        client_user_id: &str,
        requests: &Requests,
    ) -> Result<Option<Row>, TableError> {
        let Some(table) = &self.names.customers else {
            return Err(table_error("reading", "CUSTOMERS_TABLE", "is not configured"));
        };
        requests.add_read();
        let key = AttributeValue::S(client_user_id.to_owned());
        let quick = self.quick(140, 290);
        let item =
            self.client.get_item().table_name(table).key(Table::Customers.key_attribute(), key);
        let item = item.customize().config_override(quick).send().await;
        let item = item.map_err(|error| request_error("reading", table, &error))?;
        Ok(item.item.map(row))
    }
}

impl Tables {
    /// A request's own time: an attempt, and the whole, in milliseconds.
    pub(super) fn quick(&self, attempt_ms: u64, operation_ms: u64) -> Builder {
        self.quick_over(attempt_ms * 2 / 3, attempt_ms, operation_ms)
    }

    /// The same over the connections of this time to connect, in milliseconds.
    pub(super) fn quick_over(
        &self,
        connect_ms: u64,
        attempt_ms: u64,
        operation_ms: u64,
    ) -> Builder {
        let timeouts = if self.is_patient {
            patient_timeouts()
        } else {
            timeouts(self.deadline, connect_ms, attempt_ms, operation_ms)
        };
        Builder::new().timeout_config(timeouts)
    }
}

pub(super) fn table_error(
    doing: &'static str,
    table: &str,
    cause: impl fmt::Display,
) -> TableError {
    TableError { table: table.to_owned(), doing, cause: cause.to_string(), is_refused: false }
}

/// A request that failed, and whether it will every time.
pub(super) fn request_error<E, R>(
    doing: &'static str,
    table: &str,
    error: &SdkError<E, R>,
) -> TableError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: fmt::Debug + 'static,
{
    let is_refused = error.code() == Some("ValidationException");
    TableError { is_refused, ..table_error(doing, table, said(error)) }
}
