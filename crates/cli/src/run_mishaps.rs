//! What went wrong in a run, step by step.

use cutline_core::event::OnLink;
use cutline_core::{Action, ChannelId, Event, Group, ProcessId};
use cutline_session::{Lang, Session};
use serde_json::{Value, json};
use std::fmt::Write;

/// One thing that went wrong, or was put right.
pub(crate) struct Mishap {
    /// The step of the run, from 1.
    step: usize,
    kind: &'static str,
    process: Option<String>,
    channel: Option<String>,
    /// One side of a network that came apart.
    group: Option<Vec<String>>,
    /// The step as a sentence.
    words: String,
}

/// All of a run, from its events; `ordered`: the channels in which it is a mishap when an item overtakes another.
pub(crate) fn of(session: &Session, ordered: &[ChannelId]) -> Vec<Mishap> {
    let (teller, trace) = (session.teller(), session.history().trace());
    let mut all = Vec::new();
    for (step, told) in (1..).zip(&trace.steps) {
        let overtaken = match told.action {
            Action::Deliver { channel, position: 1.. } => Some(channel),
            Action::Follow { position: 1.., .. } => told.events.iter().find_map(|event| match *event {
                Event::Received { channel, .. } => Some(channel),
                _ => None,
            }),
            _ => None,
        };
        let overtaken = overtaken.filter(|channel| ordered.contains(channel)).map(What::Overtook);
        for what in overtaken.into_iter().chain(told.events.iter().filter_map(What::of)) {
            all.push(what.told(session, step, teller.tell_unnumbered(step).plain()));
        }
    }
    all
}

enum What {
    Channel(&'static str, ChannelId),
    Overtook(ChannelId),
    Process(&'static str, ProcessId),
    Apart(Group),
    Whole,
}

impl What {
    fn of(event: &Event) -> Option<Self> {
        Some(match *event {
            Event::Lost { channel, .. } => Self::Channel("lost", channel),
            Event::Duplicated { channel, .. } => Self::Channel("repeated", channel),
            Event::OnLink { channel, what: OnLink::Lost, .. } => Self::Channel("lost below the link", channel),
            Event::OnLink { channel, what: OnLink::Repeated, .. } => Self::Channel("repeated below the link", channel),
            Event::Corrupted { channel, .. } => Self::Channel("corrupted", channel),
            Event::OnLink { channel, what: OnLink::Corrupted, .. } => {
                Self::Channel("corrupted below the link", channel)
            }
            Event::Crashed { process } => Self::Process("crashed", process),
            Event::Restarted { process, .. } => Self::Process("restarted", process),
            Event::Partitioned { group } => Self::Apart(group),
            Event::Healed => Self::Whole,
            _ => return None,
        })
    }

    fn told(self, session: &Session, step: usize, words: String) -> Mishap {
        let topology = session.topology();
        let name = |process: ProcessId| topology.process_name(process).to_owned();
        let mut mishap = Mishap { step, kind: "healed", process: None, channel: None, group: None, words };
        match self {
            Self::Channel(kind, channel) => {
                (mishap.kind, mishap.channel) = (kind, Some(topology.channel(channel).name.clone()));
            }
            Self::Overtook(channel) => {
                (mishap.kind, mishap.channel) = ("overtook", Some(topology.channel(channel).name.clone()));
            }
            Self::Process(kind, process) => (mishap.kind, mishap.process) = (kind, Some(name(process))),
            Self::Apart(group) => {
                let group = group.processes().map(name).collect();
                (mishap.kind, mishap.group) = ("partitioned", Some(group));
            }
            Self::Whole => {}
        }
        mishap
    }
}

pub(crate) fn text(mishaps: &[Mishap], lang: Lang) -> String {
    let mut out = String::new();
    if mishaps.is_empty() {
        return out;
    }
    out.push_str(if lang == Lang::En { "\nWhat went wrong:\n" } else { "\n出了什么问题：\n" });
    for Mishap { step, words, kind, .. } in mishaps {
        let overtook = match (*kind == "overtook", lang) {
            (false, _) => "",
            (true, Lang::En) => "out of order: ",
            (true, Lang::Zh) => "次序颠倒：",
        };
        let _ = match lang {
            Lang::En => writeln!(out, "  step {step}: {overtook}{words}"),
            Lang::Zh => writeln!(out, "  第 {step} 步：{overtook}{words}"),
        };
    }
    out
}

pub(crate) fn json(mishaps: &[Mishap]) -> Value {
    let one = |mishap: &Mishap| {
        let mut told = json!({ "step": mishap.step, "kind": mishap.kind, "text": mishap.words });
        if let Some(process) = &mishap.process {
            told["process"] = json!(process);
        }
        if let Some(channel) = &mishap.channel {
            told["channel"] = json!(channel);
        }
        if let Some(group) = &mishap.group {
            told["group"] = json!(group);
        }
        told
    };
    mishaps.iter().map(one).collect()
}
