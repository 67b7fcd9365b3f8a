//! The store's data, in memory or in a file, and how they are kept.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, anyhow, bail};
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
        let number = IN_MEMORY.fetch_add(1, Ordering::Relaxed);
        let name = format!("file:/desk-{number}?vfs=memdb");
        return open_named(&name).context("the embedded DynamoDB does not start");
    };
    let failed = || format!("`{}` cannot be used", file.display());
    let database = open_named(&file.to_string_lossy()).with_context(failed)?;
    // Named for what it ends, but what it sets is wanted here: a write need not wait for the disk.
    // When the machine itself fails, the last edits may be gone; the file is never damaged.
    database.disable_bulk_loading().map_err(|error| anyhow!("{error}")).with_context(failed)?;
    Ok(database)
}

/// Takes a file for this process, by another beside it that stays: what the store itself locks is
/// free between its writes, and two that serve one file would each judge and publish its rows.
///
/// # Errors
/// Another process has it.
pub(super) fn lock(file: &Path) -> Result<File> {
    let mut name = file.as_os_str().to_owned();
    name.push("-lock");
    let lock = File::create(&name)
        .with_context(|| format!("`{}` cannot be written", Path::new(&name).display()))?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => bail!(
            "`{}` is in use by another `cargo desk serve`; end that one, or choose another file",
            file.display()
        ),
        // Some file systems know no locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(lock),
    }
}

fn open_named(name: &str) -> Result<Database> {
    let database = Database::new(name).map_err(|error| anyhow!("{error}"))?;
    rusqlite::Connection::open(name)?.execute_batch(INDEX)?;
    Ok(database)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// What the store asks at each write of a row, and at each look at a stream.
    const ASKED: [&str; 2] = [
        "SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records \
         WHERE table_name = 't'",
        "SELECT event_name FROM _stream_records WHERE table_name = 't' AND shard_id = 's' \
         AND CAST(sequence_number AS INTEGER) > 7 \
         ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT 100",
    ];

    #[test]
    fn streams_are_read_by_their_index() {
        let name = "file:/desk-test?vfs=memdb";
        let database = open_named(name).unwrap();
        let beside = rusqlite::Connection::open(name).unwrap();
        for asked in ASKED {
            let plan = format!("EXPLAIN QUERY PLAN {asked}");
            let plan: String = beside.query_row(&plan, [], |row| row.get(3)).unwrap();
            assert!(plan.contains("desk_stream_numbers"), "{plan}");
        }
        // Two in memory are two.
        let (one, two) = (open(None).unwrap(), open(None).unwrap());
        assert_eq!([one, two].map(|store| store.table_count().unwrap()), [0, 0]);
        drop(database);
    }
}
