//! The schedules of rotations, which an instance keeps to spare work.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use routing::decide::Schedule;

/// Most schedules kept; one of 1,000 agents takes at most 200 KB.
const MAX_SCHEDULES: usize = 32;

/// Schedules by the weights that they are made of.
#[derive(Debug, Default)]
pub struct Schedules {
    schedules: Mutex<HashMap<Box<[u32]>, Arc<Schedule>>>,
}

impl Schedules {
    /// The schedule of agents with these weights.
    pub(crate) fn schedule(&self, weights: &[u32]) -> Arc<Schedule> {
        let mut schedules = self.schedules.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(schedule) = schedules.get(weights) {
            return Arc::clone(schedule);
        }
        if schedules.len() >= MAX_SCHEDULES {
            schedules.clear();
        }
        let schedule = Arc::new(Schedule::new(weights));
        schedules.insert(weights.into(), Arc::clone(&schedule));
        schedule
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_does_not_grow_without_end() {
        let kept = Schedules::default();
        for weight in 1..200 {
            kept.schedule(&[weight, 1]);
        }
        assert!(kept.schedules.lock().unwrap().len() <= MAX_SCHEDULES);
        assert!(Arc::ptr_eq(&kept.schedule(&[5, 5]), &kept.schedule(&[5, 5])), "computed once");
    }
}
