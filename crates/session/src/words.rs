//! Filling in the strings of the catalogue.

use crate::catalogue::{Key, Lang};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether they are emphasised.
    pub strong: bool,
}

/// A sentence or several, in pieces.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Words(pub Vec<Span>);

impl Words {
    /// All of it without emphasis.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }

    /// Adds a further sentence.
    pub(crate) fn then(&mut self, lang: Lang, text: impl Key, values: &[(&str, &str)]) {
        if lang == Lang::En && !self.0.is_empty() {
            self.0.push(Span { text: " ".into(), strong: false });
        }
        self.0.extend(rich(lang, text, values).0);
    }
}

/// A string with its places filled in; emphasis is dropped.
#[must_use]
pub(crate) fn say(lang: Lang, text: impl Key, values: &[(&str, &str)]) -> String {
    rich(lang, text, values).plain()
}

/// A string with its places filled in.
#[must_use]
pub(crate) fn rich(lang: Lang, text: impl Key, values: &[(&str, &str)]) -> Words {
    let parts = text.template(lang).split('*').enumerate();
    // What is filled in may have a `*` of its own, so the string is split first.
    let spans = parts.map(|(at, part)| Span { text: fill(part, values), strong: at % 2 == 1 });
    Words(spans.filter(|span| !span.text.is_empty()).collect())
}

fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, from_brace)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = from_brace.split_once('}') else { break };
        let value = values.iter().find(|(key, _)| *key == name);
        debug_assert!(value.is_some(), "nothing to fill {{{name}}} with in {template:?}");
        out.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    out + rest
}

/// A list as people write it.
#[must_use]
pub(crate) fn list(lang: Lang, items: &[String]) -> String {
    items.join(separator(lang))
}

/// What stands between two items of a list.
#[must_use]
pub fn separator(lang: Lang) -> &'static str {
    match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    }
}
