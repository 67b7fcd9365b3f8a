//! The shape of the code: narrow lines, short files.

use std::path::{Path, PathBuf};

use super::{WIDTH, read};

/// Most lines of a file.
const LINES: usize = 300;

/// The files in a folder, and in those within it, by their paths from the repository's root.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(testing::top().join(folder)).unwrap();
    let entries = entries.map(|entry| folder.join(entry.unwrap().file_name()));
    let (folders, files): (Vec<_>, Vec<_>) =
        entries.partition(|path| testing::top().join(path).is_dir());
    folders.iter().fold(files, |all, folder| [all, self::files(folder)].concat())
}

/// The files that people write code in.
fn sources() -> Vec<PathBuf> {
    let rust = ["routing", "src", "cli", "testing", "tests", "benches", "fuzz/fuzz_targets"];
    let is_code = |path: &PathBuf| {
        path.extension().is_some_and(|kind| kind == "rs" || kind == "py" || kind == "sh")
    };
    let all = rust.iter().flat_map(|folder| files(Path::new(folder))).filter(is_code);
    all.chain(files(Path::new(".ci"))).collect()
}

/// The formatter leaves comments, texts and macros as they are. A comment with an address may be
/// wider.
#[test]
fn code_has_at_most_100_columns() {
    let mut checked = 0;
    for path in sources() {
        for line in read(&path).lines() {
            let may_be = line.trim_start().starts_with("//") && line.contains("://");
            let width = line.chars().count();
            assert!(width <= WIDTH || may_be, "{}: {width}: {line}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 70_000, "{checked}");
}

#[test]
fn files_of_rust_have_at_most_300_lines() {
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "rs");
    for path in sources().into_iter().filter(is_rust) {
        let lines = read(&path).lines().count();
        assert!(lines <= LINES, "{}: {lines} lines", path.display());
    }
}
