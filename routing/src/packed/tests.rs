//! Numbers and shared values at their bounds.

use std::sync::Arc;

use super::*;

fn packed<T: Packed>(value: &T) -> Vec<u8> {
    let mut to = Packer::default();
    value.pack(&mut to);
    to.finish()
}

fn unpacked<T: Packed>(bytes: &[u8]) -> Result<T, BytesError> {
    let mut from = Unpacker::new(bytes);
    let value = T::unpack(&mut from)?;
    from.finish()?;
    Ok(value)
}

#[test]
fn numbers_come_back_as_they_were() {
    for number in [0, 1, 127, 128, 16_383, 16_384, u64::MAX - 1, u64::MAX] {
        let bytes = packed(&number);
        assert_eq!(unpacked::<u64>(&bytes), Ok(number));
        assert_eq!(unpacked::<u64>(&bytes[..bytes.len() - 1]), Err(BytesError::Length));
    }
    for number in [0, -1, 1, -64, 64, i64::MIN, i64::MAX] {
        assert_eq!(unpacked::<i64>(&packed(&number)), Ok(number));
    }
    assert_eq!((packed(&-1_i8), packed(&1_i32), packed(&-64_i64)), (vec![1], vec![2], vec![127]));
    // Too large for its kind, and for any.
    assert_eq!(unpacked::<u8>(&packed(&256_u16)), Err(BytesError::Kind));
    assert_eq!(unpacked::<i8>(&packed(&128_i16)), Err(BytesError::Kind));
    let long = [[0xff; 9].as_slice(), &[2]].concat();
    assert_eq!(unpacked::<u64>(&long), Err(BytesError::TooLarge));
    assert_eq!(unpacked::<u64>(&[0x80; 11]), Err(BytesError::TooLarge));
    assert_eq!(unpacked::<f64>(&packed(&-2.5)), Ok(-2.5));
    assert_eq!(unpacked::<f64>(&f64::NAN.to_le_bytes()), Err(BytesError::Kind));
}

#[test]
fn what_is_shared_stands_once_and_is_shared_again() {
    let text: Arc<str> = "desk".into();
    let texts = vec![Arc::clone(&text), "other".into(), "desk".into(), text];
    let bytes = packed(&texts);
    assert_eq!(bytes, b"\x04\x00\x04desk\x00\x05other\x01\x01");
    let back: Vec<Arc<str>> = unpacked(&bytes).unwrap();
    assert_eq!(back, texts);
    assert!(Arc::ptr_eq(&back[0], &back[2]) && Arc::ptr_eq(&back[0], &back[3]));

    let (one, other) = (Arc::new(7_u16), Arc::new(vec![Arc::new(9_u8)]));
    let all = (vec![Arc::clone(&one), one], vec![Arc::clone(&other), other]);
    type Nested = Arc<Vec<Arc<u8>>>;
    let back: (Vec<Arc<u16>>, Vec<Nested>) = unpacked(&packed(&all)).unwrap();
    assert_eq!(back, all);
    assert!(Arc::ptr_eq(&back.0[0], &back.0[1]) && Arc::ptr_eq(&back.1[0], &back.1[1]));
}

#[test]
fn what_was_not_there_is_not_referred_to() {
    assert_eq!(unpacked::<Vec<Arc<str>>>(&[1, 1]), Err(BytesError::Kind));
    // It is there, but is of another kind.
    let bytes = [1, 0, 5, 1, 1];
    assert_eq!(unpacked::<(Vec<Arc<u8>>, Vec<Arc<u16>>)>(&bytes), Err(BytesError::Kind));
    assert_eq!(unpacked::<Arc<str>>(b"\x00\x02\xc3\x28"), Err(BytesError::Kind));
}
