//! A DynamoDB in this process (`dynoxide`), on a port of its own, with the deployment's tables.

mod database;
mod handed_over;

use std::fs::File;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Credentials, Region};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType,
    StreamSpecification, StreamViewType,
};
use desk_router::store::item;
use routing::rows::Table;

use crate::files::row_files::RowFiles;

/// The embedded table of what the webhook remembers.
pub const ASSIGNMENTS_TABLE: &str = "desk-assignments";
/// The embedded table of what rows were before.
pub const HISTORY_TABLE: &str = "desk-history";
/// The embedded table of releases.
pub const RELEASES_TABLE: &str = "desk-releases";
/// The embedded table of how far each stream was handed over, with a stream in each item.
const STREAMS_TABLE: &str = "desk-streams";
/// The operator function, as `desk serve` answers for it.
pub const OPERATOR_FUNCTION: &str = "desk-operator";
/// The embedded store's region; any would do.
pub const REGION: &str = "us-east-1";

/// A DynamoDB inside this process, with its HTTP address; it ends with the process.
#[derive(Clone)]
pub struct Embedded {
    address: SocketAddr,
    client: Client,
    database: dynoxide::Database,
    is_new: bool,
    /// Keeps others from the file.
    _lock: Option<Arc<File>>,
}

impl Embedded {
    /// Starts an empty store with the deployment's tables; port 0 is any free one. It ends with the
    /// process.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(port: u16) -> Result<Self> {
        Self::open(port, None).await
    }

    /// The same over the data of a file, which is made when there is none.
    ///
    /// # Errors
    /// The port is taken, or the file is none of ours, or in use.
    pub async fn open(port: u16, file: Option<&Path>) -> Result<Self> {
        let database = database::open(file)?;
        let lock = file.map(database::lock).transpose()?.map(Arc::new);
        let is_new = database.table_count().unwrap_or_default() == 0;
        let listener = listen(port, "the embedded DynamoDB", "--dynamodb-port").await?;
        let address = listener.local_addr()?;
        tokio::spawn(dynoxide::server::serve_on(listener, database.clone()));
        let config = Builder::new()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new(REGION))
            .credentials_provider(credentials())
            .endpoint_url(format!("http://{address}"))
            .build();
        let client = Client::from_conf(config);
        let store = Self { address, client, database, is_new, _lock: lock };
        for table in Table::ALL {
            store.create(&table_name(table), table.key_attribute(), None, true).await?;
        }
        store.create(ASSIGNMENTS_TABLE, "Key", None, false).await?;
        store.create(RELEASES_TABLE, "Id", Some("Sort"), false).await?;
        store.create(HISTORY_TABLE, "RowKey", Some("ChangedAt"), false).await?;
        store.create(STREAMS_TABLE, "Table", None, false).await?;
        Ok(store)
    }

    /// Where the store listens: `http://127.0.0.1:…`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The store itself, for what its clients cannot do.
    pub(crate) fn database(&self) -> &dynoxide::Database {
        &self.database
    }

    /// Whether there was nothing in it when it started.
    pub(crate) fn is_new(&self) -> bool {
        self.is_new
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
        match create.send().await {
            Ok(_) => Ok(()),
            // The file has it from before.
            Err(error)
                if error.as_service_error().is_some_and(|e| e.is_resource_in_use_exception()) =>
            {
                Ok(())
            }
            Err(error) => Err(error).with_context(|| format!("creating the table {table}")),
        }
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

/// Listens on a port of this machine; 0 is any free one.
///
/// # Errors
/// The port is taken; `option` says how to choose another.
pub async fn listen(port: u16, what: &str, option: &str) -> Result<tokio::net::TcpListener> {
    match tokio::net::TcpListener::bind(("127.0.0.1", port)).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} for {what} is taken, perhaps by another `cargo desk serve`; end that one, \
            or choose another port: `{option} {}`",
            port.checked_add(1).unwrap_or(9100)
        ),
        Err(error) => {
            bail!(
                "port {port} for {what} cannot be used ({error}); choose another: `{option} 9100`"
            )
        }
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
