//! The table of `cutline compare`.

use crate::compare::{Comparison, One, Row};
use crate::run_report::wide;
use crate::undone;
use cutline_core::meters::{Formula, Snapshot};
use cutline_session::{Lang, Standing};
use std::fmt::Write;

pub(crate) fn text(comparison: &Comparison, lang: Lang) -> String {
    let mut out = format!("{}\n", comparison.title);
    let (steps, rows) = (comparison.steps, comparison.rows.len());
    let _ = match lang {
        Lang::En => writeln!(out, "One schedule, read off a run of {steps} steps, through {rows} algorithms.\n"),
        Lang::Zh => writeln!(out, "取自一次 {steps} 步运行的同一调度，经 {rows} 种算法。\n"),
    };
    let mut table = vec![head(lang)];
    for row in &comparison.rows {
        table.extend(row.snapshots.iter().enumerate().map(|(at, one)| cells(row, one, at == 0, lang)));
        if row.snapshots.is_empty() {
            table.push(without_snapshot(row, lang));
        }
    }
    out.push_str(&laid_out(&table));
    for row in &comparison.rows {
        row_notes(row, lang, &mut out);
    }
    out.push('\n');
    out.push_str(match lang {
        Lang::En => LEGEND.0,
        Lang::Zh => LEGEND.1,
    });
    out
}

const HEAD: [(&str, &str); 10] = [
    ("algorithm", "算法"),
    ("verdict", "判定"),
    ("control messages", "控制消息"),
    ("bits", "位"),
    ("bits on messages", "消息附带位"),
    ("stored", "存储"),
    ("difference", "差分"),
    ("memory", "内存"),
    ("held", "阻滞"),
    ("delay", "延迟"),
];

const LEGEND: (&str, &str) = (
    "control messages: sent for the snapshot, beside the formula (n processes, e channels, u used, r initiators); bits: theirs;\n\
     bits on messages: on all messages of the run (m messages, s snapshots); stored: bytes of what was recorded, beside those of the\n\
     states (S) and of the messages across the cut (w), as the judge finds them; difference:\n\
     what storing it as a difference to the one before takes / in full, both with the names of parts and shortened;\n\
     memory: most bytes remembered for the algorithm at a time; held: for each step, the channels on which something was held back;\n\
     delay: messages one after the other from start to end, beside what it takes in rounds, each one unit (d; otherwise at\n\
     least that), and steps in brackets.\n",
    "控制消息：为该快照发送的条数及公式（n 进程，e 通道，u 用过的通道，r 发起者）；位：其位数；消息附带位：全部应用消息所附的位\n\
     （m 条消息，s 个快照）；存储：所记录内容的字节数，对照判定所得的状态（S）与穿过割线的消息（w）的字节数；差分：只存与前一快照之差所需 / 完整存储所需的字节数；内存：算法同时记住的最多字节；阻滞：每一步中被拦住的通道数之和；\n\
     延迟：从开始到结束依次相接的消息数，对照逐轮进行、每条用一单位时间时的 d（否则至少为此数），括号内为步数。\n",
);

fn head(lang: Lang) -> Vec<String> {
    HEAD.iter().map(|(en, zh)| if lang == Lang::En { *en } else { *zh }.to_owned()).collect()
}

fn cells(row: &Row, one: &One, is_first: bool, lang: Lang) -> Vec<String> {
    let own = &row.meters.snapshots[one.id.index()];
    let several = row.snapshots.len() > 1;
    let name = if several { format!("{} #{}", row.name, one.id.0 + 1) } else { row.name.clone() };
    let verdict = match (one.standing, lang) {
        (Standing::Consistent, Lang::En) => "consistent",
        (Standing::Consistent, Lang::Zh) => "一致",
        (Standing::Inconsistent, Lang::En) => "inconsistent",
        (Standing::Inconsistent, Lang::Zh) => "不一致",
        (_, Lang::En) => "incomplete",
        (_, Lang::Zh) => "未完成",
    };
    let of_run = |words: String| if is_first { words } else { String::new() };
    vec![
        name,
        verdict.to_owned(),
        beside(own.controls, one.costs.controls.as_ref()),
        own.control_bits.to_string(),
        of_run(beside(row.meters.tag_bits, one.costs.tag_bits.as_ref())),
        beside(own.stored_bytes as u64, one.size.as_ref()),
        one.stored.map_or_else(|| "-".to_owned(), |(full, difference)| format!("{difference}/{full}")),
        of_run(row.meters.memory_bytes.to_string()),
        beside(own.held, row.held.as_ref()),
        match own.steps() {
            Some(steps) => format!("{} [{steps}]", delay(own, one.costs.delay.as_ref())),
            None => "-".to_owned(),
        },
    ]
}

/// What took no snapshot.
fn without_snapshot(row: &Row, lang: Lang) -> Vec<String> {
    let meters = &row.meters;
    let announced = match (meters.announced.first(), lang) {
        (Some(step), Lang::En) => format!("announced [{step}]"),
        (Some(step), Lang::Zh) => format!("已宣布 [{step}]"),
        (None, _) => "-".to_owned(),
    };
    let controls = beside(meters.signals.0, row.costs.controls.as_ref());
    let (bits, memory) = (meters.signals.1.to_string(), meters.memory_bytes.to_string());
    let (dash, tags) = (|| "-".to_owned(), beside(meters.tag_bits, row.costs.tag_bits.as_ref()));
    vec![row.name.clone(), announced, controls, bits, tags, dash(), dash(), memory, dash(), dash()]
}

/// A measured number, and what the theory says.
pub(crate) fn beside(measured: u64, formula: Option<&Formula>) -> String {
    match formula {
        Some(formula) => {
            let sign = if formula.is_bound { "<= " } else { "" };
            format!("{measured} ({sign}{} = {})", formula.written, formula.value)
        }
        None => measured.to_string(),
    }
}

/// How long it took, beside a formula that holds to the letter in rounds alone.
pub(crate) fn delay(own: &Snapshot, formula: Option<&Formula>) -> String {
    match formula {
        Some(formula) if !own.in_rounds => format!("{} (>= {} = {})", own.delay, formula.written, formula.value),
        other => beside(own.delay.into(), other),
    }
}

/// A table with its columns one below the other.
pub(crate) fn laid_out(table: &[Vec<String>]) -> String {
    let width = |at: usize| table.iter().filter_map(|row| row.get(at)).map(|cell| wide(cell)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..table.first().map_or(0, Vec::len)).map(width).collect();
    let mut out = String::new();
    for row in table {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(line, "{cell}{}  ", " ".repeat(width - wide(cell)));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Why what is wrong is wrong, what is lacking, and how the schedule was followed.
fn row_notes(row: &Row, lang: Lang, out: &mut String) {
    let mut notes = Vec::new();
    notes.extend(row.lack.clone());
    let (held, ahead, left) = (row.followed.held(), row.followed.ahead(), row.followed.left());
    let missed = row.followed.missed().len();
    let left = left + missed;
    if held + ahead + left > 0 {
        notes.push(match lang {
            Lang::En => format!("actions of the schedule: {held} held back, {ahead} ahead of others, {left} not done"),
            Lang::Zh => format!("调度中的动作：{held} 个被拦住，{ahead} 个提前，{left} 个未执行"),
        });
    }
    notes.extend(undone::notes(&row.undone, lang));
    for one in row.snapshots.iter().filter(|one| one.standing != Standing::Consistent) {
        notes.push(format!("#{} {} {}", one.id.0 + 1, one.verdict, one.reasons));
    }
    let told = |(name, answer, _): &(String, String, bool)| match lang {
        Lang::En => format!("{name}: {answer}"),
        Lang::Zh => format!("{name}：{answer}"),
    };
    for one in row.snapshots.iter().filter(|one| one.standing == Standing::Consistent) {
        notes.extend(
            one.properties.iter().filter(|(.., holds)| *holds).map(|line| format!("#{} {}", one.id.0 + 1, told(line))),
        );
    }
    if !notes.is_empty() {
        let _ = writeln!(out, "\n{}", row.name);
    }
    for note in notes {
        let _ = writeln!(out, "  {note}");
    }
}
