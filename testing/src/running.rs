//! A webhook in this process over the embedded DynamoDB.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk_cli::command::serve::sample_settings;
use desk_cli::local::embedded::{Embedded, RELEASES_TABLE, credentials};
use desk_router::lambda;
use desk_router::operator::Operator;
use desk_router::report::Log;
use desk_router::store::Tables;
use desk_router::webhook::{Budgets, Webhook};
use serde_json::{Value, json};

use crate::patience::{Degraded, Tries};
use crate::{APP, TOKEN, assign_event, body, event, rows, signed_query};

/// A webhook in this process, and the lines it writes.
pub struct Running {
    pub webhook: Webhook,
    pub lines: Arc<Mutex<Vec<Value>>>,
}

impl Running {
    /// Starts a webhook with the sample settings and these changes, and with all the time that a
    /// busy machine needs. Rows are read every time, unless the changes say otherwise.
    pub async fn start(endpoint: &str, changes: &[(&str, &str)]) -> Self {
        Self::start_with(endpoint, changes, |webhook| webhook).await
    }

    /// The same, with changes to the webhook itself.
    pub async fn start_with(
        endpoint: &str,
        changes: &[(&str, &str)],
        change: impl FnOnce(Webhook) -> Webhook,
    ) -> Self {
        Self::begin(endpoint, changes, true, change).await
    }

    /// The same with the times that a deployment has.
    pub async fn start_in_time(endpoint: &str, changes: &[(&str, &str)]) -> Self {
        Self::begin(endpoint, changes, false, |webhook| webhook).await
    }

    /// The same, with changes to the webhook itself.
    pub async fn start_in_time_with(
        endpoint: &str,
        changes: &[(&str, &str)],
        change: impl FnOnce(Webhook) -> Webhook,
    ) -> Self {
        Self::begin(endpoint, changes, false, change).await
    }

    /// Warms up again until the rows are there, which a busy machine may not manage at once.
    pub async fn until_loaded(self) -> Self {
        let (mut tries, mut failures) = (Tries::default(), 0);
        loop {
            self.webhook.warm().await;
            let failed = self.lines("config_load_failed").len();
            if failed == failures {
                return self;
            }
            failures = failed;
            tries.another(Degraded("the rows could not be loaded".to_owned()));
        }
    }

    /// The same as [`Self::ask_in`], again while anything is degraded.
    pub async fn ask_until_calm(&self, session: &str, user: &str) -> (Value, Value) {
        let mut tries = Tries::default();
        loop {
            let (answer, record) = self.ask_in(session, user).await;
            if record["degraded"] == json!([]) {
                return (answer, record);
            }
            tries.another(Degraded(record.to_string()));
        }
    }

    async fn begin(
        endpoint: &str,
        changes: &[(&str, &str)],
        is_patient: bool,
        change: impl FnOnce(Webhook) -> Webhook,
    ) -> Self {
        let outside = |name: &str| {
            let tests = [("CALLBACK_TOKENS", TOKEN), ("SDK_APP_IDS", APP)];
            changes
                .iter()
                .chain(&tests)
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let mut settings = sample_settings(endpoint, outside).unwrap();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&lines);
        let sink =
            move |line: &str| written.lock().unwrap().push(serde_json::from_str(line).unwrap());
        let mut tables = Tables::with_credentials(&settings, Some(credentials()));
        let mut budgets = Budgets::default();
        if is_patient {
            settings.deadline = Duration::from_secs(60);
            (tables, budgets) = (tables.patient(), Budgets::generous());
        }
        let log = Log::new(Box::new(sink), settings.log_user_ids);
        let webhook = change(Webhook::new(settings, tables, log).with_budgets(budgets));
        webhook.warm().await;
        Self { webhook, lines }
    }

    /// The answer's body to a request of this user, and its record.
    pub async fn ask(&self, user: &str) -> (Value, Value) {
        self.ask_in("session-1", user).await
    }

    /// The same in this session.
    pub async fn ask_in(&self, session: &str, user: &str) -> (Value, Value) {
        self.handle(&assign_event(session, user)).await
    }

    /// The same at this `EventTime`.
    pub async fn ask_at(
        &self,
        session: &str,
        user: &str,
        event_time: impl Into<Value>,
    ) -> (Value, Value) {
        let mut body = body(session, user);
        body["EventTime"] = event_time.into();
        self.handle(&event("POST", "/", &signed_query(0), body.to_string().as_bytes()).to_string())
            .await
    }

    /// The answer's body to an event, and the last record.
    pub async fn handle(&self, event: &str) -> (Value, Value) {
        // Boxed, because a debug build's test would otherwise need more stack than a thread has.
        let response = Box::pin(lambda::handle(&self.webhook, Some(event))).await;
        assert_eq!(response.status_code, 200);
        let body = serde_json::from_slice(response.body.unwrap().as_ref()).unwrap();
        let record = self
            .lines
            .lock()
            .unwrap()
            .iter()
            .rfind(|line| line.get("outcome").is_some())
            .cloned()
            .unwrap();
        (body, record)
    }

    /// The agents answered to this user.
    pub async fn agents(&self, user: &str) -> Value {
        self.ask(user).await.0["AgentIdList"].clone()
    }

    /// The lines about this.
    pub fn lines(&self, event: &str) -> Vec<Value> {
        self.lines.lock().unwrap().iter().filter(|line| line["event"] == event).cloned().collect()
    }
}

/// A store with these rows.
pub async fn store(json: Value) -> Embedded {
    let store = Embedded::start(0).await.unwrap();
    store.put(&rows(json)).await.unwrap();
    store
}

/// By what a webhook goes by releases.
pub const BY_RELEASES: (&str, &str) = ("RELEASES_TABLE", RELEASES_TABLE);

/// An operator function over a store.
pub fn operator(store: &Embedded) -> Operator {
    let settings = sample_settings(&store.endpoint(), |name| {
        (name == BY_RELEASES.0).then(|| BY_RELEASES.1.to_owned())
    });
    let settings = settings.unwrap();
    let tables = Tables::with_credentials(&settings, Some(credentials())).patient();
    Operator::new(settings, tables, None, Log::new(Box::new(|_| {}), true))
}

/// Has the operator function look at the rows; what came of it, in one word.
pub async fn publish(store: &Embedded) -> String {
    // Boxed, because a debug build's test would otherwise need more stack than a thread has.
    let operator = operator(store);
    let look = json!({ "Look": {} });
    let answer = Box::pin(operator.handle(&look, chrono::Utc::now())).await.unwrap();
    answer["Outcome"].as_str().unwrap().to_owned()
}
