//! The text of a scenario with something changed in its declarations, and without its run.

use super::offers::{ALGORITHMS, Offer};
use super::{EVERY, MOST, Network, Processes, Rhythm, SystemMsg, carry};
use crate::catalogue::systems::SystemText;
use crate::catalogue::{Key, Lang};
use crate::session::Session;
use cutline_core::time::Time;
use cutline_core::{Computation, Method, ProcessId, Topology};

/// What stands between a title and the algorithm in it.
const BETWEEN: &str = " · ";

/// What the processes of a computation do.
pub(super) fn kind_of(computation: &Computation) -> Processes {
    match computation {
        Computation::Bank(_) => Processes::Money,
        Computation::Automaton(_) => Processes::Token,
        Computation::Diffusing(_) => Processes::Work,
        Computation::Resources(_) => Processes::Waiting,
        Computation::Dataflow(_) => Processes::Dataflow,
    }
}

/// The declarations of a scenario's text with this changed.
pub(super) fn changed(source: &str, session: &Session, msg: SystemMsg) -> String {
    let topology = session.topology();
    let declarations: Vec<&str> = source.lines().take_while(|line| !begins_with(line, &["run", "expect"])).collect();
    let chosen = match msg {
        SystemMsg::Algorithm(at) => at,
        _ => session.offer().map_or(0, |(at, _)| at),
    };
    let Some(offer) = ALGORITHMS.get(chosen) else { return String::new() };
    // An algorithm that has nothing to do with what the processes do from now on is not kept.
    let stays = !matches!(msg, SystemMsg::Processes(kind) if !offer.fits(kind));
    let named = if stays { offer } else { &ALGORITHMS[0] };
    let mut out: Vec<String> = vec!["cutline 1".into()];
    let title = |line: &&&str| begins_with(line, &["title", "title.zh"]);
    out.extend(declarations.iter().filter(title).map(|line| titled(line, named.name)));
    match msg {
        SystemMsg::Processes(kind) => {
            out.extend(application(&declarations, topology, (kind_of(session.computation()), kind)));
        }
        SystemMsg::Network(network) => {
            out.extend(told_of_before(&declarations));
            out.extend(kept(&declarations, &["process"]));
            out.extend(channels(topology, network));
            out.extend(kept(&declarations, &["rule", "token"]));
        }
        _ => {
            let is_same = matches!(msg, SystemMsg::Snapshots(_));
            out.extend(if is_same { kept(&declarations, ABOUT) } else { told_of_before(&declarations) });
            out.extend(kept(&declarations, &["process", "channel", "channels", "numbers", "rule", "token"]));
        }
    }
    if let SystemMsg::Newcomer(process) = msg {
        out.iter_mut().for_each(|line| *line = without_money(line, topology.process_name(process)));
        out.push(format!("newcomer {}", topology.process_name(process)));
    }
    out.extend(kept(&declarations, &["latency", "clock", "outsider", "newcomer", "log", "keep"]));
    if let SystemMsg::Algorithm(_) = msg {
        out.extend(control(topology, offer.needs_control));
        out.push(lines(offer, session));
    } else if stays {
        out.extend(kept(&declarations, &["control", "algorithm", "markers", "collect"]));
    }
    match msg {
        SystemMsg::Snapshots(rhythm) => out.extend(policy(session, rhythm)),
        // Other processes are started by others.
        SystemMsg::Processes(_) => {}
        _ => out.extend(kept(&declarations, &["snapshots"])),
    }
    out.push("run".into());
    out.join("\n")
}

/// The line of a process with nothing in its hands, if it is of this one and that holds money.
fn without_money(line: &str, name: &str) -> String {
    match line.split_whitespace().take(3).collect::<Vec<_>>()[..] {
        ["process", of, "has"] if of == name => format!("process {name} has 0"),
        _ => line.to_owned(),
    }
}

const ABOUT: &[&str] = &["about", "about.zh"];

/// What the scenario says of itself, as said of the system that it was written for.
fn told_of_before(declarations: &[&str]) -> Vec<String> {
    let told = declarations.iter().filter(|line| begins_with(line, ABOUT)).filter_map(|line| {
        let (word, words) = line.trim().split_once(char::is_whitespace)?;
        let lang = if word == "about.zh" { Lang::Zh } else { Lang::En };
        let before = SystemText::Before.template(lang);
        let words = words.trim();
        let again = if words.starts_with(before) { "" } else { before };
        Some(format!("{word} {again}{words}"))
    });
    told.collect()
}

/// The lines that ask for an algorithm. One that goes by the clock keeps the reading at which everybody records.
fn lines(offer: &Offer, session: &Session) -> String {
    let Method::GlobalClock(clock) = *session.history().world().algorithm() else { return offer.lines.into() };
    let lines = offer.lines.replace("clock at 10", &format!("clock at {}", clock.every));
    if lines.contains(" silence ") {
        format!("algorithm clock at {} silence {}", clock.every, silence(session))
    } else {
        lines
    }
}

/// For how long nobody sends after recording: longer than clocks differ when they are to record.
fn silence(session: &Session) -> i64 {
    let Method::GlobalClock(clock) = *session.history().world().algorithm() else { return 1 };
    let at = Time(u64::try_from(clock.every).unwrap_or_default());
    let topology = session.topology();
    let readings = || topology.processes().map(|process| topology.clock(process).reads(at));
    readings().max().unwrap_or_default() - readings().min().unwrap_or_default() + 1
}

/// The line that has snapshots started by themselves, by those who start them with this algorithm.
fn policy(session: &Session, rhythm: Rhythm) -> Option<String> {
    let Rhythm::Every(at) = rhythm else { return None };
    let (every, load) = EVERY.get(usize::from(at))?;
    let topology = session.topology();
    let all = topology.processes().filter(|process| topology.takes_part(*process));
    let is_flow = matches!(session.computation(), Computation::Dataflow(_));
    let starts = |process: &ProcessId| !is_flow || topology.incoming(*process).is_empty();
    let many = is_flow || carry::is_by_each(session.history().world().algorithm());
    let by: Vec<&str> = all
        .filter(starts)
        .take(if many { usize::MAX } else { 1 })
        .map(|process| topology.process_name(process))
        .collect();
    let load = load.map(|load| format!(" at load {load}")).unwrap_or_default();
    Some(format!("snapshots {MOST} every {every} steps{load} by {}", by.join(" ")))
}

fn begins_with(line: &str, words: &[&str]) -> bool {
    line.split_whitespace().next().is_some_and(|first| words.contains(&first))
}

fn kept(declarations: &[&str], words: &[&str]) -> Vec<String> {
    declarations.iter().filter(|line| begins_with(line, words)).map(|line| (*line).to_owned()).collect()
}

/// A title that says which algorithm it is with.
fn titled(line: &str, name: impl Key) -> String {
    let lang = if begins_with(line, &["title.zh"]) { Lang::Zh } else { Lang::En };
    let known = |words: &str| ALGORITHMS.iter().any(|offer| offer.name.template(lang) == words);
    let base = line.rsplit_once(BETWEEN).filter(|(_, words)| known(words)).map_or(line, |(base, _)| base);
    format!("{}{BETWEEN}{}", base.trim_end(), name.template(lang))
}

/// The application with processes of another kind. A dataflow has channels of its own, which do not suit anybody else.
fn application(declarations: &[&str], topology: &Topology, (from, to): (Processes, Processes)) -> Vec<String> {
    let mut out: Vec<String> = topology.processes().map(|process| does(topology, process, to)).collect();
    let ways: Vec<Way> = match (from, to) {
        (_, Processes::Dataflow) => flow(topology),
        (Processes::Dataflow, _) => complete(topology),
        _ => ways(topology).collect(),
    };
    if from == Processes::Dataflow || to == Processes::Dataflow {
        out.extend(ways.iter().map(|way| way.line(topology, "")));
    } else {
        out.extend(kept(declarations, &["channel", "channels", "numbers"]));
    }
    out.extend(behaviour(topology, &ways, to));
    out
}

/// A channel of the application.
struct Way {
    /// What it is called, if it has a name of its own.
    name: Option<String>,
    from: ProcessId,
    to: ProcessId,
    /// Whether it leads back in a dataflow.
    is_feedback: bool,
}

impl Way {
    fn plain(from: ProcessId, to: ProcessId) -> Self {
        Self { name: None, from, to, is_feedback: false }
    }

    fn called(&self, topology: &Topology) -> String {
        let default = || format!("{}→{}", topology.process_name(self.from), topology.process_name(self.to));
        self.name.clone().unwrap_or_else(default)
    }

    fn line(&self, topology: &Topology, order: &str) -> String {
        let (p, q) = (topology.process_name(self.from), topology.process_name(self.to));
        let name = self.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        let feedback = if self.is_feedback && order.is_empty() { " feedback" } else { "" };
        format!("channel {name}{p} -> {q}{order}{feedback}")
    }
}

fn ways(topology: &Topology) -> impl Iterator<Item = Way> + '_ {
    let application = topology.channels().filter(|channel| !topology.is_for_control(*channel));
    application.map(|channel| {
        let ends = topology.channel(channel);
        let way = Way::plain(ends.from, ends.to);
        let name = Some(ends.name.clone()).filter(|name| *name != way.called(topology));
        Way { name, is_feedback: topology.feeds_back(channel), ..way }
    })
}

fn complete(topology: &Topology) -> Vec<Way> {
    let pairs = topology.processes().flat_map(|p| topology.processes().map(move |q| Way::plain(p, q)));
    pairs.filter(|way| way.from != way.to).collect()
}

/// Two sources, or one if only two processes are there, flow into the first operator, and each operator into the next.
fn flow(topology: &Topology) -> Vec<Way> {
    let processes: Vec<ProcessId> = topology.processes().collect();
    let sources = sources(topology);
    let from_sources =
        processes[..sources].iter().filter_map(|source| Some(Way::plain(*source, *processes.get(sources)?)));
    let onwards = processes[sources..].windows(2).map(|pair| Way::plain(pair[0], pair[1]));
    from_sources.chain(onwards).collect()
}

fn sources(topology: &Topology) -> usize {
    if topology.process_count() > 2 { 2 } else { 1 }
}

fn does(topology: &Topology, process: ProcessId, kind: Processes) -> String {
    let is_first = process.index() == 0;
    let does = match kind {
        Processes::Money => "has 100",
        Processes::Token if is_first => "in holding",
        Processes::Token => "in waiting",
        Processes::Work if is_first => "is active",
        Processes::Work => "is passive",
        Processes::Waiting => "runs",
        Processes::Dataflow if is_first => "emits 1 2 3 4 5",
        Processes::Dataflow if process.index() < sources(topology) => "emits 10 20 30 40 50",
        Processes::Dataflow => "sums",
    };
    format!("process {} {does}", topology.process_name(process))
}

/// What processes of a kind may do, where that has to be said.
fn behaviour(topology: &Topology, ways: &[Way], kind: Processes) -> Vec<String> {
    let name = |process| topology.process_name(process);
    match kind {
        Processes::Money | Processes::Work | Processes::Dataflow => Vec::new(),
        Processes::Token => {
            let passing = |way: &Way| {
                let (p, q, c) = (name(way.from), name(way.to), way.called(topology));
                [
                    format!("rule {p}: holding -> waiting sends token on {c}"),
                    format!("rule {q}: waiting -> holding receives token on {c}"),
                ]
            };
            let token = ["token in holding".to_owned(), "token as token".to_owned()];
            ways.iter().flat_map(passing).chain(token).collect()
        }
        Processes::Waiting => {
            let line = |process| {
                let before = ways.iter().filter(|way| way.to == process);
                let mut names: Vec<&str> = before.map(|way| name(way.from)).collect();
                names.dedup();
                let waits = format!("rule {}: may wait for all of {}", name(process), names.join(" "));
                (!names.is_empty()).then_some(waits)
            };
            topology.processes().filter_map(line).collect()
        }
    }
}

fn channels(topology: &Topology, network: Network) -> Vec<String> {
    let order = if network == Network::Ordered { "" } else { " unordered" };
    let numbers = (network == Network::Repaired).then(|| "numbers on every channel".to_owned());
    ways(topology).map(|way| way.line(topology, order)).chain(numbers).collect()
}

fn control(topology: &Topology, is_needed: bool) -> Vec<String> {
    let pairs = topology.processes().flat_map(|p| topology.processes().map(move |q| (p, q)));
    let line = |(p, q)| format!("control channel {} -> {}", topology.process_name(p), topology.process_name(q));
    pairs.filter(|(p, q)| is_needed && p != q).map(line).collect()
}
