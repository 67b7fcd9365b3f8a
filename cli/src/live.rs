//! The tables of a deployment, as a person at a terminal reaches them: names from the variables,
//! credentials from the usual AWS chain.

use anyhow::{Context, Result, anyhow};
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::ProvideCredentials;
use desk_router::settings::{Settings, TableNames};
use desk_router::store::{Tables, row};
use routing::rows::{Row, Table};

use crate::row_files::RowFiles;

/// A deployment's tables.
#[derive(Debug, Clone)]
pub struct Live {
    client: Client,
    names: TableNames,
    config: SdkConfig,
}

impl Live {
    /// The tables that the settings name.
    pub async fn connect(settings: &Settings) -> Self {
        let config = aws_config::defaults(BehaviorVersion::v2026_01_12()).load().await;
        Self { client: Client::new(&config), names: settings.tables.clone(), config }
    }

    /// The same by a client that is there already.
    pub fn with_client(client: Client, settings: &Settings) -> Self {
        Self { client, names: settings.tables.clone(), config: SdkConfig::builder().build() }
    }

    /// The table's name in DynamoDB, if the deployment has it.
    pub fn name(&self, table: Table) -> Option<&str> {
        self.names.of(table)
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
        while let Some(item) = pages.next().await {
            rows.push(row(
                item.with_context(|| format!("reading the table `{name}` ({})", table.name()))?
            ));
        }
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
        let provider = self
            .config
            .credentials_provider()
            .ok_or_else(|| anyhow!("there are no AWS credentials"))?;
        let credentials = provider.provide_credentials().await.context("AWS credentials")?;
        let settings =
            Settings { region: self.config.region().map(ToString::to_string), ..settings.clone() };
        Ok(Tables::with_credentials(&settings, Some(credentials)).patient())
    }
}
