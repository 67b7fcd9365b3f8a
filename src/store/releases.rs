//! The releases table, keys `Id` (S) and `Sort` (S). Only the operator function writes it.
//!
//! | item | `Id` | `Sort` | attributes |
//! | --- | --- | --- | --- |
//! | the pointer | `pointer` | `live` | `Pointer` (S, JSON), `Revision` (N), `Wanted` (N) |
//! | a release, as it is listed | `release` | its number in 12 digits | `Release` (S, JSON) |
//! | a note that a content is there | `content` | the content's id | `Basis` (N), `Parts` (N), `NotedAt` (N, Unix seconds), `Gone` (BOOL) |
//! | a part | `part#` and the content's id | its place in 2 digits | `Bytes` (B) |
//!
//! The live release is in the pointer; it is listed before the next one goes live. `Wanted` is an
//! attribute of its own, so that raising it hinders nobody who writes the pointer.

use std::collections::HashMap;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use chrono::DateTime;
use futures_util::future::{join_all, try_join_all};
use routing::release::{Content, Form, Pointer, Release, Store};

use super::tables::{request_error, table_error};
use super::{Requests, TableError, Tables};

const ID: &str = "Id";
const SORT: &str = "Sort";
/// Longest attempt and longest request for the pointer, in milliseconds.
const POINTER_MS: (u64, u64) = (140, 290);
/// The same for a part.
const PART_MS: (u64, u64) = (250, 440);
/// Longest time to connect: one for pointer and parts, so that a start needs one connection.
const CONNECT_MS: u64 = POINTER_MS.0 * 2 / 3;
/// Parts and notes written at the same time.
const AT_ONCE: usize = 8;

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

type Item = HashMap<String, AttributeValue>;

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

    async fn remove(&self, id: &str, sort: String) -> Result<(), TableError> {
        let delete = self.tables.client.delete_item().table_name(&self.table);
        let deleted = delete.key(ID, text(id)).key(SORT, text(sort)).send().await;
        deleted.map(drop).map_err(|error| self.failed("removing from", &error))
    }

    async fn write_part(&self, content: &str, index: usize, part: &[u8]) -> Result<(), TableError> {
        let put = self.tables.client.put_item().table_name(&self.table);
        let put = put.item(ID, text(part_id(content))).item(SORT, text(part_place(index)));
        let put = put.item("Bytes", AttributeValue::B(Blob::new(part)));
        put.send().await.map(drop).map_err(|error| self.failed("writing a part into", &error))
    }
}

/// A publisher's side of the table.
impl Store for ReleasesTable {
    type Error = TableError;

    async fn raise(&self) -> Result<Pointer, TableError> {
        let update = self
            .tables
            .client
            .update_item()
            .table_name(&self.table)
            .key(ID, text("pointer"))
            .key(SORT, text("live"))
            .update_expression("ADD #wanted :one")
            .expression_attribute_names("#wanted", "Wanted")
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .return_values(ReturnValue::AllNew);
        let updated = update.send().await;
        let updated = updated.map_err(|error| self.failed("raising `Wanted` in", &error))?;
        self.pointer_of(&updated.attributes.unwrap_or_default())
    }

    async fn pointer(&self) -> Result<Pointer, TableError> {
        let item = self.get("pointer", "live".to_owned(), true, POINTER_MS).await?;
        self.pointer_of(&item.unwrap_or_default())
    }

    async fn write_pointer(&self, pointer: &Pointer) -> Result<bool, TableError> {
        const DOING: &str = "writing the pointer of";
        let json = pointer.print().map_err(|error| table_error(DOING, &self.table, error))?;
        let before = pointer.revision.saturating_sub(1);
        let mut update = self
            .tables
            .client
            .update_item()
            .table_name(&self.table)
            .key(ID, text("pointer"))
            .key(SORT, text("live"))
            .update_expression("SET #pointer = :pointer, #revision = :revision")
            .condition_expression(match before {
                0 => "attribute_not_exists(#revision)",
                _ => "#revision = :before",
            })
            .expression_attribute_names("#pointer", "Pointer")
            .expression_attribute_names("#revision", "Revision")
            .expression_attribute_values(":pointer", text(json))
            .expression_attribute_values(
                ":revision",
                AttributeValue::N(pointer.revision.to_string()),
            );
        if before > 0 {
            update = update
                .expression_attribute_values(":before", AttributeValue::N(before.to_string()));
        }
        written(update.send().await).map_err(|error| self.failed(DOING, &error))
    }

    async fn register(&self, content: &Content) -> Result<bool, TableError> {
        let put = self
            .tables
            .client
            .put_item()
            .table_name(&self.table)
            .item(ID, text("content"))
            .item(SORT, text(&content.id))
            .item("Basis", AttributeValue::N(content.basis.to_string()))
            .item("Parts", AttributeValue::N(content.parts.to_string()))
            .item("NotedAt", AttributeValue::N(content.noted_at.timestamp().to_string()))
            .condition_expression("attribute_not_exists(#id)")
            .expression_attribute_names("#id", ID);
        written(put.send().await).map_err(|error| self.failed("noting a release in", &error))
    }

    async fn contents(&self) -> Result<Vec<Content>, TableError> {
        let (mut contents, mut start) = (Vec::new(), None);
        loop {
            let query = self
                .tables
                .client
                .query()
                .table_name(&self.table)
                .consistent_read(true)
                .key_condition_expression("#id = :id")
                .expression_attribute_names("#id", ID)
                .expression_attribute_values(":id", text("content"))
                .set_exclusive_start_key(start);
            let page = query.send().await.map_err(|error| self.failed("reading", &error))?;
            contents.extend(page.items.unwrap_or_default().iter().filter_map(content_of));
            start = page.last_evaluated_key;
            if start.is_none() {
                return Ok(contents);
            }
        }
    }

    async fn write_parts(&self, content: &str, parts: &[&[u8]]) -> Result<(), TableError> {
        for (chunk, parts) in parts.chunks(AT_ONCE).enumerate() {
            let writes = parts.iter().enumerate();
            let writes =
                writes.map(|(place, part)| self.write_part(content, chunk * AT_ONCE + place, part));
            try_join_all(writes).await?;
        }
        Ok(())
    }

    async fn parts(
        &self,
        release: &Release,
        form: Form,
    ) -> Result<Vec<Option<Vec<u8>>>, TableError> {
        let (requests, places) = (Requests::default(), release.places(form));
        let reads = places.map(|index| self.read_part(release, index, true, &requests));
        join_all(reads).await.into_iter().collect()
    }

    async fn erase(&self, content: &Content) -> Result<(), TableError> {
        let mark = self
            .tables
            .client
            .update_item()
            .table_name(&self.table)
            .key(ID, text("content"))
            .key(SORT, text(&content.id))
            .update_expression("SET #gone = :true")
            .condition_expression("attribute_exists(#id)")
            .expression_attribute_names("#gone", "Gone")
            .expression_attribute_names("#id", ID)
            .expression_attribute_values(":true", AttributeValue::Bool(true));
        written(mark.send().await).map_err(|error| self.failed("removing from", &error))?;
        let id = part_id(&content.id);
        try_join_all((0..content.parts).map(|index| self.remove(&id, part_place(index)))).await?;
        self.remove("content", content.id.clone()).await
    }

    async fn list(&self, release: &Release) -> Result<(), TableError> {
        const DOING: &str = "listing a release in";
        let json = serde_json::to_string(release)
            .map_err(|error| table_error(DOING, &self.table, error))?;
        let put = self
            .tables
            .client
            .put_item()
            .table_name(&self.table)
            .item(ID, text("release"))
            .item(SORT, text(release_place(release.number)))
            .item("Release", text(json));
        put.send().await.map(drop).map_err(|error| self.failed(DOING, &error))
    }

    async fn listed_before(&self, number: u64, most: usize) -> Result<Vec<Release>, TableError> {
        self.read_listed_before(number, most, &Requests::default()).await
    }

    async fn unlist(&self, number: u64) -> Result<(), TableError> {
        self.remove("release", release_place(number)).await
    }
}

/// Whether a conditional write was done: a condition that does not hold is no error.
fn written<T, E: ProvideErrorMetadata>(sent: Result<T, E>) -> Result<bool, E> {
    match sent {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(false),
        Err(error) => Err(error),
    }
}

fn text(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// As text, numbers sort like numbers only with equally many digits.
fn release_place(number: u64) -> String {
    format!("{:012}", number.min(999_999_999_999))
}

fn part_id(content: &str) -> String {
    format!("part#{content}")
}

fn part_place(index: usize) -> String {
    format!("{index:02}")
}

fn number(item: &Item, name: &str) -> u64 {
    let number = item.get(name).and_then(|value| value.as_n().ok());
    number.and_then(|number| number.parse().ok()).unwrap_or_default()
}

fn bytes(value: Option<AttributeValue>) -> Option<Vec<u8>> {
    match value? {
        AttributeValue::B(blob) => Some(blob.into_inner()),
        _ => None,
    }
}

fn content_of(item: &Item) -> Option<Content> {
    let id = item.get(SORT)?.as_s().ok()?.clone();
    let parts = usize::try_from(number(item, "Parts")).ok()?;
    let noted_at = i64::try_from(number(item, "NotedAt")).ok()?;
    let noted_at = DateTime::from_timestamp(noted_at, 0)?;
    let is_gone = item.contains_key("Gone");
    Some(Content { id, basis: number(item, "Basis"), parts, noted_at, is_gone })
}
