//! `desk secret`: a new path secret, and the hash by which the deployment knows it.

use anyhow::{Context, Result};
use desk_router::tencent::path_secret_hash;

use crate::terminal::say;

/// Letters and digits that nobody confuses: without `0`, `O`, `1`, `l`, `I`.
const LETTERS: &[u8] = b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// 32 of 57 letters: 186 bits.
const LENGTH: usize = 32;

/// Prints a secret that nobody had before, its hash, and the end of the URL.
///
/// # Errors
/// The system has no randomness.
pub fn run() -> Result<()> {
    let secret = secret()?;
    say!(
        "The path secret. It is shown only here: keep it where you keep passwords.\n  {secret}\n\n\
         What the deployment gets, as PathSecretHashes. With the old one, separated by a comma, \
         while you change it:\n  {}\n\n\
         What the URL in Desk ends with:\n  /{secret}",
        hex::encode(path_secret_hash(&secret))
    );
    Ok(())
}

fn secret() -> Result<String> {
    let mut secret = String::with_capacity(LENGTH);
    while secret.len() < LENGTH {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
        // A byte that would make some letters likelier than others is left out.
        let fair =
            bytes.iter().filter(|byte| usize::from(**byte) < 256 / LETTERS.len() * LETTERS.len());
        let letters = fair.filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len()));
        secret.extend(letters.map(|letter| char::from(*letter)).take(LENGTH - secret.len()));
    }
    Ok(secret)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn secrets_are_long_and_never_the_same() {
        let secrets: HashSet<String> = (0..100).map(|_| secret().unwrap()).collect();
        assert_eq!(secrets.len(), 100);
        for secret in secrets {
            assert_eq!(secret.len(), LENGTH);
            assert!(secret.bytes().all(|byte| LETTERS.contains(&byte)), "{secret}");
        }
    }
}
