//! The reference implementation's answers, as `tests/hours-reference/compare.mjs` wrote them.

use super::*;

use super::super::pattern::DAY;

const FACTS: &str = include_str!("../../../tests/hours-reference/facts.tsv");
/// Texts that we read otherwise, each with why: docs/hours-differences.md lists the kinds.
const DIFFERENCES: &str = include_str!("../../../tests/hours-reference/differences.tsv");

/// The open minutes from 2026-11-01 for a year, and the hash of the open intervals.
fn facts(pattern: &Pattern) -> (u64, String) {
    let first = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    let mut open: Vec<(u64, u64)> = Vec::new();
    for (day, date) in first.pred_opt().unwrap().iter_days().take(366).enumerate() {
        for span in pattern.starting(date) {
            let at = |minute: u16| day as u64 * u64::from(DAY) + u64::from(minute);
            open.push((at(span.start), at(span.end)));
        }
    }
    open.sort_unstable();
    // The year begins a day later, and ends at its last midnight.
    let (begin, end) = (u64::from(DAY), 366 * u64::from(DAY));
    let mut joined: Vec<(u64, u64)> = Vec::new();
    for (from, to) in open {
        let (from, to) = (from.clamp(begin, end), to.clamp(begin, end));
        match joined.last_mut() {
            _ if from == to => {}
            Some(last) if last.1 >= from => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    let text: String =
        joined.iter().map(|(from, to)| format!("{}-{};", from - begin, to - begin)).collect();
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    (joined.iter().map(|(from, to)| to - from).sum(), format!("{hash:016x}"))
}

/// The texts that an error tells to write, where it translates the whole text.
pub(super) fn suggestions(error: &str) -> Vec<String> {
    let translates = [
        "is not written",
        "may mean two things",
        "neither hours nor",
        "closes; write",
        "when it opens; write",
    ];
    if !translates.iter().any(|part| error.contains(part)) {
        return Vec::new();
    }
    let written = error.split_once("write ").map_or("", |(_, written)| written);
    let written = written.split_once("; single").map_or(written, |(written, _)| written);
    written.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn read_as_the_reference_implementation_reads() {
    let france = Some(Country::parse("FR").unwrap());
    let known: Vec<&str> = DIFFERENCES
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(_, text)| text)
        .collect();
    let (mut same, mut wrong) = (0, Vec::new());
    let mut seen = Vec::new();
    for line in FACTS.lines() {
        let mut fields = line.splitn(3, '\t');
        let (minutes, hash, text) =
            (fields.next().unwrap(), fields.next().unwrap(), fields.next().unwrap());
        let readings: Vec<Pattern> = match read(text, france) {
            Ok(pattern) => vec![pattern],
            // What we tell to write must be what the reference reads, if it does.
            Err(_) if minutes == "error" || minutes == "unknown" => continue,
            Err(error) => suggestions(&error)
                .into_iter()
                .map(|text| read(&text, france).unwrap_or_else(|error| panic!("{text}: {error}")))
                .collect(),
        };
        let Some(pattern) = readings.first() else { continue };
        let is_same = readings
            .iter()
            .map(facts)
            .any(|(our_minutes, our_hash)| minutes == our_minutes.to_string() && hash == our_hash);
        let our_minutes = facts(pattern).0;
        match (is_same, known.contains(&text)) {
            (true, false) => same += 1,
            (false, true) => seen.push(text),
            (true, true) => wrong.push(format!("{text}: is the same now")),
            (false, false) => {
                wrong.push(format!("{text}\n  = {pattern}\n  {minutes}, ours {our_minutes}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
    let gone: Vec<_> = known.iter().filter(|text| !seen.contains(text)).collect();
    assert!(gone.is_empty(), "differences that are none: {gone:?}");
    assert!(same >= 250, "only {same} texts compared");
}
