//! The documents' shape: short, narrow, and every link leads somewhere.

use std::collections::HashSet;
use std::path::Path;

use super::{WIDTH, blocks, documents, read};

#[test]
fn the_readme_is_short_and_starts_with_two_commands() {
    let text = read("README.md");
    assert!(text.lines().count() <= 150, "{} lines", text.lines().count());
    assert_eq!(blocks(&text, "sh")[..2], ["cargo desk serve\n", "cargo test --workspace\n"]);
}

/// Lines of prose; tables and code may be wider.
fn prose(text: &str) -> Vec<&str> {
    let mut inside_code = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            inside_code = !inside_code;
        } else if !inside_code && !line.starts_with('|') {
            lines.push(line);
        }
    }
    lines
}

#[test]
fn prose_has_at_most_100_columns() {
    for path in documents() {
        for line in prose(&read(&path)) {
            // A link cannot be broken.
            let breakable = line.trim_start().contains(' ');
            let width = line.chars().count();
            assert!(width <= WIDTH || !breakable, "{}: {width}: {line}", path.display());
        }
    }
}

/// The name that GitHub gives a heading.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

fn anchors(text: &str) -> HashSet<String> {
    let headings = prose(text)
        .into_iter()
        .filter(|line| line.starts_with('#'))
        .map(|line| anchor(line.trim_start_matches('#').trim()));
    let ids = text.split("id=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    headings.chain(ids).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut checked = 0;
    for path in documents() {
        let text = read(&path);
        for link in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            if link.contains("://") {
                continue;
            }
            checked += 1;
            let (file, name) = link.split_once('#').map_or((link, None), |(f, n)| (f, Some(n)));
            let folder = path.parent().unwrap_or(Path::new(""));
            let target = if file.is_empty() { path.clone() } else { folder.join(file) };
            assert!(testing::top().join(&target).exists(), "{}: {link}", path.display());
            if let Some(name) = name {
                let there = anchors(&read(&target)).contains(name);
                assert!(there, "{}: no such section: {link}", path.display());
            }
        }
    }
    assert!(checked > 60, "{checked}");
}
