//! The releases table, keys `Id` (S) and `Sort` (S). Only the operator function writes it.
//!
//! | item | `Id` | `Sort` | attributes |
//! | --- | --- | --- | --- |
//! | the pointer | `pointer` | `live` | `Pointer` (S, JSON), `Revision` (N), `Wanted` (N) |
//! | a release, as it is listed | `release` | its number in 12 digits | `Release` (S, JSON) |
//! | a content's note | `content` | its id | `Basis`, `Parts`, `NotedAt` (N), `Gone` (BOOL) |
//! | a part | `part#` and the content's id | its place in 2 digits | `Bytes` (B) |
//!
//! The live release is in the pointer; it is listed before the next one goes live. `Wanted` is an
//! attribute of its own, so that raising it hinders nobody who writes the pointer. A note says that
//! a content is there; `NotedAt` is in Unix seconds.

mod items;
mod publisher;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use routing::release::{Pointer, Release};

use self::items::{ID, Item, SORT, bytes, number, part_id, part_place, release_place, text};
use super::tables::{request_error, table_error};
use super::{Requests, TableError, Tables};

/// Longest attempt and longest request for the pointer, in milliseconds.
const POINTER_MS: (u64, u64) = (140, 290);
/// The same for a part.
const PART_MS: (u64, u64) = (250, 440);
/// Longest time to connect: one for pointer and parts, so that a start needs one connection.
const CONNECT_MS: u64 = POINTER_MS.0 * 2 / 3;

/// What the webhook asks of the releases table, as IAM names it.
pub const READ_RELEASES_ACTIONS: [&str; 2] = ["dynamodb:GetItem", "dynamodb:Query"];
/// What the operator function asks of it.
pub const PUBLISH_ACTIONS: [&str; 5] = [
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
];

/// Where releases are kept: the pointer to the live one, and their parts.
#[derive(Debug, Clone)]
pub struct ReleasesTable {
    tables: Tables,
    table: String,
}

impl Tables {
    /// The table of releases, if the deployment has one.
    pub fn releases(&self) -> Option<ReleasesTable> {
        let table = self.names.releases.clone()?;
        Some(ReleasesTable { tables: self.clone(), table })
    }
}

/// A random id that nobody had before.
pub fn fresh_id() -> String {
    format!("{:032x}", fastrand::u128(..))
}

/// What a reader asks of the table. Only it counts its requests, and is cut to its time.
impl ReleasesTable {
    /// The pointer; `None` before anything was published. Half a read unit, or a whole one when
    /// `is_consistent`.
    ///
    /// # Errors
    /// The table could not be read, or what is there is no pointer.
    pub(crate) async fn read_pointer(
        &self,
        is_consistent: bool,
        requests: &Requests,
    ) -> Result<Option<Pointer>, TableError> {
        requests.add_read();
        let item = self.get("pointer", "live".to_owned(), is_consistent, POINTER_MS).await?;
        let Some(item) = item.filter(|item| item.contains_key("Pointer")) else { return Ok(None) };
        self.pointer_of(&item).map(Some)
    }

    /// A part of a release; `None` when it is not there. Not checked.
    ///
    /// # Errors
    /// The table could not be read.
    pub(crate) async fn read_part(
        &self,
        release: &Release,
        index: usize,
        is_consistent: bool,
        requests: &Requests,
    ) -> Result<Option<Vec<u8>>, TableError> {
        requests.add_read();
        let id = part_id(&release.content);
        let item = self.get(&id, part_place(index), is_consistent, PART_MS).await?;
        Ok(item.and_then(|mut item| bytes(item.remove("Bytes"))))
    }

    /// The listed releases with lower numbers, the latest first, at most so many.
    ///
    /// # Errors
    /// The table could not be read.
    pub(crate) async fn read_listed_before(
        &self,
        number: u64,
        most: usize,
        requests: &Requests,
    ) -> Result<Vec<Release>, TableError> {
        const DOING: &str = "listing the releases of";
        requests.add_read();
        let query = self
            .tables
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("#id = :id AND #sort < :sort")
            .expression_attribute_names("#id", ID)
            .expression_attribute_names("#sort", SORT)
            .expression_attribute_values(":id", text("release"))
            .expression_attribute_values(":sort", text(release_place(number)))
            .scan_index_forward(false)
            .limit(i32::try_from(most).unwrap_or(i32::MAX));
        let quick = self.tables.quick(PART_MS.0, PART_MS.1);
        let page = query.customize().config_override(quick).send().await;
        let page = page.map_err(|error| self.failed(DOING, &error))?;
        page.items.unwrap_or_default().iter().map(|item| self.release_of(item)).collect()
    }
}

impl ReleasesTable {
    async fn get(
        &self,
        id: &str,
        sort: String,
        is_consistent: bool,
        (attempt_ms, operation_ms): (u64, u64),
    ) -> Result<Option<Item>, TableError> {
        let get = self
            .tables
            .client
            .get_item()
            .table_name(&self.table)
            .key(ID, text(id))
            .key(SORT, text(sort))
            .consistent_read(is_consistent);
        let quick = self.tables.quick_over(CONNECT_MS, attempt_ms, operation_ms);
        let got = get.customize().config_override(quick).send().await;
        Ok(got.map_err(|error| self.failed("reading", &error))?.item)
    }

    fn pointer_of(&self, item: &Item) -> Result<Pointer, TableError> {
        let json = item.get("Pointer").and_then(|value| value.as_s().ok());
        let (revision, wanted) = (number(item, "Revision"), number(item, "Wanted"));
        match json {
            Some(json) => Pointer::read(json, revision, wanted)
                .map_err(|error| table_error("reading", &self.table, error)),
            None => Ok(Pointer { revision, wanted, ..Pointer::default() }),
        }
    }

    fn release_of(&self, item: &Item) -> Result<Release, TableError> {
        let json = item.get("Release").and_then(|value| value.as_s().ok());
        json.and_then(|json| serde_json::from_str(json).ok()).ok_or_else(|| {
            let sort = item.get(SORT).and_then(|value| value.as_s().ok());
            let number = sort.map_or("without a number", String::as_str);
            table_error("reading", &self.table, format!("the release {number} is damaged"))
        })
    }

    fn failed<E, R>(&self, doing: &'static str, error: &SdkError<E, R>) -> TableError
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        request_error(doing, &self.table, error)
    }
}
