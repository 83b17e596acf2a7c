//! Fields that a file may leave out, and what they hold where it does not.

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// What a field must come to.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Wanted<T> {
    /// The file does not say, so that it is not compared.
    #[default]
    Anything,
    /// Exactly this; `null` in the file is a value like any other.
    This(T),
}

impl<T> Wanted<T> {
    /// What it must come to, if the file says so.
    pub fn this(&self) -> Option<&T> {
        match self {
            Self::Anything => None,
            Self::This(value) => Some(value),
        }
    }

    /// The same, to be changed.
    pub fn this_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Anything => None,
            Self::This(value) => Some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Wanted<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        T::deserialize(source).map(Self::This)
    }
}

/// What a field holds that may be `null`, which is the same as leaving it out.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(source: D) -> Result<T, D::Error> {
    Option::deserialize(source).map(Option::unwrap_or_default)
}

/// `null` and nothing at all are yes.
pub(crate) fn or_yes<'de, D: Deserializer<'de>>(source: D) -> Result<bool, D::Error> {
    Option::deserialize(source).map(|given| given.unwrap_or(true))
}

/// What [`or_yes`] is where the field is not there.
pub(crate) fn yes() -> bool {
    true
}

/// The name of a state or of a message. A whole number is a name too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word(pub(crate) String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Names;
        impl Visitor<'_> for Names {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text in quotes or a whole number")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Word, E> {
                Ok(Word(text.to_owned()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Word, E> {
                Ok(Word(number.to_string()))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Word, E> {
                Ok(Word(number.to_string()))
            }
        }
        source.deserialize_any(Names)
    }
}

/// The name of a state.
pub(crate) fn word<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    Word::deserialize(source).map(|word| word.0)
}

/// A channel and the name of what goes through it, if there is one.
pub(crate) fn on_channel<'de, D: Deserializer<'de>>(source: D) -> Result<Option<(u16, String)>, D::Error> {
    let given = Option::<(u16, Word)>::deserialize(source)?;
    Ok(given.map(|(channel, word)| (channel, word.0)))
}
