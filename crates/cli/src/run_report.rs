//! What `cutline run` tells.

use crate::run_keeping::Kept;
use crate::run_meters::Metered;
use crate::run_mishaps;
use crate::schedulers::Name;
use cutline_core::{ChannelId, Event, SnapshotId};
use cutline_session::panel::Cell;
use cutline_session::{Lang, Msg, Session, Text};
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

/// An expectation that is not met: the words of a scenario file, or a field with what was expected and what was found.
pub(crate) struct Unmet {
    /// Where it stands in a scenario file.
    pub(crate) line: Option<usize>,
    pub(crate) words: String,
}

/// A run that was played.
pub(crate) struct Report {
    pub(crate) scripted: usize,
    pub(crate) scheduled: usize,
    pub(crate) scheduler: Name,
    pub(crate) seed: u64,
    /// Whether the scheduler was stopped before it was done.
    pub(crate) spent: bool,
    pub(crate) expected: usize,
    pub(crate) unmet: Vec<Unmet>,
    /// Whether to tell what each snapshot cost.
    pub(crate) meters: bool,
    /// The channels in which an item may overtake others only as often as is allowed.
    pub(crate) ordered: Vec<ChannelId>,
}

impl Report {
    pub(crate) fn text(&self, session: &mut Session, told: &AtomicU64) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{}\n{}\n", session.title(), session.about());
        let _ = writeln!(out, "{}", self.steps(session.lang()));
        out.push_str(&run_mishaps::text(&run_mishaps::of(session, &self.ordered), session.lang()));
        let begun = session.begun();
        let announced = announced(session);
        for (process, step) in &announced {
            let _ = match session.lang() {
                Lang::En => writeln!(out, "\n{process} announced, after step {step}, that the work has ended."),
                Lang::Zh => writeln!(out, "\n{process} 在第 {step} 步之后宣布工作已经结束。"),
            };
        }
        if begun.is_empty() && announced.is_empty() {
            let _ = writeln!(out, "\n{}", session.verdict_words().title);
        }
        for snapshot in begun {
            session.update(Msg::Show(snapshot));
            self.snapshot_text(session, snapshot, &mut out);
            told.fetch_add(1, Ordering::Relaxed);
        }
        if let Some(kept) = Kept::of(session) {
            out.push_str(&kept.text());
        }
        if self.meters {
            out.push_str(&Metered::of(session).text(session.lang()));
        }
        self.expectations(session.lang(), &mut out);
        out
    }

    fn steps(&self, lang: Lang) -> String {
        let (scripted, scheduled, by) = (self.scripted, self.scheduled, self.scheduler.name());
        let spent = match (self.spent, lang) {
            (false, _) => "",
            (true, Lang::En) => "; stopped there (--steps)",
            (true, Lang::Zh) => "；到此停止（--steps）",
        };
        match lang {
            Lang::En if scheduled == 0 => format!("Steps of the file: {scripted}{spent}."),
            Lang::En => format!("Steps of the file: {scripted}; by {by}: {scheduled}{spent}."),
            Lang::Zh if scheduled == 0 => format!("文件中的 {scripted} 步{spent}。"),
            Lang::Zh => format!("文件中的 {scripted} 步，另由 {by} 执行 {scheduled} 步{spent}。"),
        }
    }

    fn snapshot_text(&self, session: &Session, snapshot: SnapshotId, out: &mut String) {
        let verdict = session.verdict_words();
        let name = session.say(Text::SnapshotN, &[("n", &Session::number(snapshot))]);
        let colon = if session.lang() == Lang::En { ": " } else { "：" };
        let _ = writeln!(out, "\n{name}{colon}{}", verdict.title);
        let mut rows: Vec<[String; 3]> = Vec::new();
        for row in session.rows() {
            let cell = match row.cell {
                Cell::NotYet(words) | Cell::State(words) | Cell::Empty(words) => words,
                Cell::Messages(kept) => kept.into_iter().map(|term| term.words).collect::<Vec<_>>().join(" "),
            };
            let name = match row.more {
                // Hundreds of channels that are alike would make every line as wide as all their names.
                Some(more) => {
                    format!("{} {more}", row.names.into_iter().map(|term| term.words).collect::<Vec<_>>().join(" "))
                }
                None => row.name,
            };
            rows.push([name, row.how, cell]);
        }
        out.push_str(&columns(&rows));
        if let Some(equation) = session.equation() {
            let terms: Vec<&str> = equation.terms.iter().map(|term| term.words.as_str()).collect();
            let comma = if session.lang() == Lang::En { ", " } else { "，" };
            let left = wrapped(&terms.join(" + "), " + ");
            let _ = writeln!(out, "  {left} = {}{comma}{}", equation.sum, equation.remark);
        }
        let _ = writeln!(out, "  {}", verdict.reasons.plain());
        for line in session.tally_words(snapshot) {
            let _ = writeln!(out, "  {line}");
        }
        for line in session.properties(snapshot) {
            let stop = if session.lang() == Lang::En { ". " } else { "。" };
            let _ = writeln!(out, "  {}{colon}{}{stop}{}", line.name, line.answer, line.witness);
            let _ = writeln!(out, "    {}", line.conclusion);
        }
    }

    fn expectations(&self, lang: Lang, out: &mut String) {
        let (all, unmet) = (self.expected, self.unmet.len());
        let _ = match (lang, unmet) {
            _ if all == 0 => Ok(()),
            (Lang::En, 0) => writeln!(out, "\nAll {all} expectations of the file are met."),
            (Lang::Zh, 0) => writeln!(out, "\n文件中的 {all} 条预期全部满足。"),
            (Lang::En, _) => writeln!(out, "\n{unmet} of {all} expectations of the file are not met:"),
            (Lang::Zh, _) => writeln!(out, "\n文件中的 {all} 条预期有 {unmet} 条未满足："),
        };
        for Unmet { line, words } in &self.unmet {
            let _ = match (line, lang) {
                (Some(line), Lang::En) => writeln!(out, "  line {line}: {words}"),
                (Some(line), Lang::Zh) => writeln!(out, "  第 {line} 行：{words}"),
                (None, _) => writeln!(out, "  {words}"),
            };
        }
    }
}

/// Who announced something, and after which step.
pub(crate) fn announced(session: &Session) -> Vec<(String, usize)> {
    let trace = session.history().trace();
    let announced = trace.events().filter_map(|(step, event)| match *event {
        Event::Announced { process } => Some((session.topology().process_name(process).to_owned(), step)),
        _ => None,
    });
    announced.collect()
}

/// A long row of parts on several lines, each of which but the last ends with the sign between them.
fn wrapped(text: &str, between: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (number, part) in text.split(between).enumerate() {
        if number > 0 {
            out.push_str(between);
            at += wide(between);
        }
        if at > 0 && at + wide(part) > WIDEST {
            out.truncate(out.trim_end().len());
            out.push_str("\n    ");
            at = 0;
        }
        out.push_str(part);
        at += wide(part);
    }
    out
}

/// How wide a line of an equation may be.
const WIDEST: usize = 100;

/// Rows with their columns one below the other.
pub(crate) fn columns(rows: &[[String; 3]]) -> String {
    let width = |at: usize| rows.iter().map(|row| wide(&row[at])).max().unwrap_or(0);
    let widths = [width(0), width(1)];
    let mut out = String::new();
    for row in rows {
        let pad = |at: usize| " ".repeat(widths[at] - wide(&row[at]));
        let line = format!("  {}{}  {}{}  {}", row[0], pad(0), row[1], pad(1), row[2]);
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// How many places of a terminal a text takes: Chinese signs take two.
pub(crate) fn wide(text: &str) -> usize {
    text.chars().map(|sign| if u32::from(sign) >= 0x2E80 { 2 } else { 1 }).sum()
}
