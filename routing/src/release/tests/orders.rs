//! Looks, holds and ways back, one by one; what is kept of releases.

use chrono::{DateTime, TimeDelta, Utc};

use super::model::held_by;
use super::*;
use crate::release::retention::expendable;

#[test]
fn a_look_that_finds_nothing_new_only_says_when() {
    let office = Office::with(20, 10);
    let before = office.table.state.lock().unwrap().parts.clone();
    assert!(matches!(office.look(5), OrderOutcome::Unchanged(..)));
    let pointer = office.pointer();
    assert_eq!((pointer.number(), pointer.covers, pointer.state()), (1, 2, State::Live));
    assert_eq!(pointer.checked_at, Some(start() + TimeDelta::minutes(5)));
    let state = office.table.state.lock().unwrap();
    assert_eq!((&state.parts, state.contents.len()), (&before, 1));
}

#[test]
fn a_damaged_release_is_published_anew() {
    // What was read stands first, then the rows: without those, the rows kept before them count.
    for (damaged, rules) in [(0, 2), (1, 1), (2, 1)] {
        let office = Office::with(20, 10);
        office.edit(20, 11);
        office.look(1);
        office.rows.state.lock().unwrap().rules_are_bad = true;
        {
            let mut state = office.table.state.lock().unwrap();
            let live = state.pointer().live.unwrap();
            assert_eq!((live.typed, live.parts.len()), (1, 3));
            state.parts.insert((live.content, damaged), b"not".to_vec());
        }
        let outcome = office.look(2);
        let OrderOutcome::Published(release, _) = outcome else { panic!("{outcome:?}") };
        let bytes = office.table.state.lock().unwrap().bytes(&release).unwrap();
        assert_eq!((release.number, held_by(&bytes).0), (3, rules), "part {damaged}");
    }
}

#[test]
fn a_hold_keeps_the_live_release_until_somebody_publishes() {
    let office = Office::with(20, 10);
    assert!(matches!(office.order(by_ann("moving teams"), 1), OrderOutcome::HoldBegan(_)));
    office.edit(20, 11);
    for minutes in [2, 500] {
        let outcome = office.look(minutes);
        assert!(said(&outcome).contains("HELD by ann"), "{outcome:?}");
        assert!(said(&outcome).contains("moving teams"), "{outcome:?}");
    }
    let pointer = office.pointer();
    assert_eq!((office.live().1, pointer.state()), (counts(20, 10), State::Held));
    assert_eq!(
        (pointer.is_behind(), pointer.checked_at),
        (false, Some(start() + TimeDelta::minutes(500)))
    );
    let hold = office.pointer().hold.unwrap();
    let is_long = |minutes| hold.is_long(start() + TimeDelta::minutes(minutes));
    assert!(!is_long(240) && is_long(241), "it began after a minute");
    let again = office.order(by_ann("again"), 501);
    assert!(
        matches!(&again, OrderOutcome::HeldAlready(hold) if hold.why == "moving teams"),
        "{again:?}"
    );
    assert!(matches!(office.order(publish(false), 502), OrderOutcome::Published(..)));
    assert_eq!((office.live().1, office.pointer().hold), (counts(20, 11), None));
    // Where nothing was edited, the end of the hold is all that there is to say.
    office.order(by_ann("once more"), 503);
    for (minutes, ended) in [(504, true), (505, false)] {
        let said = said(&office.order(publish(false), minutes));
        assert!(said.contains("nothing to publish"), "{said}");
        assert_eq!(said.contains("the hold is ended"), ended, "{said}");
    }
}

/// Without the hold, the loss would go live by itself after 15 minutes.
#[test]
fn a_publish_that_finds_an_accident_leaves_the_hold() {
    let office = Office::with(20, 10);
    let OrderOutcome::HoldBegan(hold) = office.order(by_ann("moving teams"), 1) else { panic!() };
    office.edit(5, 10);
    // However often and however long: under a hold nothing waits for a time.
    for minutes in [2, 20, 40] {
        let outcome = office.order(publish(false), minutes);
        assert!(matches!(outcome, OrderOutcome::Waits(..)) && !outcome.is_done(), "{outcome:?}");
        let text = "nothing is published, and the hold stays: 15 of 20 rules are gone, which looks \
                    like an accident; `desk publish --force` publishes it and ends the hold";
        assert_eq!(said(&outcome), text);
        assert!(matches!(office.look(minutes + 16), OrderOutcome::Held(_)));
        let pointer = office.pointer();
        assert_eq!(
            (pointer.number(), &pointer.hold, pointer.waiting),
            (1, &Some(hold.clone()), None)
        );
    }
    let outcome = office.order(publish(true), 60);
    assert_eq!((outcome.ended(), office.pointer().hold), (Some(&hold), None), "{outcome:?}");
    assert_eq!(office.live(), (2, counts(5, 10)));
}

/// What an import wrote waits as any edit does: its hold was only to make one release of it.
#[test]
fn whoever_held_briefly_ends_that_also_where_the_rows_have_to_wait() {
    let office = Office::with(20, 10);
    let OrderOutcome::HoldBegan(hold) = office.order(briefly_by_ann("import"), 1) else { panic!() };
    office.edit(5, 10);
    let own = Order::Publish { force: false, own_hold: Some(hold.id) };
    let outcome = office.order(own, 2);
    assert!(said(&outcome).contains("the rows WAIT since"), "{outcome:?}");
    assert_eq!((office.pointer().state(), office.pointer().hold), (State::Waits, None));
    assert!(matches!(office.look(17), OrderOutcome::Published(..)));
}

/// Whoever holds briefly learns by the end whether the hold was still theirs.
#[test]
fn an_end_names_the_hold_that_ended_with_it() {
    for is_ended_by_other in [false, true] {
        let office = Office::with(20, 10);
        let OrderOutcome::HoldBegan(hold) = office.order(briefly_by_ann("import"), 1) else {
            panic!()
        };
        office.edit(20, 11);
        if is_ended_by_other {
            let other = office.order(publish(false), 1);
            assert_eq!(other.ended(), Some(&hold), "{other:?}");
            office.edit(20, 12);
        }
        let own = Order::Publish { force: false, own_hold: Some(hold.id.clone()) };
        let outcome = office.order(own, 2);
        assert!(matches!(outcome, OrderOutcome::Published(..)), "{outcome:?}");
        assert_eq!(outcome.ended(), Some(&hold).filter(|_| !is_ended_by_other), "{outcome:?}");
    }
}

#[test]
fn a_passing_hold_is_not_looked_at_until_it_ends_or_is_left_behind() {
    let office = Office::with(20, 10);
    let OrderOutcome::HoldBegan(hold) = office.order(briefly_by_ann("import of 3 rows"), 1) else {
        panic!()
    };
    office.edit(20, 11);
    let outcome = office.look(2);
    assert!(matches!(&outcome, OrderOutcome::Held(pointer) if pointer.is_behind()), "{outcome:?}");
    let text = said(&outcome);
    assert!(text.contains("by ann"), "{text}");
    assert!(text.contains("import of 3 rows; the hold ends with that command; if "), "{text}");
    // It takes long, or whoever began it stopped half-way: a hold as any other.
    let at = |minutes| start() + TimeDelta::minutes(minutes);
    assert_eq!([2, 3].map(|minutes| hold.is_passing(at(minutes))), [true, false]);
    assert_eq!([10, 11].map(|minutes| hold.is_left_behind(at(minutes))), [false, true]);
    assert!(matches!(office.look(3), OrderOutcome::Held(_)));
    assert_eq!((office.pointer().is_behind(), office.live().0), (false, 1));
    let own = Order::Publish { force: false, own_hold: Some(hold.id) };
    assert!(matches!(office.order(own, 4), OrderOutcome::Published(..)));
    assert_eq!((office.live().1, office.pointer().hold), (counts(20, 11), None));
}

#[test]
fn nobody_ends_a_hold_that_another_began() {
    let office = Office::with(20, 10);
    let OrderOutcome::HoldBegan(first) = office.order(by_ann("mine"), 1) else { panic!() };
    office.edit(20, 11);
    let by_other = Order::Publish { force: true, own_hold: Some("another".to_owned()) };
    assert!(matches!(office.order(by_other, 2), OrderOutcome::Held(_)));
    assert_eq!((office.live().0, office.pointer().hold), (1, Some(first.clone())));
    let by_owner = Order::Publish { force: false, own_hold: Some(first.id) };
    assert!(matches!(office.order(by_owner, 3), OrderOutcome::Published(..)));
}

#[test]
fn an_earlier_release_is_live_again_and_held() {
    let office = Office::with(20, 10);
    for (agents, minutes) in [(11, 1), (12, 2)] {
        office.edit(20, agents);
        office.look(minutes);
    }
    let outcome = office.order(back(1), 3);
    assert!(said(&outcome).contains("it is release 1 again"), "{outcome:?}");
    assert_eq!((office.live(), office.pointer().state()), ((4, counts(20, 10)), State::Held));
    let state = office.table.state.lock().unwrap();
    let (first, live) = (&state.listed[&1], state.pointer().live.unwrap());
    assert!(first.hash == live.hash && first.content != live.content, "a copy of its own");
    assert_eq!(state.bytes(first), state.bytes(&live));
    drop(state);
    assert!(matches!(office.look(4), OrderOutcome::Held(_)));
    assert!(matches!(office.order(back(9), 5), OrderOutcome::NoSuchRelease(9)));
    // The live one again: nothing changes but the number and the hold, and that is said. The hold
    // of before ends, and is named.
    let (before, again) = (office.pointer().hold, office.order(back(4), 5));
    assert!(before.is_some() && before != office.pointer().hold);
    assert_eq!((again.ended(), outcome.ended()), (before.as_ref(), None));
    let again = said(&again);
    assert!(
        again.starts_with("release 5 is live: it is release 4, which was live already"),
        "{again}"
    );
    assert!(matches!(office.order(publish(false), 6), OrderOutcome::Published(..)));
    assert_eq!(office.live(), (6, counts(20, 12)));
}

#[test]
fn without_a_release_there_is_nothing_to_hold_or_go_back_to() {
    let office = Office::default();
    assert_eq!(office.order(by_ann("early"), 0), OrderOutcome::NothingLive);
    assert_eq!(office.order(back(1), 0), OrderOutcome::NoSuchRelease(1));
    assert_eq!(office.pointer(), Pointer::default());
}

#[test]
fn one_release_is_erased_unless_it_is_live() {
    let office = Office::with(20, 10);
    office.edit(20, 11);
    office.look(1);
    for (number, outcome) in [
        (2, OrderOutcome::IsLive(2)),
        (7, OrderOutcome::NoSuchRelease(7)),
        (1, OrderOutcome::Erased(1)),
        (1, OrderOutcome::NoSuchRelease(1)),
    ] {
        assert_eq!(office.order(Order::Erase { number }, 2), outcome);
    }
    let state = office.table.state.lock().unwrap();
    assert_eq!((state.contents.len(), state.listed.contains_key(&1)), (1, false));
}

#[test]
fn the_last_50_the_last_of_each_hour_and_of_each_day_are_kept() {
    let now = start();
    // One release each ten minutes for 100 days.
    let count = 100 * 24 * 6_u64;
    let at = |number: u64| now - TimeDelta::minutes(10) * i32::try_from(count - number).unwrap();
    let all: Vec<(u64, DateTime<Utc>)> = (0..count).map(|number| (number, at(number))).collect();
    let gone = expendable(&all, now);
    let kept: Vec<u64> = (0..count).filter(|number| !gone.contains(number)).collect();
    let young = |hours: i64| {
        kept.iter().filter(|number| now - at(**number) < TimeDelta::hours(hours)).count()
    };
    // 50 of ten minutes reach back 8 hours and 20 minutes.
    assert_eq!(young(8), 47);
    let of_week = young(7 * 24);
    assert!((208..=210).contains(&of_week), "50, then the last of each of 159 hours: {of_week}");
    let of_quarter = young(90 * 24) - of_week;
    assert!((82..=84).contains(&of_quarter), "the last of each of 83 days: {of_quarter}");
    assert_eq!(kept.len(), of_week + of_quarter, "nothing older than 90 days");
    let rest: Vec<_> = all.iter().filter(|(number, _)| kept.contains(number)).copied().collect();
    assert_eq!(expendable(&rest, now), Vec::<u64>::new(), "what is kept stays kept");
    assert_eq!(expendable(&all[..50], now), Vec::<u64>::new(), "the last 50 whatever their age");
}
