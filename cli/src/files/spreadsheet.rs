//! Customers out of a CSV file as spreadsheets write it: separated by commas, semicolons or tabs,
//! in UTF-8 or UTF-16, with or without a byte-order mark.

mod cells;
mod digits;
mod header;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use routing::rows::{Defaults, Row, Table, without_underscores};
use routing::text::clean;

use crate::files::row_files::RowFiles;
use cells::{SEPARATORS, no_customer, value};
use digits::Digits;
use header::separator;

/// Customers from a CSV file, each merged into the row that is there. A column of ours is read as
/// in a row; every other column is the customer's own.
///
/// # Errors
/// The file cannot be read, has no column `ClientUserId`, or a cell lost what was typed; the line
/// is named.
pub fn customers(file: &Path, now: &[Row], defaults: &Defaults) -> Result<RowFiles> {
    let bytes = std::fs::read(file).with_context(|| format!("reading `{}`", file.display()))?;
    let text = decode(&bytes).with_context(|| format!("reading `{}`", file.display()))?;
    parse(&text, now, defaults).with_context(|| format!("`{}`", file.display()))
}

fn parse(text: &str, now: &[Row], defaults: &Defaults) -> Result<RowFiles> {
    let (text, separator, skipped) = separator(text);
    check_quotes(text, skipped)?;
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let header = reader.headers()?.clone();
    let names: Vec<Cow<'_, str>> = header.iter().map(clean).collect();
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    // Spreadsheets write columns that once held something, as long as they are formatted.
    let named = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
    header::check(names.get(..named).unwrap_or_default(), text, skipped)?;
    let known: HashMap<&str, &Row> =
        now.iter().filter_map(|row| Some((Table::Customers.key_of(row)?, row))).collect();
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut files = RowFiles::default();
    let mut digits = Digits::default();
    for record in reader.records() {
        let record = record?;
        if record.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line) + skipped;
        if record.len() > names.len() {
            bail!(
                "line {line}: has {} cells, and there are {} columns; put a text that holds the \
                separator into double quotes",
                record.len(),
                names.len()
            );
        }
        if let Some((place, cell)) =
            record.iter().enumerate().skip(named).find(|(_, cell)| !cell.is_empty())
        {
            bail!(
                "line {line}: column {} has no name, and holds `{cell}`; give it one, or empty it",
                place + 1
            );
        }
        let mut cells = Row::new();
        for (name, cell) in names.iter().zip(&record) {
            // A cell of separators alone has no entry: it is as empty as one without.
            let is_empty = |cell: &str| cell.chars().all(|c| SEPARATORS.contains(&c) || c == ' ');
            if cell.is_empty() || (*name == "Segments" && is_empty(cell)) {
                continue;
            }
            digits.note(name, line, cell);
            let value = value(name, cell, defaults)
                .with_context(|| format!("line {line}, `{name}` is `{cell}`"))?;
            cells.insert((*name).to_owned(), value);
        }
        let Some(id) = Table::Customers.key_of(&cells).map(str::to_owned) else {
            bail!("line {line}: `ClientUserId` is empty")
        };
        if let Some(message) = no_customer(&id, cells.len()) {
            bail!("line {line}: `{id}` {message}");
        }
        if let Some(first) = seen.insert(id.clone(), line) {
            bail!("line {line}: `{id}` is also in line {first}; keep one of them");
        }
        let mut row =
            known.get(id.as_str()).map(|row| without_underscores(row)).unwrap_or_default();
        row.extend(cells);
        files.extend(Table::Customers, [row]);
    }
    if let Some(lost) = digits.lost() {
        bail!("{lost}");
    }
    Ok(files)
}

/// The text of a file: UTF-16 by its byte-order mark (or by its zero bytes), else UTF-8.
fn decode(bytes: &[u8]) -> Result<String> {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| -> Result<String> {
        let units = bytes.chunks(2).map(|pair| match pair {
            [a, b] => read([*a, *b]),
            _ => 0,
        });
        let text: std::result::Result<String, _> = char::decode_utf16(units).collect();
        text.context("is not UTF-16")
    };
    let text = match bytes {
        // A workbook, zipped or of an older kind.
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            bail!("is a workbook, not CSV; save it from the spreadsheet as `CSV UTF-8`")
        }
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [first, 0, ..] if *first != 0 => wide(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => wide(bytes, u16::from_be_bytes),
        _ => {
            let Ok(text) = std::str::from_utf8(bytes) else {
                bail!("is not UTF-8; save it from the spreadsheet as `CSV UTF-8` and try again")
            };
            Ok(text.trim_start_matches('\u{feff}').to_owned())
        }
    }?;
    if text.contains('\0') {
        bail!("holds zero bytes; save it from the spreadsheet as `CSV UTF-8` and try again");
    }
    Ok(text)
}

/// Every quote is closed: else the rest of the file would be one cell.
fn check_quotes(text: &str, skipped: u64) -> Result<()> {
    let (mut opened, mut line) = (None, skipped + 1);
    for c in text.chars() {
        match (c, opened) {
            ('"', None) => opened = Some(line),
            ('"', Some(_)) => opened = None,
            ('\n', _) => line += 1,
            _ => {}
        }
    }
    match opened {
        Some(line) => bail!(
            "line {line}: a double quote is opened and never closed; close it, and write a quote \
            that is part of a text twice (`\"\"`) in a text in quotes"
        ),
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use routing::rows::Value;

    use super::*;
    use crate::deployment::source::settings;

    fn read(text: &str) -> Result<Vec<Row>> {
        let settings = settings(true, |_| None).unwrap();
        let files = parse(text, &[], &settings.defaults)?;
        Ok(files.rows(Table::Customers).to_vec())
    }

    #[test]
    fn separators_empty_rows_and_quotes() {
        for text in [
            "ClientUserId,Segments,Plan\nu,\"vip,early\",pro\n",
            "ClientUserId;Segments;Plan\r\nu;vip,early;pro\r\n;;\r\n\r\n",
            "ClientUserId\tSegments\tPlan\nu\tvip; early\tpro",
            "sep=;\nClientUserId;Segments;Plan\nu;vip,early;pro\n",
            ",,\nClient\u{200b}UserId,Segments,Plan\nu,vip;early,pro\n",
            "\u{feff}Plan, Segments ,ClientUserId\npro,\"vip\nearly\",u\n,,\n",
        ] {
            let rows = read(text).unwrap();
            let typed = |text: &str| Value::Text(text.to_owned());
            assert_eq!(rows.len(), 1, "{text:?}");
            assert_eq!(rows[0]["Plan"], typed("pro"));
            assert_eq!(rows[0]["Segments"], Value::List(vec![typed("vip"), typed("early")]));
        }
    }

    #[test]
    fn names_in_quotes_and_texts_of_formulas() {
        let rows =
            read("\"ClientUserId\",\"Plan; of today; and tomorrow\"\n=\"007\",pro\n").unwrap();
        assert_eq!(rows[0]["ClientUserId"], Value::Text("007".into()));
        assert_eq!(rows[0]["Plan; of today; and tomorrow"], Value::Text("pro".into()));
        let rows = read("ClientUserId,Plan,,\n'00123,pro,,\n").unwrap();
        assert_eq!(rows[0]["ClientUserId"], Value::Text("00123".into()));
        assert_eq!(rows[0].len(), 2);
        let rows = read("ClientUserId\tSegments\nu\t; ,\n").unwrap();
        assert!(!rows[0].contains_key("Segments"), "{rows:?}");
    }

    #[test]
    fn numbers_stay_numbers_where_every_digit_is_kept() {
        for (cell, is_number) in [
            ("12", true),
            ("-3.5", true),
            ("0", true),
            ("0.25", true),
            ("00123", false),
            ("1.50", false),
            ("+82", false),
            ("1,000", false),
            ("12345678901234567890123456789012345678", true),
            ("123456789012345678901234567890123456789", false),
            ("1e3", false),
            ("-", false),
            ("5e", false),
        ] {
            let rows = read(&format!("ClientUserId;Spend\nu;{cell}\n")).unwrap();
            let found = matches!(rows[0]["Spend"], Value::Number(_));
            assert_eq!(found, is_number, "{cell}");
        }
    }

    #[test]
    fn what_a_spreadsheet_lost_or_misspelt_is_refused_with_its_line() {
        for (text, says) in [
            ("ClientUserId,Segments\n1.23457E+12,vip\n", "line 2, `ClientUserId` is `1.23457E+12`"),
            ("ClientUserId;Spend\nu;1,2E+15\n", "lost its digits"),
            ("client user id,Segments\nu,vip\n", "`client user id` must be named `ClientUserId`"),
            ("User\nu\n", "there is no column `ClientUserId`; the columns are User"),
            ("ClientUserId,Plan,Plan\nu,a,b\n", "two columns `Plan`"),
            ("ClientUserId,,Plan\nu,,b\n", "column 2 has no name"),
            ("ClientUserId,Plan\n,pro\n", "line 2: `ClientUserId` is empty"),
            ("ClientUserId,Plan\n,\nu,pro\nu,free\n", "line 4: `u` is also in line 3"),
            ("ClientUserId,Segments\nu,vip,early\n", "line 2: has 3 cells"),
            ("ClientUserId;Segments\nu;vip:2027-06-30,early\n", "`early` has no last day"),
            ("ClientUserId;Segments\nu;\"vip:2027-06-30;vip:2027-01-01\"\n", "in the cell twice"),
            ("ClientUserId;Plan\nu;#N/A\n", "line 2, `Plan` is `#N/A`: is a spreadsheet's error"),
            ("ClientUserId;Plan\nu;\"pro\nv;free\n", "line 2: a double quote is opened"),
            ("ClientUserId;ExpiresAt\nu;soon\n", "line 2, `ExpiresAt` is `soon`"),
            ("ClientUserId;ExpiresAt\nu;46752\n", "write `2027-12-31`"),
            ("ClientUserId;Plan;;\nu;pro;;x\n", "line 2: column 4 has no name, and holds `x`"),
            (
                "ClientUserId;Segments\nu;\"{\"\"vip\"\": \"\"2027-06-30\"\"}\"\n",
                "in a cell write `vip:2027-06-30`",
            ),
            ("ClientUserId;Segments\nu;vip 2027-06-30\n", "write `vip:2027-06-30`"),
            ("ClientUserId;Segments\nu;vip (2027-06-30)\n", "write `vip:2027-06-30`"),
            ("ClientUserId;Plan\nu;NULL\n", "line 2, `Plan` is `NULL`: is how databases"),
            ("ClientUserId;Plan\n\\N;pro\n", "empty the cell"),
            ("ClientUserId;Plan\n#####;pro\n", "is a spreadsheet's error"),
            ("ClientUserId;Plan\n1001.0;pro\n", "write `1001`"),
            ("ClientUserId;Plan\nu;\u{fffd}\u{fffd}\n", "letters were lost"),
            ("ClientUserId;Plan\n# VIPs;\nu;pro\n", "line 2: `# VIPs` looks like a comment"),
            ("ClientUserId;Spend\nu;5\n합계;5\n", "line 3: `합계` looks like the row of a sum"),
            ("ClientUserId\n123456789012345000\n", "the spreadsheet lost the others"),
        ] {
            let error = format!("{:#}", read(text).unwrap_err());
            assert!(error.contains(says), "{text:?}: {error}");
        }
    }

    #[test]
    fn encodings() {
        let text = "ClientUserId,Segments\nü,단골\n";
        let wide: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [b"\xff\xfe", little.as_slice()].concat(),
            [b"\xfe\xff", big.as_slice()].concat(),
            little,
            big,
        ] {
            assert_eq!(decode(&bytes).unwrap(), text);
        }
        for (bytes, says) in [
            (&b"u,\xb4\xdc"[..], "is not UTF-8; save it"),
            (b"PK\x03\x04\x14\0", "is a workbook, not CSV"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "is a workbook, not CSV"),
            (b"u,\0", "holds zero bytes"),
        ] {
            let told = format!("{:#}", decode(bytes).unwrap_err());
            assert!(told.starts_with(says) && told.contains("CSV UTF-8"), "{told}");
        }
    }

    #[test]
    fn a_last_day_counts_whole() {
        let rows = read("ClientUserId;Segments;ExpiresAt\nu;vip:2027-06-30;2027-12-31\n").unwrap();
        assert_eq!(rows[0]["ExpiresAt"], Value::Number("1830297600".into()));
        let Value::Map(segments) = &rows[0]["Segments"] else { panic!("{rows:?}") };
        assert_eq!(segments["vip"], Value::Text("2027-06-30".into()));
    }
}
