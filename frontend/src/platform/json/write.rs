//! From a value of ours to text.

use super::Misfit;
use core::fmt::{Display, Write as _};
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// The text so far.
#[derive(Default)]
pub(super) struct Writer(String);

impl Writer {
    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// A number, `true`, `false` or `null`: what needs no quotes.
    fn bare(&mut self, value: impl Display) -> Result<(), Misfit> {
        write!(self.0, "{value}").map_err(|_| Misfit)
    }

    fn quoted(&mut self, text: &str) {
        self.0.push('"');
        for letter in text.chars() {
            match letter {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(letter);
                }
                control if control < ' ' => {
                    // Writing to a text cannot fail.
                    let _ = write!(self.0, "\\u{:04x}", u32::from(control));
                }
                other => self.0.push(other),
            }
        }
        self.0.push('"');
    }

    fn open(&mut self, begin: char, end: &'static str) -> Parts<'_> {
        self.0.push(begin);
        Parts {
            writer: self,
            separator: "",
            end,
        }
    }

    /// `{"name":` before what a variant holds.
    fn variant(&mut self, name: &str) {
        self.0.push('{');
        self.quoted(name);
        self.0.push(':');
    }
}

/// What stands between brackets.
pub(super) struct Parts<'a> {
    writer: &'a mut Writer,
    separator: &'static str,
    end: &'static str,
}

impl Parts<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Misfit> {
        self.writer.0.push_str(self.separator);
        self.separator = ",";
        value.serialize(&mut *self.writer)
    }

    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Misfit> {
        self.item(name)?;
        self.writer.0.push(':');
        value.serialize(&mut *self.writer)
    }

    fn close(self) {
        self.writer.0.push_str(self.end);
    }
}

macro_rules! bare {
    ($($method:ident $kind:ty),+) => { $(
        fn $method(self, value: $kind) -> Result<(), Misfit> {
            self.bare(value)
        }
    )+ };
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Misfit;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Parts<'a>;
    type SerializeTupleVariant = Parts<'a>;
    type SerializeMap = Parts<'a>;
    type SerializeStruct = Parts<'a>;
    type SerializeStructVariant = Parts<'a>;

    bare!(
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    );

    fn serialize_f32(self, _: f32) -> Result<(), Misfit> {
        Err(Misfit)
    }

    fn serialize_f64(self, _: f64) -> Result<(), Misfit> {
        Err(Misfit)
    }

    fn serialize_char(self, value: char) -> Result<(), Misfit> {
        self.quoted(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Misfit> {
        self.quoted(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Misfit> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Misfit> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Misfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Misfit> {
        self.bare("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Misfit> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), Misfit> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Misfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), Misfit> {
        self.variant(name);
        value.serialize(&mut *self)?;
        self.0.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a>, Misfit> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'a>, Misfit> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, Misfit> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, Misfit> {
        self.variant(name);
        Ok(self.open('[', "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'a>, Misfit> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, Misfit> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, Misfit> {
        self.variant(name);
        Ok(self.open('{', "}}"))
    }
}

macro_rules! items {
    ($($kind:ident $method:ident),+) => { $(
        impl $kind for Parts<'_> {
            type Ok = ();
            type Error = Misfit;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Misfit> {
                self.item(value)
            }

            fn end(self) -> Result<(), Misfit> {
                self.close();
                Ok(())
            }
        }
    )+ };
}

items!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

macro_rules! entries {
    ($($kind:ident),+) => { $(
        impl $kind for Parts<'_> {
            type Ok = ();
            type Error = Misfit;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Misfit> {
                self.entry(name, value)
            }

            fn end(self) -> Result<(), Misfit> {
                self.close();
                Ok(())
            }
        }
    )+ };
}

entries!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Misfit;

    /// A key must be a text: one that is not leaves no quote behind and is refused.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Misfit> {
        self.item(key)?;
        if self.writer.0.ends_with('"') {
            Ok(())
        } else {
            Err(Misfit)
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Misfit> {
        self.writer.0.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Misfit> {
        self.close();
        Ok(())
    }
}
