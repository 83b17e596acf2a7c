//! What is left of the snapshots of a run whose parts are kept on several processes, and what is read while one takes the
//! place of another: `cutline run --keep`.

use crate::run_report::columns;
use cutline_core::keeping::{
    Change, Half, Keeping, KeptPart, KeptSnapshot, MAX_KEEPERS, MAX_STATES, Phases, Seen, StoreStep, changes, kept,
};
use cutline_core::{ProcessId, SnapshotId};
use cutline_session::{Lang, Session, Text, separator};
use serde_json::{Value, json};
use std::fmt::Write;

/// The snapshots of a run, kept in a certain way.
pub(crate) struct Kept<'a> {
    session: &'a Session,
    keeping: Keeping,
    snapshots: Vec<KeptSnapshot>,
    changes: Vec<Change>,
}

impl<'a> Kept<'a> {
    /// None unless the scenario says how they are kept.
    pub(crate) fn of(session: &'a Session) -> Option<Self> {
        let keeping = session.keeping()?;
        let (trace, snapshots) = (session.history().trace(), session.world().snapshots());
        let (kept, changes) = (kept(&trace, snapshots, keeping), changes(&trace, snapshots, keeping));
        Some(Self { session, keeping, snapshots: kept, changes })
    }

    pub(crate) fn text(&self) -> String {
        if self.snapshots.is_empty() {
            return String::new();
        }
        let mut out = format!("\n{}\n", self.heading());
        for kept in &self.snapshots {
            self.snapshot_text(kept, &mut out);
        }
        for change in &self.changes {
            self.change_text(change, &mut out);
        }
        out
    }

    fn heading(&self) -> String {
        let others = self.keeping.others;
        match (self.session.lang(), self.keeping.phases) {
            (Lang::En, _) if others == 1 => "Each part kept on 1 other process:".to_owned(),
            (Lang::En, _) => format!("Each part kept on {others} other processes:"),
            (Lang::Zh, _) => format!("每个部分另存于 {others} 个进程："),
        }
    }

    fn snapshot_text(&self, kept: &KeptSnapshot, out: &mut String) {
        let (name, step) = (self.name(kept.snapshot), kept.after_step);
        let _ = match self.session.lang() {
            Lang::En => writeln!(out, "  {name}, complete after step {step}"),
            Lang::Zh => writeln!(out, "  {name}，第 {step} 步之后完成"),
        };
        let row = |part: &KeptPart| {
            let (of, by) = (self.session.topology().process_name(part.of), self.processes(&part.keepers));
            let left = self.processes(&part.left);
            match self.session.lang() {
                Lang::En => [format!("  part of {of}"), format!("kept by {by}"), format!("left with {left}")],
                Lang::Zh => [format!("  {of} 的部分"), format!("由 {by} 保留"), format!("现存于 {left}")],
            }
        };
        out.push_str(&columns(&kept.parts.iter().map(row).collect::<Vec<_>>()));
        let losses: Vec<String> = kept.losses_too_many().iter().map(|set| self.processes(set)).collect();
        let _ = match (self.session.lang(), kept.is_whole()) {
            (Lang::En, true) => writeln!(out, "    lost just when all of these are: {}", losses.join("; or ")),
            (Lang::En, false) => writeln!(out, "    lost: it cannot be put together"),
            (Lang::Zh, true) => writeln!(out, "    只有以下进程全部失去时，它才会丢失：{}", losses.join("；或 ")),
            (Lang::Zh, false) => writeln!(out, "    已丢失：无法拼合"),
        };
    }

    fn change_text(&self, change: &Change, out: &mut String) {
        let (old, new) = (self.name(change.old), self.name(change.new));
        let _ = match (self.session.lang(), self.keeping.phases) {
            (Lang::En, Phases::Two) => writeln!(out, "  {new} in place of {old}, in two phases"),
            (Lang::En, Phases::One) => writeln!(out, "  {new} in place of {old}, in one phase"),
            (Lang::Zh, Phases::Two) => writeln!(out, "  {new} 取代{old}，分两阶段"),
            (Lang::Zh, Phases::One) => writeln!(out, "  {new} 取代{old}，一步完成"),
        };
        let row = |told: &cutline_core::keeping::Told| {
            let step = told.step.map_or_else(|| self.before().to_owned(), |step| self.step(step));
            [format!("  {step}"), self.seen(told.seen, change), String::new()]
        };
        out.push_str(&columns(&change.told.iter().map(row).collect::<Vec<_>>()));
        let _ = writeln!(out, "    {}", self.tried(change));
        if let Some(half) = change.tried.as_ref().and_then(|tried| tried.half.as_ref()) {
            let _ = writeln!(out, "    {}", self.half(half));
        }
    }

    fn tried(&self, change: &Change) -> String {
        let (old, new, losses) = (self.name(change.old), self.name(change.new), change.losses);
        match (self.session.lang(), &change.tried) {
            (Lang::En, None) => format!(
                "not gone through: more than {MAX_KEEPERS} processes, or more than {MAX_STATES} states that steps lead to"
            ),
            (Lang::Zh, None) => {
                format!("没有逐一检查：进程多于 {MAX_KEEPERS} 个，或步骤可达的状态多于 {MAX_STATES} 个")
            }
            (Lang::En, Some(tried)) => format!(
                "in all {} states that steps lead to, at most {losses} lost: {old} read in {}, {new} in {}, a half one in {}",
                tried.states,
                tried.old,
                tried.new,
                tried.states - tried.old - tried.new
            ),
            (Lang::Zh, Some(tried)) => format!(
                "步骤可达的全部 {} 个状态中（至多失去 {losses} 个进程）：读到{old} 的有 {} 个，读到{new} 的有 {} 个，读到半个快照的有 {} 个",
                tried.states,
                tried.old,
                tried.new,
                tried.states - tried.old - tried.new
            ),
        }
    }

    fn half(&self, half: &Half) -> String {
        let steps: Vec<String> = half.steps.iter().map(|step| self.step(*step)).collect();
        let found = self.processes(&half.found);
        match self.session.lang() {
            Lang::En => format!("if it stops after: {}; only the parts of {found} are found then", steps.join("; ")),
            Lang::Zh => format!("如果停在这些步骤之后：{}；此时只能找到 {found} 的部分", steps.join("；")),
        }
    }

    fn step(&self, step: StoreStep) -> String {
        let name = |process| self.session.topology().process_name(process);
        match (self.session.lang(), step) {
            (Lang::En, StoreStep::Prepare(process)) => format!("{} writes the new parts", name(process)),
            (Lang::En, StoreStep::Commit(process)) => format!("{} drops the old parts", name(process)),
            (Lang::En, StoreStep::Lose(process)) => format!("{} is lost", name(process)),
            (Lang::Zh, StoreStep::Prepare(process)) => format!("{} 写下新的部分", name(process)),
            (Lang::Zh, StoreStep::Commit(process)) => format!("{} 丢弃旧的部分", name(process)),
            (Lang::Zh, StoreStep::Lose(process)) => format!("失去 {}", name(process)),
        }
    }

    fn before(&self) -> &'static str {
        if self.session.lang() == Lang::En { "before" } else { "之前" }
    }

    fn seen(&self, seen: Seen, change: &Change) -> String {
        match (seen, self.session.lang()) {
            (Seen::Old, _) => self.name(change.old),
            (Seen::New, _) => self.name(change.new),
            (Seen::Half, Lang::En) => "a half one".to_owned(),
            (Seen::Half, Lang::Zh) => "半个快照".to_owned(),
            (Seen::Nothing, Lang::En) => "nothing".to_owned(),
            (Seen::Nothing, Lang::Zh) => "什么也没有".to_owned(),
        }
    }

    fn name(&self, snapshot: SnapshotId) -> String {
        self.session.say(Text::SnapshotN, &[("n", &Session::number(snapshot))])
    }

    fn processes(&self, processes: &[ProcessId]) -> String {
        match processes {
            [] if self.session.lang() == Lang::En => "nobody".to_owned(),
            [] => "无".to_owned(),
            processes => self.names(processes).join(separator(self.session.lang())),
        }
    }

    fn names(&self, processes: &[ProcessId]) -> Vec<&str> {
        processes.iter().map(|process| self.session.topology().process_name(*process)).collect()
    }

    /// Of one snapshot; none unless it is complete.
    pub(crate) fn json(&self, snapshot: SnapshotId) -> Option<Value> {
        let kept = self.snapshots.iter().find(|kept| kept.snapshot == snapshot)?;
        let part = |part: &KeptPart| {
            let of = self.names(&[part.of])[0];
            json!({ "process": of, "kept_by": self.names(&part.keepers), "left_with": self.names(&part.left) })
        };
        let change = self.changes.iter().find(|change| change.new == snapshot);
        let losses = kept.losses_too_many();
        Some(json!({
            "others": self.keeping.others,
            "after_step": kept.after_step,
            "parts": kept.parts.iter().map(part).collect::<Vec<_>>(),
            "gone": self.names(&kept.gone),
            "whole": kept.is_whole(),
            "survives_any": kept.survives_any(),
            "lost_without": losses.iter().map(|set| self.names(set)).collect::<Vec<_>>(),
            "replaces": change.map(|change| self.change(change)),
        }))
    }

    fn change(&self, change: &Change) -> Value {
        let seen = |seen: Seen| match seen {
            Seen::Nothing => "nothing",
            Seen::Old => "old",
            Seen::New => "new",
            Seen::Half => "half",
        };
        let step = |step: &StoreStep| {
            let (does, process) = match *step {
                StoreStep::Prepare(process) => ("prepare", process),
                StoreStep::Commit(process) => ("commit", process),
                StoreStep::Lose(process) => ("lose", process),
            };
            json!({ "does": does, "process": self.names(&[process])[0] })
        };
        let told = change.told.iter();
        let told = told.map(|told| json!({ "step": told.step.as_ref().map(step), "read": seen(told.seen) }));
        let half = |half: &Half| json!({ "steps": half.steps.iter().map(step).collect::<Vec<_>>(), "found": self.names(&half.found) });
        let tried = change.tried.as_ref().map(|tried| {
            let half = tried.half.as_ref().map(half);
            json!({ "states": tried.states, "old": tried.old, "new": tried.new, "half": half })
        });
        json!({
            "snapshot": change.old.0 + 1,
            "phases": if self.keeping.phases == Phases::Two { 2 } else { 1 },
            "losses": change.losses,
            "moments": told.collect::<Vec<_>>(),
            "tried": tried,
        })
    }
}
