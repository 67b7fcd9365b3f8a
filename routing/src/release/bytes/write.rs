//! What is in force as bytes.

use std::hash::Hasher;

use siphasher::sip::SipHasher24;

use super::format::{BytesError, MAGIC, MAX_BYTES, MAX_DEPTH, MAX_VALUES};
use crate::release::Settled;
use crate::release::settled::AsideState;
use crate::rows::{Row, Value};

/// How hard to deflate, of 10: more takes twice the time for some percent.
const LEVEL: u8 = 6;

/// What is in force as bytes of [`FORMAT`](super::FORMAT). Equal rows in force, equal bytes.
///
/// # Errors
/// The rows are too large for a release.
pub fn encode(settled: &Settled) -> Result<Vec<u8>, BytesError> {
    let mut writer = Writer::default();
    writer.rows(settled)?;
    writer.number(settled.agents_out.len());
    for (id, disabled) in &settled.agents_out {
        writer.text(id);
        writer.bytes.push(u8::from(*disabled));
    }
    writer.number(settled.asides.len());
    for aside in &settled.asides {
        writer.text(&aside.id);
        writer.text(&aside.priority.map(|priority| priority.to_string()).unwrap_or_default());
        writer.bytes.push(match aside.state {
            AsideState::InError => 0,
            AsideState::Kept => 1,
            AsideState::Disabled => 2,
        });
        writer.text(&aside.why);
    }
    if writer.bytes.len() > MAX_BYTES || writer.values > MAX_VALUES {
        return Err(BytesError::TooLarge);
    }
    let mut head = Writer { bytes: MAGIC.to_vec(), values: 0 };
    head.number(writer.bytes.len());
    let mut bytes = head.bytes;
    bytes.extend(miniz_oxide::deflate::compress_to_vec(&writer.bytes, LEVEL));
    Ok(bytes)
}

/// A short hash of the rows in force: equal rows, equal version. Rows that are too large for a
/// release have one too.
pub(crate) fn version(settled: &Settled) -> String {
    let mut writer = Writer::default();
    // What was written until then is hashed.
    let _ = writer.rows(settled);
    version_of(&writer.bytes)
}

/// The version, of the rows as they are written.
pub(super) fn version_of(rows: &[u8]) -> String {
    let mut hasher = SipHasher24::new();
    hasher.write(rows);
    format!("{:012x}", hasher.finish() >> 16)
}

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    values: usize,
}

impl Writer {
    fn rows(&mut self, settled: &Settled) -> Result<(), BytesError> {
        for rows in [&settled.calendars, &settled.agents, &settled.rules] {
            self.number(rows.len());
            for row in rows.values() {
                self.map(row, 0)?;
            }
        }
        Ok(())
    }

    fn number(&mut self, number: usize) {
        let mut left = number;
        while left >= 0x80 {
            self.bytes.push((left & 0x7f) as u8 | 0x80);
            left >>= 7;
        }
        self.bytes.push(left as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn map(&mut self, map: &Row, depth: usize) -> Result<(), BytesError> {
        self.number(map.len());
        for (name, value) in map {
            self.text(name);
            self.value(value, depth + 1)?;
        }
        Ok(())
    }

    fn value(&mut self, value: &Value, depth: usize) -> Result<(), BytesError> {
        self.values += 1;
        if depth > MAX_DEPTH || self.values > MAX_VALUES || self.bytes.len() > MAX_BYTES {
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
        self.bytes.push(kind);
        match value {
            Value::Text(text) | Value::Number(text) => self.text(text),
            Value::Bool(_) | Value::Null | Value::Binary => {}
            Value::List(entries) | Value::Set(entries) => {
                self.number(entries.len());
                for entry in entries {
                    self.value(entry, depth + 1)?;
                }
            }
            Value::Map(map) => self.map(map, depth)?,
        }
        Ok(())
    }
}
