//! The steps of all in random orders.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::model::{Edited, Table};
use super::world::{Choice, World};
use super::*;

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        20 => (0..2_usize).prop_map(Choice::Step),
        1 => (0..2_usize).prop_map(Choice::Crash),
        2 => (0..2_usize).prop_map(Choice::LostAnswer),
        2 => Just(Choice::EditRules),
        2 => Just(Choice::EditAgents),
        1 => Just(Choice::BreakRules),
        4 => Just(Choice::Clean),
        2 => Just(Choice::Delete),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(600)
    })]

    /// Two publishers, an editor, a clean-up and an erasure, one step each at a time, in any order.
    #[test]
    fn no_order_of_steps_loses_an_edit_or_tears_a_release(
        choices in prop::collection::vec(choice(), 0..160),
    ) {
        let (table, rows) = (Table::default(), Edited::default());
        rows.state.lock().unwrap().counts = counts(3, 3);
        let mut world = World::new(&table, &rows, 2);
        for choice in choices {
            world.choose(choice);
        }
        world.end();
    }
}

fn order() -> impl Strategy<Value = Order> {
    prop_oneof![
        4 => Just(Order::Look),
        2 => any::<bool>().prop_map(publish),
        2 => (1..5_u64).prop_map(back),
        1 => Just(by_ann("a test")),
        1 => Just(briefly_by_ann("a test")),
        1 => (1..5_u64).prop_map(|number| Order::Erase { number }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(600)
    })]

    /// The same with holds, ways back and erasures among the looks.
    #[test]
    fn no_order_of_people_tears_a_release(
        choices in prop::collection::vec(choice(), 0..160),
        publishers_sleep in any::<bool>(),
        orders in prop::collection::vec(order(), 0..12),
    ) {
        let (table, rows) = (Table::default(), Edited::default());
        rows.state.lock().unwrap().counts = counts(3, 3);
        let mut world = World::new(&table, &rows, 2);
        world.orders = orders.into_iter();
        world.cleans_at += TimeDelta::hours(i64::from(publishers_sleep) * 2);
        for choice in choices {
            world.choose(choice);
        }
        world.end();
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(600)
    })]

    /// The same while most rules or all agents are lost and put back, and time passes: what was
    /// lost waits, whoever else is at it.
    #[test]
    fn no_order_of_losses_makes_an_accident_live(
        choices in prop::collection::vec(prop_oneof![
            8 => choice(),
            1 => Just(Choice::LoseRules),
            1 => Just(Choice::LoseAgents),
            1 => Just(Choice::Later),
        ], 0..160),
        orders in prop::collection::vec(order(), 0..6),
    ) {
        let (table, rows) = (Table::default(), Edited::default());
        rows.state.lock().unwrap().counts = counts(10, 3);
        let mut world = World::new(&table, &rows, 2);
        world.orders = orders.into_iter();
        for choice in choices {
            world.choose(choice);
        }
        world.end();
    }
}
