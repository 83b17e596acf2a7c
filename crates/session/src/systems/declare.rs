//! The text of a scenario with something changed in its declarations, and without its run.

use super::offers::ALGORITHMS;
use super::{Network, Processes, SystemMsg};
use crate::catalogue::{Key, Lang};
use crate::session::Session;
use cutline_core::{Computation, Method, Topology};

/// What stands between a title and the algorithm in it.
const BETWEEN: &str = " · ";

/// What the processes of a computation do; none for a dataflow, which needs channels of its own.
pub(super) fn kind_of(computation: &Computation) -> Option<Processes> {
    match computation {
        Computation::Bank(_) => Some(Processes::Money),
        Computation::Automaton(_) => Some(Processes::Token),
        Computation::Diffusing(_) => Some(Processes::Work),
        Computation::Resources(_) => Some(Processes::Waiting),
        Computation::Dataflow(_) => None,
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
    let mut out: Vec<String> = vec!["cutline 1".into()];
    let title = |line: &&&str| begins_with(line, &["title", "title.zh"]);
    out.extend(declarations.iter().filter(title).map(|line| titled(line, offer.name)));
    match msg {
        SystemMsg::Processes(kind) => out.extend(processes(topology, kind)),
        _ => out.extend(kept(&declarations, &["process"])),
    }
    match msg {
        SystemMsg::Network(network) => out.extend(channels(topology, network)),
        _ => out.extend(kept(&declarations, &["channel", "channels", "numbers"])),
    }
    match msg {
        SystemMsg::Processes(kind) => out.extend(behaviour(topology, kind)),
        _ => out.extend(kept(&declarations, &["rule", "token"])),
    }
    out.extend(kept(&declarations, &["latency", "clock", "outsider", "newcomer", "feedback"]));
    let is_for_others =
        |kind: Processes| kind != Processes::Work && matches!(offer.method(), Some(Method::DijkstraScholten(_)));
    if let SystemMsg::Processes(kind) = msg
        && is_for_others(kind)
    {
        // Nobody else has work that ends.
    } else if let SystemMsg::Algorithm(_) = msg {
        out.extend(control(topology, offer.needs_control));
        out.push(offer.lines.into());
    } else {
        out.extend(kept(&declarations, &["control", "algorithm", "markers", "collect"]));
    }
    out.push("run".into());
    out.join("\n")
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

fn processes(topology: &Topology, kind: Processes) -> Vec<String> {
    let line = |at: usize, name: &str| {
        let is_first = at == 0;
        let does = match kind {
            Processes::Money => "has 100",
            Processes::Token if is_first => "in holding",
            Processes::Token => "in waiting",
            Processes::Work if is_first => "is active",
            Processes::Work => "is passive",
            Processes::Waiting => "runs",
        };
        format!("process {name} {does}")
    };
    topology.processes().enumerate().map(|(at, process)| line(at, topology.process_name(process))).collect()
}

/// What processes of a kind may do, where that has to be said.
fn behaviour(topology: &Topology, kind: Processes) -> Vec<String> {
    let application = || topology.channels().filter(|channel| !topology.is_for_control(*channel));
    match kind {
        Processes::Money | Processes::Work => Vec::new(),
        Processes::Token => {
            let passing = |channel| {
                let ends = topology.channel(channel);
                let (p, q, c) = (topology.process_name(ends.from), topology.process_name(ends.to), &ends.name);
                [
                    format!("rule {p}: holding -> waiting sends token on {c}"),
                    format!("rule {q}: waiting -> holding receives token on {c}"),
                ]
            };
            let token = ["token in holding".to_owned(), "token as token".to_owned()];
            application().flat_map(passing).chain(token).collect()
        }
        Processes::Waiting => {
            let line = |process| {
                let before = application().filter(|channel| topology.channel(*channel).to == process);
                let mut names: Vec<&str> =
                    before.map(|channel| topology.process_name(topology.channel(channel).from)).collect();
                names.dedup();
                let waits = format!("rule {}: may wait for all of {}", topology.process_name(process), names.join(" "));
                (!names.is_empty()).then_some(waits)
            };
            topology.processes().filter_map(line).collect()
        }
    }
}

fn channels(topology: &Topology, network: Network) -> Vec<String> {
    let order = if network == Network::Ordered { "" } else { " unordered" };
    let line = |channel| {
        let ends = topology.channel(channel);
        let (p, q) = (topology.process_name(ends.from), topology.process_name(ends.to));
        let name = if ends.name == format!("{p}→{q}") { String::new() } else { format!("{}: ", ends.name) };
        format!("channel {name}{p} -> {q}{order}")
    };
    let application = topology.channels().filter(|channel| !topology.is_for_control(*channel));
    let numbers = (network == Network::Repaired).then(|| "numbers on every channel".to_owned());
    application.map(line).chain(numbers).collect()
}

fn control(topology: &Topology, is_needed: bool) -> Vec<String> {
    let pairs = topology.processes().flat_map(|p| topology.processes().map(move |q| (p, q)));
    let line = |(p, q)| format!("control channel {} -> {}", topology.process_name(p), topology.process_name(q));
    pairs.filter(|(p, q)| is_needed && p != q).map(line).collect()
}
