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

    /// Its first sentence, and what comes after it.
    #[must_use]
    pub fn first_sentence(&self) -> (Self, Self) {
        let plain = self.plain();
        let stops = [plain.find(". ").map(|at| at + 1), plain.find('。').map(|at| at + '。'.len_utf8())];
        let mut left = stops.into_iter().flatten().min().unwrap_or(plain.len());
        let (mut first, mut rest) = (Self::default(), Self::default());
        for Span { text, strong } in &self.0 {
            let (before, after) = text.split_at(left.min(text.len()));
            left -= before.len();
            for (part, of) in [(&mut first, before), (&mut rest, after)] {
                if !of.is_empty() {
                    part.0.push(Span { text: of.into(), strong: *strong });
                }
            }
        }
        (first, rest)
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
        join(&mut out, value.map_or("", |(_, value)| value));
        rest = after;
        if out.ends_with(is_chinese) && rest.strip_prefix(' ').is_some_and(|next| next.starts_with(is_chinese)) {
            rest = &rest[1..];
        }
    }
    out + rest
}

/// Templates leave a space around what may be a number or a Latin name; between two Chinese signs there is none.
fn join(out: &mut String, value: &str) {
    if value.starts_with(is_chinese) && out.strip_suffix(' ').is_some_and(|before| before.ends_with(is_chinese)) {
        out.pop();
    }
    out.push_str(value);
}

fn is_chinese(sign: char) -> bool {
    ('\u{3001}'..='\u{9fff}').contains(&sign) || ('\u{ff01}'..='\u{ff5e}').contains(&sign)
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

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn there_is_no_space_between_two_chinese_signs() {
        let filled = |what| fill("让 {p} 的 {what} 到达", &[("p", "Ann"), ("what", what)]);
        assert_eq!([filled("20"), filled("许可")], ["让 Ann 的 20 到达", "让 Ann 的许可到达"]);
        assert_eq!(fill("{a} {b}", &[("a", "任务"), ("b", "许可")]), "任务许可");
        assert_eq!(fill("a {b} c", &[("b", "x")]), "a x c");
    }
}
