//! What every type is made of: numbers, texts, lists, dates, addresses.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use ipnet::IpNet;

use super::{BytesError, Packed, Packer, Unpacker};

/// Numbers without a sign, by LEB128.
macro_rules! unsigned {
    ($($type:ty),*) => {$(
        impl Packed for $type {
            fn pack(&self, to: &mut Packer) {
                to.number(*self as u64);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
                Self::try_from(from.number()?).map_err(|_| BytesError::Kind)
            }
        }
    )*};
}

/// Numbers with a sign: the small ones are short, whichever sign they have.
macro_rules! signed {
    ($($type:ty),*) => {$(
        impl Packed for $type {
            fn pack(&self, to: &mut Packer) {
                let number = i64::from(*self);
                to.number((number << 1 ^ number >> 63) as u64);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
                let number = from.number()?;
                let number = (number >> 1) as i64 ^ -((number & 1) as i64);
                Self::try_from(number).map_err(|_| BytesError::Kind)
            }
        }
    )*};
}

unsigned!(u8, u16, u32, u64, usize);
signed!(i8, i16, i32, i64);

impl Packed for bool {
    fn pack(&self, to: &mut Packer) {
        to.byte(u8::from(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        match from.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(BytesError::Kind),
        }
    }
}

impl Packed for f64 {
    fn pack(&self, to: &mut Packer) {
        to.raw(&self.to_le_bytes());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        let number = Self::from_le_bytes(from.raw()?);
        if number.is_finite() { Ok(number) } else { Err(BytesError::Kind) }
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, to: &mut Packer) {
        self.is_some().pack(to);
        if let Some(value) = self {
            value.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        if bool::unpack(from)? { T::unpack(from).map(Some) } else { Ok(None) }
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, to: &mut Packer) {
        to.count(self.len());
        self.iter().for_each(|entry| entry.pack(to));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        from.list(T::unpack)
    }
}

impl<K: Packed + Ord, V: Packed> Packed for BTreeMap<K, V> {
    fn pack(&self, to: &mut Packer) {
        to.count(self.len());
        for (key, value) in self {
            key.pack(to);
            value.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        from.list(Packed::unpack).map(Self::from_iter)
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, to: &mut Packer) {
        self.0.pack(to);
        self.1.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        Ok((A::unpack(from)?, B::unpack(from)?))
    }
}

impl<T: Packed> Packed for Range<T> {
    fn pack(&self, to: &mut Packer) {
        self.start.pack(to);
        self.end.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        Ok(T::unpack(from)?..T::unpack(from)?)
    }
}

impl<T: Packed> Packed for RangeInclusive<T> {
    fn pack(&self, to: &mut Packer) {
        self.start().pack(to);
        self.end().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        Ok(T::unpack(from)?..=T::unpack(from)?)
    }
}

/// Texts that are a value's own.
macro_rules! texts {
    ($($type:ty),*) => {$(
        impl Packed for $type {
            fn pack(&self, to: &mut Packer) {
                to.text(self);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
                from.text().map(Self::from)
            }
        }
    )*};
}

texts!(String, Box<str>);

impl Packed for Box<[u8]> {
    fn pack(&self, to: &mut Packer) {
        to.count(self.len());
        to.raw(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        let count = from.count()?;
        from.bytes(count).map(Self::from)
    }
}

/// Texts that many values share stand once.
impl Packed for Arc<str> {
    fn pack(&self, to: &mut Packer) {
        to.shared_text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        from.shared_text()
    }
}

/// And so does whatever else is shared.
impl<T: Packed + Send + Sync + 'static> Packed for Arc<T> {
    fn pack(&self, to: &mut Packer) {
        to.shared(self, |to| T::pack(self, to));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        from.shared(T::unpack)
    }
}

impl Packed for NaiveDate {
    fn pack(&self, to: &mut Packer) {
        self.num_days_from_ce().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        Self::from_num_days_from_ce_opt(i32::unpack(from)?).ok_or(BytesError::Kind)
    }
}

impl Packed for DateTime<Utc> {
    fn pack(&self, to: &mut Packer) {
        self.timestamp().pack(to);
        self.timestamp_subsec_nanos().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        let (seconds, nanos) = (i64::unpack(from)?, u32::unpack(from)?);
        let at = Self::from_timestamp(seconds, nanos).ok_or(BytesError::Kind)?;
        // Rows have no others, and nothing that is computed with these overflows.
        if (0..=10_000).contains(&at.year()) { Ok(at) } else { Err(BytesError::Kind) }
    }
}

/// The length of the address (4 or 16), its bytes, and how many bits count.
impl Packed for IpNet {
    fn pack(&self, to: &mut Packer) {
        match self.addr() {
            IpAddr::V4(address) => {
                to.byte(4);
                to.raw(&address.octets());
            }
            IpAddr::V6(address) => {
                to.byte(16);
                to.raw(&address.octets());
            }
        }
        to.byte(self.prefix_len());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        let address = match from.byte()? {
            4 => IpAddr::from(from.raw::<4>()?),
            16 => IpAddr::from(from.raw::<16>()?),
            _ => return Err(BytesError::Kind),
        };
        Self::new(address, from.byte()?).map_err(|_| BytesError::Kind)
    }
}
