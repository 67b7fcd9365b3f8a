//! What a spreadsheet leaves of a value that it lost.

/// What a spreadsheet writes where a formula failed, in small letters.
const ERRORS: [&str; 9] =
    ["#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#error!", "#spill!"];

/// Whether a text is what a spreadsheet writes where a formula failed (`#N/A`), or where a column
/// is too narrow (`####`).
///
/// ```
/// use routing::text::is_spreadsheet_error;
/// assert!(is_spreadsheet_error("#n/a") && is_spreadsheet_error("#######"));
/// assert!(!is_spreadsheet_error("#1") && !is_spreadsheet_error("n/a"));
/// ```
pub fn is_spreadsheet_error(text: &str) -> bool {
    let is_narrow = text.len() > 3 && text.bytes().all(|byte| byte == b'#');
    is_narrow || ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error))
}

/// Whether a text is a long number that was rounded: `1.23457E+12`.
///
/// ```
/// use routing::text::is_rounded;
/// assert!(is_rounded("1.23457E+12") && is_rounded("1,2E15") && is_rounded("-5e+20"));
/// assert!(!is_rounded("5e3") && !is_rounded("e+5") && !is_rounded("12"));
/// ```
pub fn is_rounded(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.strip_prefix('-').unwrap_or(number);
    let has_point = number.contains(['.', ',']);
    digits(&number.replacen(['.', ','], "", 1))
        && digits(exponent.trim_start_matches(['+', '-']))
        && (has_point || exponent.starts_with(['+', '-']))
}
