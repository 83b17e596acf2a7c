//! Recovery lines from uncoordinated checkpoints, found in three ways that must agree.

use super::cut::Cut;
use super::order::{EventKind, EventOrder};
use crate::ids::ProcessId;
use std::collections::VecDeque;
use std::fmt;
use std::ops::Range;

/// For each process its checkpoints: numbers of events, from 0 for the initial state, rising.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoints(Vec<Vec<u32>>);

/// Why something is no list of checkpoints, or no line through them. Processes are called by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckpointError {
    /// There must be one entry for each process.
    WrongLength {
        /// How many entries were given.
        given: usize,
        /// How many processes there are.
        wanted: usize,
    },
    /// The first checkpoint of a process is its initial state, after 0 events.
    NotFromStart(String),
    /// The checkpoints of a process must have rising numbers of events.
    NotRising(String),
    /// A process does not have so many events.
    TooManyEvents(String),
    /// A process does not have so many checkpoints.
    NoSuchCheckpoint(String),
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongLength { given, wanted } => {
                write!(f, "one entry is needed for each of the {wanted} processes, not {given} entries")
            }
            Self::NotFromStart(name) => {
                write!(f, "the first checkpoint of {name} is its initial state, after 0 events")
            }
            Self::NotRising(name) => write!(f, "each checkpoint of {name} needs more events than the one before it"),
            Self::TooManyEvents(name) => write!(f, "{name} has a checkpoint after more events than it has"),
            Self::NoSuchCheckpoint(name) => write!(f, "{name} does not have so many checkpoints"),
        }
    }
}

impl std::error::Error for CheckpointError {}

/// The greatest consistent choice of one checkpoint for each process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryLine {
    /// The place of each process's checkpoint in its list, counted from 0.
    pub checkpoints: Vec<usize>,
    /// The same as a cut.
    pub cut: Cut,
    /// How many events lie between it and where the search began.
    pub events_lost: u64,
}

/// A process that had to go back one checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rollback {
    /// The process.
    pub process: ProcessId,
    /// To which of its checkpoints.
    pub to: usize,
    /// The place in [`EventOrder::messages`] of the orphan on account of which.
    pub orphan: usize,
}

impl Checkpoints {
    /// The checkpoints with these numbers of events.
    ///
    /// # Errors
    /// If they do not begin with 0, do not rise, or go beyond the events of their process.
    pub fn new(order: &EventOrder, checkpoints: Vec<Vec<u32>>) -> Result<Self, CheckpointError> {
        let (given, wanted) = (checkpoints.len(), order.process_count());
        if given != wanted {
            return Err(CheckpointError::WrongLength { given, wanted });
        }
        for (process, own) in checkpoints.iter().enumerate() {
            let name = || order.names[process].clone();
            if own.first() != Some(&0) {
                return Err(CheckpointError::NotFromStart(name()));
            }
            if !own.is_sorted_by(|one, next| one < next) {
                return Err(CheckpointError::NotRising(name()));
            }
            if own.last() > Some(&order.last(process)) {
                return Err(CheckpointError::TooManyEvents(name()));
            }
        }
        Ok(Self(checkpoints))
    }

    /// The same with the present state of a process as its last checkpoint: the process has not failed.
    #[must_use]
    pub fn surviving(mut self, order: &EventOrder, process: ProcessId) -> Self {
        let (own, last) = (&mut self.0[process.index()], order.last(process.index()));
        if own.last() != Some(&last) {
            own.push(last);
        }
        self
    }

    /// The numbers of events at the checkpoints of each process.
    #[must_use]
    pub fn counts(&self) -> &[Vec<u32>] {
        &self.0
    }

    /// The last checkpoint of each process: where recovery begins if nobody asks for less.
    #[must_use]
    pub fn last(&self) -> Vec<usize> {
        self.0.iter().map(|own| own.len() - 1).collect()
    }

    /// The interval of a process in which an event lies: that ending with checkpoint 1, 2, ..., or the one after
    /// the last checkpoint.
    fn interval(&self, process: ProcessId, number: u32) -> usize {
        self.0[process.index()].partition_point(|count| *count < number)
    }

    fn cut(&self, line: &[usize]) -> Cut {
        Cut::of(self.0.iter().zip(line).map(|(own, at)| own[*at]).collect())
    }

    fn line(&self, start: &[usize], line: Vec<usize>) -> RecoveryLine {
        let cut = self.cut(&line);
        RecoveryLine { events_lost: self.cut(start).level() - cut.level(), checkpoints: line, cut }
    }
}

impl EventOrder {
    /// The recovery line at or below a choice of checkpoints, by stepping the receiver of an orphan back until
    /// there is none, with the steps in order. What a step undoes is looked at once, for messages that it turns into
    /// orphans. Takes time in the number of events above the line.
    ///
    /// # Errors
    /// If `start` does not name one checkpoint for each process.
    pub fn recovery_line(
        &self,
        checkpoints: &Checkpoints,
        start: &[usize],
    ) -> Result<(RecoveryLine, Vec<Rollback>), CheckpointError> {
        self.must_be_checkpoints(checkpoints, start)?;
        let (mut line, mut rollbacks) = (start.to_vec(), Vec::new());
        let after_start = |(process, at): (usize, &usize)| (process, checkpoints.0[process][*at]..self.last(process));
        let mut undone: VecDeque<(usize, Range<u32>)> = start.iter().enumerate().map(after_start).collect();
        while let Some((sender, range)) = undone.pop_front() {
            for kind in &self.kinds[sender][range.start as usize..range.end as usize] {
                let EventKind::Send(orphan) = *kind else { continue };
                let Some(received) = self.messages[orphan].received else { continue };
                let own = &checkpoints.0[received.process.index()];
                let at = &mut line[received.process.index()];
                while received.number <= own[*at] {
                    *at -= 1;
                    rollbacks.push(Rollback { process: received.process, to: *at, orphan });
                    undone.push_back((received.process.index(), own[*at]..own[*at + 1]));
                }
            }
        }
        Ok((checkpoints.line(start, line), rollbacks))
    }

    /// The same by the rollback-dependency graph (Wang 1997): its nodes are the intervals between checkpoints, its
    /// edges lead from each interval to the next and from where a message was sent to where it was received. What
    /// can be reached from the intervals after the start is lost. Takes time in the number of messages and
    /// checkpoints.
    ///
    /// # Errors
    /// If `start` does not name one checkpoint for each process.
    pub fn recovery_line_by_graph(
        &self,
        checkpoints: &Checkpoints,
        start: &[usize],
    ) -> Result<RecoveryLine, CheckpointError> {
        self.must_be_checkpoints(checkpoints, start)?;
        // An interval's number is that of the checkpoint at its end, so number 0 is no interval.
        let mut edges: Vec<Vec<Vec<(usize, usize)>>> =
            checkpoints.0.iter().map(|own| vec![Vec::new(); own.len() + 1]).collect();
        for (process, own) in checkpoints.0.iter().enumerate() {
            for (interval, edges) in edges[process].iter_mut().enumerate().take(own.len()).skip(1) {
                edges.push((process, interval + 1));
            }
        }
        for message in &self.messages {
            let Some(received) = message.received else { continue };
            let from = checkpoints.interval(message.sent.process, message.sent.number);
            let to = checkpoints.interval(received.process, received.number);
            edges[message.sent.process.index()][from].push((received.process.index(), to));
        }
        let mut lost: Vec<Vec<bool>> = edges.iter().map(|own| vec![false; own.len()]).collect();
        let mut open: Vec<(usize, usize)> = start.iter().map(|at| at + 1).enumerate().collect();
        while let Some((process, interval)) = open.pop() {
            if !std::mem::replace(&mut lost[process][interval], true) {
                open.extend(&edges[process][interval]);
            }
        }
        let kept = |own: &Vec<bool>| own.iter().take_while(|lost| !**lost).count() - 1;
        Ok(checkpoints.line(start, lost.iter().map(kept).collect()))
    }

    /// The same by going down to the nearest consistent cut and from there to the nearest checkpoints, by turns.
    /// Takes time in the square of the number of processes for each turn, of which there are no more than
    /// checkpoints.
    ///
    /// # Errors
    /// If `start` does not name one checkpoint for each process.
    pub fn recovery_line_by_max_below(
        &self,
        checkpoints: &Checkpoints,
        start: &[usize],
    ) -> Result<RecoveryLine, CheckpointError> {
        self.must_be_checkpoints(checkpoints, start)?;
        let mut line = start.to_vec();
        loop {
            let below = self.max_below(&checkpoints.cut(&line));
            let at_or_below = |(own, count): (&Vec<u32>, &u32)| own.partition_point(|at| at <= count) - 1;
            let lower: Vec<usize> = checkpoints.0.iter().zip(below.counts()).map(at_or_below).collect();
            if lower == line {
                return Ok(checkpoints.line(start, line));
            }
            line = lower;
        }
    }

    fn must_be_checkpoints(&self, checkpoints: &Checkpoints, start: &[usize]) -> Result<(), CheckpointError> {
        let (given, wanted) = (start.len(), self.process_count());
        if given != wanted || checkpoints.0.len() != wanted {
            return Err(CheckpointError::WrongLength { given, wanted });
        }
        let missing = (0..wanted).find(|process| start[*process] >= checkpoints.0[*process].len());
        missing.map_or(Ok(()), |process| Err(CheckpointError::NoSuchCheckpoint(self.names[process].clone())))
    }
}
