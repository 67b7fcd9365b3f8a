//! What was asked for through a proxy.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use serde_json::Value;

/// What was asked for, and how often.
#[derive(Debug, Clone, Default)]
pub(super) struct Noted {
    pub(super) asked: Asked,
    pub(super) counts: BTreeMap<String, usize>,
}

/// What was asked for: each action, as IAM names it, with the attributes that its expressions name.
pub type Asked = BTreeMap<String, BTreeSet<String>>;

/// Notes what a request asks for; the action, and the `Id` of its item.
pub(super) fn note(request: &[u8], noted: &Mutex<Noted>) -> (String, String) {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return Default::default() };
    let target = head.lines().find_map(|line| line.strip_prefix("x-amz-target: DynamoDB_"));
    let Some((_, action)) = target.and_then(|target| target.split_once('.')) else {
        return Default::default();
    };
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let id = ["/Key/Id/S", "/Item/Id/S"].iter().find_map(|place| body.pointer(place)?.as_str());
    let names = body["ExpressionAttributeNames"].as_object().into_iter().flatten();
    let names = names.map(|(_, name)| name.as_str().unwrap().to_owned());
    let of_iam = format!("dynamodb:{action}");
    let mut noted = noted.lock().unwrap();
    *noted.counts.entry(of_iam.clone()).or_default() += 1;
    noted.asked.entry(of_iam).or_default().extend(names);
    (action.to_owned(), id.unwrap_or_default().to_owned())
}
