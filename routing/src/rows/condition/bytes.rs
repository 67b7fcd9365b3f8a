//! A condition as bytes, and back: its attribute's name, and what its kind packs.

use super::LISTED;
use super::kind::{Condition, Test};
use super::listed::Listed;
use crate::packed::{BytesError, Packed, Packer, Unpacker};

/// An attribute of a condition, by its name, which stands once: so a new condition changes nothing
/// for the others.
struct Attribute {
    name: &'static str,
    negated: bool,
    listed: &'static Listed,
}

impl Attribute {
    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        let name = from.text()?;
        let named = LISTED.iter().find_map(|listed| match listed.names {
            (plain, _) if plain == name => Some(Self { name: plain, negated: false, listed }),
            (_, not) if not == name => Some(Self { name: not, negated: true, listed }),
            _ => None,
        });
        named.ok_or(BytesError::Kind)
    }
}

impl Packed for Condition {
    fn pack(&self, to: &mut Packer) {
        // Whether it is negated follows from the name.
        let Self { attribute, negated: _, test: Test(kind) } = self;
        to.named::<Attribute>(attribute);
        kind.as_ref().pack_boxed(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        let attribute = from.shared(Attribute::unpack)?;
        let Attribute { name, negated, listed } = *attribute;
        Ok(Self { attribute: name, negated, test: Test((listed.unpack)(from)?) })
    }
}
