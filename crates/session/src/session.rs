//! The state of the playground, and how what the reader does changes it.

use crate::branches::{BranchMsg, Branches};
use crate::bulk::Bulk;
use crate::catalogue::Lang;
use crate::charts::Charts;
use crate::edits::{EditMsg, Editing};
use crate::facts::Known;
use crate::gallery::{self, Listed};
use crate::jump::Jump;
use crate::link::{Arrival, Written};
use crate::look::{Look, LookMsg};
use crate::own_cut::{CutMsg, OwnCut};
use crate::side::{Side, SideMsg};
use crate::systems::SystemMsg;
use crate::time::{Time, TimeMsg, beat_changed};
use cutline_core::history::NodeId;
use cutline_core::judge::Verdict;
use cutline_core::scheduler::{OldestFirst, Scheduler};
use cutline_core::{Action, History, Method, ProcessId, Rejected, Scenario, SnapshotId};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What the reader did, or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Open a scenario, by its place in the picker.
    Open(usize),
    /// Read on in this language.
    Speak(Lang),
    /// Ask the world for something.
    Do(Action),
    /// Start a new snapshot at the process that the scenario suggests.
    TakeSnapshot,
    /// Start a new snapshot at this process.
    StartAt(ProcessId),
    /// One step on: along the branch, or at its end by delivering what has been under way longest.
    Forward,
    /// One step back.
    Back,
    /// To this step of the branch.
    Seek(usize),
    /// Back to where the scenario opened, on its own branch.
    Reset,
    /// Along the branch to its end, then deliver all that is under way.
    RunToEnd,
    /// Begin to step by itself, or stop it.
    TogglePlay,
    /// The time of one step is over while playing.
    Tick,
    /// Show this snapshot's cut.
    Show(SnapshotId),
    /// Open the menu of a process.
    OpenMenu(ProcessId),
    /// Close the menu.
    CloseMenu,
    /// Change the run as it has happened.
    Edit(EditMsg),
    /// Deliver more than one thing.
    Deliver(Bulk),
    /// Put away the notice.
    Dismiss,
    /// To the end of the next branch, in turn.
    NextBranch,
    /// Draw a cut of the reader's own, or move it.
    Cut(CutMsg),
    /// Add so many actions at random, [`crate::MAX_TRAFFIC`] at most.
    Traffic {
        /// How many.
        actions: u32,
    },
    /// To another event, if there is one.
    Jump(Jump),
    /// Something on the side of the page.
    Side(SideMsg),
    /// Something about time.
    Time(TimeMsg),
    /// Something about branches.
    Branch(BranchMsg),
    /// Look at the diagram in another way.
    Look(LookMsg),
    /// Look at another system.
    System(SystemMsg),
    /// Show all of it to a hall, or no more.
    Present(bool),
}

impl Msg {
    /// Whether it only changes what is shown of the run, not the run or the moment.
    fn is_about_views(self) -> bool {
        matches!(self, Self::Speak(_) | Self::Show(_) | Self::Side(_) | Self::Look(_) | Self::Present(_))
    }
}

/// What the page has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Send [`Msg::Tick`] every so many milliseconds.
    StartTicking(u32),
    /// No more of it.
    StopTicking,
    /// Set the language of the document and remember it.
    SpokenLanguage(Lang),
}

/// Something the reader has to be told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What was refused, and why.
    pub why: Rejected,
    /// Counts the notices, so that the same one twice is two.
    pub number: u32,
}

/// What the one prominent button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Primary {
    /// Starts a snapshot.
    TakeSnapshot,
    /// Delivers all that is under way.
    RunToEnd,
    /// Ends the showing of a snapshot that becomes complete, with its result.
    Finish,
}

/// The playground.
#[derive(Clone, Debug)]
pub struct Session {
    pub(crate) scenarios: Vec<Listed>,
    pub(crate) current: usize,
    pub(crate) lang: Lang,
    pub(crate) history: History<Method>,
    scripted_end: NodeId,
    pub(crate) chosen: Option<SnapshotId>,
    pub(crate) menu: Option<ProcessId>,
    pub(crate) notice: Option<Notice>,
    pub(crate) arrival: Option<Arrival>,
    pub(crate) notices: u32,
    pub(crate) own_cut: OwnCut,
    pub(crate) time: Time,
    pub(crate) branches: Branches,
    pub(crate) look: Look,
    pub(crate) judged: RefCell<Judged>,
    pub(crate) editing: Editing,
    pub(crate) known_facts: RefCell<Known>,
    pub(crate) side: Side,
    pub(crate) charts: Charts,
    pub(crate) written: Written,
    pub(crate) presenting: bool,
}

/// What the judge has said at one moment of the history.
pub(crate) type Judged = (NodeId, BTreeMap<SnapshotId, Rc<Verdict>>);

impl Session {
    /// The playground with the scenarios that come with the page, the first of them open.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self::with_listed(gallery::scenarios(), lang)
    }

    /// A playground with other scenarios, at least one; the first is open.
    ///
    /// # Panics
    /// If there is no scenario.
    #[must_use]
    pub fn with(scenarios: Vec<Scenario>, lang: Lang) -> Self {
        Self::with_listed(scenarios.into_iter().map(Listed::titled).collect(), lang)
    }

    fn with_listed(scenarios: Vec<Listed>, lang: Lang) -> Self {
        let history = scenarios[0].scenario.play();
        let scripted_end = history.here();
        let mut session = Self {
            scenarios,
            current: 0,
            lang,
            history,
            scripted_end,
            chosen: None,
            menu: None,
            notice: None,
            arrival: None,
            notices: 0,
            own_cut: OwnCut::default(),
            time: Time::default(),
            branches: Branches::default(),
            look: Look::default(),
            judged: RefCell::default(),
            editing: Editing::default(),
            known_facts: RefCell::default(),
            side: Side::default(),
            charts: Charts::default(),
            written: Written::default(),
            presenting: false,
        };
        session.reset();
        session
    }

    /// Takes note of what the reader did.
    pub fn update(&mut self, msg: Msg) -> Vec<Command> {
        let beat = self.time.beat();
        let goes_on = matches!(msg, Msg::Tick | Msg::TogglePlay) || msg.is_about_views();
        if !goes_on && !matches!(msg, Msg::Time(TimeMsg::Speed(_)) | Msg::Branch(BranchMsg::Toggle)) {
            self.time.stop();
        }
        if !matches!(msg, Msg::Speak(_) | Msg::Side(_) | Msg::Present(_)) {
            self.notice = None;
            self.arrival = None;
        }
        self.editing.moves_on(msg);
        let before = self.place_before();
        match msg {
            Msg::Open(scenario) => self.open(scenario),
            Msg::Speak(lang) => self.lang = lang,
            Msg::Do(action) => _ = self.act(action),
            Msg::TakeSnapshot => _ = self.take_snapshot(),
            Msg::StartAt(process) => {
                self.act(Action::Initiate { process, snapshot: self.next_snapshot() });
            }
            Msg::Forward => _ = self.forward(),
            Msg::Back => self.seek(self.step().saturating_sub(1)),
            Msg::Seek(step) => self.seek(step),
            Msg::Reset => self.reset(),
            Msg::RunToEnd => self.run_to_end(),
            Msg::TogglePlay => self.toggle_play(),
            Msg::Tick => self.tick(),
            Msg::Time(msg) => self.on_time(msg),
            Msg::Branch(msg) => self.on_branch(msg),
            Msg::Show(snapshot) => self.chosen = Some(snapshot),
            Msg::OpenMenu(process) => self.open_menu_of(process),
            Msg::NextBranch => self.next_branch(),
            Msg::Cut(msg) => self.move_own_cut(msg),
            Msg::Edit(msg) => self.edit(msg),
            Msg::Deliver(bulk) => self.deliver(bulk),
            Msg::CloseMenu => self.close(),
            Msg::Look(msg) => self.look.update(msg),
            Msg::Present(on) => self.presenting = on,
            Msg::Dismiss => {}
            Msg::Traffic { actions } => self.add_traffic(actions),
            Msg::Jump(jump) => {
                let target = self.target_of(jump);
                target.into_iter().for_each(|step| self.history.seek(step));
            }
            Msg::Side(msg) => self.side.update(msg),
            Msg::System(msg) => self.choose(msg),
        }
        self.note_done(msg, before);
        let opens = match msg {
            Msg::OpenMenu(_) | Msg::Speak(_) | Msg::Side(_) | Msg::Dismiss | Msg::Present(_) => true,
            Msg::Edit(msg) => msg.keeps_menu(),
            _ => false,
        };
        if !opens && self.notice.is_none() {
            self.close_menus();
        }
        let mut commands: Vec<Command> = beat_changed(beat, self.time.beat()).into_iter().collect();
        if let Msg::Speak(lang) = msg {
            commands.push(Command::SpokenLanguage(lang));
        }
        commands
    }

    pub(crate) fn open(&mut self, scenario: usize) {
        if scenario < self.scenarios.len() {
            self.current = scenario;
            self.history = self.scenarios[scenario].scenario.play();
            self.scripted_end = self.history.here();
            self.judged = RefCell::default();
            self.editing = Editing::default();
            self.known_facts = RefCell::default();
            self.side = Side { tab: self.side.tab, ..Side::default() };
            self.branches = Branches::default();
            self.charts.forget();
            self.written.forget();
            self.look.renew();
            self.chosen = None;
            self.own_cut = OwnCut::default();
            self.reset();
        }
    }

    pub(crate) fn seek(&mut self, step: usize) {
        self.history.seek(step);
    }

    fn reset(&mut self) {
        self.look.compare(None);
        self.history.switch_to(self.scripted_end);
        self.history.seek(self.listed().scenario.opens_at);
    }

    /// Whether it was done.
    pub(crate) fn act(&mut self, action: Action) -> bool {
        let left = self.history.tip();
        match self.history.act(action) {
            Ok(()) => {
                self.left_branch(left);
                if let Action::Initiate { snapshot, .. } = action {
                    self.chosen = Some(snapshot);
                }
                true
            }
            Err(why) => {
                self.refuse(why);
                false
            }
        }
    }

    pub(crate) fn refuse(&mut self, why: Rejected) {
        self.notices = self.notices.wrapping_add(1);
        self.notice = Some(Notice { why, number: self.notices });
    }

    /// Moments have been made and forgotten, so what was said of one of them may be about another now.
    pub(crate) fn forget_judgements(&mut self) {
        self.judged = RefCell::default();
        self.known_facts = RefCell::default();
        self.charts.forget();
        self.written.forget();
        self.own_cut.forget();
        self.branches.forget();
    }

    /// Whether anything happened.
    pub(crate) fn forward(&mut self) -> bool {
        if self.history.step() < self.history.len() {
            self.history.seek(self.history.step() + 1);
            return true;
        }
        let next = self.due_start().or_else(|| OldestFirst.next(self.history.world()));
        match next.or_else(|| self.duty()) {
            Some(action) => self.act(action),
            None => false,
        }
    }

    pub(crate) fn run_to_end(&mut self) {
        self.history.seek(self.history.len());
        // Deliveries and timers send nothing but markers, one a channel and snapshot, and reports, each part once, and a
        // policy starts no more than so many snapshots: this ends.
        while self.forward() {}
    }

    pub(crate) fn next_snapshot(&self) -> SnapshotId {
        SnapshotId::at(self.world().snapshots().len())
    }

    /// What the prepared run does next if that is to start a snapshot, and otherwise a start at the first process.
    pub(crate) fn suggested_start(&self) -> Action {
        let next = self.history.moment(self.history.step() + 1).and_then(|next| self.history.step_to(next));
        match next.map(|step| step.action) {
            Some(action @ Action::Initiate { .. }) => action,
            _ => Action::Initiate { process: ProcessId(0), snapshot: self.next_snapshot() },
        }
    }
}
