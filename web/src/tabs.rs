//! The views below the recorded state, one at a time.

use crate::embed::{Part, use_shown};
use crate::events::Events;
use crate::legend::legend;
use crate::motion;
use crate::network::NetworkView;
use crate::rules::rules;
use crate::shared::SharedProps;
use cutline_session::catalogue::side::SideText;
use cutline_session::{Msg, SideMsg, Tab};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[component]
pub(crate) fn Tabs(props: &SharedProps) -> Html {
    let list = use_node_ref();
    let by_key = use_mut_ref(|| false);
    let session = props.session.read();
    let wanted = use_shown();
    let tabs: Vec<Tab> = Tab::ALL.into_iter().filter(|tab| wanted.has(part(*tab))).collect();
    let chosen = session.tab();
    let at = tabs.iter().position(|tab| *tab == chosen).unwrap_or(0);
    let shown = tabs.get(at).copied().unwrap_or_default();
    let (again, tablist) = (by_key.clone(), list.clone());
    use_effect_with(shown, move |_| {
        if again.replace(false) {
            focus_selected(&tablist);
        }
    });
    let view_ref = use_node_ref();
    let place = view_ref.clone();
    use_effect_with((session.step(), shown, session.lang()), move |_| show_active(&place));
    // Where the side is longer than its room, as in presenter mode, a tab that is turned to comes into sight.
    let (whole, first) = (use_node_ref(), use_mut_ref(|| true));
    let below = whole.clone();
    use_effect_with(shown, move |_| {
        if !first.replace(false) && motion::is_presenting() {
            below.cast::<Element>().iter().for_each(|below| below.scroll_into_view_with_bool(false));
        }
    });
    let onkeydown = {
        let (tell, tabs) = (props.tell.clone(), tabs.clone());
        Callback::from(move |event: KeyboardEvent| {
            let last = tabs.len().saturating_sub(1);
            let to = match event.key().as_str() {
                "ArrowRight" => at + 1,
                "ArrowLeft" => at + last,
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            let Some(to) = tabs.get(to % (last + 1)).copied() else { return };
            event.prevent_default();
            by_key.replace(true);
            tell.emit(Msg::Side(SideMsg::Turn(to)));
        })
    };
    let tab = |tab: Tab| {
        let on = tab == shown;
        html! {
            <button key={id(tab)} id={id(tab)} role="tab" aria-selected={on.to_string()} aria-controls="view"
                tabindex={if on { "0" } else { "-1" }}
                onclick={props.tell.reform(move |_| Msg::Side(SideMsg::Turn(tab)))}>{ session.say(tab.title(), &[]) }</button>
        }
    };
    let (of, tell) = (props.session.clone(), props.tell.clone());
    let view = match shown {
        Tab::Rules => rules(&session),
        Tab::Network => html! { <NetworkView session={of} {tell} /> },
        Tab::Events => html! { <Events session={of} {tell} /> },
        Tab::Signs => legend(&session),
    };
    // What has something to come to in it is no stop of its own.
    let tabindex = matches!(shown, Tab::Rules | Tab::Signs).then_some("0");
    html! {
        <div class="below" ref={whole}>
            <div role="tablist" aria-label={session.say(SideText::Tabs, &[])} ref={list} {onkeydown}>
                { for tabs.into_iter().map(tab) }
            </div>
            <div class="view" role="tabpanel" id="view" aria-labelledby={id(shown)} {tabindex} key={id(shown)} ref={view_ref}>{ view }</div>
        </div>
    }
}

/// By what an embedding page asks for it.
fn part(tab: Tab) -> Part {
    match tab {
        Tab::Rules => Part::Rules,
        Tab::Network => Part::Network,
        Tab::Events => Part::Events,
        Tab::Signs => Part::Signs,
    }
}

fn id(tab: Tab) -> &'static str {
    match tab {
        Tab::Rules => "tab-rules",
        Tab::Network => "tab-network",
        Tab::Events => "tab-events",
        Tab::Signs => "tab-signs",
    }
}

/// Scrolls the view, and nothing else, so that the rule at work can be seen.
fn show_active(view: &NodeRef) {
    let Some(view) = view.cast::<Element>() else { return };
    let Some(rule) = view.query_selector(".rules li.on").ok().flatten() else { return };
    let group = rule.closest("div").ok().flatten().unwrap_or_else(|| rule.clone()).get_bounding_client_rect();
    let (room, rule) = (view.get_bounding_client_rect(), rule.get_bounding_client_rect());
    if rule.bottom() > room.bottom() || rule.top() < room.top() {
        // With the heading that it stands under, if there is room for both.
        let first = if rule.bottom() - group.top() < room.height() - 8.0 { group.top() } else { rule.top() };
        view.set_scroll_top(view.scroll_top() + (first - room.top()) as i32 - 8);
    }
}

fn focus_selected(list: &NodeRef) {
    let selected = list.cast::<Element>().and_then(|list| list.query_selector("[aria-selected=true]").ok().flatten());
    if let Some(selected) = selected.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        _ = selected.focus();
    }
}
