//! Bytes: the smallest pieces of a body.

use std::time::Duration;

/// Why a body could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CodecError {
    #[error("the body ends too early")]
    Short,
    #[error("the body has {0} bytes too many")]
    Long(usize),
    #[error("{what} has no code {code}")]
    UnknownCode { what: &'static str, code: u8 },
    #[error("no event has the number {0}")]
    UnknownKind(u16),
    #[error("event {kind} has no body version {version}")]
    UnknownVersion { kind: u16, version: u16 },
    #[error("a number is out of range")]
    Range,
}

/// A body being written.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
    pub(super) greatest_id: i64,
}

impl Writer {
    pub(super) fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// LEB128.
    pub(super) fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push((value as u8) | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    pub(super) fn id(&mut self, value: i64) {
        self.greatest_id = self.greatest_id.max(value);
        self.bytes.extend_from_slice(&value.to_be_bytes());
    }
}

/// A body being read.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) const fn new(body: &'a [u8]) -> Reader<'a> {
        Reader { rest: body }
    }

    pub(super) fn byte(&mut self) -> Result<u8, CodecError> {
        let (first, rest) = self.rest.split_first().ok_or(CodecError::Short)?;
        self.rest = rest;
        Ok(*first)
    }

    pub(super) fn varint(&mut self) -> Result<u64, CodecError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return Err(CodecError::Range);
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(CodecError::Range)
    }

    pub(super) fn id(&mut self) -> Result<i64, CodecError> {
        let (id, rest) = self.rest.split_first_chunk::<8>().ok_or(CodecError::Short)?;
        self.rest = rest;
        Ok(i64::from_be_bytes(*id))
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn finish(self) -> Result<(), CodecError> {
        if self.rest.is_empty() { Ok(()) } else { Err(CodecError::Long(self.rest.len())) }
    }
}

/// A value with one spelling in bytes.
pub(super) trait Wire: Sized {
    fn put(&self, writer: &mut Writer);
    fn get(reader: &mut Reader<'_>) -> Result<Self, CodecError>;
}

impl Wire for bool {
    fn put(&self, writer: &mut Writer) {
        writer.byte(u8::from(*self));
    }
    fn get(reader: &mut Reader<'_>) -> Result<bool, CodecError> {
        match reader.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            code => Err(CodecError::UnknownCode { what: "a flag", code }),
        }
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, writer: &mut Writer) {
        self.is_some().put(writer);
        if let Some(value) = self {
            value.put(writer);
        }
    }
    fn get(reader: &mut Reader<'_>) -> Result<Option<T>, CodecError> {
        if bool::get(reader)? { T::get(reader).map(Some) } else { Ok(None) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, writer: &mut Writer) {
        writer.varint(self.len() as u64);
        self.iter().for_each(|one| one.put(writer));
    }
    /// Nothing is reserved for the length that is claimed: a list that is cut ends as too short.
    fn get(reader: &mut Reader<'_>) -> Result<Vec<T>, CodecError> {
        (0..reader.varint()?).map(|_| T::get(reader)).collect()
    }
}

macro_rules! varints {
    ($($type:ty)+) => {$(
        impl Wire for $type {
            fn put(&self, writer: &mut Writer) {
                writer.varint(u64::from(*self));
            }
            fn get(reader: &mut Reader<'_>) -> Result<$type, CodecError> {
                <$type>::try_from(reader.varint()?).map_err(|_| CodecError::Range)
            }
        }
    )+};
}

varints! { u16 u32 u64 }

impl Wire for Duration {
    fn put(&self, writer: &mut Writer) {
        writer.varint(u64::try_from(self.as_nanos()).unwrap_or(u64::MAX));
    }
    fn get(reader: &mut Reader<'_>) -> Result<Duration, CodecError> {
        reader.varint().map(Duration::from_nanos)
    }
}
