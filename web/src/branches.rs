//! The tree of branches, and the current one beside another.

use crate::shared::SharedProps;
use cutline_session::branches::{Branch, Comparison, Line, SnapshotComparison};
use cutline_session::catalogue::branches::BranchText;
use cutline_session::{BranchMsg, LookMsg, Msg, Session, Text};
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

/// The height of a line of the tree in pixels; the style sheet has the same.
const ROW: usize = 52;
/// The width of the drawing of the tree in pixels; the style sheet has the same.
const TREE: usize = 100;
/// The room left and right of it.
const MARGIN: usize = 10;

/// The tree and the comparison; nothing while it is closed.
#[component]
pub fn Branches(props: &SharedProps) -> Html {
    let session = props.session.read();
    let panel = use_node_ref();
    let opened = panel.clone();
    use_effect_with(session.shows_branches(), move |_| show_if_hidden(&opened));
    if !session.shows_branches() {
        return Html::default();
    }
    let tree = session.branch_tree();
    let current = session.branch().0;
    let rows = tree.iter().enumerate().map(|(at, branch)| row(props, &session, at, branch, current));
    let compared = match session.comparison() {
        Some(comparison) => comparison_html(&session, &comparison),
        None => html! { <p class="hint">{ session.say(BranchText::ChooseOne, &[]) }</p> },
    };
    html! {
        <section class="branches" aria-labelledby="branches-title" tabindex="-1" ref={panel}>
            <div class="tree">
                <div class="menu-title">
                    <h2 id="branches-title">{ session.say(BranchText::Tree, &[]) }</h2>
                    <button class="quiet icon" aria-label={session.say(Text::Close, &[])}
                        onclick={props.tell.reform(|_| Msg::Branch(BranchMsg::Toggle))}>{ "×" }</button>
                </div>
                <p class="hint">{ session.say(BranchText::HowTheyComeAbout, &[]) }</p>
                <div class="rows" role="group" aria-labelledby="branches-title">
                    { drawing(&session, &tree, current) }
                    <ul>{ for rows }</ul>
                </div>
            </div>
            <div class="compared" tabindex="0" role="region" aria-label={session.say(BranchText::Compared, &[])}>{ compared }</div>
        </section>
    }
}

/// Brings a panel that opens below the window into it, with the focus.
fn show_if_hidden(panel: &NodeRef) {
    let Some(panel) = panel.cast::<HtmlElement>() else { return };
    let window = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    let top = panel.get_bounding_client_rect().top();
    // Bars at the edge of the window cover some of it.
    if window.is_some_and(|height| top > height * 0.7) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Start);
        panel.scroll_into_view_with_scroll_into_view_options(&options);
        _ = panel.focus();
    }
}

fn along(step: usize, longest: usize) -> usize {
    MARGIN + step * (TREE - 2 * MARGIN) / longest.max(1)
}

/// Every branch as a line along its steps, hung from the place where it leaves another.
fn drawing(session: &Session, tree: &[Branch], current: usize) -> Html {
    let longest = tree.iter().map(|branch| branch.steps).max().unwrap_or(0);
    let middle = |at: usize| at * ROW + ROW / 2;
    let line = |(at, branch): (usize, &Branch)| {
        let (from, to) = (along(branch.forks_at, longest), along(branch.steps, longest));
        let hung = branch.leaves.map(|leaves| format!("V{}", middle(leaves) + 4)).unwrap_or_default();
        let path = format!("M{to} {}H{from}{hung}", middle(at));
        let class = classes!("way", (at == current).then_some("current"));
        html! {
            <g key={at} {class}>
                <path d={path} />
                <circle cx={to.to_string()} cy={middle(at).to_string()} r="3.5" />
            </g>
        }
    };
    let height = (tree.len() * ROW).to_string();
    let now = along(session.step(), longest).to_string();
    html! {
        <svg class="ways" width={TREE.to_string()} height={height} aria-hidden="true">
            { for tree.iter().enumerate().map(line) }
            <circle class="here" cx={now} cy={middle(current).to_string()} r="6" />
        </svg>
    }
}

fn row(props: &SharedProps, session: &Session, at: usize, branch: &Branch, current: usize) -> Html {
    let n = (at + 1).to_string();
    let place = match branch.leaves {
        Some(leaves) => {
            let (step, from) = (branch.forks_at.to_string(), (leaves + 1).to_string());
            let deed = branch.first.map(|first| session.deed(first));
            match deed {
                Some(deed) => session.say(BranchText::Forks, &[("step", &step), ("from", &from), ("deed", &deed)]),
                None => session.say(BranchText::IsBeginning, &[("step", &step), ("from", &from)]),
            }
        }
        None => session.say(BranchText::First, &[]),
    };
    let steps = if branch.steps == 1 { BranchText::OneStep } else { BranchText::Steps };
    let steps = session.say(steps, &[("steps", &branch.steps.to_string())]);
    let tip = branch.tip;
    let is_current = at == current;
    let beside = if is_current {
        html! { <span class="mark">{ session.say(BranchText::Current, &[]) }</span> }
    } else {
        let (text, label, other) = if session.ghost() == Some(tip) {
            (BranchText::StopComparing, BranchText::StopComparingWith, None)
        } else {
            (BranchText::Compare, BranchText::CompareWith, Some(tip))
        };
        html! {
            <button class={classes!("chip", other.is_none().then_some("on"))} aria-label={session.say(label, &[("n", &n)])}
                onclick={props.tell.reform(move |_| Msg::Look(LookMsg::Compare(other)))}>
                { session.say(text, &[]) }
            </button>
        }
    };
    html! {
        <li key={at}>
            <button class="to-branch" aria-current={is_current.then_some("true")} title={place.clone()}
                onclick={props.tell.reform(move |_| Msg::Branch(BranchMsg::Switch(tip)))}>
                <b>{ n }</b>{ " " }
                <span class="place">{ place }</span>{ " " }
                <small>{ steps }</small>
            </button>
            { beside }
        </li>
    }
}

fn comparison_html(session: &Session, comparison: &Comparison) -> Html {
    let parted = match comparison.common {
        0 => session.say(BranchText::PartAtStart, &[]),
        step => session.say(BranchText::Part, &[("step", &step.to_string())]),
    };
    let then = |side: usize| {
        let n = comparison.numbers[side].to_string();
        let deed = &comparison.next[side];
        let text = if deed.is_empty() { BranchText::EndsThere } else { BranchText::ThenOn };
        let values = [("n", &*n), ("deed", deed)];
        let known = if deed.is_empty() { &values[..1] } else { &values[..] };
        html! { <li key={side}>{ session.say(text, known) }</li> }
    };
    let snapshots: Html = if comparison.snapshots.is_empty() {
        html! { <p class="hint">{ session.say(BranchText::NoSnapshots, &[]) }</p> }
    } else {
        comparison.snapshots.iter().map(|snapshot| snapshot_html(session, comparison, snapshot)).collect()
    };
    html! {
        <>
            <p class="parted">{ parted }</p>
            <ul class="then">{ for (0..2).map(then) }</ul>
            { snapshots }
        </>
    }
}

fn snapshot_html(session: &Session, comparison: &Comparison, snapshot: &SnapshotComparison) -> Html {
    let id = snapshot.snapshot;
    let head = |side: usize| {
        let n = comparison.numbers[side].to_string();
        html! { <th key={side} scope="col">{ session.say(BranchText::Branch, &[("n", &n)]) }</th> }
    };
    let standing = |side: usize| html! { <td key={side}><strong>{ &snapshot.standing_words[side] }</strong></td> };
    let same = snapshot.lines.iter().all(|line| !line.differs);
    html! {
        <div key={id.0} class={format!("compared-snapshot s{}", id.0 % 4)}>
            <h3><i class="dot"></i>{ session.say(Text::SnapshotN, &[("n", &Session::number(id))]) }</h3>
            <table>
                <thead><tr><th scope="col"><span class="unseen">{ session.say(BranchText::Recorded, &[]) }</span></th>{ for (0..2).map(head) }</tr></thead>
                <tbody>
                    { for snapshot.lines.iter().enumerate().map(|(at, line)| line_html(session, at, line)) }
                    <tr class="standing"><th scope="row">{ session.say(Text::RecordedState, &[]) }</th>{ for (0..2).map(standing) }</tr>
                </tbody>
            </table>
            if same {
                <p class="hint">{ session.say(BranchText::SameRecorded, &[]) }</p>
            }
        </div>
    }
}

fn line_html(session: &Session, at: usize, line: &Line) -> Html {
    let cell = |side: usize| {
        let recorded = if line.recorded[side].is_empty() { "–" } else { &line.recorded[side] };
        let step = line.at[side].map(|step| {
            html! { <small>{ session.say(BranchText::AtStep, &[("step", &step.to_string())]) }</small> }
        });
        html! { <td key={side}><span class="value">{ recorded }</span>{ " " }{ step.unwrap_or_default() }</td> }
    };
    // Not by colour alone: a sign, and the word for those who hear it.
    let sign = line.differs.then(|| {
        html! { <><span class="differs" aria-hidden="true">{ "≠" }</span><span class="unseen">{ session.say(BranchText::Differs, &[]) }</span></> }
    });
    html! {
        <tr key={at} class={line.differs.then_some("differing")}>
            <th scope="row">{ &line.name }{ " " }{ sign.unwrap_or_default() }</th>
            { for (0..2).map(cell) }
        </tr>
    }
}
