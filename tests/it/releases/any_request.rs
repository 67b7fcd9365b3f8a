//! A publisher over the real client that meets a fault at each of its requests in turn. Each sweep
//! ends with an order that meets none, so that the last request, the write of the pointer, has met
//! one too.

use std::cell::Cell;

use chrono::{TimeDelta, Utc};
use desk_cli::local::embedded::Embedded;
use desk_router::store::{ReleasesTable, fresh_id};
use routing::release::{Cause, Order, OrderOutcome, Store, carry_out, clean_up};

use testing::bad_tables::{Fault, Proxy};

use super::{Group, order, publish, releases, tables};

/// Most requests of an order here, so that a sweep ends in any case.
const MOST: usize = 60;
/// As many releases as an erasure makes requests, or more.
const ERASED: u64 = 24;

fn publish_all() -> Order {
    Order::Publish { force: false, own_hold: None }
}

/// A look that publishes makes at least nine requests: raise, both forms of the live release, those
/// before it, note, two parts, list, pointer. The first and the last are of the pointer.
fn assert_is_a_whole_look(met: &[String]) {
    assert!(met.len() >= 9, "{met:?}");
    for place in [0, met.len() - 1] {
        assert_eq!(met[place], "UpdateItem pointer", "{met:?}");
    }
    let is_of = |what: &'static str| met.iter().any(|met| met.starts_with(what));
    assert!(is_of("PutItem content") && is_of("PutItem part#") && is_of("PutItem release"));
}

/// Whatever becomes of one request of a publisher and of all that follow, the next look goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_that_fails_at_any_request_loses_nothing() {
    let store = Embedded::start(0).await.unwrap();
    let good = releases(&store.endpoint());
    publish(&good, 1).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let mut wanted = 1;
    for fault in [Fault::ServerError, Fault::LostAnswer, Fault::Throttled] {
        let mut all = Vec::new();
        loop {
            assert!(all.len() < MOST, "{all:?}");
            wanted += 1;
            let before = good.pointer().await.unwrap().number();
            proxy.set_after(all.len(), Some(fault));
            let bad = tables(&proxy.endpoint()).releases().unwrap();
            let mut rows = Group(wanted, 0);
            let failed =
                carry_out(&Order::Look, &bad, &mut rows, Utc::now(), &fresh_id).await.is_err();
            let met = proxy.met();
            proxy.calm();
            let about = format!("{fault:?} after {all:?}, failed: {failed}");
            let outcome = order(&good, Order::Look, Group(wanted, 0)).await;
            let is_live =
                matches!(outcome, OrderOutcome::Published(..) | OrderOutcome::Unchanged(..));
            assert!(is_live, "{about}: {outcome:?}");
            assert_eq!(good.pointer().await.unwrap().number(), before + 1, "{about}");
            let Some(met) = met else {
                assert!(!failed, "{about}");
                break;
            };
            all.push(met);
        }
        assert_is_a_whole_look(&all);
    }
    clean_up(&good, Utc::now() + TimeDelta::hours(1)).await.unwrap();
    let pointer = good.pointer().await.unwrap();
    assert!(!pointer.is_behind());
    assert_eq!(good.contents().await.unwrap().len() as u64, pointer.number());
}

/// Carries out an order again and again, while one request after the other meets a fault once: the
/// client tries that one again. What was met.
async fn sweep(
    good: &ReleasesTable,
    proxy: &Proxy,
    fault: Fault,
    given: impl Fn(u64) -> Order,
) -> Vec<String> {
    let mut all = Vec::new();
    loop {
        assert!(all.len() < MOST, "{all:?}");
        let before = good.pointer().await.unwrap().number();
        let (asked, group) = (given(before), 1_000_000 + before);
        proxy.set_once_after(all.len(), fault);
        let bad = tables(&proxy.endpoint()).releases().unwrap();
        let outcome = order(&bad, asked.clone(), Group(group, 0)).await;
        let met = proxy.met();
        proxy.calm();
        let about = format!("{asked:?}, {fault:?} after {all:?}");
        let pointer = good.pointer().await.unwrap();
        let live = pointer.live.clone().unwrap();
        match &outcome {
            OrderOutcome::Published(release, _) => {
                assert_eq!((&live, pointer.number()), (release, before + 1), "{about}");
                assert_eq!(live.cause, Cause::Edits, "{about}");
            }
            OrderOutcome::Back(release, hold, ended) => {
                assert_eq!(*ended, None, "nobody held: {about}");
                assert_eq!((&live, pointer.number()), (release, before + 1), "{about}");
                assert_eq!(pointer.hold.as_ref(), Some(hold), "{about}");
            }
            OrderOutcome::HoldBegan(hold) => {
                assert_eq!((pointer.hold.as_ref(), live.number), (Some(hold), before), "{about}");
            }
            OrderOutcome::Erased(number) => {
                let listed = good.listed_before(u64::MAX, 200).await.unwrap();
                let is_there = listed.iter().any(|release| release.number == *number);
                assert!(!is_there && live.number == before, "{about}");
            }
            other => panic!("{about}: {other:?}"),
        }
        if pointer.hold.is_some() {
            order(good, publish_all(), Group(group + 1, 0)).await;
        }
        let Some(met) = met else { return all };
        all.push(met);
    }
}

/// An order of any kind is carried out once, whichever of its requests is refused, or is done and
/// its answer lost.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_whose_answer_is_lost_at_any_request_is_carried_out_once() {
    let store = Embedded::start(0).await.unwrap();
    let good = releases(&store.endpoint());
    publish(&good, 1).await;
    let proxy = Proxy::start(&store.endpoint()).await;
    let (by, why) = ("ann".to_owned(), "moving".to_owned());
    for fault in [Fault::ServerError, Fault::LostAnswer] {
        let looks = sweep(&good, &proxy, fault, |_| Order::Look).await;
        assert_is_a_whole_look(&looks);
        let last = |met: &[String]| met.last().cloned();
        let pointer = || Some("UpdateItem pointer".to_owned());
        // After its write, a publish asks whether anybody left it something.
        let publishes = sweep(&good, &proxy, fault, |_| publish_all()).await;
        assert_is_a_whole_look(&publishes[..publishes.len() - 1]);
        assert_eq!(last(&publishes), Some("GetItem pointer".to_owned()));
        let hold = |_| Order::Hold { why: why.clone(), by: by.clone(), brief: false };
        let holds = sweep(&good, &proxy, fault, hold).await;
        assert_eq!((holds.len(), last(&holds)), (2, pointer()));
        let back = |live| Order::Back { number: live - 1, by: by.clone() };
        let backs = sweep(&good, &proxy, fault, back).await;
        assert!(backs.len() >= 8 && last(&backs) == pointer(), "{backs:?}");
        for group in 1..=ERASED {
            publish(&good, group).await;
        }
        // The releases are erased one after the other, from the one before the live one.
        let erased = Cell::new(0);
        let erase = |live| {
            erased.set(erased.get() + 1);
            Order::Erase { number: live - erased.get() }
        };
        let erases = sweep(&good, &proxy, fault, erase).await;
        assert!(erases.iter().any(|met| met.starts_with("DeleteItem part#")), "{erases:?}");
    }
    clean_up(&good, Utc::now() + TimeDelta::hours(1)).await.unwrap();
    let listed = good.listed_before(u64::MAX, 200).await.unwrap().len();
    assert_eq!(good.contents().await.unwrap().len(), listed + 1, "nothing is left over");
}
