//! The recorded global state as a table, its equation, and how far it has come.

use crate::shared::SharedProps;
use cutline_core::SnapshotId;
use cutline_session::catalogue::side::SideText;
use cutline_session::panel::{Cell, Equation, Row, Stage, Subject, Term};
use cutline_session::separator;
use cutline_session::thing::{Things, tokens};
use cutline_session::{Lang, Msg, Session, Text, Thing};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The table with what belongs to it; `answer`, the verdict on it, comes before it.
pub(crate) fn recorded(props: &SharedProps, session: &Session, answer: Html) -> Html {
    let rows = session.rows();
    let things = session.things();
    let table = if rows.is_empty() {
        html! { <p class="none">{ session.say(Text::NothingRecorded, &[]) }</p> }
    } else {
        html! {
            <table>
                <thead class="unseen"><tr>
                    <th scope="col">{ session.say(Text::ProcessColumn, &[]) }</th>
                    <th scope="col">{ session.say(Text::HowColumn, &[]) }</th>
                    <th scope="col">{ session.say(Text::StateColumn, &[]) }</th>
                </tr></thead>
                <tbody>{ for rows.iter().enumerate().map(|(at, row)| row_html(at, row, session, &things)) }</tbody>
            </table>
        }
    };
    let equation = session.equation().map(|equation| equation_html(&equation, &things));
    html! {
        <section class="recorded">
            <h2><i class="dot"></i>{ session.say(Text::RecordedState, &[]) }</h2>
            { chips(props, session) }
            { answer }
            { table }
            { equation.unwrap_or_default() }
            { counts(session) }
        </section>
    }
}

fn row_html(at: usize, row: &Row, session: &Session, things: &Things<'_>) -> Html {
    let cell = match &row.cell {
        Cell::NotYet(text) | Cell::Empty(text) => html! { <span class="none">{ text }</span> },
        Cell::State(state) => html! { <>{ state }</> },
        Cell::Messages(messages) => {
            let pill = |term: &Term| {
                let thing = things.of(term.thing);
                html! { <span key={thing.clone()} class="pill" data-thing={thing}>{ &term.words }</span> }
            };
            messages.iter().map(pill).collect()
        }
    };
    let key = format!("{:?} {at}", row.subject);
    let thing = match &row.names[..] {
        [name] => Some(things.of(name.thing)),
        _ => None,
    };
    let several = (row.subject == Subject::Channels).then(|| tokens(&row.things));
    match row.subject {
        Subject::Process(_) => html! {
            <tr {key} class="process" data-thing={thing}>
                <th scope="row">{ stage_html(row.stage, session) }{ &row.name }</th><td class="how">{ &row.how }</td><td>{ cell }</td>
            </tr>
        },
        // Names of channels are long: they take the place of the second column too.
        Subject::Channel(_) | Subject::Channels => html! {
            <tr {key} class="channel" data-thing={thing} data-things={several}>
                <th scope="row" colspan="2">{ stage_html(row.stage, session) }{ names_html(row, session.lang(), things) }</th>
                <td><span class="how">{ &row.how }</span>{ cell }</td>
            </tr>
        },
    }
}

fn names_html(row: &Row, lang: Lang, things: &Things<'_>) -> Html {
    let name = |(at, term): (usize, &Term)| {
        let before = if at > 0 { separator(lang) } else { "" };
        html! {
            <span key={at}>{ before }<span class="name-of" data-thing={things.of(term.thing)}>{ &term.words }</span></span>
        }
    };
    let more = row.more.as_ref().map(|more| html! { <span key="more">{ separator(lang) }{ more }</span> });
    row.names.iter().enumerate().map(name).chain(more).collect()
}

fn equation_html(equation: &Equation, things: &Things<'_>) -> Html {
    let term = |(at, term): (usize, &Term)| {
        let plus = if at > 0 {
            html! { <i>{ "+" }</i> }
        } else {
            Html::default()
        };
        let class = if term.is_in_channel() { "pill" } else { "term" };
        html! {
            <span key={at} class="addend">
                { plus }<span {class} tabindex="0" data-thing={things.of(term.thing)}>{ &term.words }</span>
            </span>
        }
    };
    html! {
        <p class={classes!("equation", equation.wrong.then_some("wrong"))}>
            { for equation.terms.iter().enumerate().map(term) }
            <i>{ "=" }</i><span class="sum">{ &equation.sum }</span><i>{ &equation.remark }</i>
        </p>
    }
}

/// How far the recording of a process or a channel has come: a sign, and the words for those who hear it.
fn stage_html(stage: Stage, session: &Session) -> Html {
    let (class, text) = match stage {
        Stage::NotStarted => ("stage-sign", SideText::StageNot),
        Stage::Recording => ("stage-sign half", SideText::StageRecording),
        Stage::Done => ("stage-sign full", SideText::StageDone),
    };
    let words = session.say(text, &[]);
    html! { <i {class} role="img" aria-label={words.clone()} title={words}></i> }
}

/// Who is done, and the markers against the theory.
fn counts(session: &Session) -> Html {
    let Some((done, markers)) = session.done_words().zip(session.marker_words()) else { return Html::default() };
    let space = if session.lang() == Lang::En { " " } else { "" };
    // Reports, and who has got them, where parts are collected.
    let rest = session.shown().map(|shown| session.tally_words(shown)).unwrap_or_default().into_iter().skip(1);
    let line = |(at, words): (usize, String)| html! { <p key={at} class="reports">{ words }</p> };
    html! { <><p class="markers">{ done }{ space }{ markers }</p>{ for rest.enumerate().map(line) }</> }
}

/// So many snapshots have a button each.
const CHIPS: usize = 4;

/// The same as a list, where they are many.
#[component]
fn SnapshotList(props: &SharedProps) -> Html {
    let session = props.session.read();
    let (begun, shown, field) = (session.begun(), session.shown(), use_node_ref());
    let at = begun.iter().position(|snapshot| shown == Some(*snapshot));
    let list = field.clone();
    // The browser leaves an option alone that the reader has once chosen, whatever its attribute says.
    use_effect_with((at, begun.len()), move |(at, _)| {
        let at = at.and_then(|at| i32::try_from(at).ok());
        list.cast::<HtmlSelectElement>().zip(at).into_iter().for_each(|(list, at)| list.set_selected_index(at));
    });
    let option = |snapshot: &SnapshotId| {
        let label = session.say(Text::SnapshotN, &[("n", &Session::number(*snapshot))]);
        let standing = session.standing_words(session.standing(*snapshot));
        let words = session.say(SideText::SnapshotStands, &[("snapshot", &label), ("standing", &standing)]);
        html! { <option key={snapshot.0} selected={shown == Some(*snapshot)}>{ words }</option> }
    };
    let options: Html = begun.iter().map(option).collect();
    let label = session.say(SideText::Snapshots, &[]);
    let tell = props.tell.clone();
    let onchange = Callback::from(move |event: Event| {
        let at =
            event.target_dyn_into::<HtmlSelectElement>().and_then(|list| usize::try_from(list.selected_index()).ok());
        at.and_then(|at| begun.get(at)).into_iter().for_each(|snapshot| tell.emit(Msg::Show(*snapshot)));
    });
    html! { <div class="chips"><select ref={field} aria-label={label} {onchange}>{ options }</select></div> }
}

/// One button a snapshot, to choose whose cut is shown; with how it stands.
fn chips(props: &SharedProps, session: &Session) -> Html {
    let begun = session.begun();
    if begun.len() < 2 {
        return Html::default();
    }
    let shown = session.shown();
    if begun.len() > CHIPS {
        return html! { <SnapshotList session={props.session.clone()} tell={props.tell.clone()} /> };
    }
    let chip = |snapshot: SnapshotId| {
        let label = session.say(Text::SnapshotN, &[("n", &Session::number(snapshot))]);
        let standing = session.standing_words(session.standing(snapshot));
        html! {
            <button key={snapshot.0} class={format!("chip s{}", snapshot.0 % 4)} data-thing={Thing::Snapshot(snapshot).to_string()}
                aria-pressed={(shown == Some(snapshot)).to_string()}
                onclick={props.tell.reform(move |_| Msg::Show(snapshot))}>
                <i class="dot"></i><span>{ label }</span>{ " " }<small>{ standing }</small>
            </button>
        }
    };
    html! { <div class="chips">{ for begun.into_iter().map(chip) }</div> }
}
