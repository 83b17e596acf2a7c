//! The space-time diagram, with the heads of the processes and their menus.

use crate::measure::use_room;
use crate::paint::paint;
use crate::process_menu::ProcessMenu;
use crate::shared::SharedProps;
use cutline_core::{Action, ProcessId};
use cutline_diagram::scene::Head;
use cutline_diagram::{Item, Scene, Target};
use cutline_session::thing::Things;
use cutline_session::{Msg, Session, Text, Thing};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Below this width the diagram uses its tighter measures, in pixels.
const COMPACT_BELOW: i32 = 640;
/// The most that the menu of a process takes, in pixels.
const MENU_WIDTH: i32 = 330;

/// The diagram.
#[component]
pub fn Figure(props: &SharedProps) -> Html {
    let frame = use_node_ref();
    let scroll = use_node_ref();
    let pointed_at = use_state(|| None);
    let by_key = use_mut_ref(|| false);
    let room = use_room(frame.clone());
    let session = props.session.read();
    let scene = room.map(|(width, height)| session.scene(width, height, width < COMPACT_BELOW));
    let now = scene.as_ref().map(|scene| (scene.frame.now, scene.width));
    use_effect_with((now, room, scroll.clone()), |(now, _, scroll)| keep_in_sight(*now, scroll));
    // When a cut is finished, or another one is chosen, that is what is to be seen.
    let span = scene.as_ref().and_then(|scene| Some((scene.cut_span?, scene.frame.lanes_from)));
    let finished = session.shown().map(|shown| (shown, session.world().snapshots()[shown.index()].is_complete()));
    let scrolled = scroll.clone();
    use_effect_with((finished, room.is_some()), move |_| show_cut(span, &scrolled));
    let (again, figure) = (by_key.clone(), frame.clone());
    use_effect_with(session.step(), move |_| {
        if again.replace(false) {
            focus_next(&figure);
        }
    });
    let Some(scene) = scene else { return html! { <div class="figure" ref={frame}></div> } };

    let deliver = {
        let (tell, by_key) = (props.tell.clone(), by_key.clone());
        Callback::from(move |(action, key): (Action, bool)| {
            by_key.replace(key);
            tell.emit(Msg::Do(action));
        })
    };
    let open = {
        let (tell, pointed_at, frame) = (props.tell.clone(), pointed_at.clone(), frame.clone());
        Callback::from(move |(process, client_x): (ProcessId, Option<i32>)| {
            let left = frame.cast::<Element>().map_or(0.0, |frame| frame.get_bounding_client_rect().left());
            pointed_at.set(client_x.map(|x| x - left as i32));
            tell.emit(Msg::OpenMenu(process));
        })
    };
    let compact = room.is_some_and(|(width, _)| width < COMPACT_BELOW);
    // Where there is more than room for, keys can scroll too.
    let wide = room.is_some_and(|(width, _)| width < scene.width);
    let things = session.things();
    let items = scene.items.iter().map(|item| item_html(item, &session, &things, &open, &deliver));
    let heads = scene.heads.iter().map(|head| head_html(head, &session, &open));
    html! {
        <div class={classes!("figure", compact.then_some("compact"))} ref={frame}
            ~style={format!("min-height:{}px", scene.frame.least_breadth)}>
            <div class="scroll" ref={scroll} role="region" aria-label={session.say(Text::Diagram, &[])}
                tabindex={wide.then_some("0")}>
                <svg class="diagram" role="group" aria-label={session.summary()} width={scene.width.to_string()}
                    height={scene.height.to_string()} viewBox={format!("0 0 {} {}", scene.width, scene.height)}>
                    { for items }
                </svg>
            </div>
            <div class="heads" ~style={format!("width:{}px", scene.frame.lanes_from)}>{ for heads }</div>
            { menu(props, &session, &scene, pointed_at.unwrap_or(scene.frame.lanes_from), room) }
        </div>
    }
}

/// Opens the menu of a process, beside its head or where one has pointed at its line.
type Open = Callback<(ProcessId, Option<i32>)>;
type Deliver = Callback<(Action, bool)>;

fn item_html(item: &Item, session: &Session, things: &Things<'_>, open: &Open, deliver: &Deliver) -> Html {
    let thing = things.on_diagram(item.key, item.target);
    let key = format!("{:?}", item.key);
    let marks: Html = item.marks.iter().enumerate().map(|(at, mark)| html! { <key={at}>{ paint(mark) }</> }).collect();
    match item.target {
        Some(Target::Process(process)) => {
            let onclick = open.reform(move |event: MouseEvent| (process, Some(event.client_x())));
            html! { <g {key} class="pointable" data-thing={thing} {onclick}>{ marks }</g> }
        }
        Some(target @ Target::Waiting(channel, position)) => {
            let action = Action::Deliver { channel, position };
            let label = session.label(target);
            let onclick = deliver.reform(move |_| (action, false));
            let onkeydown = {
                let deliver = deliver.clone();
                Callback::from(move |event: KeyboardEvent| {
                    if matches!(event.key().as_str(), "Enter" | " ") {
                        event.prevent_default();
                        deliver.emit((action, true));
                    }
                })
            };
            html! {
                <g {key} class="waiting" role="button" tabindex="0" aria-label={label.clone()} data-thing={thing} {onclick}
                    {onkeydown}>
                    <title>{ label }</title>
                    { marks }
                </g>
            }
        }
        Some(target) => html! {
            <g {key} class="pointable" data-thing={thing}><title>{ session.label(target) }</title>{ marks }</g>
        },
        None => html! { <g {key} data-thing={thing}>{ marks }</g> },
    }
}

fn head_html(head: &Head, session: &Session, open: &Open) -> Html {
    let process = head.process;
    let label = session.label(Target::Process(process));
    html! {
        <button key={process.0} class="head" data-thing={Thing::Process(process).to_string()} ~style={format!("top:{}px", head.lane)} aria-label={label.clone()}
            title={label} aria-haspopup="dialog" aria-expanded={(session.open_menu() == Some(process)).to_string()}
            onclick={open.reform(move |_| (process, None))}>
            <span class="name">{ &head.name }</span>{ " " }<span class="state">{ &head.state }</span>
        </button>
    }
}

/// The menu that is open, inside the figure's room.
fn menu(props: &SharedProps, session: &Session, scene: &Scene, x: i32, room: Option<(i32, i32)>) -> Html {
    let Some(menu) = session.menu() else { return Html::default() };
    let x = x.clamp(0, room.map_or(x, |(width, _)| (width - MENU_WIDTH).max(0)));
    let y = scene.heads.iter().find(|head| head.process == menu.process).map_or(0, |head| head.lane);
    let style = if y > scene.height / 2 {
        format!("left:{x}px;bottom:{}px", scene.height - y - 26)
    } else {
        format!("left:{x}px;top:{}px", y - 26)
    };
    let key = menu.process.0;
    html! { <ProcessMenu {key} {menu} {style} session={props.session.clone()} tell={props.tell.clone()} /> }
}

/// Scrolls a diagram that is wider than its room so that the present can be seen.
fn keep_in_sight(now: Option<(i32, i32)>, scroll: &NodeRef) {
    let (Some((now_x, width)), Some(element)) = (now, scroll.cast::<Element>()) else { return };
    let room = element.client_width();
    if width > room {
        let (left, right) = (element.scroll_left(), element.scroll_left() + room);
        if now_x + 60 > right || now_x - 160 < left {
            element.set_scroll_left(now_x + 90 - room);
        }
    }
}

/// Scrolls so that the whole of a cut can be seen, or at least its beginning.
fn show_cut(span: Option<((i32, i32), i32)>, scroll: &NodeRef) {
    let (Some(((left, right), lanes_x)), Some(element)) = (span, scroll.cast::<Element>()) else { return };
    let (from, room) = (element.scroll_left(), element.client_width());
    if left < from + lanes_x || right > from + room {
        element.set_scroll_left(left - lanes_x - 24);
    }
}

/// After a delivery by key the handle is gone; the focus moves on to the next, or to the step button.
fn focus_next(figure: &NodeRef) {
    let Some(element) = figure.cast::<Element>() else { return };
    let next = element.query_selector("g.waiting").ok().flatten();
    let next = next.or_else(|| element.owner_document()?.query_selector("[data-step-forward]").ok().flatten());
    let next = next.or_else(|| element.query_selector("button.head").ok().flatten());
    match next.map(JsCast::dyn_into::<HtmlElement>) {
        Some(Ok(element)) => _ = element.focus(),
        Some(Err(element)) => _ = element.dyn_into::<web_sys::SvgElement>().map(|element| element.focus()),
        None => {}
    }
}
