//! A publisher's side of the table: it alone writes.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use futures_util::future::{join_all, try_join_all};
use routing::release::{Content, Form, Pointer, Release, Store};

use super::items::{ID, SORT, content_of, part_id, part_place, release_place, text};
use super::{POINTER_MS, ReleasesTable};
use crate::store::tables::table_error;
use crate::store::{Requests, TableError};

/// Parts and notes written at the same time.
const AT_ONCE: usize = 8;

impl ReleasesTable {
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

    /// An update of the item that is the pointer.
    fn update_of_pointer(&self) -> UpdateItemFluentBuilder {
        let update = self.tables.client.update_item().table_name(&self.table);
        update.key(ID, text("pointer")).key(SORT, text("live"))
    }
}

impl Store for ReleasesTable {
    type Error = TableError;

    async fn raise(&self) -> Result<Pointer, TableError> {
        let update = self
            .update_of_pointer()
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
            .update_of_pointer()
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
