//! Packs `holidays/public.txt` when the function is built: all days as one array of numbers, and
//! for each country and subdivision where its days are. Nothing is unpacked at a start.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;

const SOURCE: &str = "holidays/public.txt";
/// Flags above the day, which takes 13 bits.
const ESTIMATED: u16 = 1 << 15;
const REMOVED: u16 = 1 << 14;

/// The days of a country, or what differs in a subdivision.
#[derive(Default)]
struct Days {
    every_year: Vec<u16>,
    dated: Vec<u16>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "a build script has its folder and its source from outside"
)]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={SOURCE}");
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    std::fs::write(folder.join("holidays.rs"), packed(&std::fs::read_to_string(SOURCE)?)?)?;
    Ok(())
}

/// The source text of the packed data.
fn packed(text: &str) -> Result<String, Box<dyn Error>> {
    let (first, last) = years(text)?;
    let mut countries: BTreeMap<String, (String, Days)> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let code = words.next().ok_or("a line without a code")?;
        let days = &mut countries.entry(key(code)).or_default();
        code.clone_into(&mut days.0);
        let Some(year) = words.next() else { continue };
        for word in words {
            let wrong = |_| format!("{line}: `{word}` is not a day");
            if year == "*" {
                days.1.every_year.push(entry(word, every_year).map_err(wrong)?);
            } else {
                let year: u16 = year.parse()?;
                let since_first = |month, day| dated(first, year, month, day);
                days.1.dated.push(entry(word, since_first).map_err(wrong)?);
            }
        }
    }
    let position: BTreeMap<String, usize> = countries.keys().cloned().zip(0..).collect();
    let (mut index, mut pool, mut codes) = (String::new(), Vec::new(), String::new());
    for (key, (code, days)) in &mut countries {
        let country = key.split_once('-').map_or(key.as_str(), |(country, _)| country);
        let base = position.get(country).ok_or("a subdivision without a country")?;
        let start = pool.len();
        days.every_year.sort_unstable_by_key(|entry| entry & !(ESTIMATED | REMOVED));
        pool.append(&mut days.every_year);
        let middle = pool.len();
        days.dated.sort_unstable_by_key(|entry| entry & !(ESTIMATED | REMOVED));
        pool.append(&mut days.dated);
        let end = pool.len();
        let code_start = codes.len();
        codes += code;
        writeln!(
            index,
            "Data {{ code: ({code_start}, {}), base: {base}, start: {start}, middle: {middle}, \
            end: {end} }},",
            codes.len()
        )?;
    }
    let (countries, days) = (countries.len(), pool.len());
    Ok(format!(
        "const FIRST_YEAR: i32 = {first};\nconst LAST_YEAR: i32 = {last};\n\
         const ESTIMATED: u16 = {ESTIMATED};\nconst REMOVED: u16 = {REMOVED};\n\
         const CODES: &str = \"{codes}\";\n\
         static COUNTRIES: [Data; {countries}] = [\n{index}];\n\
         static DAYS: [u16; {days}] = {pool:?};\n"
    ))
}

/// What codes are compared by.
fn key(code: &str) -> String {
    code.to_ascii_uppercase().replace('_', "-")
}

/// The years of the data: `# years 2025 2036`.
fn years(text: &str) -> Result<(u16, u16), Box<dyn Error>> {
    let line = text.lines().find_map(|line| line.strip_prefix("# years "));
    let (first, last) = line.and_then(|years| years.split_once(' ')).ok_or("no line of years")?;
    Ok((first.parse()?, last.parse()?))
}

/// A day with its marks, such as `+~05-27`.
fn entry(word: &str, number: impl Fn(u16, u16) -> Option<u16>) -> Result<u16, ()> {
    let removed = word.starts_with('-');
    let word = word.strip_prefix(['+', '-']).unwrap_or(word);
    let (estimated, word) = word.strip_prefix('~').map_or((false, word), |word| (true, word));
    let (month, day) = word.split_once('-').ok_or(())?;
    let number = number(month.parse().map_err(|_| ())?, day.parse().map_err(|_| ())?).ok_or(())?;
    Ok(number | if estimated { ESTIMATED } else { 0 } | if removed { REMOVED } else { 0 })
}

/// A day of every year: month × 32 + day.
fn every_year(month: u16, day: u16) -> Option<u16> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| month * 32 + day)
}

/// Days since January 1st of the first year.
fn dated(first: u16, year: u16, month: u16, day: u16) -> Option<u16> {
    every_year(month, day)?;
    let leap = |year: u16| year.is_multiple_of(4);
    let february = if leap(year) { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let years: u16 = (first..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let months: u16 = months.iter().take(usize::from(month) - 1).sum();
    Some(years + months + day - 1)
}
