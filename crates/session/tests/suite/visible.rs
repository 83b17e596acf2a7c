//! All that a session shows, as text.

use cutline_diagram::{Scene, Shape, Target};
use cutline_session::menu::{Choice, Menu};
use cutline_session::panel::{Cell, Row, Term};
use cutline_session::passage::{Passage, PassageEvent};
use cutline_session::properties::PropertyLine;
use cutline_session::{Session, Words};

/// What there is to be seen, in named parts. The names are the same every time.
pub(crate) fn sections(session: &Session) -> Vec<(&'static str, String)> {
    let playing = if session.is_playing() { ", playing" } else { "" };
    let verdict = session.verdict_words();
    vec![
        ("scenario", session.title().to_owned()),
        ("step", format!("{} of {}{playing}: {}", session.step(), session.steps(), session.step_words())),
        ("branch", format!("{:?}", session.branch())),
        ("button", format!("{:?}", session.primary())),
        ("snapshots", format!("{:?} showing {:?}", session.begun(), session.shown())),
        ("says", emphasised(&session.explanation())),
        ("rules", rules_text(session)),
        ("notice", session.notice().map(|notice| session.refusal(notice.why)).unwrap_or_default()),
        ("menu", session.menu().map(|menu| menu_text(&menu)).unwrap_or_default()),
        ("under way", waiting(session).join("\n")),
        ("rows", session.rows().iter().map(row_text).collect::<Vec<_>>().join("\n")),
        ("equation", equation_text(session)),
        ("markers", session.marker_words().into_iter().chain(session.done_words()).collect::<Vec<_>>().join("\n")),
        ("passage", session.passage().map(|passage| passage_text(&passage)).unwrap_or_default()),
        ("tab", session.say(session.tab().title(), &[])),
        ("counts", session.shown().map(|shown| session.tally_words(shown).join("\n")).unwrap_or_default()),
        ("markers go", session.marker_rule().unwrap_or_default()),
        ("properties", session.shown_properties().iter().map(property_text).collect::<Vec<_>>().join("\n")),
        ("going back", session.restoration().map(|choice| choice_text(&choice)).unwrap_or_default()),
        ("verdict", format!("{:?}: {}\n{}", verdict.standing, verdict.title, emphasised(&verdict.reasons))),
    ]
}

/// Every string that can come to the reader's eyes or ears now, apart from the fixed ones.
pub(crate) fn strings(session: &Session) -> Vec<String> {
    let mut all: Vec<String> = sections(session).into_iter().map(|(_, text)| text).collect();
    all.push(session.summary());
    all.extend(session.behaviour());
    all.extend(session.rules().into_iter().map(|line| line.text));
    let steps: Vec<usize> = (1..=session.steps()).collect();
    all.extend(session.entries(&steps).iter().map(|entry| entry.words.plain()));
    let network = session.network(328, 300, None);
    all.extend(network.nodes.into_iter().flat_map(|node| [node.name, node.state, node.label]));
    all.extend(network.edges.into_iter().map(|edge| edge.label));
    all.extend(network.items.into_iter().flat_map(|item| [item.words, item.label]));
    all.extend(session.begun().into_iter().map(|snapshot| session.standing_words(session.standing(snapshot))));
    for compact in [false, true] {
        let scene = session.scene(900, 480, compact);
        all.extend(targets(&scene).into_iter().map(|target| session.label(target)));
        all.extend(scene.heads.iter().flat_map(|head| [head.name.clone(), head.state.clone()]));
        let marks = scene.items.iter().flat_map(|item| &item.marks);
        all.extend(marks.filter_map(|mark| match &mark.shape {
            Shape::Text(_, _, words) => Some(words.clone()),
            _ => None,
        }));
    }
    all
}

/// Everything on a scene that one can point at.
pub(crate) fn targets(scene: &Scene) -> Vec<Target> {
    scene.items.iter().filter_map(|item| item.target).collect()
}

/// The names of what is under way, channel by channel.
pub(crate) fn waiting(session: &Session) -> Vec<String> {
    let all = session.topology().channels().flat_map(|channel| {
        let items = u32::try_from(session.world().in_channel(channel).len()).unwrap();
        (0..items).map(move |position| Target::Waiting(channel, position))
    });
    all.map(|target| session.label(target)).collect()
}

/// The rules at work, with their values.
fn rules_text(session: &Session) -> String {
    let at_work = session.rules().into_iter().filter_map(|line| Some((line.rule, line.now?.words)));
    at_work.map(|(rule, words)| format!("{rule:?}: {words}")).collect::<Vec<_>>().join("\n")
}

fn passage_text(passage: &Passage) -> String {
    let line = |event: &PassageEvent| {
        let (before, after) =
            (if event.state_before { "---\n" } else { "" }, if event.state_after { "\n---" } else { "" });
        let side = if event.is_before { "<" } else { ">" };
        let moved = if event.moved { " *" } else { "" };
        format!("{before}{side} {} {}{moved}{after}", event.step, event.words)
    };
    let lines: Vec<String> = passage.events.iter().map(line).collect();
    format!("{} of {}: {}\n{}", passage.done, passage.swaps, passage.caption, lines.join("\n"))
}

fn emphasised(words: &Words) -> String {
    let span = |span: &cutline_session::Span| {
        if span.strong { format!("*{}*", span.text) } else { span.text.clone() }
    };
    words.0.iter().map(span).collect()
}

fn row_text(row: &Row) -> String {
    let cell = match &row.cell {
        Cell::NotYet(text) | Cell::Empty(text) => format!("({text})"),
        Cell::State(state) => state.clone(),
        Cell::Messages(kept) => kept.iter().map(|term| format!("[{}]", term.words)).collect::<Vec<_>>().join(" "),
    };
    [&row.name, &row.how, &cell].map(String::as_str).join(" | ")
}

fn equation_text(session: &Session) -> String {
    session.equation().map_or_else(String::new, |equation| {
        let term = |term: &Term| if term.is_in_channel() { format!("[{}]", term.words) } else { term.words.clone() };
        let terms: Vec<String> = equation.terms.iter().map(term).collect();
        let wrong = if equation.wrong { " (wrong)" } else { "" };
        format!("{} = {} {}{wrong}", terms.join(" + "), equation.sum, equation.remark)
    })
}

fn menu_text(menu: &Menu) -> String {
    let mut lines = vec![menu.title.clone()];
    if let Some(transfer) = &menu.transfer {
        lines.push(format!("amount {} of at most {}", transfer.proposed, transfer.most));
        lines.extend(transfer.channels.iter().map(|(_, label)| format!("- {label}")));
    }
    lines.extend(menu.nothing.clone());
    lines.extend(menu.choices.iter().map(choice_text));
    lines.join("\n")
}

fn choice_text(choice: &Choice) -> String {
    let remark = choice.remark.as_ref().map(|remark| format!(" ({remark})")).unwrap_or_default();
    let off = if choice.msg.is_none() { " off" } else { "" };
    format!("- {}{off}{remark}", choice.label)
}

/// In parts that are separate on the page.
fn property_text(line: &PropertyLine) -> String {
    [&line.name, &line.answer, &line.witness, &line.conclusion].map(String::as_str).join(" | ")
}
