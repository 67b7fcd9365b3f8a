//! A dry decision with its trace, for the function's Test tab: by the live release, else by the
//! rows.

use chrono::{DateTime, Utc};
use routing::decide::Question;
use routing::hours::parse_start;
use routing::inspect::explain;
use routing::release::settle;
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::{Value as Json, json};

use super::Operator;
use crate::store::{DryFacts, Requests};
use crate::tencent::Answer;

impl Operator {
    pub(super) async fn explain(&self, request: &Json, now: DateTime<Utc>) -> Result<Json, String> {
        let text =
            |name: &str| request.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        let (Some(session), Some(user)) = (text("SessionId"), text("ClientUserId")) else {
            return Err("`Explain` needs `SessionId` and `ClientUserId`".to_owned());
        };
        let at = match text("At") {
            Some(at) => parse_start(at, self.settings.defaults.time_zone)
                .map_err(|error| format!("`At` is `{at}`: {error}"))?,
            None => now,
        };
        let app = request
            .get("SdkAppId")
            .and_then(Json::as_u64)
            .or_else(|| self.settings.locks.sdk_app_ids.first().copied());
        let session = Session::new(session, user, at.timestamp_millis(), app.unwrap_or_default())
            .on_platform(text("Platform"))
            .from_ip(text("ClientIP"))
            .with_customer_service(text("CustomerServiceId").map(str::to_owned));
        let defaults = &self.settings.defaults;
        let (release, settled) = match self.live().await? {
            Some((number, live)) => (Some(number), live),
            None => {
                let rows = self.tables.load(&Requests::default()).await;
                let rows = rows.map_err(|error| error.to_string())?;
                (None, settle(&rows, None, defaults, at).0)
            }
        };
        let snapshot = Snapshot::of(&settled, at);
        let question = Question {
            snapshot: &snapshot,
            session: &session,
            now: at,
            default_group: self.settings.default_group,
        };
        let mut facts = DryFacts::new(&self.tables, defaults, &session, at);
        let explanation = explain(&question, &mut facts).await;
        let answer = Answer::from_decision(&explanation.decision).body();
        let text = explanation.to_text(defaults.time_zone, &facts.notes, &answer);
        let response: Json = serde_json::from_str(&answer).unwrap_or_default();
        // An array of lines is what the console's Test tab shows as lines.
        let lines: Vec<&str> = text.lines().collect();
        Ok(json!({ "Explanation": lines, "Response": response, "Release": release }))
    }
}
