//! Days of the week beside dates, which say again which day it is.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use regex_lite::{Captures, Regex};

use super::time::compiled;
use crate::hours::text::weekdays_named;

/// The name of a day of the week as it was typed.
pub(super) struct Named(String);

impl Named {
    /// Whether it may be the name of this date's day.
    pub(super) fn may_be(&self, date: NaiveDate) -> bool {
        let days = weekdays_named(&self.0);
        let day = date.weekday().num_days_from_monday();
        days.is_empty() || days.iter().any(|named| u32::from(*named) == day)
    }
}

/// What is said of a date beside which another day's name stands.
pub(super) fn is_another(date: NaiveDate) -> String {
    format!("{date} is a {}, not the day that stands beside it", date.format("%A"))
}

const WEEKDAY: &str = concat!(
    r"^(?:el\s+|le\s+)?(?:",
    r"lunes|lundi|luned[iì]|lun?|martes|mardi|marted[iì]|ma|",
    r"mi[eé]rcoles|mercredi|mercoled[iì]|mi[eé]|mer?|",
    r"jueves|jeudi|gioved[iì]|jueves|jue?|jeu?|gio?|",
    r"viernes|vendredi|venerd[iì]|vie?|ven?|s[aá]bado|samedi|sabato|s[aá]b|sam|",
    r"domingo|dimanche|domenica|dom|dim|",
    r"(?:segunda|ter[cç]a|quarta|quinta|sexta)(?:-feira)?|seg|ter|qua|qui|sex|",
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|",
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|",
    r"mo|di|mi|do|fr|sa|so)[.,]*\s+",
);

/// The text of a date without the names of days of the week, and these.
pub(super) fn split(text: &str) -> Option<(String, Vec<Named>)> {
    static REMARK: OnceLock<Option<Regex>> = OnceLock::new();
    static BEFORE: OnceLock<Option<Regex>> = OnceLock::new();
    let mut named = Vec::new();
    // `2026-11-24 (Tue)`. Anything else in brackets may say what part of the day is meant.
    let remark = compiled(&REMARK, r"\s*\(([^()]{1,12})\)")?;
    let text = remark.replace_all(text, |found: &Captures<'_>| {
        let inside = found.get(1).map(|inside| inside.as_str().trim()).unwrap_or_default();
        let whole = found.get(0).map(|whole| whole.as_str()).unwrap_or_default();
        if !is_weekday(inside) {
            return whole.to_owned();
        }
        named.push(Named(inside.to_owned()));
        String::new()
    });
    let text = text.trim();
    let before = compiled(&BEFORE, WEEKDAY)?.find(text);
    let text = match before {
        Some(name) => {
            let letters = name.as_str().trim_end_matches(['.', ',', ' ']);
            let article = ["el ", "le "].into_iter().find_map(|word| letters.strip_prefix(word));
            named.push(Named(article.unwrap_or(letters).to_owned()));
            text.get(name.end()..).unwrap_or_default()
        }
        None => text,
    };
    // `2026-11-24 tue`
    let text = match text.rsplit_once(' ').filter(|(_, word)| is_weekday(word)) {
        Some((date, word)) => {
            named.push(Named(word.to_owned()));
            date
        }
        None => text,
    };
    Some((text.to_owned(), named))
}

/// The text before two days of the week in brackets, and these: `12/24~25(목~금)`.
pub(super) fn split_range(text: &str) -> Option<(&str, Named, Named)> {
    let (dates, days) = text.strip_suffix(')')?.rsplit_once('(')?;
    let (first, last) = days.split_once(['~', '-'])?;
    let (first, last) = (first.trim(), last.trim());
    let named = |name: &str| Named(name.to_owned());
    (is_weekday(first) && is_weekday(last)).then(|| (dates.trim(), named(first), named(last)))
}

/// Whether the text is a day of the week, or of every week.
pub(super) fn is_weekday(text: &str) -> bool {
    static RE: OnceLock<Option<Regex>> = OnceLock::new();
    let source = concat!(
        r"^(?:every |each |jeden |매주\s*|每周|每週|毎週|逢)?(?:",
        r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?|",
        r"montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|",
        r"lunes|lundis?|luned[iì]|lun|martes|mardis?|marted[iì]|",
        r"mi[eé]rcoles|mercredis?|mercoled[iì]|mi[eé]|mer|jueves|jeudis?|gioved[iì]|jue|jeu|gio|",
        r"viernes|vendredis?|venerd[iì]|vie|ven|s[aá]bados?|samedis?|sabato|s[aá]b|sam|",
        r"domingos?|dimanches?|domenica|dom|dim|",
        r"(?:segunda|ter[cç]a|quarta|quinta|sexta)(?:-feira)?|",
        r"mo|tu|we|th|fr|sa|su|[월화수목금토일](?:요일)?(?:마다)?|",
        r"(?:周|週|星期|礼拜)?[一二三四五六日天]|[月火水木金土日](?:曜日?)?)$",
    );
    compiled(&RE, source).is_some_and(|weekday| weekday.is_match(text))
}
