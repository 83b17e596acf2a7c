//! Tells the surrounding page, after every change, how things stand: an event `cutline:change` on the document.

use cutline_session::Session;
use serde::Serialize;
use web_sys::{CustomEvent, CustomEventInit};

/// How things stand.
#[derive(Serialize)]
pub(crate) struct Report {
    scenario: usize,
    name: String,
    step: usize,
    steps: usize,
    snapshots: Vec<SnapshotReport>,
}

#[derive(Serialize)]
struct SnapshotReport {
    number: u16,
    complete: bool,
    consistent: bool,
    recorded_total: Option<i64>,
    total: Option<i64>,
}

/// Sends the report.
pub(crate) fn announce(report: &Report) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(detail) = serde_wasm_bindgen::to_value(report) else { return };
    let init = CustomEventInit::new();
    init.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict("cutline:change", &init) {
        // The answer only tells whether somebody called preventDefault, which means nothing here.
        _ = document.dispatch_event(&event);
    }
}

/// How things stand with a session.
pub(crate) fn report(session: &Session) -> Report {
    let of_snapshot = |snapshot: cutline_core::SnapshotId| {
        let verdict = session.verdict(snapshot);
        SnapshotReport {
            number: snapshot.0 + 1,
            complete: verdict.is_complete(),
            consistent: verdict.is_consistent(),
            recorded_total: verdict.sums.map(|sums| sums.in_processes + sums.in_channels),
            total: verdict.sums.map(|sums| sums.at_start),
        }
    };
    Report {
        scenario: session.current(),
        name: session.scenario_name().into(),
        step: session.step(),
        steps: session.steps(),
        snapshots: session.begun().into_iter().map(of_snapshot).collect(),
    }
}
