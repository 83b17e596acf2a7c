//! The facts of the run that the diagram shows, kept from one painting to the next.

use crate::session::Session;
use cutline_core::history::NodeId;
use cutline_core::{History, Method, Step, Trace};
use cutline_diagram::Chart;
use std::cell::RefCell;
use std::rc::Rc;

/// So many branches are kept: the current one, one that it is compared with, and one to come back to.
const KEPT: usize = 3;

/// Charts of branches, the latest used first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Charts(RefCell<Vec<Charted>>);

#[derive(Clone, Debug)]
struct Charted {
    tip: NodeId,
    chart: Rc<Chart>,
}

impl Charts {
    /// The history is another one now.
    pub(crate) fn forget(&self) {
        self.0.borrow_mut().clear();
    }

    /// The chart of the branch that ends here. If that branch has only grown since, what is new is added.
    fn of(&self, history: &History<Method>, tip: NodeId) -> Rc<Chart> {
        let mut kept = self.0.borrow_mut();
        let found = match kept.iter().position(|charted| charted.tip == tip) {
            Some(at) => kept.remove(at),
            None => {
                let path = history.path(tip);
                let grown = |charted: &Charted| path.get(charted.chart.steps()) == Some(&charted.tip);
                let before = kept.iter().position(grown).map(|at| kept.remove(at).chart);
                let known = before.as_ref().map_or(0, |chart| chart.steps());
                let (new, tags) = (&path[known + 1..], history.tag_roles(tip, known));
                let steps: Vec<Step<'_>> = new.iter().filter_map(|node| history.step_to(*node)).collect();
                let mut chart = match before {
                    Some(mut chart) => {
                        Rc::make_mut(&mut chart).extend(&steps);
                        chart
                    }
                    None => Rc::new(Chart::new(&Trace { system: history.world().system(), steps })),
                };
                Rc::make_mut(&mut chart).add_tags(tags);
                Charted { tip, chart }
            }
        };
        let chart = found.chart.clone();
        kept.insert(0, found);
        kept.truncate(KEPT);
        chart
    }
}

impl Session {
    /// The facts of the current branch, from its start to its end, whatever step the present is.
    #[must_use]
    pub fn chart(&self) -> Rc<Chart> {
        self.charts.of(self.history(), self.history().tip())
    }

    /// The facts of another branch, and the number of steps that it shares with the current one; none if it has nothing
    /// of its own.
    pub(crate) fn other_chart(&self, tip: NodeId) -> Option<(Rc<Chart>, usize)> {
        let history = self.history();
        if !history.has(tip) {
            return None;
        }
        let path = history.path(tip);
        let shared = (0..path.len()).take_while(|step| history.moment(*step) == Some(path[*step])).count();
        (shared < path.len()).then(|| (self.charts.of(history, tip), shared.saturating_sub(1)))
    }
}
