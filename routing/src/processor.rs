//! What time a test takes, whatever else the machine does.

pub(crate) use testing_basics::processor_time;
