//! As much of XML as it takes to see that a text is well-formed.

/// Elements close in the order in which they open, attributes are quoted and stand once, and `<`, `>` and `&` are
/// escaped.
pub(crate) fn assert_well_formed(text: &str) {
    if let Err(why) = check(text) {
        panic!("not well-formed: {why}");
    }
}

fn check(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        characters(&rest[..at])?;
        let end = at + rest[at..].find('>').ok_or("a tag does not end")?;
        let tag = &rest[at + 1..end];
        if let Some(name) = tag.strip_prefix('/') {
            let expected = open.pop();
            if expected != Some(name) {
                return Err(format!("</{name}> where {expected:?} is open"));
            }
        } else {
            if open.is_empty() && at > 0 && !rest[..at].trim().is_empty() {
                return Err(format!("words outside of the document: {}", &rest[..at]));
            }
            let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            let name = element(tag)?;
            if !empty {
                open.push(name);
            }
        }
        rest = &rest[end + 1..];
        if open.is_empty() && !rest.trim().is_empty() {
            return Err(format!("more than one root: {rest}"));
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

/// The name of an element whose attributes are in order.
fn element(tag: &str) -> Result<&str, String> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphabetic()) {
        return Err(format!("an element called {name:?}"));
    }
    let mut seen = Vec::new();
    while !rest.is_empty() {
        let (attribute, after) = rest.split_once("=\"").ok_or_else(|| format!("no value: {rest:?} in <{tag}>"))?;
        let (value, after) = after.split_once('"').ok_or_else(|| format!("not closed: {attribute} in <{tag}>"))?;
        characters(value)?;
        if seen.contains(&attribute) || attribute.contains(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
            return Err(format!("the attribute {attribute:?} in <{tag}>"));
        }
        seen.push(attribute);
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    Ok(name)
}

/// Every `&` begins one of the entities that every reader of XML knows.
fn characters(text: &str) -> Result<(), String> {
    let known = ["amp;", "lt;", "gt;", "quot;", "apos;"];
    let loose = text.split('&').skip(1).find(|after| !known.iter().any(|entity| after.starts_with(entity)));
    if let Some(after) = loose {
        return Err(format!("a loose &: &{after}"));
    }
    let stray = text.contains(['<', '>']) || text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    if stray { Err(format!("a stray sign in {text:?}")) } else { Ok(()) }
}

/// The words of a text after the escapes are undone.
pub(crate) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

#[test]
fn the_check_finds_what_it_is_to_find() {
    assert_eq!(check("<a b=\"1\" c=\"&lt;2\"><d/>x &amp; y</a>\n"), Ok(()));
    for bad in [
        "<a><b></a></b>",
        "<a>",
        "<a></a><a></a>",
        "<a b=1></a>",
        "<a b=\"1\" b=\"2\"/>",
        "<a>x & y</a>",
        "<a>x > y</a>",
        "<a b=\"x<y\"></a>",
        "<a>\u{1}</a>",
        "<a<b&\"c\"/>",
    ] {
        assert!(check(bad).is_err(), "{bad}");
    }
}
