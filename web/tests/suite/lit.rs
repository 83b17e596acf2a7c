//! Pointing at one thing lights it in every view.

use crate::mount::{Mounted, app, attribute, document, text};
use cutline_web::App;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, PointerEvent, PointerEventInit};

fn point_at(element: &Element) {
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    let event = PointerEvent::new_with_event_init_dict("pointerover", &init).unwrap();
    element.dispatch_event(&event).unwrap();
}

fn lit(page: &Mounted<App>) -> Vec<String> {
    page.all("[data-lit]").iter().map(|one| attribute(one, "data-thing")).collect()
}

#[wasm_bindgen_test]
async fn a_term_lights_its_row_and_its_recording_point_and_nothing_else() {
    let page = app().await;
    page.the("button.primary").dyn_into::<web_sys::HtmlElement>().unwrap().click();
    page.wait_for("a complete snapshot", |page| page.find("section.verdict.consistent").is_some()).await;
    crate::mount::rest(300).await;
    let before = page.the("svg.diagram").outer_html();
    let term = page.the(".equation .term");
    point_at(&term);
    let shown = lit(&page);
    assert!(shown.len() >= 3 && shown.iter().all(|things| things.starts_with("r0.0")), "{shown:?}");
    assert!(page.find("svg.diagram [data-lit] .recording").is_some() && page.find("tr.process[data-lit]").is_some());
    let after = page.the("svg.diagram").outer_html();
    assert_eq!(after.replace(" data-lit=\"\"", ""), before, "nothing else has changed");
    point_at(&document().body().unwrap());
    assert_eq!(lit(&page), [""; 0]);
}

#[wasm_bindgen_test]
async fn the_focus_lights_too_and_what_comes_later_is_lit_with_it() {
    let page = app().await;
    let head = page.all("button.head")[0].clone().dyn_into::<web_sys::HtmlElement>().unwrap();
    head.focus().unwrap();
    assert_eq!(lit(&page), ["p0", "p0"], "the head and the line of P1");
    page.the("button.primary").dyn_into::<web_sys::HtmlElement>().unwrap().click();
    page.wait_for("a recording point", |page| page.find(".recording").is_some()).await;
    page.wait_for("its light", |page| page.find("[data-lit] .recording").is_some()).await;
    head.blur().unwrap();
    assert_eq!(lit(&page), [""; 0]);
    assert!(text(&page.the(".equation")).contains("70"));
}
