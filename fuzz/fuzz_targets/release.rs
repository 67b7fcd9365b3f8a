#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| testing::fuzz::release(input));
