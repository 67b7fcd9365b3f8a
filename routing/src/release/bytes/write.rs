//! The rows in force as bytes.

use std::hash::Hasher;

use siphasher::sip::SipHasher24;

use super::format::{Inside, deflated};
use super::read::MAX_DEPTH;
use crate::packed::{BytesError, MAX_BYTES, MAX_VALUES, Packed, Packer};
use crate::release::settled::Settled;
use crate::rows::{Row, Value};

/// The rows in force as bytes of [`FORMAT`](super::FORMAT). Equal rows in force, equal bytes.
///
/// # Errors
/// The rows are too large for a release.
pub fn encode(settled: &Settled) -> Result<Vec<u8>, BytesError> {
    let mut writer = Writer::default();
    writer.rows(settled)?;
    let mut to = writer.to;
    to.count(settled.agents_out.len());
    for (id, disabled) in &settled.agents_out {
        to.text(id);
        disabled.pack(&mut to);
    }
    to.count(settled.asides.len());
    for aside in &settled.asides {
        to.text(&aside.id);
        to.text(&aside.priority.map(|priority| priority.to_string()).unwrap_or_default());
        aside.state.pack(&mut to);
        to.text(&aside.why);
    }
    deflated(Inside::Rows, &to.finish())
}

/// A short hash of the rows in force: equal rows, equal version. Rows that are too large for a
/// release have one too.
pub(crate) fn version(settled: &Settled) -> String {
    let mut writer = Writer::default();
    // What was written until then is hashed.
    let _ = writer.rows(settled);
    let mut hasher = SipHasher24::new();
    hasher.write(&writer.to.finish());
    format!("{:012x}", hasher.finish() >> 16)
}

#[derive(Default)]
struct Writer {
    to: Packer,
    values: usize,
}

impl Writer {
    fn rows(&mut self, settled: &Settled) -> Result<(), BytesError> {
        for rows in [&settled.calendars, &settled.agents, &settled.rules] {
            self.to.count(rows.len());
            for row in rows.values() {
                self.map(row, 0)?;
            }
        }
        Ok(())
    }

    fn map(&mut self, map: &Row, depth: usize) -> Result<(), BytesError> {
        self.to.count(map.len());
        for (name, value) in map {
            self.to.text(name);
            self.value(value, depth + 1)?;
        }
        Ok(())
    }

    fn value(&mut self, value: &Value, depth: usize) -> Result<(), BytesError> {
        self.values += 1;
        if depth > MAX_DEPTH || self.values > MAX_VALUES || self.to.len() > MAX_BYTES {
            return Err(BytesError::TooLarge);
        }
        let kind = match value {
            Value::Text(_) => 0,
            Value::Number(_) => 1,
            Value::Bool(false) => 2,
            Value::Bool(true) => 3,
            Value::Null => 4,
            Value::Binary => 5,
            Value::List(_) => 6,
            Value::Map(_) => 7,
            Value::Set(_) => 8,
        };
        self.to.byte(kind);
        match value {
            Value::Text(text) | Value::Number(text) => self.to.text(text),
            Value::Bool(_) | Value::Null | Value::Binary => {}
            Value::List(entries) | Value::Set(entries) => {
                self.to.count(entries.len());
                for entry in entries {
                    self.value(entry, depth + 1)?;
                }
            }
            Value::Map(map) => self.map(map, depth)?,
        }
        Ok(())
    }
}
