//! The application of a system as files describe it.

use crate::error::{FileError, wrong};
use crate::wanted::{on_channel, word};
use cutline_core::computation::{Automaton, Bank, Computation, Does, MAX_MONEY, Payload, Rule};
use cutline_core::{ChannelId, Order, ProcessId, System, Topology};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// An application.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "AppFields")]
pub enum App {
    /// Processes hold tokens and send one at a time.
    Tokens {
        /// How many each holds at the start.
        initial: Vec<i64>,
        /// How often each may send; without this, as often as it has tokens.
        send_budget: Option<Vec<u32>>,
    },
    /// Processes are automata.
    Automaton {
        /// The label in which each starts.
        initial: Vec<String>,
        /// What they may do.
        rules: Vec<AppRule>,
    },
}

/// An application as it stands in the file, so that what is wrong in it is told with its place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AppFields {
    kind: Kind,
    initial: Vec<Initial>,
    send_budget: Option<Vec<u32>>,
    rules: Option<Vec<AppRule>>,
    #[serde(rename = "doc")]
    _doc: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Tokens,
    Automaton,
}

/// What a process has at the start: tokens or a label.
enum Initial {
    Tokens(i64),
    Label(String),
}

impl<'de> Deserialize<'de> for Initial {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(source)?;
        let wrong = |what: &dyn std::fmt::Display| {
            Err(D::Error::custom(format!("expected a number of tokens, or a label in quotes, found {what}")))
        };
        match value {
            Value::String(label) => Ok(Self::Label(label)),
            Value::Number(number) if number.is_u64() && number.as_i64().is_none() => {
                wrong(&format!("{number}, which is too large"))
            }
            Value::Number(number) => number.as_i64().map_or_else(|| wrong(&number), |tokens| Ok(Self::Tokens(tokens))),
            Value::Array(_) => wrong(&"a list"),
            Value::Object(_) => wrong(&"fields in braces"),
            other => wrong(&other),
        }
    }
}

impl TryFrom<AppFields> for App {
    type Error = String;

    fn try_from(fields: AppFields) -> Result<Self, String> {
        let tokens = |(at, initial)| match initial {
            Initial::Tokens(tokens) => Ok(tokens),
            Initial::Label(label) => Err(format!("initial[{at}]: expected a number of tokens, found \"{label}\"")),
        };
        let label = |initial| match initial {
            Initial::Label(label) => label,
            Initial::Tokens(number) => number.to_string(),
        };
        let initial = fields.initial.into_iter();
        match (fields.kind, fields.send_budget, fields.rules) {
            (Kind::Tokens, send_budget, None) => {
                Ok(Self::Tokens { initial: initial.enumerate().map(tokens).collect::<Result<_, _>>()?, send_budget })
            }
            (Kind::Tokens, _, Some(_)) => Err("rules belong to an app of the kind automaton".to_owned()),
            (Kind::Automaton, None, Some(rules)) => {
                Ok(Self::Automaton { initial: initial.map(label).collect(), rules })
            }
            (Kind::Automaton, None, None) => Err("an automaton needs the field rules, a list".to_owned()),
            (Kind::Automaton, Some(_), _) => Err("send_budget belongs to an app of the kind tokens".to_owned()),
        }
    }
}

/// A rule of an automaton. It sends or receives, never both.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppRule {
    /// Whose it is.
    pub proc: u16,
    /// The label before.
    #[serde(deserialize_with = "word")]
    pub from: String,
    /// The label after.
    #[serde(deserialize_with = "word")]
    pub to: String,
    /// On which channel it sends what.
    #[serde(default, deserialize_with = "on_channel")]
    pub send: Option<(u16, String)>,
    /// From which channel it receives what.
    #[serde(default, deserialize_with = "on_channel")]
    pub recv: Option<(u16, String)>,
    /// A remark.
    pub doc: Option<String>,
    /// Another.
    pub note: Option<String>,
}

/// In which order channels deliver.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delivery {
    /// First in, first out.
    #[default]
    Fifo,
    /// Anything next.
    Bag,
}

/// A system as files describe it. Processes are called p0, p1, ..., channels c0, c1, ...
///
/// # Errors
/// If there is no such system.
pub fn build(processes: u16, channels: &[(u16, u16)], delivery: Delivery, app: &App) -> Result<System, FileError> {
    let order = match delivery {
        Delivery::Fifo => Order::Fifo,
        Delivery::Bag => Order::Unordered,
    };
    if processes == 0 {
        return Err(wrong("processes", "a system needs at least one"));
    }
    let mut topology = Topology::new();
    for process in 0..processes {
        topology.add_process(&format!("p{process}")).map_err(|error| wrong("processes", error.to_string()))?;
    }
    for (at, (from, to)) in channels.iter().enumerate() {
        let field = format!("channels[{at}]");
        for end in [from, to] {
            known_process(&field, *end, processes)?;
        }
        let name = format!("c{at}");
        let added = topology.add_channel(Some(&name), ProcessId(*from), ProcessId(*to), order);
        added.map_err(|error| wrong(&field, error.to_string()))?;
    }
    let computation = app.computation(processes, &topology)?;
    Ok(System { topology, computation })
}

/// Puts a link of the named kind under every channel.
pub(crate) fn repair(system: &mut System, link: Option<&str>) -> Result<(), FileError> {
    match link {
        None => return Ok(()),
        Some("arq") => {}
        Some(other) => return Err(wrong("link", format!("expected arq, found {other}"))),
    }
    if !matches!(system.computation, Computation::Bank(_)) {
        return Err(wrong(
            "link",
            "channels with a link are for tokens, not for automata, which may refuse what comes",
        ));
    }
    let channels: Vec<_> = system.topology.channels().collect();
    if let Some(fifo) = channels.iter().find(|channel| system.topology.channel(**channel).order == Order::Fifo) {
        let name = &system.topology.channel(*fifo).name;
        return Err(wrong(
            "order",
            format!("{name} is FIFO without a link; expected bag, the order of the network under it"),
        ));
    }
    channels.into_iter().for_each(|channel| system.topology.repair(channel));
    Ok(())
}

/// Refuses a number that stands for no process.
pub(crate) fn known_process(field: &str, process: u16, processes: u16) -> Result<(), FileError> {
    let last = processes - 1;
    let wrong = || wrong(field, format!("there is no process {process}; they are numbered 0 to {last}"));
    (process < processes).then_some(()).ok_or_else(wrong)
}

fn one_each<T>(field: &str, list: &[T], processes: u16) -> Result<(), FileError> {
    let given = list.len();
    let wrong = || wrong(field, format!("expected one entry for each of the {processes} processes, found {given}"));
    (given == usize::from(processes)).then_some(()).ok_or_else(wrong)
}

impl App {
    fn computation(&self, processes: u16, topology: &Topology) -> Result<Computation, FileError> {
        match self {
            Self::Tokens { initial, send_budget } => {
                one_each("app.initial", initial, processes)?;
                let budget = send_budget.clone();
                budget.iter().try_for_each(|budget| one_each("app.send_budget", budget, processes))?;
                let sends = |at: usize| budget.as_ref().map(|budget| budget[at]);
                let bank = Bank::with_budgets(initial.iter().enumerate().map(|(at, amount)| (*amount, sends(at))));
                let message = format!("expected amounts from 0 that add up to at most {MAX_MONEY}");
                bank.map(Computation::Bank).ok_or_else(|| wrong("app.initial", message))
            }
            Self::Automaton { initial, rules } => {
                one_each("app.initial", initial, processes)?;
                automaton(initial, rules, topology).map(Computation::Automaton)
            }
        }
    }
}

fn automaton(initial: &[String], rules: &[AppRule], topology: &Topology) -> Result<Automaton, FileError> {
    let (mut labels, mut messages) = (Vec::new(), Vec::new());
    let initial = initial.iter().map(|label| place(&mut labels, label)).collect();
    let mut made = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        let field = format!("app.rules[{at}]");
        known_process(
            &format!("{field}.proc"),
            rule.proc,
            u16::try_from(topology.process_count()).unwrap_or(u16::MAX),
        )?;
        let (from, to) = (place(&mut labels, &rule.from), place(&mut labels, &rule.to));
        let (channel, does): (_, fn(ChannelId, Payload) -> Does) = match (&rule.send, &rule.recv) {
            (Some(send), None) => (Some(send), Does::Send),
            (None, Some(receive)) => (Some(receive), Does::Receive),
            (None, None) => (None, Does::Send),
            (Some(_), Some(_)) => return Err(wrong(&field, "a rule has send or recv, not both")),
        };
        let does = match channel {
            None => Does::Nothing,
            Some((channel, what)) => {
                let known = topology.channels().find(|known| known.0 == *channel);
                let known = known.ok_or_else(|| wrong(&field, format!("there is no channel {channel}")))?;
                let ends = topology.channel(known);
                let end = if rule.send.is_some() { ends.from } else { ends.to };
                if end.0 != rule.proc {
                    let (from, to) = (ends.from.0, ends.to.0);
                    return Err(wrong(&field, format!("channel {channel} leads from process {from} to process {to}")));
                }
                does(known, Payload(i64::from(place(&mut messages, what))))
            }
        };
        made.push(Rule { process: ProcessId(rule.proc), from, to, does });
    }
    Ok(Automaton::new(labels, messages, initial, made))
}

fn place(names: &mut Vec<String>, name: &str) -> u16 {
    let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}
