//! `docs/recipes.md`: every recipe is a scenario, and every `recipe-….json` a recipe.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{blocks, read};

/// The rows of each scenario `recipe-….json`.
fn scenarios() -> Vec<(String, Vec<Value>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(testing::top().join("tests/scenarios")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.starts_with("recipe-") {
            let text = read(format!("tests/scenarios/{name}"));
            let scenario: Value = serde_json::from_str(&text).unwrap();
            let rows = ["rules", "agents", "calendars", "customers"]
                .into_iter()
                .flat_map(|table| scenario[table].as_array().cloned().unwrap_or_default());
            all.push((name, rows.collect()));
        }
    }
    all
}

#[test]
fn every_recipe_is_a_scenario() {
    let scenarios = scenarios();
    let text = read("docs/recipes.md");
    let mut proven = BTreeSet::new();
    for recipe in text.split("\n### ").skip(1) {
        let title = recipe.lines().next().unwrap();
        let rows: Vec<Value> = blocks(recipe, "json")
            .into_iter()
            .map(|block| serde_json::from_str(block).unwrap())
            .collect();
        assert!(!rows.is_empty(), "{title} has no row");
        let with_all: Vec<&str> = scenarios
            .iter()
            .filter(|(_, tested)| rows.iter().all(|row| tested.contains(row)))
            .map(|(name, _)| name.as_str())
            .collect();
        assert!(!with_all.is_empty(), "no scenario has all rows of `{title}`");
        proven.extend(with_all);
    }
    let all: BTreeSet<&str> = scenarios.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(proven, all, "a scenario without a recipe");
}
