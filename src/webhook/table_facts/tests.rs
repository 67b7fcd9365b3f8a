//! The time that each table has.

use super::*;
use crate::settings::Settings;
use routing::rows::Rows;

#[tokio::test]
async fn a_slow_customer_takes_no_time_from_the_assignments_table() {
    let settings = Settings::without_locks(|name| match name {
        "AWS_ENDPOINT_URL_DYNAMODB" => Some("http://127.0.0.1:1".to_owned()),
        "AWS_REGION" => Some("us-east-1".to_owned()),
        name => name.ends_with("_TABLE").then(|| "t".to_owned()),
    });
    let settings = settings.unwrap();
    let (tables, schedules, log) = (
        Tables::with_credentials(&settings, None),
        Schedules::default(),
        Log::new(Box::new(|_| {}), true),
    );
    let now = Utc::now();
    let snapshot = Snapshot::compile(&Rows::default(), &settings.defaults, now);
    let sources = Sources {
        tables: &tables,
        schedules: &schedules,
        log: &log,
        defaults: &settings.defaults,
        budgets: Budgets::default(),
        snapshot: &snapshot,
    };
    let (session, progress) = (Session::new("s", "u", 1, 1), Progress::default());
    let mut known = Known::default();
    let mut facts =
        TableFacts::new(sources, &session, now, Instant::now() + Duration::from_secs(1), &progress);
    facts.read(Wanted { customer: true, ..Wanted::default() }, &mut known).await;
    assert_eq!(
        (&known.customer, facts.memory_until, facts.memory_failed),
        (&Fact::Unknown, None, false)
    );
    facts.read(Wanted { earlier: true, last_agent: true, ..Wanted::default() }, &mut known).await;
    assert_eq!((&known.earlier, facts.memory_failed), (&Fact::Unknown, true));
    assert!(facts.memory_until.is_some());
}
