use super::*;

const GOOD: [(&str, &str); 4] = [
    ("RULES_TABLE", "r"),
    ("AGENTS_TABLE", "a"),
    ("SDK_APP_IDS", "1400000000"),
    ("CALLBACK_TOKENS", "t1,t2"),
];

fn read(changes: &[(&str, &str)]) -> Result<Settings, String> {
    let lookup = |name: &str| {
        let in_list = |list: &[(&str, &str)]| {
            list.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        in_list(changes).or_else(|| in_list(&GOOD))
    };
    Settings::read(lookup).map_err(|error| error.to_string())
}

#[test]
fn blank_is_unset_and_defaults_hold() {
    let settings =
        read(&[("TIME_ZONE", " "), ("CUSTOMERS_TABLE", ""), ("DEADLINE_MS", "")]).unwrap();
    assert_eq!(settings.defaults.time_zone, Zone::utc());
    assert!(!settings.defaults.customers);
    assert_eq!(settings.deadline, Duration::from_millis(1_200));
    let ttls = |settings: &Settings| (settings.config_ttl.as_secs(), settings.rows_ttl.as_secs());
    assert_eq!(ttls(&settings), (5, 30));
    assert_eq!(ttls(&read(&[("CONFIG_TTL_SECONDS", "2")]).unwrap()), (2, 2));
    assert_eq!((settings.tables.releases, settings.operator_function), (None, None));
    assert_eq!(settings.locks.tokens, ["t1", "t2"]);
}

#[test]
fn everything_wrong_is_named_in_one_line() {
    let error = read(&[
        ("RULES_TABLE", ""),
        ("SDK_APP_IDS", "14,x"),
        ("CALLBACK_TOKENS", "t1,,t2"),
        ("PATH_SECRET_HASHES", "abcdefgh12345678"),
        ("SOURCE_IP_RANGES", "0.0.0.0/0"),
        ("DEADLINE_MS", "1701"),
        ("TIME_ZONE", "Asia/Seol"),
        ("LOG_USER_IDS", "maybe"),
        ("LEARN_FROM_SESSION_EVENTS", "on"),
        ("DEFAULT_AGENT_GROUP_ID", "0"),
    ])
    .unwrap_err();
    for name in [
        "RULES_TABLE",
        "SDK_APP_IDS",
        "CALLBACK_TOKENS",
        "PATH_SECRET_HASHES",
        "SOURCE_IP_RANGES",
        "DEADLINE_MS",
        "Asia/Seoul",
        "LOG_USER_IDS",
        "LEARN_FROM_SESSION_EVENTS",
        "DEFAULT_AGENT_GROUP_ID",
    ] {
        assert!(error.contains(name), "{name} in {error}");
    }
    assert_eq!(error.lines().count(), 1);
}

#[test]
fn it_does_not_start_unlocked_unless_told_to() {
    assert!(read(&[("CALLBACK_TOKENS", "")]).unwrap_err().contains("ALLOW_UNAUTHENTICATED"));
    assert!(
        read(&[("CALLBACK_TOKENS", ""), ("SOURCE_IP_RANGES", "203.0.113.0/24")]).is_err(),
        "an address is no lock by itself"
    );
    assert!(
        read(&[("CALLBACK_TOKENS", ""), ("ALLOW_UNAUTHENTICATED", "true")]).unwrap().warnings.len()
            == 1
    );
    let hash = "0F".repeat(32);
    assert!(read(&[("CALLBACK_TOKENS", ""), ("PATH_SECRET_HASHES", &hash)]).is_ok());
    let parameter = read(&[("CALLBACK_TOKENS", ""), ("CALLBACK_TOKENS_PARAMETER", "/desk")]);
    assert!(!parameter.unwrap().locks.is_open());
}

#[test]
fn tokens_have_one_place() {
    let error = read(&[("CALLBACK_TOKENS_PARAMETER", "/desk")]).unwrap_err();
    assert!(error.contains("both set"), "{error}");
}

#[test]
fn secrets_are_not_shown() {
    let hash = "0f".repeat(32);
    let settings = read(&[("CALLBACK_TOKENS", "hush"), ("PATH_SECRET_HASHES", &hash)]).unwrap();
    let shown = format!("{settings:?}");
    assert!(!shown.contains("hush") && !shown.contains("0f0f"), "{shown}");
    let error = read(&[("PATH_SECRET_HASHES", "a-secret-in-clear")]).unwrap_err();
    assert!(!error.contains("a-secret-in-clear"));
}

#[test]
fn a_country_without_data_is_a_warning() {
    assert!(
        read(&[("HOLIDAY_COUNTRY", "UA")])
            .unwrap()
            .warnings
            .iter()
            .any(|warning| warning.contains("UA"))
    );
    assert!(read(&[("HOLIDAY_COUNTRY", "KR")]).unwrap().warnings.is_empty());
    assert!(read(&[]).unwrap().warnings.is_empty());
}

#[test]
fn learning_without_the_table_is_a_warning() {
    let learn = ("LEARN_FROM_SESSION_EVENTS", "true");
    assert!(
        read(&[learn])
            .unwrap()
            .warnings
            .iter()
            .any(|warning| warning.contains("ASSIGNMENTS_TABLE"))
    );
    assert!(read(&[learn, ("ASSIGNMENTS_TABLE", "m")]).unwrap().warnings.is_empty());
}
