//! Agents named by a rule, and those it leaves out.

use std::sync::Arc;

use crate::rows::limits::MAX_ENTRIES;
use crate::rows::reader::{Empty, RowReader};
use crate::text::{Logic, cut, logic};

/// Agents whom the rule names, as typed.
pub(super) fn agent_ids<'r>(reader: &mut RowReader<'r>) -> Vec<&'r str> {
    let ids = reader.list("AgentIds", Empty::IsError, MAX_ENTRIES).unwrap_or_default();
    for id in &ids {
        // To be told the id alone would name whom the rule was to leave out.
        if let Some(Logic::Unlike(out) | Logic::Not(out)) = logic(id) {
            let message = format!(
                "names agents, and leaves nobody out; write `{}` into `ExceptAgents`, and here, or \
                in `Rosters`, who answers",
                cut(&out)
            );
            reader.error_at("AgentIds", id, message);
        }
    }
    ids
}

/// Agents whom the rule never answers; sorted. One entry that is no id would except nobody.
pub(super) fn except_agents(reader: &mut RowReader<'_>) -> Vec<Arc<str>> {
    let ids = reader.list("ExceptAgents", Empty::IsError, MAX_ENTRIES).unwrap_or_default();
    for id in &ids {
        if let Some(message) = no_id(id) {
            reader.error_at("ExceptAgents", id, message);
        }
    }
    let mut ids: Vec<Arc<str>> = ids.into_iter().map(Arc::from).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What to write instead of an entry that surely is no agent's id.
fn no_id(entry: &str) -> Option<String> {
    if matches!(entry, "*" | "＊") {
        return Some(
            "is not an id; write the ids to leave out, or switch the rule off with \
            `\"Enabled\": false`"
                .to_owned(),
        );
    }
    if entry.contains(['*', '＊']) && entry.contains('@') {
        return Some("`*` stands for no other letters here; write each id whole".to_owned());
    }
    let addresses = addresses(entry);
    if addresses.len() > 1 {
        return Some(each(&addresses));
    }
    match logic(entry) {
        Some(Logic::Unlike(id) | Logic::Not(id)) => {
            return Some(format!(
                "needs no `not`: agents listed here are already left out; write `{}`",
                cut(&id)
            ));
        }
        Some(Logic::Any(ids) | Logic::All(ids)) if entry.contains(char::is_whitespace) => {
            return Some(each(&ids.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        _ => {}
    }
    let inner = entry.strip_prefix('@').or_else(|| entry.strip_prefix('<')?.strip_suffix('>'))?;
    (addresses == [inner])
        .then(|| format!("has a sign around it that is not part of the id; write `{}`", cut(inner)))
}

fn each(ids: &[&str]) -> String {
    let shown: Vec<String> = ids.iter().take(10).map(|id| format!("`{}`", cut(id))).collect();
    format!(
        "holds {} ids in one; write each as an entry of its own: {}",
        ids.len(),
        shown.join(", ")
    )
}

/// The e-mail addresses in a text, as far as every `@` in it is in one (or stands in front).
fn addresses(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let text = text.strip_prefix('@').unwrap_or(text);
    let (mut all, mut end) = (Vec::new(), 0);
    for (at, _) in text.match_indices('@') {
        let name = text.get(end..at).unwrap_or_default();
        let name = name.rsplit(|c| !is_part(c)).next().unwrap_or_default();
        let name = name.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        let domain = text.get(at + 1..).unwrap_or_default();
        let domain = domain.split(|c| !is_part(c) || c == '+').next().unwrap_or_default();
        let domain = domain.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        end = at + 1 + domain.len();
        match text.get(at - name.len()..end) {
            Some(address) if !name.is_empty() && !domain.is_empty() => all.push(address),
            _ => return Vec::new(),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_except_nobody() {
        for (entry, says) in [
            ("b@x and a@x", "of its own: `b@x`, `a@x`"),
            ("a@x/b@x", "of its own: `a@x`, `b@x`"),
            ("a@x와 b@x", "of its own: `a@x`, `b@x`"),
            ("a@example.com b@example.com", "`a@example.com`, `b@example.com`"),
            ("a@x+b@x", "of its own: `a@x`, `b@x`"),
            ("ann or bob", "of its own: `ann`, `bob`"),
            ("not a@x", "write `a@x`"),
            ("!a@x", "write `a@x`"),
            ("*", "switch the rule off"),
            ("*@x.com", "write each id whole"),
            ("@a@x", "write `a@x`"),
            ("<a@x>", "write `a@x`"),
        ] {
            let told = no_id(entry).unwrap_or_default();
            assert!(told.contains(says), "{entry}: {told}");
        }
        for good in
            ["a@x", "a+b@x.com", "ann", "@TGS#2J4 SZEAEL+😀", "ann kim", "민지@x.com", "a|b"]
        {
            assert_eq!(no_id(good), None, "{good}");
        }
    }
}
