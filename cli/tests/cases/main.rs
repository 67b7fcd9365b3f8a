//! The cases of `tests/cases/` (its README says what a case is), run through the `desk` command.
//!
//! A failing case is one line: its id (file and name), what was expected, what was found.
//! `tests/cases-open.txt` lists the ids that are known to fail; one that passes must leave the
//! list.
//!
//! - `DESK_CASES=hours-lists` runs one file, `DESK_CASES=dates/afternoon-off` one case, with all
//!   that is wrong.
//! - `DESK_BIN=target/release/desk` runs that binary (a path from the repository's root), which is
//!   taken for a release build. The limits of time are for one; the debug build gets ten times as
//!   long.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod case;
mod compare;
mod desk;
mod run;
mod serve;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use futures_util::StreamExt;

use crate::case::Case;
use crate::serve::Served;

/// How many cases run at once.
const AT_ONCE: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cases() {
    let all = read_all();
    let open = open_cases();
    let ids: BTreeSet<&str> = all.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), all.len(), "two cases have one id");
    let unknown: Vec<&String> = open.iter().filter(|id| !ids.contains(id.as_str())).collect();
    assert!(unknown.is_empty(), "cases-open.txt names cases that do not exist: {unknown:?}");

    let wanted = std::env::var("DESK_CASES").unwrap_or_default();
    let chosen: Vec<&Case> = all.iter().filter(|case| case.is_named(&wanted)).collect();
    assert!(!chosen.is_empty(), "DESK_CASES: no case is named `{wanted}`");

    let needs_server = chosen.iter().any(|case| case.csv.is_some() || case.body.is_some());
    let served = if needs_server { Some(Served::start().await) } else { None };
    // Cases with a limit of time run alone: others beside them would count against them.
    let (timed, others): (Vec<&Case>, Vec<&Case>) = chosen.iter().partition(|case| case.survives);
    let judge = async |case| (case, run::run(case, served.as_ref()).await);
    let mut results: Vec<(&Case, Vec<String>)> =
        futures_util::stream::iter(others).map(judge).buffered(AT_ONCE).collect().await;
    for case in timed {
        results.push(judge(case).await);
    }

    let mut wrong = 0;
    let mut still_open = 0;
    for (case, faults) in &results {
        let is_open = open.contains(&case.id);
        if !faults.is_empty() {
            let mark = if is_open { "open" } else { "FAILED" };
            println!("{mark} {}: {}", case.id, on_one_line(faults, wanted.is_empty()));
        } else if is_open {
            println!("FAILED {}: it passes; take it out of tests/cases-open.txt", case.id);
        }
        wrong += usize::from(is_open == faults.is_empty());
        still_open += usize::from(is_open && !faults.is_empty());
    }
    drop(std::fs::remove_dir_all(desk::folder_of_run()));
    let passed = results.iter().filter(|(_, faults)| faults.is_empty()).count();
    println!("{} cases: {passed} pass, {still_open} are open", results.len());
    assert_eq!(wrong, 0, "{wrong} of {} cases are not as they should be", results.len());
}

/// The faults of a case on one line: the first few, where very many cases may fail.
fn on_one_line(faults: &[String], is_short: bool) -> String {
    let most = if is_short { 3 } else { faults.len() };
    let mut shown: Vec<String> = faults.iter().take(most).cloned().collect();
    if faults.len() > most {
        shown.push(format!("and {} more", faults.len() - most));
    }
    let words: Vec<String> = shown.join("; ").split_whitespace().map(str::to_owned).collect();
    words.join(" ")
}

/// The repository's `tests` folder.
fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

/// All cases, in the order of their files.
fn read_all() -> Vec<Case> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(tests().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    let read = |path: &PathBuf| -> Vec<Case> {
        serde_json::from_str(&std::fs::read_to_string(path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    files.iter().flat_map(read).collect()
}

/// The ids of the cases that are known to fail; none without the file.
fn open_cases() -> BTreeSet<String> {
    let text = std::fs::read_to_string(tests().join("cases-open.txt")).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
