//! Elements of the document as a list.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, NodeList};

/// The elements that a selector found; none if the document does not understand it.
pub(crate) fn elements(found: Result<NodeList, JsValue>) -> Vec<Element> {
    let Ok(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}
