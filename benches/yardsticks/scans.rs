//! What any function that reads two tables pays before its first answer: an SDK client built as
//! ours is, and two Scans at the same time. Prints the microseconds it took. Part of `cargo bench`.

#![allow(missing_docs, clippy::unwrap_used)]

use std::time::Instant;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let started = Instant::now();
    let variable = |name: &str| std::env::var(name).unwrap();
    let credentials =
        aws_sdk_dynamodb::config::Credentials::new("local", "local", None, None, "bench");
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::v2026_01_12())
        .region(aws_sdk_dynamodb::config::Region::new("us-east-1"))
        .endpoint_url(variable("AWS_ENDPOINT_URL_DYNAMODB"))
        .credentials_provider(credentials)
        .build();
    let client = aws_sdk_dynamodb::Client::from_conf(config);
    let scan = async |table: String| {
        let mut rows = 0;
        let mut start = None;
        loop {
            let page = client
                .scan()
                .table_name(&table)
                .set_exclusive_start_key(start)
                .send()
                .await
                .unwrap();
            rows += page.items.unwrap_or_default().len();
            start = page.last_evaluated_key;
            if start.is_none() {
                return rows;
            }
        }
    };
    let (rules, agents) =
        tokio::join!(scan(variable("RULES_TABLE")), scan(variable("AGENTS_TABLE")));
    assert!(rules + agents > 0);
    println!("{}", started.elapsed().as_micros());
}
