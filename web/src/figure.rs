//! The space-time diagram: the part of it that is in sight, the heads of the processes and their menus.

use crate::arrivals::use_arrivals;
use crate::figure_items::{Items, head_on_paper};
use crate::figure_tools::figure_tools;
use crate::gesture::{Hands, placed, use_hands};
use crate::measure::use_room;
use crate::minimap::{STRETCHES, minimap};
use crate::picture::Picture;
use crate::process_menu::ProcessMenu;
use crate::scrolling::{Scrolling, use_scrolling};
use crate::shared::SharedProps;
use cutline_core::{Action, ProcessId, SnapshotId};
use cutline_diagram::{Orientation, Overview, Scene};
use cutline_session::{Msg, Room, Session, Text};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Below this width the diagram uses its tighter measures, in pixels.
const COMPACT_BELOW: i32 = 640;
/// The most that the menu of a process takes, in pixels.
const MENU_WIDTH: i32 = 330;
/// How far it may reach beyond the figure, in pixels.
const BEYOND: i32 = 90;
/// The height of the foot with the whole run and the tools, in pixels.
const FOOT: i32 = 46;
/// What may stick out of the room without being missed, since the lines only run on there, in pixels.
const NOTHING: i32 = 12;

/// The diagram.
#[component]
pub fn Figure(props: &SharedProps) -> Html {
    let figure = use_node_ref();
    let pointed_at = use_state(|| None);
    let by_key = use_mut_ref(|| false);
    let hands = use_hands(&figure, &props.session, &props.tell);
    let scrolling = use_scrolling(&props.tell);
    let measured = use_room(figure.clone());
    let session = props.session.read();
    let arrivals = use_arrivals(&session);
    let laid_out = measured.map(|measured| LaidOut::new(&session, measured, &scrolling));
    let chart = session.chart();
    let strip = laid_out.as_ref().filter(|laid_out| laid_out.overflows).map(|laid_out| laid_out.scene.frame);
    // The length stands for the zoom, the steps for the run.
    let overview = use_memo((strip.map(|frame| (frame.length, frame.column)), chart), |(length, chart)| {
        length.and(strip).map(|frame| Overview::new(chart, &frame, STRETCHES))
    });
    let frame = laid_out.as_ref().map(|laid_out| laid_out.scene.frame);
    let painted = scrolling.clone();
    use_effect(move || painted.painted(frame));
    // When a cut is finished, or another one is chosen, that is what is to be seen.
    let stretch = laid_out.as_ref().and_then(|laid_out| laid_out.scene.cut_span);
    let finished = session.shown().map(|shown| (shown, session.world().snapshots()[shown.index()].is_complete()));
    let to_cut = scrolling.clone();
    let cut_before = use_mut_ref(|| None);
    use_effect_with((finished, measured), move |_| {
        let chosen = |cut: Option<(SnapshotId, bool)>| cut.map(|(shown, _)| shown);
        match cut_before.replace(Some(finished)) {
            // Only the room is another.
            Some(before) if before == finished => {
                if to_cut.is_left_alone() {
                    to_cut.show(stretch, true);
                }
            }
            // One that is chosen is looked for wherever it is; one that is finished, beside the present.
            Some(before) => to_cut.show(stretch, before.is_none() || chosen(before) == chosen(finished)),
            None => to_cut.show(stretch, true),
        }
    });
    let own_cut = session.cut_line();
    let (to_handle, line_before) = (scrolling.clone(), use_mut_ref(|| None));
    use_effect_with(own_cut, move |line| {
        let before: Option<Vec<usize>> = line_before.replace(line.clone());
        if let (Some(before), Some(line), Some(frame)) = (before, line, frame) {
            let moved: Vec<_> = before.iter().zip(line).filter(|(before, now)| before != now).collect();
            // Where several move at once, none is in hand.
            if let [(_, step)] = moved[..] {
                to_handle.keep_in_sight(frame.after(*step));
            }
        }
    });
    let (again, element) = (by_key.clone(), figure.clone());
    use_effect_with(session.step(), move |_| {
        if again.replace(false) {
            focus_next(&element);
        }
    });
    let Some(LaidOut { scene, compact, overflows, .. }) = laid_out else {
        return html! { <div class="figure" ref={figure}></div> };
    };

    let deliver = {
        let (tell, by_key) = (props.tell.clone(), by_key.clone());
        Callback::from(move |(action, key): (Action, bool)| {
            by_key.replace(key);
            tell.emit(Msg::Do(action));
        })
    };
    let open = {
        let (tell, pointed_at, figure) = (props.tell.clone(), pointed_at.clone(), figure.clone());
        Callback::from(move |(process, client): (ProcessId, Option<(i32, i32)>)| {
            let corner = figure.cast::<Element>().map(|figure| figure.get_bounding_client_rect());
            let corner = corner.map_or((0, 0), |corner| (corner.left() as i32, corner.top() as i32));
            pointed_at.set(client.map(|(x, y)| (x - corner.0, y - corner.1)));
            tell.emit(Msg::OpenMenu(process));
        })
    };
    let frame = scene.frame;
    hands.paints(frame);
    let down = frame.orientation == Orientation::Down;
    let picture = Picture { frame, space: scrolling.space.clone() };
    let tell = props.tell.clone();
    let items =
        Items { session: &session, things: session.things(), scene: &scene, arrivals, open, deliver, tell, picture };
    let classes = classes!(
        "figure",
        compact.then_some("compact"),
        down.then_some("down"),
        frame.has_close_lanes().then_some("close"),
        overflows.then_some("long")
    );
    let least = if down { String::new() } else { format!("min-height:{}px", frame.least_breadth + FOOT) };
    let heads_size =
        if down { format!("height:{}px", frame.lanes_from) } else { format!("width:{}px", frame.lanes_from) };
    let part = scrolling.part(frame.length);
    let strip = (*overview)
        .as_ref()
        .map(|overview| minimap(&session, overview, &frame, part, scrolling.slider.clone(), &scrolling.moved()));
    html! {
        <div class={classes} ref={figure} ~style={least} onpointerdown={hands.on_pointer_down()}
            onclick={hands.on_click()} oncontextmenu={hands.on_context_menu()} onfocusin={hands.on_focus_in()} onkeydown={hands.on_key_down()}>
            <div class="scroll" ref={scrolling.element.clone()} role="region"
                aria-label={session.say(Text::Diagram, &[])} tabindex={overflows.then_some("0")}>
                <div class="space" ref={scrolling.space.clone()}
                    ~style={format!("width:{}px;height:{}px", scene.width, scene.height)}>
                    <div class="heads" ~style={heads_size}>{ for scene.heads.iter().map(|head| items.head(head)) }</div>
                    { svg(&scene, &session, items.html()) }
                    { hands.overlay() }
                </div>
            </div>
            <div class="figure-foot">
                { strip.unwrap_or_default() }
                { figure_tools(&session, &props.tell, frame.orientation) }
            </div>
            { menu(props, &session, &scene, *pointed_at, measured, &hands) }
            { hands.menu(measured) }
        </div>
    }
}

/// The part of the picture that is laid out.
fn svg(scene: &Scene, session: &Session, items: Html) -> Html {
    let frame = scene.frame;
    let (corner, far) = (frame.point(scene.window.0, 0), frame.point(scene.window.1, frame.breadth));
    let (width, height) = (far.x - corner.x, far.y - corner.y);
    html! {
        <svg class="diagram" role="group" aria-label={session.summary()} width={width.to_string()}
            height={height.to_string()} viewBox={format!("{} {} {width} {height}", corner.x, corner.y)}
            ~style={format!("left:{}px;top:{}px", corner.x, corner.y)}>
            { items }
            { for scene.heads.iter().map(|head| head_on_paper(head, &frame, corner)) }
        </svg>
    }
}

/// A scene with how it lies in its room.
struct LaidOut {
    scene: Scene,
    compact: bool,
    /// Whether there is more of it than can be seen at once.
    overflows: bool,
}

impl LaidOut {
    fn new(session: &Session, (width, height): (i32, i32), scrolling: &Scrolling) -> Self {
        let compact = width < COMPACT_BELOW;
        // The foot lies under the picture, so that it hides nothing of it.
        let mut room = Room { width, height: (height - FOOT).max(FOOT), compact, window: None };
        let frame = session.frame_in(room);
        let seen = |frame: &cutline_diagram::Frame, room: &Room| match frame.orientation {
            Orientation::Across => room.width,
            Orientation::Down => room.height,
        };
        let overflows = frame.length > seen(&frame, &room) + NOTHING;
        let moment = session.settled_moment();
        room.window = Some(scrolling.viewport.borrow_mut().place(&frame, seen(&frame, &room), moment));
        Self { scene: session.scene_in(room), compact, overflows }
    }
}

/// The menu that is open, inside the figure's room.
fn menu(
    props: &SharedProps,
    session: &Session,
    scene: &Scene,
    at: Option<(i32, i32)>,
    room: Option<(i32, i32)>,
    hands: &Hands,
) -> Html {
    let Some(menu) = session.menu() else { return Html::default() };
    let (session, tell) = (props.session.clone(), props.tell.clone());
    if menu.drawn {
        return html! { <ProcessMenu key="drawn" {menu} style={placed(hands.place(), room)} {session} {tell} /> };
    }
    let head = scene.heads.iter().find(|head| head.process == menu.process).map_or(0, |head| head.lane);
    let beside = scene.frame.point(scene.frame.lanes_from, head);
    let (x, y) = match scene.frame.orientation {
        Orientation::Across => (at.map_or(beside.x, |(x, _)| x), beside.y),
        Orientation::Down => at.unwrap_or((beside.x, beside.y)),
    };
    let (width, height) = room.unwrap_or((x, y));
    let x = x.clamp(0, (width - MENU_WIDTH).max(0));
    let style = if y > height / 2 {
        format!("left:{x}px;bottom:{}px;--tallest:{}px", height - y - 26, y + 26 + BEYOND)
    } else {
        format!("left:{x}px;top:{}px;--tallest:{}px", y - 26, height - y + 26 + BEYOND)
    };
    let key = menu.process.0;
    html! { <ProcessMenu {key} {menu} {style} {session} {tell} /> }
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
