//! What the JSON reader complains of, in words for people who do not know how it is made.

/// Its name for what was expected, and ours.
const EXPECTED: [(&str, &str); 14] = [
    ("u16", "a whole number from 0 to 65535"),
    ("u32", "a whole number from 0 to 4294967295"),
    ("usize", "a whole number from 0"),
    ("i64", "a whole number"),
    ("a string", "a text in quotes"),
    ("a boolean", "true or false"),
    ("a sequence", "a list in brackets"),
    ("a map", "fields in braces"),
    ("a tuple of size 2", "a list of 2 entries"),
    ("tuple of 2 elements", "a list of 2 entries"),
    ("option", "a value"),
    ("struct", "fields in braces"),
    ("internally tagged enum", "fields in braces"),
    ("variant identifier", "a text in quotes"),
];

/// Its name for what it found, and ours.
const FOUND: [(&str, &str); 7] = [
    ("integer ", ""),
    ("floating point ", ""),
    ("string ", ""),
    ("boolean ", ""),
    ("null", "null"),
    ("map", "fields in braces"),
    ("sequence", "a list"),
];

/// Its complaints about the text as such, and ours.
const BROKEN: [(&str, &str); 9] = [
    ("EOF", "the text ends in the middle"),
    ("key must be a string", "expected the name of a field in quotes"),
    ("trailing comma", "a comma too much: nothing follows it"),
    ("trailing characters", "there is more than was expected"),
    ("expected value", "expected a value: a number, a text in quotes, a list or fields in braces"),
    ("expected ident", "expected a value: a number, a text in quotes, a list or fields in braces"),
    ("control character", "a line ends within a text in quotes"),
    ("recursion limit exceeded", "lists within lists, too many for any such file"),
    ("invalid number", "expected a number"),
];

/// A complaint in plain words; as it is, if it is plain already.
pub(crate) fn plain(message: &str) -> String {
    let reworded = |lead: &str, rule: fn(&str) -> Option<String>| message.strip_prefix(lead).and_then(rule);
    let broken = BROKEN.iter().find(|(begin, _)| message.starts_with(begin)).map(|(_, ours)| (*ours).to_owned());
    reworded("invalid type: ", mismatch)
        .or_else(|| reworded("invalid value: ", mismatch))
        .or_else(|| reworded("invalid length ", length))
        .or_else(|| reworded("missing field ", |name| Some(format!("the field {} is missing", unquoted(name)))))
        .or_else(|| reworded("duplicate field ", |name| Some(format!("the field {} is there twice", unquoted(name)))))
        .or_else(|| reworded("unknown field ", |rest| unknown("there is no field", rest)))
        .or_else(|| reworded("unknown variant ", |rest| unknown("this cannot be", rest)))
        .or(broken)
        .unwrap_or_else(|| unquoted(message))
}

fn mismatch(rest: &str) -> Option<String> {
    let (found, expected) = rest.rsplit_once(", expected ")?;
    let (lead, ours) = FOUND.iter().find(|(lead, _)| found.starts_with(lead)).copied().unwrap_or(("", ""));
    let found = if ours.is_empty() { unquoted(&found[lead.len()..]) } else { ours.to_owned() };
    Some(format!("expected {}, found {found}", wanted(expected)))
}

fn length(rest: &str) -> Option<String> {
    let (found, expected) = rest.split_once(", expected ")?;
    Some(format!("expected {}, found {found}", wanted(expected)))
}

fn wanted(expected: &str) -> String {
    let whole = |(theirs, _): &&(&str, &str)| {
        expected.strip_prefix(theirs).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    EXPECTED.iter().find(whole).map_or_else(|| unquoted(expected), |(_, ours)| (*ours).to_owned())
}

fn unknown(what: &str, rest: &str) -> Option<String> {
    let (name, known) = rest.split_once(", expected ")?;
    let known = known.strip_prefix("one of ").map_or_else(|| known.to_owned(), |known| format!("one of {known}"));
    Some(format!("{what}: {}; expected {}", unquoted(name), unquoted(&known)))
}

fn unquoted(text: &str) -> String {
    text.replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_reworded() {
        let cases = [
            ("invalid type: integer `1`, expected a string", "expected a text in quotes, found 1"),
            ("invalid value: integer `-1`, expected u16", "expected a whole number from 0 to 65535, found -1"),
            (
                "invalid type: string \"x, expected y\", expected u32",
                "expected a whole number from 0 to 4294967295, found \"x, expected y\"",
            ),
            ("invalid type: map, expected a sequence", "expected a list in brackets, found fields in braces"),
            ("invalid type: sequence, expected struct Faults", "expected fields in braces, found a list"),
            ("invalid length 3, expected a tuple of size 2", "expected a list of 2 entries, found 3"),
            ("missing field `initial`", "the field initial is missing"),
            ("duplicate field `name`", "the field name is there twice"),
            ("unknown field `link`, expected one of `a`, `b`", "there is no field: link; expected one of a, b"),
            ("unknown variant `lifo`, expected `fifo` or `bag`", "this cannot be: lifo; expected fifo or bag"),
            ("EOF while parsing a list", "the text ends in the middle"),
            ("expected `,` or `}`", "expected , or }"),
        ];
        for (theirs, ours) in cases {
            assert_eq!(plain(theirs), ours);
        }
    }
}
