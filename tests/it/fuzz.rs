//! The fuzz targets on stable: their corpora, and mutations of them from a seed. `DESK_FUZZ_RUNS`
//! asks for more.

use testing::fuzz::TARGETS;

/// A mutation of one of the seeds, with parts of another.
fn mutated_input(seeds: &[Vec<u8>], random: &mut fastrand::Rng) -> Vec<u8> {
    let mut input = random.choice(seeds).unwrap().clone();
    let other = random.choice(seeds).unwrap();
    for _ in 0..random.usize(1..5) {
        let at = random.usize(0..=input.len());
        let end = (at + random.usize(0..16)).min(input.len());
        match random.u8(0..6) {
            0 => drop(input.drain(at..end)),
            1 => input.insert(at, random.u8(..)),
            2 => {
                input.insert(at, *random.choice(br#""'{}[]()\,.:;-+*@&=%#/0123456789eE "#).unwrap())
            }
            3 => {
                let copy = input[at..end].to_vec();
                input.splice(at..at, copy);
            }
            4 if !other.is_empty() => {
                let from = random.usize(0..other.len());
                let until = (from + random.usize(1..40)).min(other.len());
                input.splice(at..end, other[from..until].iter().copied());
            }
            _ => input.truncate(at.max(1)),
        }
    }
    input
}

#[test]
fn the_corpora_and_mutations_of_them() {
    let runs: usize = std::env::var("DESK_FUZZ_RUNS").map_or(2_000, |runs| runs.parse().unwrap());
    for (name, target) in TARGETS {
        let folder = testing::top().join("fuzz/corpus").join(name);
        let mut files: Vec<_> =
            std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        let seeds: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
        assert!(seeds.len() >= 5, "{name} has a corpus");
        seeds.iter().for_each(|seed| target(seed));
        let mut random = fastrand::Rng::with_seed(20_261_124);
        for _ in 0..runs {
            let input = mutated_input(&seeds, &mut random);
            // The input that fails is the last one printed.
            if let Err(panic) = std::panic::catch_unwind(|| target(&input)) {
                eprintln!("{name}: {:?}", String::from_utf8_lossy(&input));
                std::panic::resume_unwind(panic);
            }
        }
    }
}
