//! The tables of a deployment, as a person at a terminal reaches them: names from the variables,
//! credentials from the usual AWS chain.

use anyhow::{Result, anyhow, bail};
use aws_config::{BehaviorVersion, SdkConfig};
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{Credentials, ProvideCredentials};
use desk_router::settings::{Settings, TableNames};
use desk_router::store::{Tables, row};
use routing::rows::{Row, Table};

use crate::deployment::failure::{innermost, sentence};
use crate::files::row_files::RowFiles;
use crate::terminal::Counter;

/// A deployment's tables.
#[derive(Debug, Clone)]
pub struct LiveTables {
    client: Client,
    names: TableNames,
    config: SdkConfig,
}

impl LiveTables {
    /// The tables that the settings name.
    ///
    /// # Errors
    /// There is no region, or there are no credentials.
    pub async fn connect(settings: &Settings) -> Result<Self> {
        let config = aws_config::defaults(BehaviorVersion::v2026_01_12()).load().await;
        if config.region().is_none() {
            bail!("there is no AWS region: set AWS_REGION, or AWS_PROFILE to a profile with one");
        }
        let live = Self { client: Client::new(&config), names: settings.tables.clone(), config };
        live.credentials().await?;
        Ok(live)
    }

    async fn credentials(&self) -> Result<Credentials> {
        const HOW: &str = "log in, such as with `aws sso login`, and set AWS_PROFILE; for `cargo \
            desk serve` set the variables that it prints";
        let Some(provider) = self.config.credentials_provider() else {
            bail!("there are no AWS credentials: {HOW}");
        };
        provider.provide_credentials().await.map_err(|error| match error {
            CredentialsError::CredentialsNotLoaded(_) => {
                anyhow!("there are no AWS credentials: {HOW}")
            }
            error => anyhow!("the AWS credentials cannot be used ({}): {HOW}", innermost(&error)),
        })
    }

    /// The same by a client that is there already.
    pub fn with_client(client: Client, settings: &Settings) -> Self {
        Self { client, names: settings.tables.clone(), config: SdkConfig::builder().build() }
    }

    /// The table's name in DynamoDB, if the deployment has it.
    pub fn name(&self, table: Table) -> Option<&str> {
        self.names.of(table)
    }

    /// What clients of other services are made of.
    pub fn config(&self) -> &SdkConfig {
        &self.config
    }

    /// The SDK's client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// All rows of a table; none without the table.
    ///
    /// # Errors
    /// The table cannot be read.
    pub async fn rows(&self, table: Table) -> Result<Vec<Row>> {
        let Some(name) = self.name(table) else { return Ok(Vec::new()) };
        let mut pages = self
            .client
            .scan()
            .table_name(name)
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut rows = Vec::new();
        let mut read = Counter::of(table.name());
        while let Some(item) = pages.next().await {
            rows.push(row(item.map_err(|error| anyhow!("{}", sentence("reading", name, &error)))?));
            read.inc();
        }
        read.end();
        Ok(rows)
    }

    /// All rows of these tables.
    ///
    /// # Errors
    /// A table cannot be read.
    pub async fn all(&self, customers: bool) -> Result<RowFiles> {
        let mut files = RowFiles::default();
        for table in Table::ALL.into_iter().filter(|table| customers || *table != Table::Customers)
        {
            files.extend(table, self.rows(table).await?);
        }
        Ok(files)
    }

    /// The tables as the webhook reads them, with this person's credentials.
    ///
    /// # Errors
    /// There are no credentials.
    pub async fn tables(&self, settings: &Settings) -> Result<Tables> {
        let credentials = self.credentials().await?;
        let settings =
            Settings { region: self.config.region().map(ToString::to_string), ..settings.clone() };
        Ok(Tables::with_credentials(&settings, Some(credentials)).patient())
    }

    /// Where the tables are, for a person who is asked whether to change them: account, region or
    /// endpoint, and the tables' names.
    pub async fn place(&self, tables: &[Table]) -> String {
        let named = |table: &Table| Some(format!("`{}`", self.name(*table)?));
        let names: Vec<String> = tables.iter().filter_map(named).collect();
        let place = match std::env::var("AWS_ENDPOINT_URL_DYNAMODB") {
            Ok(endpoint) if !endpoint.is_empty() => format!("at {endpoint}"),
            _ => {
                let region = self.config.region().map_or("", |region| region.as_ref());
                match self.account(tables).await {
                    Some(account) => format!("in {region} of the AWS account {account}"),
                    None => format!("in {region}"),
                }
            }
        };
        format!("{} {place}", names.join(", "))
    }

    /// The account of the tables; it is in the name of each.
    async fn account(&self, tables: &[Table]) -> Option<String> {
        let name = tables.iter().find_map(|table| self.name(*table))?;
        let described = self.client.describe_table().table_name(name).send().await.ok()?;
        // arn:aws:dynamodb:REGION:ACCOUNT:table/NAME
        let arn = described.table?.table_arn?;
        arn.split(':').nth(4).map(str::to_owned)
    }
}
