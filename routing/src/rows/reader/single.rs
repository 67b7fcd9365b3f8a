//! Attributes that hold one thing: a text, an id, true or false, a zone.

use super::base::{Empty, RowReader};
use crate::hours::{Country, Zone};
use crate::rows::context::Defaults;
use crate::rows::limits::MAX_ID_BYTES;
use crate::rows::value::Value;
use crate::text::{closest, cut, name_key};

impl<'r> RowReader<'r> {
    /// Text, cleaned. A number is taken as the text it was typed as.
    pub(crate) fn text(&mut self, attribute: &str, empty: Empty) -> Option<&'r str> {
        self.one_text(attribute, empty, None)
    }

    /// Like [`RowReader::text`], where `true` says nothing: `expected` is what is asked for then.
    pub(crate) fn text_of(
        &mut self,
        attribute: &str,
        empty: Empty,
        expected: &dyn Fn() -> String,
    ) -> Option<&'r str> {
        self.one_text(attribute, empty, Some(expected))
    }

    fn one_text(
        &mut self,
        attribute: &str,
        empty: Empty,
        expected: Option<&dyn Fn() -> String>,
    ) -> Option<&'r str> {
        let value = self.value(attribute, empty)?;
        match value {
            Value::Text(text) | Value::Number(text) => return Some(text),
            Value::List(entries) | Value::Set(entries) => match entries.as_slice() {
                [Value::Text(only) | Value::Number(only)] if !only.is_empty() => {
                    let message =
                        format!("expected one text (S), not a list; write `{}`", cut(only));
                    self.error(attribute, message);
                }
                _ => self.error(attribute, "expected one text (S), not a list; write one of them"),
            },
            Value::Bool(b) => {
                let write = match expected {
                    Some(expected) => format!("write {}", expected()),
                    None => format!("write `{b}` as text"),
                };
                self.error(attribute, format!("expected text (S), not a BOOL; {write}"));
            }
            _ => self.error(attribute, "expected text (S); write it as one text"),
        }
        None
    }

    /// An id: text of at most 512 bytes; `expected` says what it is.
    pub(crate) fn id(&mut self, attribute: &str, empty: Empty, expected: &str) -> Option<&'r str> {
        let id = self.text_of(attribute, empty, &|| expected.to_owned())?;
        if id.len() > MAX_ID_BYTES {
            let message = format!(
                "is {} bytes long, and at most {MAX_ID_BYTES} are allowed; write a shorter one",
                id.len()
            );
            self.error(attribute, message);
            return None;
        }
        Some(id)
    }

    /// `true` or `false`, as a BOOL or typed as text.
    pub(crate) fn bool(&mut self, attribute: &str) -> Option<bool> {
        let text = match self.value(attribute, Empty::IsAbsent)? {
            Value::Bool(b) => return Some(*b),
            Value::Text(text) | Value::Number(text) => name_key(text),
            // As DynamoDB's own JSON has it.
            Value::Map(map) => match map.get("BOOL") {
                Some(Value::Bool(b)) if map.len() == 1 => {
                    self.error(attribute, format!("is in DynamoDB's own JSON; write `{b}` (BOOL)"));
                    return None;
                }
                _ => String::new(),
            },
            _ => String::new(),
        };
        match text.as_str() {
            "true" => return Some(true),
            "false" => return Some(false),
            _ => {}
        }
        let bare = text.trim_matches(['"', '\'', '“', '”', '‘', '’', '`', ',', ';', ' ']);
        // `!true` is no slip of it.
        let is_word = bare.bytes().all(|byte| byte.is_ascii_alphabetic());
        let near = closest(bare, ["true", "false"]).filter(|_| is_word);
        let meant = match near.unwrap_or(bare) {
            "true" => "write `true` (BOOL)",
            "false" => "write `false` (BOOL)",
            "yes" | "y" | "on" | "1" | "t" | "enabled" | "enable" | "active" | "예" | "네"
            | "켜기" | "켜짐" | "켬" | "사용" | "사용중" | "사용 중" | "是" | "开" | "開"
            | "启用" | "啟用" | "はい" | "有効" | "有効化" | "オン" | "ja" | "aktiviert"
            | "wahr" | "참" | "활성" | "활성화" | "真" | "✓" | "✔" | "✅" => {
                "write `true` (BOOL)"
            }
            "no" | "n" | "off" | "0" | "f" | "disabled" | "disable" | "inactive" | "none"
            | "아니오" | "아니요" | "끄기" | "꺼짐" | "끔" | "중지" | "사용중지" | "사용 중지"
            | "미사용" | "关闭" | "關閉" | "未启用" | "未啟用" | "無効化" | "使わない"
            | "deaktiviert" | "否" | "关" | "關" | "停用" | "禁用" | "いいえ" | "無効" | "オフ"
            | "nein" | "falsch" | "aus" | "사용안함" | "사용 안 함" | "사용 안함" | "거짓"
            | "비활성" | "비활성화" | "假" | "❌" => "write `false` (BOOL)",
            _ => "write `true` or `false` (BOOL)",
        };
        self.error(attribute, format!("is neither true nor false; {meant}"));
        None
    }

    /// The row's `TimeZone` and `HolidayCountry`, else the deployment's.
    pub(crate) fn zone_and_country(&mut self, defaults: &Defaults) -> (Zone, Option<Country>) {
        let zone = self
            .parsed("TimeZone", "a place, such as `Asia/Seoul`", Zone::parse)
            .unwrap_or(defaults.time_zone);
        if self.has("TimeZone") && zone.is_fixed_offset() {
            let reversed = if zone.name().starts_with("Etc/") {
                ", and in such names `+9` means 9 hours behind UTC"
            } else {
                ""
            };
            let places = Zone::places_of(zone.name());
            let such = places.map(|places| format!(", such as {places}")).unwrap_or_default();
            self.warn(
                "TimeZone",
                format!(
                    "is a fixed offset, which has no daylight \
                saving{reversed}; write a place in that zone{such}"
                ),
            );
        }
        let country = self.parsed("HolidayCountry", "a country, such as `KR`", Country::parse);
        let country = country.or(defaults.holiday_country);
        (zone, country)
    }

    fn parsed<T>(
        &mut self,
        attribute: &str,
        expected: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text_of(attribute, Empty::IsAbsent, &|| expected.to_owned())?;
        parse(text).map_err(|message| self.error(attribute, message)).ok()
    }
}
