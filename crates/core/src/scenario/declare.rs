//! The first part of a file: titles, processes, channels and rules.

use super::flow;
use super::lines::Line;
use super::systems;
use super::waits::{Told, resources};
use super::{Bilingual, ScenarioError};
use crate::algorithms::chandy_lamport::{ChandyLamport, Collect, Markers};
use crate::algorithms::method::Method;
use crate::computation::{
    Automaton, Bank, Computation, Dataflow, Diffusing, Does, MAX_MONEY, Payload, Rule, Stage, Token,
};
use crate::ids::{ChannelId, ProcessId};
use crate::system::System;
use crate::topology::{Order, Topology};

pub(super) struct Head {
    pub title: Bilingual,
    pub about: Bilingual,
}

/// The texts of a file.
pub(super) fn head(lines: &[Line<'_>]) -> Result<Head, ScenarioError> {
    let title = bilingual(lines, "title")?;
    if title.en.is_empty() {
        let line = lines.first().map_or(1, |line| line.number);
        return Err(ScenarioError { line, message: "the file needs a line: title ...".into() });
    }
    Ok(Head { title, about: bilingual(lines, "about")? })
}

fn bilingual(lines: &[Line<'_>], keyword: &str) -> Result<Bilingual, ScenarioError> {
    let en = text(lines, keyword)?.unwrap_or_default().to_owned();
    let zh =
        text(lines, &format!("{keyword}.zh"))?.filter(|zh| !zh.is_empty()).map_or_else(|| en.clone(), str::to_owned);
    Ok(Bilingual { en, zh })
}

fn text<'a>(lines: &[Line<'a>], keyword: &str) -> Result<Option<&'a str>, ScenarioError> {
    let mut with_it = lines.iter().filter(|line| line.words[0] == keyword);
    let first = with_it.next();
    match with_it.next() {
        Some(second) => Err(second.error(format!("{keyword} can stand only once"))),
        None => Ok(first.map(Line::after_first_word)),
    }
}

/// Which algorithm is at work.
pub(super) fn algorithm(lines: &[Line<'_>]) -> Result<Method, ScenarioError> {
    let (markers, collect) = (markers(lines)?, collect(lines)?);
    systems::algorithm(lines, ChandyLamport { markers, collect, ..ChandyLamport::default() })
}

fn markers(lines: &[Line<'_>]) -> Result<Markers, ScenarioError> {
    text(lines, "markers")?;
    let Some(line) = lines.iter().find(|line| line.words[0] == "markers") else { return Ok(Markers::AtOnce) };
    match line.words[1..] {
        ["at", "once"] => Ok(Markers::AtOnce),
        ["one", "by", "one"] => Ok(Markers::OneByOne),
        ["one", "by", "one", "unguarded"] => Ok(Markers::OneByOneUnguarded),
        _ => Err(line.error("expected: markers one by one, markers one by one unguarded, or: markers at once")),
    }
}

fn collect(lines: &[Line<'_>]) -> Result<Collect, ScenarioError> {
    text(lines, "collect")?;
    let Some(line) = lines.iter().find(|line| line.words[0] == "collect") else { return Ok(Collect::No) };
    match line.words[1..] {
        ["along", "the", "tree"] => Ok(Collect::Tree),
        ["by", "flooding"] => Ok(Collect::Flooding),
        _ => Err(line.error("expected: collect along the tree, or: collect by flooding")),
    }
}

/// The processes, channels and rules of a file.
pub(super) fn system<'a>(lines: &[Line<'a>]) -> Result<System, ScenarioError> {
    let mut parts = Parts::default();
    for line in lines {
        match line.words[..] {
            ["title" | "title.zh" | "about" | "about.zh", ..] => {}
            ["process", ..] => parts.process(line)?,
            ["channel", ..] => parts.channel(line)?,
            ["channels", "complete"] => parts.complete(line)?,
            ["rule", ..] => parts.rule(line)?,
            ["control", ..] => systems::control_channel(line, &mut parts.topology)?,
            ["clock" | "outsider" | "newcomer" | "numbers" | "log", ..] => {
                systems::attribute(line, &mut parts.topology)?;
            }
            ["token", ..] => parts.tokens.push(line.clone()),
            ["collect" | "markers" | "latency" | "algorithm" | "snapshots" | "keep", ..] => {}
            ["expect"] => return Err(line.error("what is expected stands after the run; first comes the line: run")),
            _ => return Err(line.error(UNKNOWN)),
        }
    }
    parts.finish(lines)
}

/// The most rules that an automaton may have. Keeps the numbers of rules and states inside 16 bits.
const MAX_RULES: usize = 4096;
const UNKNOWN: &str = "expected title, about, process, channel, channels complete, rule, token, algorithm, markers, collect, \
                       latency, snapshots, keep, control channel, clock, outsider, newcomer, numbers or run";
const UNORDERED: &str = "unordered";
const FEEDBACK: &str = "feedback";
const PROCESS: &str = "expected: process NAME, then: has AMOUNT, in STATE, is active, is passive, runs, \
                       waits for all of P Q, waits for any of P Q, emits RECORD RECORD ..., or: sums. After has and is can stand: and NUMBER sends";
const ONE_KIND: &str = "all processes have an AMOUNT, or all are in a STATE, or all are active or passive, \
                        or all run or wait, or all emit or sum";
const CHANNEL: &str = "expected: channel FROM -> TO, or: channel NAME: FROM -> TO, with the word unordered or feedback after it if need be";
const RULE: &str = "expected: rule PROCESS: STATE -> STATE, then sends MESSAGE on CHANNEL, \
                    receives MESSAGE on CHANNEL, or nothing; or: rule PROCESS: may wait for all of P Q";

const TOKEN: &str = "expected: token in STATE, token in PROCESS: STATE, or: token as MESSAGE; each may name several";

/// What the processes of a file compute.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Amounts,
    States,
    Work,
    Waiting,
    Flow,
}

#[derive(Default)]
struct Parts<'a> {
    topology: Topology,
    kind: Option<Kind>,
    amounts: Vec<(i64, Option<u32>)>,
    initial: Vec<u16>,
    labels: Vec<String>,
    messages: Vec<String>,
    rules: Vec<Rule>,
    rule_lines: Vec<usize>,
    active: Vec<(bool, Option<u32>)>,
    stages: Vec<Stage>,
    waiting: Vec<Told<'a>>,
    wait_rules: Vec<Told<'a>>,
    tokens: Vec<Line<'a>>,
}

impl<'a> Parts<'a> {
    fn process(&mut self, line: &Line<'a>) -> Result<(), ScenarioError> {
        let (words, sends) = match line.words[1..] {
            [ref words @ .., "and", sends, "sends"] => (words, Some(number_of_sends(line, sends)?)),
            ref words => (words, None),
        };
        match (words, sends) {
            ([name, "has", amount], _) => {
                let amount = amount_in(line, amount)?;
                self.add_process(line, name, Kind::Amounts)?;
                self.amounts.push((amount, sends));
            }
            ([name, "in", state], None) => {
                self.add_process(line, name, Kind::States)?;
                let label = place_of(&mut self.labels, state);
                self.initial.push(label);
            }
            ([name, "is", state @ ("active" | "passive")], _) => {
                self.add_process(line, name, Kind::Work)?;
                self.active.push((*state == "active", sends));
            }
            ([name, stage @ ("emits" | "sums"), records @ ..], None) => {
                let stage = flow::stage(line, stage, records)?;
                self.add_process(line, name, Kind::Flow)?;
                self.stages.push(stage);
            }
            ([name, "runs"], None) => _ = self.add_process(line, name, Kind::Waiting)?,
            ([name, "waits", how @ ..], None) => {
                let process = self.add_process(line, name, Kind::Waiting)?;
                self.waiting.push(Told::of(line, process, how).ok_or_else(|| line.error(PROCESS))?);
            }
            _ => return Err(line.error(PROCESS)),
        }
        Ok(())
    }

    fn add_process(&mut self, line: &Line<'_>, name: &str, kind: Kind) -> Result<ProcessId, ScenarioError> {
        if *self.kind.get_or_insert(kind) != kind {
            return Err(line.error(ONE_KIND));
        }
        if name.contains("->") || name.ends_with(':') {
            return Err(line.error(format!("{name} cannot be a name: it has -> in it or ends with a colon")));
        }
        if name == UNORDERED || name == FEEDBACK {
            return Err(line.error(format!("{name} cannot be the name of a process: it is a word about channels")));
        }
        self.topology.add_process(name).map_err(|error| line.error(error.to_string()))
    }

    fn channel(&mut self, line: &Line<'_>) -> Result<(), ScenarioError> {
        let (words, order, back) = match line.words[1..] {
            [ref words @ .., UNORDERED] => (words, Order::Unordered, false),
            [ref words @ .., FEEDBACK] => (words, Order::Fifo, true),
            ref words => (words, Order::Fifo, false),
        };
        let (name, from, to) = match *words {
            [from, "->", to] => (None, from, to),
            [name, from, "->", to] if name.ends_with(':') => (name.strip_suffix(':'), from, to),
            _ => return Err(line.error(CHANNEL)),
        };
        if let Some(name) = name.filter(|name| name.contains("->") || ["snapshot", "total"].contains(name)) {
            return Err(line.error(format!("{name} cannot be the name of a channel: it means something else")));
        }
        let (from, to) = (process_in(line, &self.topology, from)?, process_in(line, &self.topology, to)?);
        self.add_channel(line, name, from, to, order)?;
        if back {
            let last = self.topology.channels().next_back();
            last.into_iter().for_each(|channel| self.topology.set_feedback(channel));
        }
        Ok(())
    }

    fn add_channel(
        &mut self,
        line: &Line<'_>,
        name: Option<&str>,
        from: ProcessId,
        to: ProcessId,
        order: Order,
    ) -> Result<(), ScenarioError> {
        let added = self.topology.add_channel(name, from, to, order);
        added.map(drop).map_err(|error| line.error(error.to_string()))
    }

    /// A channel from every process to every other.
    fn complete(&mut self, line: &Line<'_>) -> Result<(), ScenarioError> {
        for from in self.topology.processes() {
            for to in self.topology.processes().filter(|to| *to != from) {
                self.add_channel(line, None, from, to, Order::Fifo)?;
            }
        }
        Ok(())
    }

    fn rule(&mut self, line: &Line<'a>) -> Result<(), ScenarioError> {
        let Some((owner, words)) = line.words[1..].split_first() else { return Err(line.error(RULE)) };
        if self.rules.len().max(self.wait_rules.len()) == MAX_RULES {
            return Err(line.error(format!("a system has at most {MAX_RULES} rules")));
        }
        if let ["may", "wait", how @ ..] = words {
            let process = process_in(line, &self.topology, owner.strip_suffix(':').ok_or_else(|| line.error(RULE))?)?;
            self.wait_rules.push(Told::of(line, process, how).ok_or_else(|| line.error(RULE))?);
            return Ok(());
        }
        let [from, "->", to, does @ ..] = words else { return Err(line.error(RULE)) };
        let owner = owner.strip_suffix(':').ok_or_else(|| line.error(RULE))?;
        let process = process_in(line, &self.topology, owner)?;
        let does = match *does {
            [] => Does::Nothing,
            ["sends", message, "on", channel] => {
                let channel = self.own_channel(line, channel, process, true)?;
                Does::Send(channel, self.message(message))
            }
            ["receives", message, "on", channel] => {
                let channel = self.own_channel(line, channel, process, false)?;
                Does::Receive(channel, self.message(message))
            }
            _ => return Err(line.error(RULE)),
        };
        let (from, to) = (place_of(&mut self.labels, from), place_of(&mut self.labels, to));
        let rule = Rule { process, from, to, does };
        if let Some(at) = self.rules.iter().position(|other| *other == rule) {
            return Err(line.error(format!("this rule stands in line {} already", self.rule_lines[at])));
        }
        self.rules.push(rule);
        self.rule_lines.push(line.number);
        Ok(())
    }

    fn own_channel(
        &self,
        line: &Line<'_>,
        name: &str,
        process: ProcessId,
        sends: bool,
    ) -> Result<ChannelId, ScenarioError> {
        let channel = self.topology.channel_named(name);
        let channel = channel.ok_or_else(|| line.error(format!("there is no channel {name}")))?;
        let ends = self.topology.channel(channel);
        let process_name = self.topology.process_name(process);
        if sends && ends.from != process {
            return Err(line.error(format!("{name} does not lead out of {process_name}")));
        }
        if !sends && ends.to != process {
            return Err(line.error(format!("{name} does not lead into {process_name}")));
        }
        Ok(channel)
    }

    fn message(&mut self, name: &str) -> Payload {
        Payload(i64::from(place_of(&mut self.messages, name)))
    }

    /// What holds the token, if a line says so. States and messages are known once all rules are.
    fn token(&self) -> Result<Option<Token>, ScenarioError> {
        let known = |line: &Line<'_>, kind: &str, names: &[String], name: &str| {
            let at = names.iter().position(|known| known == name).and_then(|at| u16::try_from(at).ok());
            at.ok_or_else(|| line.error(format!("there is no {kind} {name}, only: {}", names.join(", "))))
        };
        let mut token = Token::default();
        for line in &self.tokens {
            match &line.words[1..] {
                ["in", owner, states @ ..] if owner.ends_with(':') && !states.is_empty() => {
                    let owner = process_in(line, &self.topology, owner.trim_end_matches(':'))?;
                    for state in states {
                        token.holding.push((Some(owner), known(line, "state", &self.labels, state)?));
                    }
                }
                ["in", states @ ..] if states.first().is_some_and(|state| !state.ends_with(':')) => {
                    for state in states {
                        token.holding.push((None, known(line, "state", &self.labels, state)?));
                    }
                }
                ["as", messages @ ..] if !messages.is_empty() => {
                    for message in messages {
                        let at = known(line, "message", &self.messages, message)?;
                        token.carrying.push(Payload(i64::from(at)));
                    }
                }
                _ => return Err(line.error(TOKEN)),
            }
        }
        Ok((!self.tokens.is_empty()).then_some(token))
    }

    fn finish(self, lines: &[Line<'_>]) -> Result<System, ScenarioError> {
        let last = lines.last().map_or(1, |line| line.number);
        let at_end = |message: &str| ScenarioError { line: last, message: message.to_owned() };
        if self.topology.process_count() == 0 {
            return Err(at_end("there is no process; add a line: process NAME has AMOUNT"));
        }
        let kind = self.kind.unwrap_or(Kind::Amounts);
        if let (true, Some(line)) = (kind != Kind::States, self.rule_lines.first()) {
            let message = "a rule from STATE to STATE goes with processes that are in a STATE".to_owned();
            return Err(ScenarioError { line: *line, message });
        }
        if let (true, Some(line)) = (kind != Kind::States, self.tokens.first()) {
            return Err(line.error("a token goes with processes that are in a STATE; money is counted by itself"));
        }
        if let (true, Some(told)) = (kind != Kind::Waiting, self.wait_rules.first()) {
            return Err(told.line.error("a rule about waiting goes with processes that run or wait"));
        }
        let computation = match kind {
            Kind::Amounts => {
                let too_much = || at_end(&format!("all processes together have at most {MAX_MONEY}"));
                Computation::Bank(Bank::with_budgets(self.amounts).ok_or_else(too_much)?)
            }
            Kind::States => {
                let token = self.token()?;
                let automaton = Automaton::new(self.labels, self.messages, self.initial, self.rules);
                Computation::Automaton(match token {
                    Some(token) => automaton.with_token(token),
                    None => automaton,
                })
            }
            Kind::Work => Computation::Diffusing(Diffusing::new(self.active, &self.topology)),
            Kind::Flow => Computation::Dataflow(Dataflow::new(self.stages, &self.topology)),
            Kind::Waiting => Computation::Resources(resources(&self.waiting, &self.wait_rules, &self.topology, last)?),
        };
        Ok(System { topology: self.topology, computation })
    }
}

fn number_of_sends(line: &Line<'_>, word: &str) -> Result<u32, ScenarioError> {
    word.parse().map_err(|_| line.error("expected how often it may send, a whole number"))
}

/// The place of a name in a list, where it is put if it is new.
fn place_of(names: &mut Vec<String>, name: &str) -> u16 {
    let at = names.iter().position(|n| n == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// The process of this name.
pub(super) fn process_in(line: &Line<'_>, topology: &Topology, name: &str) -> Result<ProcessId, ScenarioError> {
    topology.process_named(name).ok_or_else(|| {
        let known: Vec<&str> = topology.processes().map(|process| topology.process_name(process)).collect();
        line.error(match &known[..] {
            [] => format!("there is no process {name}; processes are declared before anything names them"),
            known => format!("there is no process {name}, only: {}", known.join(", ")),
        })
    })
}

/// An amount of money.
pub(super) fn amount_in(line: &Line<'_>, word: &str) -> Result<i64, ScenarioError> {
    let amount = word.parse::<i64>().ok().filter(|amount| (0..=MAX_MONEY).contains(amount));
    amount.ok_or_else(|| line.error(format!("{word} is not an amount: expected a whole number from 0 to {MAX_MONEY}")))
}
