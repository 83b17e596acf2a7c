//! What lights together.

use crate::script::after;
use cutline_diagram::Scene;
use cutline_session::{Lang, Session, Thing};

/// The tokens of every item on the diagram that stands for something.
fn on_diagram(session: &Session) -> Vec<String> {
    let scene: Scene = session.scene(900, 480, false);
    let things = session.things();
    scene.items.iter().filter_map(|item| things.on_diagram(item.key, item.target)).collect()
}

fn has(tokens: &str, token: &str) -> bool {
    tokens.split(' ').any(|one| one == token)
}

#[test]
fn every_term_of_the_equation_has_its_place_on_the_diagram() {
    let player = after(Lang::En, 1, "take snapshot\n run to end");
    let shown = on_diagram(&player.session);
    let equation = player.session.equation().unwrap();
    assert_eq!(equation.terms.len(), 4);
    for term in equation.terms {
        let token = term.thing.to_string();
        assert!(shown.iter().any(|tokens| has(tokens, &token)), "{} stands for {token}, not in {shown:?}", term.words);
    }
}

#[test]
fn a_message_belongs_to_its_channel_and_the_steps_at_which_it_is_sent_and_received() {
    let player = after(Lang::En, 1, "");
    let things = player.session.things();
    // The scenario's first message: P2 sends 10 to P3 at step 1, and P3 receives it at step 3.
    let channel = player.session.topology().channel_named("P2→P3").unwrap();
    let first = things.of(Thing::Message(cutline_core::MessageId(0)));
    assert_eq!(first, format!("m0 c{} e1 e3", channel.0));
}

#[test]
fn what_waits_is_the_message_itself() {
    let player = after(Lang::En, 1, "");
    // The arrow, the label and the handle of the 20 under way.
    let of_twenty = on_diagram(&player.session).into_iter().filter(|tokens| tokens.starts_with("m3 ")).count();
    assert_eq!(of_twenty, 3);
}

#[test]
fn the_recording_of_a_process_belongs_to_it_and_to_its_snapshot() {
    let player = after(Lang::En, 1, "take snapshot");
    let shown = on_diagram(&player.session);
    assert!(shown.contains(&"r0.0 p0 s0 e8".to_owned()), "{shown:?}");
    assert!(shown.contains(&"s0".to_owned()), "the cut: {shown:?}");
    assert!(shown.iter().any(|tokens| tokens.starts_with("k0 ")), "a marker: {shown:?}");
}
