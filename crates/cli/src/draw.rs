//! `cutline draw`: the picture of a run.

use crate::args::DrawArgs;
use crate::input;
use crate::{Failure, Outcome, say, say_json};
use cutline_core::Scenario;
use cutline_diagram::{style, svg};
use cutline_session::{Msg, Session};
use serde_json::json;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Below this width the measures are those of a small screen, as on the page.
const COMPACT_BELOW: i32 = 640;
/// The height in pixels: so much around the lines of the processes, and so much for each.
const HEIGHT: (i32, i32) = (140, 120);

pub(crate) fn draw(args: &DrawArgs) -> Result<Outcome, Failure> {
    let scenario = input::scenario(&args.scenario)?;
    let steps = scenario.script.len();
    let at = args.at.unwrap_or(steps);
    if at > steps {
        let path = args.scenario.display();
        return Err(Failure(format!("{path}: there is no step {at}; expected 0 to {steps}, the length of its run")));
    }
    let (picture, scene) =
        args.patience.telling("picture", "steps played", |played| picture(args, scenario, at, played));
    let mut told = json!({ "step": at, "width": scene.0, "height": scene.1 });
    if args.output == Path::new("-") {
        if args.json {
            told["svg"] = json!(picture);
            say_json(&told);
        } else {
            say(&picture);
        }
        return Ok(Outcome::Fine);
    }
    std::fs::write(&args.output, picture).map_err(|error| Failure(format!("{}: {error}", args.output.display())))?;
    if args.json {
        told["file"] = json!(args.output.display().to_string());
        say_json(&told);
    }
    Ok(Outcome::Fine)
}

/// The picture, its width and its height.
fn picture(args: &DrawArgs, scenario: Scenario, at: usize, played: &AtomicU64) -> (String, (i32, i32)) {
    let mut session = Session::with(vec![scenario], args.lang.into());
    session.update(Msg::Seek(at));
    played.store(at as u64, Ordering::Relaxed);
    let compact = args.width < COMPACT_BELOW;
    let processes = i32::try_from(session.topology().process_count()).unwrap_or(i32::MAX / 1024);
    let scene = session.scene(args.width, HEIGHT.0 + HEIGHT.1 * processes, compact);
    let picture = svg::text(&scene, session.title(), &style::sheet(args.theme.into(), compact));
    (picture, (scene.width, scene.height))
}
