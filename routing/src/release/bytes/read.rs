//! Bytes as the rows in force.

use std::collections::BTreeMap;

use super::format::{Inside, inflated};
use crate::packed::{BytesError, MAX_VALUES, Packed, Unpacker};
use crate::release::settled::{Aside, Settled};
use crate::rows::{Row, Table, Value};

/// Deepest nesting: the row itself, and what a row may hold.
pub(super) const MAX_DEPTH: usize = 33;
/// Attributes that a row usually has at most.
const USUAL_ATTRIBUTES: usize = 12;

/// The rows in force, out of bytes of [`FORMAT`](super::FORMAT). Takes at most 64 MB and some
/// millions of values, whatever the bytes are.
///
/// # Errors
/// They are no such bytes.
pub fn decode(bytes: &[u8]) -> Result<Settled, BytesError> {
    let bytes = inflated(Inside::Rows, bytes)?;
    let mut reader = BytesReader { from: Unpacker::new(&bytes), values: 0 };
    let settled = Settled {
        calendars: reader.rows(Table::Calendars)?,
        agents: reader.rows(Table::Agents)?,
        rules: reader.rows(Table::Rules)?,
        agents_out: reader.agents_out()?,
        asides: reader.asides()?,
    };
    reader.from.finish()?;
    Ok(settled)
}

struct BytesReader<'b> {
    from: Unpacker<'b>,
    values: usize,
}

impl BytesReader<'_> {
    fn text(&mut self) -> Result<String, BytesError> {
        self.from.text().map(str::to_owned)
    }

    /// Entries in order of their names, each once.
    fn in_order<T>(
        &mut self,
        mut entry: impl FnMut(&mut Self) -> Result<(String, T), BytesError>,
    ) -> Result<BTreeMap<String, T>, BytesError> {
        let count = self.from.count()?;
        // Not more is reserved than a row usually has, whatever the bytes say.
        let mut entries: Vec<(String, T)> = Vec::with_capacity(count.min(USUAL_ATTRIBUTES));
        for _ in 0..count {
            let (name, value) = entry(self)?;
            if entries.last().is_some_and(|(last, _)| *last >= name) {
                return Err(BytesError::Order);
            }
            entries.push((name, value));
        }
        Ok(entries.into_iter().collect())
    }

    fn rows(&mut self, table: Table) -> Result<BTreeMap<String, Row>, BytesError> {
        self.in_order(|reader| {
            let row = reader.map(0)?;
            let key = table.key_of(&row).ok_or(BytesError::Order)?.to_owned();
            Ok((key, row))
        })
    }

    fn map(&mut self, depth: usize) -> Result<Row, BytesError> {
        self.in_order(|reader| Ok((reader.text()?, reader.value(depth + 1)?)))
    }

    fn value(&mut self, depth: usize) -> Result<Value, BytesError> {
        self.values += 1;
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            return Err(BytesError::TooLarge);
        }
        Ok(match self.from.byte()? {
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
        let count = self.from.count()?;
        // Nothing is reserved by what the bytes say alone.
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push(self.value(depth + 1)?);
        }
        Ok(entries)
    }

    fn agents_out(&mut self) -> Result<BTreeMap<String, bool>, BytesError> {
        self.in_order(|reader| Ok((reader.text()?, bool::unpack(&mut reader.from)?)))
    }

    fn asides(&mut self) -> Result<Vec<Aside>, BytesError> {
        let asides = self.in_order(|reader| {
            let id = reader.text()?;
            let priority = match reader.from.text()? {
                "" => None,
                text => match text.parse::<f64>() {
                    Ok(priority) if priority.is_finite() => Some(priority),
                    _ => return Err(BytesError::Kind),
                },
            };
            let state = Packed::unpack(&mut reader.from)?;
            let why = reader.text()?;
            let aside = Aside { id: id.as_str().into(), priority, state, why };
            Ok((id, aside))
        })?;
        Ok(asides.into_values().collect())
    }
}
