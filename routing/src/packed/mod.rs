//! Typed values as bytes, and back: what a release holds for whoever decides by it.
//!
//! ```text
//! number       = LEB128, at most 10 bytes; a signed one zigzag: 0, -1, 1, -2 …
//! text         = length in bytes, UTF-8
//! list         = count, and each entry
//! option       = 0, or 1 and the value
//! struct       = its fields, in the order in which its file lists them
//! enum         = a number for the variant (its file says which), and what is in it
//! shared       = 0 and the value when it first stands, else its place among those before, from 1
//! date, moment = days since the year 1; seconds since 1970 and nanoseconds
//! fraction     = 8 bytes, IEEE 754, the lowest first
//! ```
//!
//! A type says in one line what it is made of (`packed_struct!`, `packed_enum!`). The line names
//! every field and variant, or it does not compile, so nothing is forgotten. Reading takes any
//! bytes: memory and nesting are counted, not believed.

mod error;
mod packer;
mod plain;
#[cfg(test)]
mod tests;
mod unpacker;

pub use error::BytesError;
pub(crate) use error::{MAX_BYTES, MAX_VALUES};
pub(crate) use packer::Packer;
pub(crate) use unpacker::Unpacker;

/// What can be packed, and unpacked again.
pub trait Packed: Sized {
    /// Writes it.
    fn pack(&self, to: &mut Packer);

    /// Reads it.
    ///
    /// # Errors
    /// There are no such bytes, or they ask for too much.
    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError>;
}

/// Packs a struct field by field; all are named. What must hold of it, apart from its fields, may
/// stand behind `if`.
macro_rules! packed_struct {
    ($type:ty { $($field:ident),* $(,)? } $(if $good:expr)?) => {
        impl $crate::packed::Packed for $type {
            fn pack(&self, to: &mut $crate::packed::Packer) {
                let Self { $($field),* } = self;
                $($crate::packed::Packed::pack($field, to);)*
            }

            fn unpack(
                from: &mut $crate::packed::Unpacker<'_>,
            ) -> Result<Self, $crate::packed::BytesError> {
                let read = Self { $($field: $crate::packed::Packed::unpack(from)?),* };
                $(
                    let is_good: fn(&Self) -> bool = $good;
                    if !is_good(&read) {
                        return Err($crate::packed::BytesError::Kind);
                    }
                )?
                Ok(read)
            }
        }
    };
}

/// The same of a struct of one field without a name.
macro_rules! packed_wrapper {
    ($($type:ident),* $(,)?) => {
        $(impl $crate::packed::Packed for $type {
            fn pack(&self, to: &mut $crate::packed::Packer) {
                let Self(inner) = self;
                $crate::packed::Packed::pack(inner, to);
            }

            fn unpack(
                from: &mut $crate::packed::Unpacker<'_>,
            ) -> Result<Self, $crate::packed::BytesError> {
                Ok(Self($crate::packed::Packed::unpack(from)?))
            }
        })*
    };
}

/// Packs an enum: each variant with its number, which stands for it for ever.
macro_rules! packed_enum {
    ($type:ty { $(
        $number:literal = $variant:ident
            $(( $($part:ident),* ))?
            $({ $($field:ident),* })?
    ),* $(,)? } $(if $good:expr)?) => {
        impl $crate::packed::Packed for $type {
            fn pack(&self, to: &mut $crate::packed::Packer) {
                match self {
                    $(Self::$variant $(( $($part),* ))? $({ $($field),* })? => {
                        to.byte($number);
                        $($($crate::packed::Packed::pack($part, to);)*)?
                        $($($crate::packed::Packed::pack($field, to);)*)?
                    })*
                }
            }

            fn unpack(
                from: &mut $crate::packed::Unpacker<'_>,
            ) -> Result<Self, $crate::packed::BytesError> {
                let read = match from.byte()? {
                    $($number => {
                        $($(let $part = $crate::packed::Packed::unpack(from)?;)*)?
                        $($(let $field = $crate::packed::Packed::unpack(from)?;)*)?
                        Self::$variant $(( $($part),* ))? $({ $($field),* })?
                    })*
                    _ => return Err($crate::packed::BytesError::Kind),
                };
                $(
                    let is_good: fn(&Self) -> bool = $good;
                    if !is_good(&read) {
                        return Err($crate::packed::BytesError::Kind);
                    }
                )?
                Ok(read)
            }
        }
    };
}

pub(crate) use {packed_enum, packed_struct, packed_wrapper};
