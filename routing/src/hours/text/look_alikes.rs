//! Letters of another alphabet that look like Latin ones (`Mo-Fr` with a Cyrillic `o`).

use super::token::is_latin;

const CYRILLIC: &[(char, char)] = &[
    ('а', 'a'),
    ('в', 'b'),
    ('е', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ѕ', 's'),
];

/// What is said of such a letter at this place, in a word of such and Latin letters alone, where
/// the text has Latin ones.
pub(super) fn of_another_alphabet(text: &[char], at: usize) -> Option<String> {
    let latin = |letter: char| {
        let known = CYRILLIC.iter().find(|(cyrillic, _)| *cyrillic == letter);
        known.map(|(_, latin)| *latin)
    };
    let typed = text.get(at).copied()?;
    let looks_like = latin(typed)?;
    let is_letter = |c: &&char| c.is_alphabetic();
    let before = text.get(..at)?.iter().rev().take_while(is_letter).count();
    let word = text.get(at - before..)?.iter().take_while(is_letter);
    let plain: Option<String> =
        word.clone().map(|c| latin(*c).or_else(|| is_latin(*c).then_some(*c))).collect();
    let (word, plain) = (word.collect::<String>(), plain?);
    text.iter().any(|c| is_latin(*c)).then(|| {
        format!(
            "`{word}` has a Cyrillic `{typed}`, which only looks like `{looks_like}`; write \
            `{plain}` in Latin letters"
        )
    })
}
