//! The network: processes, channels, and their queues.

use crate::measure::use_room;
use crate::shared::SharedProps;
use crate::traffic::traffic;
use cutline_core::{Action, ProcessId};
use cutline_diagram::Point;
use cutline_diagram::svg::{arrow_head, path};
use cutline_session::catalogue::events::EventsText;
use cutline_session::network::{Edge, Item, LARGE, Network, Node, Recording, Room};
use cutline_session::thing::Things;
use cutline_session::{Msg, Session, SideMsg, Thing};
use gloo_events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};
use yew::prelude::*;

/// How far an arrow key moves a process, in thousandths.
const NUDGE: i32 = 25;
/// A press that moves less is a click, in pixels.
const CLICK: i32 = 4;

/// A process in the hand.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Drag {
    process: ProcessId,
    /// From where the pointer set out.
    from: (i32, i32),
    /// Where the process is now, in thousandths; none as long as it may be a click.
    to: Option<(i32, i32)>,
}

/// The network view.
#[component]
pub fn NetworkView(props: &SharedProps) -> Html {
    let frame = use_node_ref();
    // What is in the hand is known at once; the picture follows with the next painting.
    let hand = use_mut_ref(|| None::<Drag>);
    let was_dragged = use_mut_ref(|| false);
    let dragged = use_state_eq(|| None::<(ProcessId, i32, i32)>);
    let by_key = use_mut_ref(|| false);
    let room = use_room(frame.clone());
    let session = props.session.read();
    let (again, figure) = (by_key.clone(), frame.clone());
    use_effect_with(session.step(), move |_| {
        if again.replace(false) {
            focus_next(&figure);
        }
    });
    let held = hand.clone();
    let touched = frame.clone();
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = touched.cast::<Element>().map(|frame| {
            EventListener::new_with_options(&frame, "touchmove", options, move |event| {
                // A finger that holds a process does not scroll.
                if held.borrow().is_some() && event.cancelable() {
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
    let drawing = room.map(|(width, height)| {
        let room = Room { width, height, count: session.topology().process_count() };
        let network = session.network(width, height, *dragged);
        let hands = Hands { props: props.clone(), frame: frame.clone(), hand, was_dragged, dragged, by_key, room };
        draw(&network, &session, &Rc::new(hands))
    });
    let arranged = !session.places().any();
    let arrange = props.tell.reform(|_| Msg::Side(SideMsg::Arrange));
    let in_circle = session.say(EventsText::InCircle, &[]);
    html! {
        <section class="network">
            <div class="graph" ref={frame}>{ drawing.unwrap_or_default() }</div>
            <p class="hint">{ session.say(EventsText::NetworkHint, &[]) }</p>
            <div class="row">
                { traffic(props, &session) }
                <span class="grow"></span>
                <button class="quiet icon" aria-disabled={arranged.to_string()} onclick={arrange}
                    aria-label={in_circle.clone()} title={in_circle}>
                    <svg class="sign" viewBox="0 0 20 20" aria-hidden="true">
                        <path d="M10 3.5a6.5 6.5 0 1 1-.01 0" stroke-dasharray="2.5 2.6" />
                        <path class="full" d="M10 1.8a1.7 1.7 0 1 1-.01 0M4.4 11.5a1.7 1.7 0 1 1-.01 0M15.6 11.5a1.7 1.7 0 1 1-.01 0" />
                    </svg>
                </button>
            </div>
        </section>
    }
}

/// What the hands on the network need.
struct Hands {
    props: SharedProps,
    frame: NodeRef,
    hand: Rc<RefCell<Option<Drag>>>,
    /// Whether the last press was a drag, so that the click that follows it means nothing.
    was_dragged: Rc<RefCell<bool>>,
    dragged: UseStateHandle<Option<(ProcessId, i32, i32)>>,
    by_key: Rc<RefCell<bool>>,
    room: Room,
}

fn draw(network: &Network, session: &Session, hands: &Rc<Hands>) -> Html {
    let things = session.things();
    let many = network.nodes.len() > LARGE || network.edges.len() > 60;
    let holds = |edge: &&Edge| network.items.iter().any(|item| item.waits.is_some_and(|(c, _)| c == edge.channel));
    let idle: String = if many {
        network.edges.iter().filter(|edge| !holds(edge)).map(|edge| path(edge.from, &[edge.way])).collect()
    } else {
        String::new()
    };
    let edges = network.edges.iter().filter(|edge| !many || holds(edge)).map(edge_html);
    let items = network.items.iter().map(|item| item_html(item, &things, hands));
    let nodes = network.nodes.iter().map(|node| node_html(node, session, hands));
    html! {
        <svg class={classes!("diagram", dense(network.nodes.len()))} role="group" aria-label={session.say(EventsText::Network, &[])}
            width={network.width.to_string()} height={network.height.to_string()}
            viewBox={format!("0 0 {} {}", network.width, network.height)}>
            <path class="idle-edges" d={idle} />
            <g>{ for edges }</g>
            <g>{ for nodes }</g>
            <g>{ for items }</g>
        </svg>
    }
}

/// The more there are, the smaller what is under way is drawn.
fn dense(processes: usize) -> Option<&'static str> {
    match processes {
        0..=LARGE => None,
        17..=32 => Some("dense"),
        _ => Some("dense denser"),
    }
}

fn edge_html(edge: &Edge) -> Html {
    let (recording, colour) = match edge.recording {
        Recording::NotStarted => (None, None),
        Recording::Open(snapshot) => (Some("open"), Some(format!("s{}", snapshot.0 % 4))),
        Recording::Closed(snapshot) => (Some("closed"), Some(format!("s{}", snapshot.0 % 4))),
    };
    let way = path(edge.from, &[edge.way]);
    let more = edge.more.map(|(n, at)| {
        html! { <text class="more-queued" x={at.x.to_string()} y={at.y.to_string()}>{ "+" }{ n }</text> }
    });
    html! {
        <g key={edge.channel.0} class={classes!("edge", recording, colour, (!edge.is_used).then_some("absent"))} role="img" aria-label={edge.label.clone()}
            data-thing={Thing::Channel(edge.channel).to_string()}>
            <title>{ &edge.label }</title>
            <path class="reach" d={way.clone()} /><path class="way" d={way} />
            <path class="way tip" d={arrow_head(edge.comes_from, edge.to)} />
            { more.unwrap_or_default() }
        </g>
    }
}

fn item_html(item: &Item, things: &Things<'_>, hands: &Rc<Hands>) -> Html {
    let colour = item.snapshot.map(|snapshot| format!("s{}", snapshot.0 % 4));
    let class = classes!("item", colour, item.ready.then_some("ready"), item.waits.is_none().then_some("arrived"));
    let style =
        format!("--x:{}px;--y:{}px;--from-x:{}px;--from-y:{}px", item.at.x, item.at.y, item.from.x, item.from.y);
    let shape = if item.snapshot.is_none() {
        let width = 12 + 9 * i32::try_from(item.words.chars().count()).unwrap_or(1).max(1);
        html! {
            <>
                <rect class="label" x={(-width / 2).to_string()} y="-10" width={width.to_string()} height="20" rx="10" />
                <text class="label" y="5" text-anchor="middle">{ &item.words }</text>
            </>
        }
    } else if item.is_report {
        html! { <circle class="marker-queued" r="7" /> }
    } else {
        html! { <path class="marker-sign" d="M0-9L9 0L0 9L-9 0z" /> }
    };
    let key = item.thing.to_string();
    let thing = things.of(item.thing);
    let Some((channel, position)) = item.waits else {
        return html! { <g {key} {class} ~style={style} aria-hidden="true">{ shape }</g> };
    };
    let action = Action::Deliver { channel, position };
    let onclick = hands.props.tell.reform(move |_| Msg::Do(action));
    let onkeydown = {
        let hands = hands.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                hands.by_key.replace(true);
                hands.props.tell.emit(Msg::Do(action));
            }
        })
    };
    html! {
        <g {key} {class} ~style={style} role="button" tabindex={item.ready.then_some("0")} aria-disabled={(!item.ready).to_string()}
            aria-label={item.label.clone()} data-thing={thing} {onclick} {onkeydown}>
            <title>{ &item.label }</title>
            <circle class="hit-area" r="14" />
            { shape }
        </g>
    }
}

fn node_html(node: &Node, session: &Session, hands: &Rc<Hands>) -> Html {
    let process = node.process;
    let colour = node.recorded.map(|snapshot| format!("recorded s{}", snapshot.0 % 4));
    let held = hands.dragged.is_some_and(|(dragged, ..)| dragged == process);
    let words = match node.beside {
        Some(at) => {
            html! { <text class="name small" x={(at.x - node.at.x).to_string()} y={(at.y - node.at.y).to_string()} text-anchor="middle">{ &node.name }</text> }
        }
        None => html! {
            <>
                <text class="name" y="-1" text-anchor="middle">{ &node.name }</text>{ " " }
                <text class="state" y="13" text-anchor="middle">{ &node.state }</text>
            </>
        },
    };
    html! {
        <g key={process.0} class={classes!("node", colour, held.then_some("held"), (!node.is_here).then_some("absent"))} role="button" tabindex="0"
            transform={format!("translate({} {})", node.at.x, node.at.y)} aria-label={node.label.clone()}
            aria-haspopup="dialog" data-thing={Thing::Process(process).to_string()} data-node={process.0.to_string()}
            onpointerdown={take(hands, process)} onpointermove={carry(hands)} onpointerup={put_down(hands)}
            onpointercancel={let_go(hands)} onclick={open(hands, process)} onkeydown={by_keys(hands, process, session.places().of(process, hands.room.count))}>
            <title>{ &node.label }</title>
            <circle class="hit-area" r={node.radius.max(14).to_string()} />
            <circle class="body" r={node.radius.to_string()} />
            { words }
        </g>
    }
}

fn take(hands: &Rc<Hands>, process: ProcessId) -> Callback<PointerEvent> {
    let hands = hands.clone();
    Callback::from(move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(mark) = event.target_dyn_into::<Element>() {
            // A pointer that is gone already cannot be captured, and then there is nothing to drag.
            _ = mark.set_pointer_capture(event.pointer_id());
        }
        hands.was_dragged.replace(false);
        hands.hand.replace(Some(Drag { process, from: (event.client_x(), event.client_y()), to: None }));
    })
}

fn carry(hands: &Rc<Hands>) -> Callback<PointerEvent> {
    let hands = hands.clone();
    Callback::from(move |event: PointerEvent| {
        let (Some(drag), Some(frame)) = (*hands.hand.borrow(), hands.frame.cast::<Element>()) else { return };
        let (x, y) = (event.client_x(), event.client_y());
        let far = (x - drag.from.0).abs().max((y - drag.from.1).abs()) > CLICK;
        if far || drag.to.is_some() {
            let bounds = frame.get_bounding_client_rect();
            let at = Point { x: x - bounds.left() as i32, y: y - bounds.top() as i32 };
            let (x, y) = hands.room.place(at);
            hands.hand.replace(Some(Drag { to: Some((x, y)), ..drag }));
            hands.dragged.set(Some((drag.process, x, y)));
        }
    })
}

fn put_down(hands: &Rc<Hands>) -> Callback<PointerEvent> {
    let hands = hands.clone();
    Callback::from(move |_: PointerEvent| {
        let Some(drag) = hands.hand.take() else { return };
        hands.dragged.set(None);
        if let Some((x, y)) = drag.to {
            hands.was_dragged.replace(true);
            hands.props.tell.emit(Msg::Side(SideMsg::Place(drag.process, x, y)));
        }
    })
}

/// Only at the click: what opens earlier would get the click itself.
fn open(hands: &Rc<Hands>, process: ProcessId) -> Callback<MouseEvent> {
    let hands = hands.clone();
    Callback::from(move |_: MouseEvent| {
        if !hands.was_dragged.replace(false) {
            hands.props.tell.emit(Msg::OpenMenu(process));
        }
    })
}

fn let_go(hands: &Rc<Hands>) -> Callback<PointerEvent> {
    let hands = hands.clone();
    Callback::from(move |_: PointerEvent| {
        hands.hand.take();
        hands.dragged.set(None);
    })
}

fn by_keys(hands: &Rc<Hands>, process: ProcessId, (x, y): (i32, i32)) -> Callback<KeyboardEvent> {
    let hands = hands.clone();
    Callback::from(move |event: KeyboardEvent| {
        let msg = match event.key().as_str() {
            "ArrowRight" => Msg::Side(SideMsg::Place(process, x + NUDGE, y)),
            "ArrowLeft" => Msg::Side(SideMsg::Place(process, x - NUDGE, y)),
            "ArrowUp" => Msg::Side(SideMsg::Place(process, x, y - NUDGE)),
            "ArrowDown" => Msg::Side(SideMsg::Place(process, x, y + NUDGE)),
            "Enter" | " " => Msg::OpenMenu(process),
            _ => return,
        };
        event.prevent_default();
        hands.props.tell.emit(msg);
    })
}

/// After a delivery by key the focus moves on to what can be delivered next, or to a process.
fn focus_next(frame: &NodeRef) {
    let Some(frame) = frame.cast::<Element>() else { return };
    let found = |selector: &str| frame.query_selector(selector).ok().flatten();
    let next = found(".item.ready").or_else(|| found(".node")).and_then(|next| next.dyn_into::<SvgElement>().ok());
    next.into_iter().for_each(|next| _ = next.focus());
}
