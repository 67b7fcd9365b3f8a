//! A DynamoDB in this process (`dynoxide`), on a port of its own, with the deployment's tables.

use std::net::SocketAddr;

use anyhow::{Context, Result, anyhow};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Credentials, Region};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType,
    StreamSpecification, StreamViewType,
};
use desk_router::store::item;
use routing::rows::Table;

use crate::row_files::RowFiles;

/// The embedded table of what the webhook remembers.
pub const ASSIGNMENTS_TABLE: &str = "desk-assignments";
/// The embedded table of what rows were before.
pub const HISTORY_TABLE: &str = "desk-history";
/// The embedded table of releases.
pub const RELEASES_TABLE: &str = "desk-releases";
/// The embedded store's region; any would do.
pub const REGION: &str = "us-east-1";

/// A running store.
#[derive(Debug, Clone)]
pub struct Embedded {
    address: SocketAddr,
    client: Client,
}

impl Embedded {
    /// Starts an empty store with the deployment's tables; port 0 is any free one. It ends with the
    /// process.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(port: u16) -> Result<Self> {
        let database = dynoxide::Database::memory()
            .map_err(|error| anyhow!("the embedded DynamoDB does not start: {error}"))?;
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port))
            .await
            .with_context(|| format!("port {port} for the embedded DynamoDB"))?;
        let address = listener.local_addr()?;
        tokio::spawn(dynoxide::server::serve_on(listener, database));
        let config = Builder::new()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new(REGION))
            .credentials_provider(credentials())
            .endpoint_url(format!("http://{address}"))
            .build();
        let store = Self { address, client: Client::from_conf(config) };
        for table in Table::ALL {
            store.create(&table_name(table), table.key_attribute(), None, true).await?;
        }
        store.create(ASSIGNMENTS_TABLE, "Key", None, false).await?;
        store.create(RELEASES_TABLE, "Id", Some("Sort"), false).await?;
        store.create(HISTORY_TABLE, "RowKey", Some("ChangedAt"), false).await?;
        Ok(store)
    }

    /// Where the store listens: `http://127.0.0.1:…`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of the store.
    pub fn client(&self) -> &Client {
        &self.client
    }

    async fn create(
        &self,
        table: &str,
        key: &str,
        sort: Option<&str>,
        has_stream: bool,
    ) -> Result<()> {
        let mut create =
            self.client.create_table().table_name(table).billing_mode(BillingMode::PayPerRequest);
        for (name, kind) in [(Some(key), KeyType::Hash), (sort, KeyType::Range)] {
            let Some(name) = name else { continue };
            create = create
                .attribute_definitions(
                    AttributeDefinition::builder()
                        .attribute_name(name)
                        .attribute_type(ScalarAttributeType::S)
                        .build()?,
                )
                .key_schema(
                    KeySchemaElement::builder().attribute_name(name).key_type(kind).build()?,
                );
        }
        if has_stream {
            let stream = StreamSpecification::builder()
                .stream_enabled(true)
                .stream_view_type(StreamViewType::NewAndOldImages);
            create = create.stream_specification(stream.build()?);
        }
        create.send().await.with_context(|| format!("creating the table {table}"))?;
        Ok(())
    }

    /// Creates another table, with a key of text.
    ///
    /// # Errors
    /// There is such a table.
    pub async fn create_table(&self, table: &str, key: &str) -> Result<()> {
        self.create(table, key, None, false).await
    }

    /// Writes rows, over those with the same keys.
    ///
    /// # Errors
    /// A row that DynamoDB does not take, such as one without its key.
    pub async fn put(&self, rows: &RowFiles) -> Result<()> {
        for table in Table::ALL {
            for row in rows.rows(table) {
                let put =
                    self.client.put_item().table_name(table_name(table)).set_item(Some(item(row)));
                put.send()
                    .await
                    .with_context(|| format!("writing a row of {}: {row:?}", table.name()))?;
            }
        }
        Ok(())
    }
}

/// The embedded table's name: `desk-rules`, `desk-agents`, `desk-calendars`, `desk-customers`.
pub fn table_name(table: Table) -> String {
    format!("desk-{}", table.name())
}

/// Credentials for the store, which checks none.
pub fn credentials() -> Credentials {
    Credentials::new("local", "local", None, None, "embedded")
}
