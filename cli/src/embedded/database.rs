//! The store's data, in memory or in a file, and how they are kept.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, anyhow};
use dynoxide::Database;

/// At each write of a row, the store asks for the last number of the table's stream. Without an
/// index it reads all records for that, so ten thousand rows would take minutes.
const INDEX: &str = "CREATE INDEX IF NOT EXISTS desk_stream_numbers \
     ON _stream_records (table_name, CAST(sequence_number AS INTEGER))";

/// Stores in memory so far: each has a name of its own.
static IN_MEMORY: AtomicU64 = AtomicU64::new(0);

/// Opens the data of a file, which is made when there is none; without a file, empty ones in
/// memory.
///
/// # Errors
/// The file is none of ours.
pub(super) fn open(file: Option<&Path>) -> Result<Database> {
    let Some(file) = file else {
        // Named, unlike `Database::memory`, so that the index can be made beside the store.
        let name =
            format!("file:/desk-{}?vfs=memdb", IN_MEMORY.fetch_add(1, Ordering::Relaxed));
        let database = Database::new(&name)
            .map_err(|error| anyhow!("the embedded DynamoDB does not start: {error}"))?;
        index(&name).context("the embedded DynamoDB does not start")?;
        return Ok(database);
    };
    let failed = || format!("`{}` cannot be used", file.display());
    let name = file.to_string_lossy();
    let database = Database::new(&name).map_err(|error| anyhow!("{}: {error}", failed()))?;
    index(&name).with_context(failed)?;
    // Named for what it ends, but what it sets is wanted here: a write need not wait for the disk.
    // When the machine itself fails, the last edits may be gone; the file is never damaged.
    database.disable_bulk_loading().map_err(|error| anyhow!("{}: {error}", failed()))?;
    Ok(database)
}

fn index(name: &str) -> rusqlite::Result<()> {
    rusqlite::Connection::open(name)?.execute_batch(INDEX)
}
