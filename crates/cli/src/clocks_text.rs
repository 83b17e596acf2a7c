//! Clocks that were compared, as people read them.

use serde_json::Value;
use std::fmt::Write;

const HEADS: [&str; 8] = ["process", "at", "offset", "error <=", "true", "until", "error <=", "true"];
const FIELDS: [&str; 7] = ["at", "offset", "error", "true_offset", "until", "error_until", "true_offset_until"];

/// What was found, out of its JSON.
pub(crate) fn text(all: &Value) -> String {
    let mut out = format!("{}\n\n", plain(&all["title"]));
    let protocol = if all["protocol"] == "ntp" { "NTP" } else { "Cristian" };
    let [server, exchanges, every, seed, drift] =
        ["server", "exchanges", "every", "seed", "drift"].map(|field| plain(&all[field]));
    let _ = writeln!(
        out,
        "{server}'s clock is asked for ({protocol}). Questions at a time: {exchanges}; anew after {every}."
    );
    let _ = writeln!(out, "Greatest drift (rho): {drift} millionths. Seed {seed}.\n");
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    for process in all["processes"].as_array().into_iter().flatten() {
        for round in process["rounds"].as_array().into_iter().flatten() {
            let fields = FIELDS.iter().map(|field| plain(&round[*field]));
            rows.push(std::iter::once(plain(&process["process"])).chain(fields).collect());
        }
    }
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..HEADS.len()).map(width).collect();
    for row in &rows {
        let _ = write!(out, "  {:<1$}", row[0], widths[0]);
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            let _ = write!(out, "  {cell:>width$}");
        }
        out.push('\n');
    }
    let (eps_0, eps) = (plain(&all["eps_0"]), plain(&all["eps"]));
    let _ = writeln!(
        out,
        "\nSet by this, two clocks are at most {eps_0} apart at once, and {eps} before they are set anew (eps)."
    );
    let answer = match (&all["least_delay"], all["is_safe"] == true) {
        (Value::Null, _) => "No channel is recorded: recording by the clock is right in every run.".to_owned(),
        (delay, true) => format!(
            "A message takes {delay} or more (delta_min): (1 - rho) * delta_min >= eps, so recording by the clock is right in every run."
        ),
        (delay, false) => format!(
            "A message takes {delay} or more (delta_min): (1 - rho) * delta_min < eps, so recording by the clock is not safe."
        ),
    };
    let _ = writeln!(out, "{answer}");
    out
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
