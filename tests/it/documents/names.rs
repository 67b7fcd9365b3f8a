//! The documents name every parameter, variable, alarm and code, and show outputs as they are.

use routing::decide::{Outcome, Reason};

use super::{codes, read, section, table};

fn template() -> yaml_serde::Value {
    yaml_serde::from_str(&read("template.yaml")).unwrap()
}

#[test]
fn settings_name_every_parameter_and_variable() {
    let (template, text) = (template(), read("docs/settings.md"));
    let rows = table(&text, "parameter");
    for (parameter, about) in template["Parameters"].as_mapping().unwrap() {
        let parameter = parameter.as_str().unwrap();
        let row = rows
            .iter()
            .find(|cells| codes(cells[0]).any(|code| code == parameter))
            .unwrap_or_else(|| panic!("the parameter {parameter}"));
        let default = about.get("Default").map(|default| match default.as_str() {
            Some(text) => text.to_owned(),
            None => yaml_serde::to_string(default).unwrap().trim().to_owned(),
        });
        let shown = match default.as_deref() {
            None => "required",
            Some("") => "none",
            Some(default) => default,
        };
        assert!(row[2].replace('`', "").contains(shown), "{parameter}: {shown}, not {}", row[2]);
    }
    let mut variables = 0;
    for function in ["WebhookFunction", "OperatorFunction", "ProbeFunction"] {
        let function = &template["Resources"][function]["Properties"];
        for variable in function["Environment"]["Variables"].as_mapping().unwrap().keys() {
            let variable = variable.as_str().unwrap();
            assert!(text.contains(&format!("`{variable}`")), "the variable {variable}");
            variables += 1;
        }
    }
    assert!(variables > 30, "{variables}");
}

/// Every alarm has its line in the runbook, under the name that its description gives.
#[test]
fn every_alarm_has_its_line_in_the_runbook() {
    let (template, text) = (template(), read("docs/operate.md"));
    let mut alarms = 0;
    for (name, resource) in template["Resources"].as_mapping().unwrap() {
        if resource["Type"].as_str() != Some("AWS::CloudWatch::Alarm") {
            continue;
        }
        alarms += 1;
        let name = name.as_str().unwrap();
        let line = section(&text, "## Alarms and runbook")
            .lines()
            .find(|line| line.contains(&format!("`{name}`")))
            .unwrap_or_else(|| panic!("no runbook for {name}"));
        let description = resource["Properties"]["AlarmDescription"].as_str().unwrap();
        let (_, anchor) = description
            .split_once("(docs/operate.md, runbook ")
            .unwrap_or_else(|| panic!("{name} names no runbook"));
        let anchor = anchor.trim_end_matches(')').replace(' ', "-");
        assert!(line.contains(&format!("id=\"runbook-{anchor}\"")), "{name}: {anchor}");
    }
    assert!(alarms >= 14, "{alarms}");
}

#[test]
fn operate_names_every_code() {
    let text = read("docs/operate.md");
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.code());
    for code in outcomes.chain(Reason::ALL.iter().map(|reason| reason.code())) {
        assert!(text.contains(&format!("`{code}`")), "the code {code}");
    }
}

/// The outputs shown are those of the commands' own tests.
#[test]
fn the_outputs_of_commands_are_real() {
    let text = read("docs/commands.md");
    for (name, whole) in [
        ("checked__check", true),
        ("explained__explain-weekend", true),
        ("replayed__replay-against", true),
        ("imported__import", true),
        ("past__history", true),
        ("coverage__coverage", false),
    ] {
        let snapshot = read(format!("cli/tests/commands/snapshots/commands__{name}.snap"));
        let output = snapshot.splitn(3, "---\n").nth(2).unwrap().trim_end();
        if whole {
            assert!(
                text.contains(output),
                "docs/commands.md does not have the output of {name} as it is:\n{output}"
            );
        } else {
            let shown = section(&text, "## Coverage").split("```").nth(1).unwrap();
            for line in shown.lines().filter(|line| !matches!(*line, "text" | "…" | "")) {
                assert!(output.contains(line), "{name}: {line}");
            }
        }
    }
}
