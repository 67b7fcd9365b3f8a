//! What is in force as bytes, and back: format 1.
//!
//! ```text
//! release    = 4 bytes "desk", the format (1 byte), the length of `rows` (number), `rows` deflated
//! rows       = calendars, agents, rules (each: count, map…), agents out, asides
//! agents out = count, (text, 0 in error | 1 disabled)…
//! asides     = count, (text, priority as text or empty, 0 in error | 1 kept | 2 disabled, why)…
//! map        = count, (text, value)…           in order of names
//! value      = a byte for the kind, and what is in it:
//!              0 text, 1 number (as text), 2 false, 3 true, 4 null, 5 binary (nothing in it),
//!              6 list (count, value…), 7 map, 8 set (count, value…)
//! text       = length in bytes, UTF-8
//! number, count, length = LEB128, at most 10 bytes
//! ```
//!
//! Rows and asides stand in order of their keys, each key once: equal rows in force, equal bytes.

use std::collections::BTreeMap;
use std::fmt;

use super::Settled;
use super::settled::{Aside, AsideState};
use crate::rows::{Row, Table, Value};

/// The number of the form that [`encode`] writes.
pub const FORMAT: u32 = 1;
/// The forms that [`decode`] reads.
pub const FORMATS: &[u32] = &[FORMAT];

const MAGIC: &[u8] = b"desk\x01";
/// Most bytes before deflating.
const MAX_BYTES: usize = 64 << 20;
/// Most values in all: a bound on the memory that few bytes can ask for.
const MAX_VALUES: usize = 4_000_000;
/// Deepest nesting: the row itself, and what a row may hold.
const MAX_DEPTH: usize = 33;
/// How hard to deflate, of 10: more takes twice the time for some percent.
const LEVEL: u8 = 6;

/// Bytes that are no release, or rows that are too many for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BytesError {
    /// It does not begin as a release of this format.
    Unknown,
    /// It does not inflate to what it says.
    Deflated,
    /// It ends too early, or goes on after its end.
    Length,
    /// A text is not UTF-8, or a kind is none.
    Kind,
    /// Keys are missing, twice, or not in order.
    Order,
    /// More bytes, values or nesting than a release may have.
    TooLarge,
}

impl fmt::Display for BytesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("it does not begin as a release"),
            Self::Deflated => f.write_str("it cannot be inflated"),
            Self::Length => f.write_str("it ends at the wrong place"),
            Self::Kind => f.write_str("it holds a value of no known kind"),
            Self::Order => f.write_str("its keys are not in order"),
            Self::TooLarge => write!(
                f,
                "the rows are too large for a release: at most {} MB and {MAX_VALUES} values are allowed",
                MAX_BYTES >> 20
            ),
        }
    }
}

impl std::error::Error for BytesError {}

/// What is in force as bytes of [`FORMAT`]. Equal rows in force, equal bytes.
///
/// # Errors
/// The rows are too large for a release.
pub fn encode(settled: &Settled) -> Result<Vec<u8>, BytesError> {
    let mut writer = Writer { bytes: Vec::new(), values: 0 };
    for rows in [&settled.calendars, &settled.agents, &settled.rules] {
        writer.number(rows.len());
        for row in rows.values() {
            writer.map(row, 0)?;
        }
    }
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

struct Writer {
    bytes: Vec<u8>,
    values: usize,
}

impl Writer {
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

/// What is in force, out of bytes of [`FORMAT`]. Takes at most 64 MB and some millions of values,
/// whatever the bytes are.
///
/// # Errors
/// They are no such bytes.
pub fn decode(bytes: &[u8]) -> Result<Settled, BytesError> {
    let mut head = Bytes { left: bytes.strip_prefix(MAGIC).ok_or(BytesError::Unknown)?, values: 0 };
    let length = head.number()?;
    if length > MAX_BYTES {
        return Err(BytesError::TooLarge);
    }
    let rows = miniz_oxide::inflate::decompress_to_vec_with_limit(head.left, length)
        .map_err(|_| BytesError::Deflated)?;
    if rows.len() != length {
        return Err(BytesError::Length);
    }
    let mut reader = Bytes { left: &rows, values: 0 };
    let settled = Settled {
        calendars: reader.rows(Table::Calendars)?,
        agents: reader.rows(Table::Agents)?,
        rules: reader.rows(Table::Rules)?,
        agents_out: reader.agents_out()?,
        asides: reader.asides()?,
    };
    if reader.left.is_empty() { Ok(settled) } else { Err(BytesError::Length) }
}

struct Bytes<'b> {
    left: &'b [u8],
    values: usize,
}

impl Bytes<'_> {
    fn byte(&mut self) -> Result<u8, BytesError> {
        let (first, rest) = self.left.split_first().ok_or(BytesError::Length)?;
        self.left = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<usize, BytesError> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return usize::try_from(number).map_err(|_| BytesError::TooLarge);
            }
        }
        Err(BytesError::TooLarge)
    }

    /// A count of things that take a byte each at least.
    fn count(&mut self) -> Result<usize, BytesError> {
        let count = self.number()?;
        if count > self.left.len() { Err(BytesError::Length) } else { Ok(count) }
    }

    fn text(&mut self) -> Result<String, BytesError> {
        let length = self.number()?;
        let (text, rest) = self.left.split_at_checked(length).ok_or(BytesError::Length)?;
        self.left = rest;
        std::str::from_utf8(text).map(str::to_owned).map_err(|_| BytesError::Kind)
    }

    /// Entries in order of their names, each once.
    fn in_order<T>(
        &mut self,
        mut entry: impl FnMut(&mut Self) -> Result<(String, T), BytesError>,
    ) -> Result<BTreeMap<String, T>, BytesError> {
        let mut map = BTreeMap::new();
        for _ in 0..self.count()? {
            let (name, value) = entry(self)?;
            if map.last_key_value().is_some_and(|(last, _)| *last >= name) {
                return Err(BytesError::Order);
            }
            map.insert(name, value);
        }
        Ok(map)
    }

    fn rows(&mut self, table: Table) -> Result<BTreeMap<String, Row>, BytesError> {
        self.in_order(|bytes| {
            let row = bytes.map(0)?;
            let key = table.key_of(&row).ok_or(BytesError::Order)?.to_owned();
            Ok((key, row))
        })
    }

    fn map(&mut self, depth: usize) -> Result<Row, BytesError> {
        self.in_order(|bytes| Ok((bytes.text()?, bytes.value(depth + 1)?)))
    }

    fn value(&mut self, depth: usize) -> Result<Value, BytesError> {
        self.values += 1;
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            return Err(BytesError::TooLarge);
        }
        Ok(match self.byte()? {
            0 => Value::Text(self.text()?),
            1 => Value::Number(self.text()?),
            2 => Value::Bool(false),
            3 => Value::Bool(true),
            4 => Value::Null,
            5 => Value::Binary,
            6 => Value::List(self.entries(depth)?),
            7 => Value::Map(self.map(depth)?),
            8 => Value::Set(self.entries(depth)?),
            _ => return Err(BytesError::Kind),
        })
    }

    fn entries(&mut self, depth: usize) -> Result<Vec<Value>, BytesError> {
        let count = self.count()?;
        // Nothing is reserved by what the bytes say alone.
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push(self.value(depth + 1)?);
        }
        Ok(entries)
    }

    fn agents_out(&mut self) -> Result<BTreeMap<String, bool>, BytesError> {
        self.in_order(|bytes| {
            let id = bytes.text()?;
            match bytes.byte()? {
                0 => Ok((id, false)),
                1 => Ok((id, true)),
                _ => Err(BytesError::Kind),
            }
        })
    }

    fn asides(&mut self) -> Result<Vec<Aside>, BytesError> {
        let asides = self.in_order(|bytes| {
            let id = bytes.text()?;
            let priority = match bytes.text()?.as_str() {
                "" => None,
                text => match text.parse::<f64>() {
                    Ok(priority) if priority.is_finite() => Some(priority),
                    _ => return Err(BytesError::Kind),
                },
            };
            let state = match bytes.byte()? {
                0 => AsideState::InError,
                1 => AsideState::Kept,
                2 => AsideState::Disabled,
                _ => return Err(BytesError::Kind),
            };
            let why = bytes.text()?;
            let aside = Aside { id: id.as_str().into(), priority, state, why };
            Ok((id, aside))
        })?;
        Ok(asides.into_values().collect())
    }
}
