//! Saved queries, and the dashboard's, name fields of the record and values that it has.

use std::collections::BTreeSet;

use desk_router::report::Record;
use routing::decide::{Outcome, Reason};

use super::{monitoring, template, text};

/// What a query names.
#[derive(Debug, Default)]
struct Named {
    /// Fields of the log.
    fields: BTreeSet<String>,
    /// Texts to compare with.
    values: BTreeSet<String>,
    /// What the query itself calls something, by `as`.
    own: BTreeSet<String>,
    commands: Vec<String>,
}

impl Named {
    fn of(query: &str) -> Self {
        let mut named = Self::default();
        for command in query.split('|').map(str::trim) {
            let (word, rest) = command.split_once(' ').unwrap_or((command, ""));
            named.commands.push(word.to_owned());
            match word {
                // The log group, by its name.
                "SOURCE" => {}
                "fields" | "filter" | "stats" | "sort" => named.read(rest),
                "limit" => assert!(rest.parse::<u32>().is_ok(), "{command}"),
                other => panic!("what does `{other}` name? {query}"),
            }
        }
        named
    }

    /// Reads the terms of a command: whatever is no word of the language is a field.
    fn read(&mut self, terms: &str) {
        let words = regex::Regex::new(r#""([^"]*)"|'([^']*)'|([@A-Za-z_][\w.@]*)(\s*\()?"#);
        let mut is_name = false;
        for word in words.unwrap().captures_iter(terms) {
            if let Some(value) = word.get(1).or_else(|| word.get(2)) {
                self.values.insert(value.as_str().to_owned());
                continue;
            }
            let is_function = word.get(4).is_some();
            match &word[3] {
                "as" => is_name = true,
                "in" | "or" | "and" | "not" | "by" | "asc" | "desc" => {}
                function if is_function => {
                    assert!(["count", "ispresent"].contains(&function), "{function}: {terms}");
                }
                own if std::mem::take(&mut is_name) => drop(self.own.insert(own.to_owned())),
                field => drop(self.fields.insert(field.to_owned())),
            }
        }
    }

    fn check(&self, place: &str) {
        let record = serde_json::to_value(Record::at(chrono::Utc::now())).unwrap();
        for field in self.fields.difference(&self.own).filter(|field| *field != "@timestamp") {
            let field = field.split('.').next().unwrap();
            assert!(record.get(field).is_some(), "{place}: no record has {field}");
        }
        let outcomes = Outcome::ALL.iter().map(|outcome| outcome.code());
        let known: BTreeSet<&str> =
            outcomes.chain(Reason::ALL.iter().map(|reason| reason.code())).collect();
        for value in self.values.iter().filter(|value| *value != "the-session") {
            assert!(known.contains(value.as_str()), "{place}: no outcome or reason is {value}");
        }
    }
}

#[test]
fn queries_name_what_records_hold() {
    let mut queries = Vec::new();
    for (name, resource) in template()["Resources"].as_mapping().unwrap() {
        if text(&resource["Type"]) == "AWS::Logs::QueryDefinition" {
            queries.push((text(name), text(&resource["Properties"]["QueryString"])));
        }
    }
    let logs = monitoring::widgets().into_iter().filter(|widget| widget["type"] == "log");
    queries.extend(logs.map(|widget| {
        let of = |name: &str| widget["properties"][name].as_str().unwrap().to_owned();
        (of("title"), of("query"))
    }));
    assert_eq!(queries.len(), 5);
    for (name, query) in &queries {
        let named = Named::of(query);
        named.check(name);
        assert!(named.fields.len() >= 3, "{name}: {named:?}");
    }
}

#[test]
fn every_term_of_a_query_is_read() {
    let query = "SOURCE 'group' | fields time, agent_ids.0 \
         | filter outcome in ['agents', \"other\"] or ispresent(degraded.0) and duration_ms > 500 \
         | stats count(*) as sessions by rule_id, strategy | sort sessions desc | limit 5";
    let named = Named::of(query);
    let said = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        said(&named.fields),
        "agent_ids.0 degraded.0 duration_ms outcome rule_id sessions strategy time"
    );
    assert_eq!((said(&named.values), said(&named.own)), ("agents other".into(), "sessions".into()));
    assert_eq!(named.commands, ["SOURCE", "fields", "filter", "stats", "sort", "limit"]);
}
