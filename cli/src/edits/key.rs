//! Which rows a person means: a key, a table and a key, or a table.

use anyhow::{Result, bail};
use routing::rows::{Finding, Table};
use routing::text::closest;

/// A row by its table and key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// One of the four that people edit.
    pub table: Table,
    /// As typed in the row.
    pub key: String,
}

/// The rows that a command is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// All of all tables.
    All,
    /// All of one table.
    Of(Table),
    /// These.
    Keys(Vec<Key>),
}

impl Which {
    /// What a person typed: nothing, a table (`rules`), a key (`vip`), or both (`rules/vip`); a key
    /// may be one of several tables. `known` are all the keys that there are, with those of the
    /// history where `is_with_history`.
    ///
    /// # Errors
    /// There is no such key; a near one is named.
    pub fn find<'k>(
        typed: Option<&str>,
        known: impl Iterator<Item = (Table, &'k str)> + Clone,
        is_with_history: bool,
    ) -> Result<Self> {
        let Some(typed) = typed else { return Ok(Self::All) };
        let (of, key) = split(typed);
        let is_meant = |table: &Table| of.is_none_or(|of| of == *table);
        let mut found: Vec<Key> = known
            .clone()
            .filter(|(table, known)| is_meant(table) && *known == key || *known == typed)
            .map(|(table, key)| Key { table, key: key.to_owned() })
            .collect();
        found.sort();
        found.dedup();
        if !found.is_empty() {
            return Ok(Self::Keys(found));
        }
        let as_table = |name: &str| Table::ALL.into_iter().find(|table| table.name() == name);
        if let (None, Some(table)) = (of, as_table(typed.trim_end_matches('/'))) {
            return Ok(Self::Of(table));
        }
        let near = closest(key, known.filter(|(table, _)| is_meant(table)).map(|(_, key)| key));
        let place = of.map(|table| format!(" among the {}", table.name())).unwrap_or_default();
        match near {
            Some(near) => bail!("there is no row `{key}`{place}; did you mean `{near}`?"),
            None if is_with_history => {
                bail!("there is no row `{key}`{place}, and no history of one")
            }
            None => bail!("there is no row `{key}`{place}"),
        }
    }

    /// Whether a row is meant.
    pub fn has(&self, table: Table, key: &str) -> bool {
        match self {
            Self::All => true,
            Self::Of(of) => *of == table,
            Self::Keys(keys) => keys.iter().any(|known| known.table == table && known.key == key),
        }
    }

    /// Whether a finding is about a row that is meant.
    pub(crate) fn has_finding(&self, finding: &Finding) -> bool {
        match self {
            Self::Keys(keys) => keys.iter().any(|known| finding.is_about(known.table, &known.key)),
            Self::All | Self::Of(_) => self.has(finding.table, &finding.key),
        }
    }
}

/// Table and key of `rules/vip`; a key alone where no table stands before it.
fn split(typed: &str) -> (Option<Table>, &str) {
    let of =
        |table: Table| Some((Some(table), typed.strip_prefix(table.name())?.strip_prefix('/')?));
    Table::ALL.into_iter().find_map(of).filter(|(_, key)| !key.is_empty()).unwrap_or((None, typed))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types() {
        let known =
            [(Table::Rules, "vip"), (Table::Agents, "jun@x.com"), (Table::Customers, "vip")];
        let find = |typed| Which::find(typed, known.into_iter(), true);
        let key = |table, key: &str| Key { table, key: key.to_owned() };
        assert_eq!(find(None).unwrap(), Which::All);
        assert_eq!(find(Some("rules")).unwrap(), Which::Of(Table::Rules));
        let both = vec![key(Table::Rules, "vip"), key(Table::Customers, "vip")];
        let Which::Keys(mut found) = find(Some("vip")).unwrap() else { unreachable!() };
        found.sort_by_key(|key| key.table.name() != "rules");
        assert_eq!(found, both);
        let one = find(Some("rules/vip")).unwrap();
        assert_eq!(one, Which::Keys(vec![key(Table::Rules, "vip")]));
        assert!(one.has(Table::Rules, "vip") && !one.has(Table::Customers, "vip"));
        for (typed, said) in [
            (
                "agents/juno@x.com",
                "no row `juno@x.com` among the agents; did you mean `jun@x.com`?",
            ),
            ("something-else", "there is no row `something-else`, and no history of one"),
        ] {
            assert!(find(Some(typed)).unwrap_err().to_string().contains(said), "{typed}");
        }
        let without = Which::find(Some("something-else"), known.into_iter(), false);
        assert_eq!(without.unwrap_err().to_string(), "there is no row `something-else`");
    }
}
