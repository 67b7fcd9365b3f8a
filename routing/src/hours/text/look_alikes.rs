//! Letters of another alphabet that look like Latin ones (`Mо-Fr` with a Cyrillic `о`).

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

/// What is said of such a letter at this place, beside Latin ones.
pub(super) fn of_another_alphabet(text: &[char], at: usize) -> Option<String> {
    let typed = text.get(at)?;
    let (_, latin) = CYRILLIC.iter().find(|(letter, _)| letter == typed)?;
    let is_letter =
        |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| is_latin(*c));
    let beside = is_letter(at.checked_sub(1)) || is_letter(at.checked_add(1));
    beside.then(|| {
        format!(
            "`{typed}` is a Cyrillic letter that only looks like `{latin}`; write a Latin `{latin}`"
        )
    })
}
