//! What looks like an accident waits.

use super::*;

#[test]
fn what_looks_like_an_accident() {
    for (before, now, waits) in [
        ((20, 10), (10, 10), false),
        ((20, 10), (9, 10), true),
        ((20, 10), (20, 5), false),
        ((20, 10), (20, 4), true),
        ((4, 4), (1, 1), false),
        ((4, 4), (0, 4), true),
        ((5, 4), (0, 4), true),
        ((4, 1), (4, 0), true),
        ((0, 0), (0, 0), false),
        ((0, 5), (9, 0), true),
        ((7, 3), (2, 3), true),
        ((7, 3), (3, 3), false),
    ] {
        let office = Office::with(before.0, before.1);
        office.edit(now.0, now.1);
        let outcome = office.look(1);
        assert_eq!(
            matches!(outcome, OrderOutcome::Waits(..)),
            waits,
            "{before:?} to {now:?}: {outcome:?}"
        );
        let live = if waits { before } else { now };
        assert_eq!(office.live().1, counts(live.0, live.1));
    }
}

#[test]
fn what_went_bit_by_bit_within_an_hour_waits_too() {
    let office = Office::with(20, 10);
    for (rules, minutes) in [(16, 10), (13, 20)] {
        office.edit(rules, 10);
        assert!(matches!(office.look(minutes), OrderOutcome::Published(..)), "{rules}");
    }
    office.edit(9, 10);
    // Until minute 10 twenty rules were live, and until minute 20 sixteen.
    let outcome = office.look(69);
    assert!(matches!(outcome, OrderOutcome::Waits(..)));
    // Thirteen rules are live: what the loss is counted from is said, so that both make sense.
    let why = said(&outcome);
    let gone =
        "only 9 rules are left, of at most 20 in the last hour, which looks like an accident";
    assert!(why.contains("13 rules") && why.contains(gone), "{why}");
    office.edit(8, 10);
    assert!(
        matches!(office.look(71), OrderOutcome::Published(..)),
        "half of sixteen is not more than half"
    );
}

#[test]
fn an_accident_is_believed_after_15_minutes_of_the_same() {
    let office = Office::with(20, 10);
    office.edit(5, 10);
    let why = said(&office.look(1));
    assert!(why.contains("15 of 20 rules are gone"), "{why}");
    assert!(why.contains("the rows WAIT since 2026-11-18 20:07 Asia/Seoul"), "{why}");
    assert!(why.contains("after 2026-11-18 20:22 Asia/Seoul"), "{why}");
    assert!(matches!(office.look(6), OrderOutcome::Waits(..)));
    // Another edit: all of it waits, and the time begins anew.
    office.edit(6, 10);
    let outcome = office.look(10);
    let OrderOutcome::Waits(pointer, waiting) = outcome else { panic!("{outcome:?}") };
    assert_eq!((pointer.state(), waiting.looks, waiting.total), (State::Waits, 1, false));
    assert!(matches!(office.look(24), OrderOutcome::Waits(..)));
    let outcome = office.look(25);
    let OrderOutcome::Published(release, _) = outcome else { panic!("{outcome:?}") };
    assert_eq!((release.cause, office.pointer().state()), (Cause::Waited, State::Live));
    // What was waited for is not missed again.
    office.edit(7, 10);
    assert!(matches!(office.look(26), OrderOutcome::Published(..)));
}

#[test]
fn a_total_loss_goes_live_by_force_only() {
    let office = Office::with(20, 10);
    office.edit(20, 0);
    for minutes in [1, 20, 600] {
        let outcome = office.look(minutes);
        let OrderOutcome::Waits(_, waiting) = &outcome else { panic!("{outcome:?}") };
        assert!(waiting.total && waiting.why.contains("all 10 agents are gone"), "{outcome:?}");
    }
    assert!(matches!(office.order(publish(false), 601), OrderOutcome::Waits(..)));
    let outcome = office.order(publish(true), 602);
    assert!(
        matches!(&outcome, OrderOutcome::Published(release, _) if release.cause == Cause::Force)
    );
    assert_eq!(office.live(), (2, counts(20, 0)));
    office.edit(19, 0);
    assert!(matches!(office.look(603), OrderOutcome::Published(..)), "it was meant");
}

/// One of seven agents left some minutes ago, then all the others went.
#[test]
fn what_is_gone_agrees_with_what_is_live() {
    let office = Office::with(20, 7);
    office.edit(20, 6);
    assert!(matches!(office.look(1), OrderOutcome::Published(..)));
    office.edit(20, 0);
    let why = said(&office.look(2));
    assert!(why.contains("20 rules, 6 agents; the rows WAIT"), "{why}");
    assert!(why.contains(": no agent is left, of at most 7 in the last hour, which"), "{why}");
    let why = said(&office.look(62));
    assert!(why.contains(": all 6 agents are gone, which"), "an hour later: {why}");
}

#[test]
fn rows_that_are_back_end_the_wait() {
    let office = Office::with(20, 10);
    office.edit(20, 0);
    assert!(matches!(office.look(1), OrderOutcome::Waits(..)));
    office.edit(20, 10);
    assert!(matches!(office.look(2), OrderOutcome::Published(..)));
    assert_eq!(office.pointer().waiting, None);
}
