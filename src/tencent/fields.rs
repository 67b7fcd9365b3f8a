//! The documented fields of a body. Unknown ones are normal, whatever they hold (half an emoji,
//! `1e999`, deep nesting): they are skipped, not read.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// The fields that are read; of one that stands twice, the last.
#[derive(Default)]
pub(super) struct Fields<'a> {
    known: Vec<(&'static str, &'a RawValue)>,
}

impl<'a> Fields<'a> {
    /// Every field that is read.
    const NAMES: [&'static str; 7] = [
        "CallbackCommand",
        "SessionId",
        "ClientUserId",
        "EventTime",
        "CustomerServiceId",
        "AgentId",
        "Event",
    ];

    /// Reads a body; `None` when it is not a JSON object.
    pub(super) fn read(body: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }

    /// A field's value; `None` when it is missing, [`Value::Array`] of nothing when it cannot be
    /// read, which is of the wrong kind for every field.
    pub(super) fn get(&self, name: &str) -> Option<Value> {
        let (_, raw) = self.known.iter().rfind(|(known, _)| *known == name)?;
        Some(serde_json::from_str(raw.get()).unwrap_or(Value::Array(Vec::new())))
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfObject;

        impl<'de> Visitor<'de> for OfObject {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Fields::default();
                while let Some(name) = map.next_key_seed(Name)? {
                    match name {
                        Some(name) => fields.known.push((name, map.next_value()?)),
                        None => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(fields)
            }
        }

        deserializer.deserialize_map(OfObject)
    }
}

/// A field's name; `None` for one that is not read. Read as bytes, because a name may hold half an
/// emoji too.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<&'static str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_bytes(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_bytes<E>(self, name: &[u8]) -> Result<Self::Value, E> {
        Ok(Fields::NAMES.into_iter().find(|known| known.as_bytes() == name))
    }
}
