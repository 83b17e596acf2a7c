//! Scripts for a session, a command a line, and transcripts of what the session then shows.

use crate::visible;
use cutline_core::{Action, ChannelId, ProcessId, Scenario, SnapshotId};
use cutline_session::{BranchMsg, Command, Jump, Lang, LookMsg, Msg, Session, SideMsg, Speed, Tab, TimeMsg};
use std::fmt::Write;

/// A session, with what it showed last.
pub(crate) struct Player {
    pub(crate) session: Session,
    shown: Vec<(&'static str, String)>,
    transcript: String,
}

/// The page's own scenarios under a script; the transcript tells, for each line, what has changed.
pub(crate) fn transcript(lang: Lang, script: &str) -> String {
    let mut player = Player::of(Session::new(lang));
    player.play(script);
    player.transcript
}

/// A session with one scenario of the test's own.
pub(crate) fn with(scenario: &str) -> Player {
    Player::of(Session::with(vec![Scenario::parse(scenario).unwrap()], Lang::En))
}

/// One of the page's scenarios, counted from 1, after a script.
pub(crate) fn after(lang: Lang, scenario: usize, script: &str) -> Player {
    let mut player = Player::of(Session::new(lang));
    player.play(&format!("open {scenario}"));
    player.play(script);
    player
}

impl Player {
    pub(crate) fn of(session: Session) -> Self {
        Self { session, shown: Vec::new(), transcript: String::new() }
    }

    /// Carries out a script. Blank lines are left out.
    pub(crate) fn play(&mut self, script: &str) {
        for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let msg = self.read(line);
            let commands = self.session.update(msg);
            self.note(line, &commands);
        }
    }

    fn note(&mut self, line: &str, commands: &[Command]) {
        writeln!(self.transcript, "> {line}").unwrap();
        for command in commands {
            writeln!(self.transcript, "  page: {command:?}").unwrap();
        }
        let now = visible::sections(&self.session);
        for (at, (name, text)) in now.iter().enumerate() {
            if self.shown.get(at).is_none_or(|(_, before)| before != text) {
                let text = if text.is_empty() { "(nothing)" } else { text };
                writeln!(self.transcript, "  {name}: {}", text.replace('\n', "\n    ")).unwrap();
            }
        }
        self.transcript.push('\n');
        self.shown = now;
    }

    /// A line as a message.
    fn read(&self, line: &str) -> Msg {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["open", scenario] => Msg::Open(number(scenario) - 1),
            ["speak", "en"] => Msg::Speak(Lang::En),
            ["speak", "zh"] => Msg::Speak(Lang::Zh),
            ["take", "snapshot"] => Msg::TakeSnapshot,
            ["start", "at", process] => Msg::StartAt(self.process(process)),
            ["join", snapshot, "at", process] => {
                Msg::Do(Action::Initiate { process: self.process(process), snapshot: snapshot_of(snapshot) })
            }
            ["send", channel, what] => Msg::Do(self.send(channel, what)),
            ["deliver", "next"] => Msg::Time(TimeMsg::DeliverNext),
            ["deliver", channel] => Msg::Do(Action::Deliver { channel: self.channel(channel), position: 0 }),
            ["deliver", channel, position] => {
                let position = u32::try_from(number(position)).unwrap();
                Msg::Do(Action::Deliver { channel: self.channel(channel), position })
            }
            ["act", process, choice] => {
                let choice = u16::try_from(number(choice)).unwrap();
                Msg::Do(Action::Act { process: self.process(process), choice })
            }
            ["choose", line] => self.session.menu().unwrap().choices[number(line) - 1].msg.unwrap(),
            ["forward"] => Msg::Forward,
            ["back"] => Msg::Back,
            ["seek", step] => Msg::Seek(number(step)),
            ["reset"] => Msg::Reset,
            ["next", "branch"] => Msg::NextBranch,
            ["run", "to", "end"] => Msg::RunToEnd,
            ["play" | "pause"] => Msg::TogglePlay,
            ["tick"] => Msg::Tick,
            ["watch"] => Msg::Time(TimeMsg::Watch),
            ["take", "whole", "snapshot"] => Msg::Time(TimeMsg::TakeWhole),
            ["finish"] => Msg::Time(TimeMsg::Finish),
            ["speed", place] => Msg::Time(TimeMsg::Speed(Speed::at(u8::try_from(number(place)).unwrap()))),
            ["next", "recording"] => Msg::Time(TimeMsg::NextRecording),
            ["previous", "recording"] => Msg::Time(TimeMsg::PreviousRecording),
            ["branch", n] => Msg::Branch(BranchMsg::Switch(self.session.branch_tree()[number(n) - 1].tip)),
            ["compare", n] => Msg::Look(LookMsg::Compare(Some(self.session.branch_tree()[number(n) - 1].tip))),
            ["show", snapshot] => Msg::Show(snapshot_of(snapshot)),
            ["menu", process] => Msg::OpenMenu(self.process(process)),
            ["close", "menu"] => Msg::CloseMenu,
            ["dismiss"] => Msg::Dismiss,
            ["traffic", actions] => Msg::Traffic { actions: actions.parse().unwrap() },
            ["next", "at", process] => Msg::Jump(Jump::NextAt(self.process(process))),
            ["previous", "at", process] => Msg::Jump(Jump::PreviousAt(self.process(process))),
            ["turn", "to", tab] => Msg::Side(SideMsg::Turn(tab_of(tab))),
            ["passage", "none"] => Msg::Side(SideMsg::Passage(None)),
            ["passage", swaps] => Msg::Side(SideMsg::Passage(Some(swaps.parse().unwrap()))),
            ["place", process, x, y] => {
                Msg::Side(SideMsg::Place(self.process(process), x.parse().unwrap(), y.parse().unwrap()))
            }
            ["arrange"] => Msg::Side(SideMsg::Arrange),
            _ if crate::edits::read(&self.session, &words).is_some() => {
                crate::edits::read(&self.session, &words).unwrap()
            }
            _ => panic!("the script says {line:?}, which is no command"),
        }
    }

    fn send(&self, channel: &str, what: &str) -> Action {
        let computation = &self.session.world().system().computation;
        let payload = match computation {
            cutline_core::Computation::Bank(_) | cutline_core::Computation::Dataflow(_) => {
                cutline_core::Payload(what.parse().unwrap())
            }
            cutline_core::Computation::Automaton(automaton) => automaton.message_named(what).unwrap(),
            // There is only one kind of message.
            cutline_core::Computation::Diffusing(_) | cutline_core::Computation::Resources(_) => {
                cutline_core::Payload(0)
            }
        };
        Action::Send { channel: self.channel(channel), payload }
    }

    fn process(&self, name: &str) -> ProcessId {
        self.session.topology().process_named(name).unwrap()
    }

    /// A channel by its name, or as `P->Q`.
    fn channel(&self, name: &str) -> ChannelId {
        self.session.topology().channel_named(&name.replace("->", "→")).unwrap()
    }
}

fn number(word: &str) -> usize {
    word.parse().unwrap()
}

fn tab_of(word: &str) -> Tab {
    Tab::ALL.into_iter().find(|tab| format!("{tab:?}").to_lowercase() == word).unwrap()
}

fn snapshot_of(word: &str) -> SnapshotId {
    SnapshotId::at(number(word) - 1)
}
