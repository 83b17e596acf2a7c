//! A text as words, numbers and signs.

use super::{MAX_LENGTH, PredicateError};
use std::fmt;

/// Words that mean something by themselves. A name that is one of them is written in quotes.
pub(super) const KEYWORDS: [&str; 14] = [
    "all",
    "and",
    "cut",
    "empty",
    "false",
    "in",
    "in_transit",
    "not",
    "or",
    "received",
    "sent",
    "some",
    "total",
    "true",
];

/// The longer ones come first, so that `<=` is not read as `<`.
const SIGNS: [(&str, &str); 22] = [
    ("->", "->"),
    ("<=", "<="),
    (">=", ">="),
    ("!=", "!="),
    ("==", "="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("−", "-"),
    ("×", "*"),
    ("(", "("),
    (")", ")"),
    ("<", "<"),
    (">", ">"),
    ("=", "="),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    (",", ","),
    (".", "."),
    (":", ":"),
    ("：", ":"),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    /// A name in quotes, which is never a keyword.
    Quoted(String),
    Number(u64),
    Sign(&'static str),
    End,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "{word}"),
            Self::Quoted(name) => write!(f, "{}", super::print::quoted(name)),
            Self::Number(number) => write!(f, "{number}"),
            Self::Sign(sign) => write!(f, "{sign}"),
            Self::End => write!(f, "the end"),
        }
    }
}

/// Whether a character can stand in a word. Arrows can, since channels without a name are called `P→Q`.
pub(super) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '\'' | '→')
}

/// The tokens of a text, each with its column, and the end after them.
pub(super) fn split(text: &str) -> Result<Vec<(usize, Token)>, PredicateError> {
    if text.chars().count() > MAX_LENGTH {
        let message = format!("a predicate has at most {MAX_LENGTH} characters");
        return Err(PredicateError { column: MAX_LENGTH + 1, message });
    }
    let (mut tokens, mut rest, mut column) = (Vec::new(), text, 1);
    while let Some(first) = rest.chars().next() {
        let length = if first.is_whitespace() {
            first.len_utf8()
        } else {
            let (token, length) = token(rest, first).map_err(|message| PredicateError { column, message })?;
            tokens.push((column, token));
            length
        };
        column += rest[..length].chars().count();
        rest = &rest[length..];
    }
    tokens.push((column, Token::End));
    Ok(tokens)
}

/// The token at the beginning of a text, with its length in bytes.
fn token(text: &str, first: char) -> Result<(Token, usize), String> {
    if first == '"' {
        return quoted(text);
    }
    if in_word(first) {
        let length = text.find(|c| !in_word(c)).unwrap_or(text.len());
        let word = &text[..length];
        if !word.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok((Token::Word(word.to_owned()), length));
        }
        let number = word.parse().map_err(|_| format!("{word} is too large; numbers go up to {}", u64::MAX))?;
        return Ok((Token::Number(number), length));
    }
    match SIGNS.iter().find(|(sign, _)| text.starts_with(sign)) {
        Some((sign, means)) => Ok((Token::Sign(means), sign.len())),
        None => Err(format!("{first} means nothing here; a name with such a character is written in quotes: \"...\"")),
    }
}

/// A name in quotes; a quote inside it is doubled.
fn quoted(text: &str) -> Result<(Token, usize), String> {
    let mut name = String::new();
    let mut after = text[1..].char_indices().peekable();
    while let Some((at, c)) = after.next() {
        if c != '"' {
            name.push(c);
        } else if after.next_if(|(_, next)| *next == '"').is_some() {
            name.push('"');
        } else {
            return Ok((Token::Quoted(name), at + 2));
        }
    }
    Err("the quote that begins here does not end".to_owned())
}
