//! The same actions give the same events, bit for bit, natively and in a browser. The component tests of the page
//! compile this very file too.

use cutline_core::random::SplitMix64;
use cutline_core::{Action, ChannelId, Payload, ProcessId, SnapshotId};
use cutline_session::{Lang, Msg, Session};

/// What a long run that is drawn from a seed comes to, wherever it runs.
pub(crate) const EXPECTED: u64 = 0xFEDF_23C4_AE8F_474D;

/// Plays that run.
pub(crate) fn of_a_long_run() -> u64 {
    let mut session = Session::new(Lang::En);
    let mut random = SplitMix64::new(7);
    for _ in 0..3000 {
        let drawn = random.draw();
        let channel = ChannelId((drawn >> 8) as u16 % 6);
        let msg = match drawn % 16 {
            0..7 => Msg::Do(Action::Send { channel, payload: Payload((drawn >> 32) as i64 % 40) }),
            7..14 => Msg::Do(Action::Deliver { channel, position: 0 }),
            14 => Msg::Do(Action::Initiate {
                process: ProcessId((drawn >> 8) as u16 % 3),
                snapshot: SnapshotId((drawn >> 24) as u16 % 64),
            }),
            _ => Msg::Forward,
        };
        session.update(msg);
    }
    session.update(Msg::RunToEnd);
    session.history().trace().fingerprint()
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_long_run_has_its_fingerprint() {
    assert_eq!(of_a_long_run(), EXPECTED, "if events are meant to have changed, this is the new one");
    assert_ne!(EXPECTED, 0xCBF2_9CE4_8422_2325, "nothing happened");
}
