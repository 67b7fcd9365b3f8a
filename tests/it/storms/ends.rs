//! Processes that end, and connections that died, between any two requests.

use std::time::Duration;

use serde_json::{Value, json};
use testing::assign_event;
use testing::bad_tables::{Fault, Proxy};
use testing::function::{Function, variables};
use testing::patience::{Degraded, Lateness, calm, within};
use testing::running::{BY_RELEASES, publish, store};

use super::lane::Lane;
use super::versions::version;

/// The process is ended at every point between a decision's requests, before and after the table
/// has done what it was asked. The next process goes on as if nothing had been, and answers the
/// same event.
#[tokio::test(flavor = "multi_thread")]
async fn a_crash_at_any_point() {
    let mut lane = Lane::start(0).await;
    for (rule, requests) in [("round", 2), ("last", 4), ("both", 6)] {
        for (number, fault) in
            (0..=requests).flat_map(|number| [(number, Fault::Hang), (number, Fault::Silence)])
        {
            let is_met = number < requests;
            let about = format!("{rule}, {fault:?} of request {number}");
            let (id, answered) = calm(async |again| {
                let id = format!("{rule}-{number}-{fault:?}-{again}");
                let answered = crash(&lane.proxy, &id, number, fault).await;
                // A busy machine's requests may be made twice, and meet the fault earlier; or come
                // too late.
                match (answered?, is_met) {
                    (None, true) => Ok((id, None)),
                    (Some(answer), false) => Ok((id, Some(answer))),
                    (answer, _) => Err(Degraded(format!("{about}: {answer:?}"))),
                }
            })
            .await;
            let function = on_from(&lane.proxy).await;
            let (again, record) = function.invoke_until_calm(|| assign_event(&id, &id)).await;
            let about = format!("{about}: {} {record}", again.body);
            assert_eq!((again.status, &record["outcome"]), (200, &json!("agents")), "{about}");
            let answer =
                |body: &str| serde_json::from_str::<Value>(body).unwrap()["AgentIdList"].clone();
            if let Some(answered) = answered {
                assert_eq!(
                    (answer(&answered), &record["reason"]),
                    (answer(&again.body), &json!("event_repeated")),
                    "{about}"
                );
            }
            if record["strategy"] == "round_robin" {
                lane.turns
                    .push((rule.to_owned(), record["agent_ids"][0].as_str().unwrap().to_owned()));
            }
        }
    }
    lane.rotations_are_consistent().await;
}

/// A function that has its rows and does not look again.
async fn on_from(proxy: &Proxy) -> Function {
    let ttl = vec![("CONFIG_TTL_SECONDS".into(), "3600".into()), by_releases()];
    Function::start_loaded([variables(&proxy.endpoint()), ttl].concat()).await
}

fn by_releases() -> (String, String) {
    (BY_RELEASES.0.to_owned(), BY_RELEASES.1.to_owned())
}

/// Ends a function when the fault after so many requests for a session is met; else gives its
/// answer.
async fn crash(
    proxy: &Proxy,
    id: &str,
    number: usize,
    fault: Fault,
) -> Result<Option<String>, Degraded> {
    let function = on_from(proxy).await;
    proxy.set_after(number, Some(fault));
    let answered = tokio::select! {
        () = proxy.until_met() => None,
        answer = function.invoke(assign_event(id, id)) => Some(answer.body),
    };
    let record = match answered {
        Some(_) => function.records().await.pop(),
        None => None,
    };
    drop(function);
    proxy.calm();
    match record {
        Some(record) if record["degraded"] != json!([]) => Err(Degraded(record.to_string())),
        _ => Ok(answered),
    }
}

/// Connections that died while the function was frozen, without a word: the first callback takes
/// longer, and nothing else is lost.
#[tokio::test(flavor = "multi_thread")]
async fn dead_connections_after_a_pause() {
    let store = store(version(1)).await;
    publish(&store).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    for ttl in ["0", "3600"] {
        for user in ["plain", "vip", "round-1", "last-1", "both-1"] {
            calm(async |_| wakes_up(&proxy, ttl, user).await).await;
        }
    }
}

/// A function for this user, frozen after its first callback.
async fn wakes_up(proxy: &Proxy, ttl: &str, user: &str) -> Result<(), Degraded> {
    let ttl = vec![("CONFIG_TTL_SECONDS".into(), ttl.into()), by_releases()];
    let function = Function::start_loaded([variables(&proxy.endpoint()), ttl].concat()).await;
    function.invoke_until_calm(|| assign_event("before", user)).await;
    proxy.strand();
    for number in 0..3 {
        let lateness = Lateness::watch();
        let about = format!("{user}, callback {number}");
        let event = assign_event(&format!("{user}-{number}"), user);
        // The load's requests on dead connections wait 300 ms, a decision's 140, and are made again
        // on new ones.
        let longest = Duration::from_millis(if number == 0 { 700 } else { 200 });
        let answer = within(longest, &about, function.invoke(event)).await;
        let late = lateness.so_far();
        let record = function.records().await.pop().unwrap();
        let about = format!("{about}, {late:?} late: {record}");
        assert_eq!((answer.status, record["rule_id"].is_string()), (200, true), "{about}");
        if record["degraded"] != json!([]) {
            return Err(Degraded(about));
        }
        assert_eq!(record["rule_id"], user.trim_end_matches("-1"), "{about}");
    }
    Ok(())
}
