//! Every run of a system to its end, and the theorem of the paper in each: the run that has all events before the cut
//! first passes through the recorded state (Chandy and Lamport 1985, theorem 1).

use crate::explore::Task;
use crate::explore_text::grouped;
use crate::progress::Watch;
use cutline_core::explore::{Executions, Explorer, Reduction};
use cutline_core::judge::{Verdict, judge};
use cutline_core::{Event, Method, Step, Trace};

/// How every run came out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Theorem {
    /// The runs to their end.
    pub(crate) executions: u64,
    /// Those in which the snapshot is complete.
    pub(crate) complete: u64,
    /// Those of them that really were in the recorded state.
    pub(crate) occurred: u64,
    /// Those of them that never were.
    pub(crate) never: u64,
    /// The swaps of neighbouring events that lead to a run through it, in all and at most.
    pub(crate) swaps: (u64, u64),
    /// The complete ones for which the theorem does not hold, since their snapshot is not consistent.
    pub(crate) violations: u64,
}

/// Judges every run, or says why that is not done.
pub(crate) fn theorem(
    task: &Task,
    plain: &Explorer<Method>,
    runs: Executions,
    most: u64,
    watch: &mut Watch,
) -> Result<Theorem, String> {
    let [planned] = &task.exploration.snapshots[..] else {
        return Err("it is about one snapshot, and there are several or none".to_owned());
    };
    if task.exploration.reduction != Reduction::None {
        return Err("with --reduce not all runs are looked at".to_owned());
    }
    let count = match runs {
        Executions::Counted(count) if count <= u128::from(most) => count,
        Executions::Counted(count) => {
            let (count, most) = (u64::try_from(count).map_or_else(|_| count.to_string(), grouped), grouped(most));
            return Err(format!("there are {count} runs, more than the {most} of --max-executions"));
        }
        Executions::TooMany => return Err("there are more runs than --max-executions".to_owned()),
        Executions::Infinite => return Err("there are runs that never end".to_owned()),
        Executions::Unknown => return Err("the runs were not counted: the budget was spent before".to_owned()),
    };
    let system = &task.exploration.system;
    let mut found = Theorem::default();
    let mut over = false;
    plain.each_execution(&mut |run: &[(_, Vec<Event>)]| {
        let steps = run.iter().map(|(action, events)| Step { action: *action, events }).collect();
        found.add(&judge(&Trace { system, steps }, planned.id));
        watch.tell(|| format!("{} of {count} runs judged", found.executions));
        over = watch.is_over();
        !over
    });
    if over { Err("--max-seconds were over before all runs were judged".to_owned()) } else { Ok(found) }
}

impl Theorem {
    fn add(&mut self, verdict: &Verdict) {
        self.executions += 1;
        if !verdict.is_complete() {
            return;
        }
        self.complete += 1;
        let occurred = verdict.occurred_after.is_some();
        self.occurred += u64::from(occurred);
        self.never += u64::from(!occurred);
        self.violations += u64::from(!verdict.is_consistent());
        let swaps = verdict.passage.as_ref().map_or(0, |passage| passage.swaps);
        self.swaps = (self.swaps.0 + swaps, self.swaps.1.max(swaps));
    }
}
