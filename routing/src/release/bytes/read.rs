//! Bytes as what is in force.

use std::collections::BTreeMap;

use super::format::{BytesError, MAGIC, MAX_BYTES, MAX_DEPTH, MAX_VALUES};
use super::write::version_of;
use crate::release::Settled;
use crate::release::settled::{Aside, AsideState, Rest};
use crate::rows::{Row, Table, Value};

/// Attributes that a row usually has at most.
const USUAL_ATTRIBUTES: usize = 12;

/// What is in force, out of bytes of [`FORMAT`](super::FORMAT). Takes at most 64 MB and some
/// millions of values, whatever the bytes are.
///
/// # Errors
/// They are no such bytes.
pub fn decode(bytes: &[u8]) -> Result<Settled, BytesError> {
    let mut rows: [Vec<(String, Row)>; 3] = Default::default();
    let [calendars, agents, rules] = &mut rows;
    let rest = each_row(bytes, |table, key, row| {
        let of_table = match table {
            Table::Calendars => &mut *calendars,
            Table::Agents => &mut *agents,
            Table::Rules | Table::Customers => &mut *rules,
        };
        of_table.push((key, row));
    })?;
    let [calendars, agents, rules] = rows.map(BTreeMap::from_iter);
    Ok(Settled { calendars, agents, rules, agents_out: rest.agents_out, asides: rest.asides })
}

/// Gives the rows one by one, each with its key, so that they need not all be in memory: calendars,
/// agents, rules, each table in order of keys. What was given counts only when no error follows.
///
/// # Errors
/// As [`decode`].
pub(crate) fn each_row(
    bytes: &[u8],
    mut take: impl FnMut(Table, String, Row),
) -> Result<Rest, BytesError> {
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
    for table in Table::RELEASED {
        reader.rows(table, &mut take)?;
    }
    let written = rows.len() - reader.left.len();
    let version = version_of(rows.get(..written).unwrap_or_default());
    let rest = Rest { agents_out: reader.agents_out()?, asides: reader.asides()?, version };
    if reader.left.is_empty() { Ok(rest) } else { Err(BytesError::Length) }
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
        let count = self.count()?;
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

    fn rows(
        &mut self,
        table: Table,
        take: &mut impl FnMut(Table, String, Row),
    ) -> Result<(), BytesError> {
        let mut last: Option<String> = None;
        for _ in 0..self.count()? {
            let row = self.map(0)?;
            let key = table.key_of(&row).ok_or(BytesError::Order)?;
            if last.as_deref().is_some_and(|last| last >= key) {
                return Err(BytesError::Order);
            }
            let key = key.to_owned();
            last = Some(key.clone());
            take(table, key, row);
        }
        Ok(())
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
