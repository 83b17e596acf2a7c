//! `cutline run`: the run of a scenario, and what was recorded in it.

use crate::args::RunArgs;
use crate::input;
use crate::run_report::{Report, Unmet};
use crate::{Failure, Outcome, say, say_json};
use cutline_core::progress::{Outlook, progress};
use cutline_core::{Scenario, Snapshot, SnapshotId};
use cutline_session::{Msg, Session, Standing};

pub(crate) fn run(args: &RunArgs) -> Result<Outcome, Failure> {
    let text = input::text(&args.scenario)?;
    let scenario = input::scenario(&args.scenario)?;
    let unmet = unmet(&scenario, &text);
    let (expected, scripted) = (scenario.expected.len(), scenario.script.len());
    let mut session = Session::with(vec![scenario], args.lang.into());
    session.update(Msg::Seek(session.steps()));
    let spent = finish(&mut session, args);
    let scheduled = session.step() - scripted;
    let outcome = outcome(&session, args, spent, !unmet.is_empty());
    let report = Report { scripted, scheduled, scheduler: args.scheduler, seed: args.seed, spent, expected, unmet };
    if args.json {
        say_json(&report.json(&mut session));
    } else {
        say(&report.text(&mut session));
    }
    Ok(outcome)
}

/// The expectations of the file that its run does not meet, as they stand there.
fn unmet(scenario: &Scenario, text: &str) -> Vec<Unmet> {
    let words = |line: usize| text.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
    scenario.unmet().iter().map(|expected| Unmet { line: expected.line, words: words(expected.line) }).collect()
}

/// Lets the scheduler finish; whether it was stopped because it had done so many steps.
fn finish(session: &mut Session, args: &RunArgs) -> bool {
    let mut scheduler = args.scheduler.scheduler(args.seed);
    for _ in 0..args.steps {
        if args.scheduler.goes_on() && all_complete(session) {
            return false;
        }
        let Some(action) = scheduler.next(session.world()) else { return false };
        session.update(Msg::Do(action));
    }
    scheduler.next(session.world()).is_some() && !all_complete(session)
}

fn all_complete(session: &Session) -> bool {
    session.world().snapshots().iter().filter(|snapshot| snapshot.has_begun()).all(Snapshot::is_complete)
}

fn outcome(session: &Session, args: &RunArgs, spent: bool, unmet: bool) -> Outcome {
    let of = |snapshot: SnapshotId| match session.standing(snapshot) {
        Standing::Inconsistent => Outcome::Wrong,
        Standing::Consistent | Standing::None => Outcome::Fine,
        Standing::Recording => {
            let record = &session.world().snapshots()[snapshot.index()];
            let stuck = matches!(progress(session.topology(), record).outlook, Outlook::Stuck(_));
            let ended = !spent && args.scheduler != crate::schedulers::Name::Script;
            if stuck || ended {
                Outcome::Wrong
            } else if spent {
                Outcome::Unknown
            } else {
                Outcome::Fine
            }
        }
    };
    let worst = session.begun().into_iter().map(of).max().unwrap_or(Outcome::Fine);
    if unmet { Outcome::Wrong } else { worst }
}
