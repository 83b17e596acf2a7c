//! What the snapshots of a run cost: `cutline run --meters`.

use crate::compare::delay_formula;
use crate::compare_text::{beside, delay, laid_out};
use cutline_core::Algorithm;
use cutline_core::bare::GlobalState;
use cutline_core::deltas::{Store, full_size};
use cutline_core::meters::{Costs, Facts, Meter, Meters};
use cutline_core::{Method, SnapshotId, World};
use cutline_session::{Lang, Session};
use serde_json::{Value, json};

/// Every how many snapshots one is stored in full.
const BASES: usize = 8;

/// A run with its meters.
pub(crate) struct Metered {
    meters: Meters,
    snapshots: Vec<One>,
}

/// What the theory says of a snapshot, and how many bytes it takes in full and as a difference, if it is complete.
type One = (SnapshotId, Costs, Option<(usize, usize)>);

/// Puts snapshots into a store, in their order.
pub(crate) struct Storing(Store);

impl Default for Storing {
    fn default() -> Self {
        Self(Store::new(BASES))
    }
}

impl Storing {
    /// How many bytes a snapshot takes in full, and as a difference to the one before; none unless it is complete.
    pub(crate) fn put(&mut self, world: &World<Method>, id: SnapshotId) -> Option<(usize, usize)> {
        let state = GlobalState::recorded(world.system(), &world.snapshots()[id.index()])?;
        Some((full_size(&state), self.0.put(id, &state)))
    }
}

impl Metered {
    pub(crate) fn of(session: &Session) -> Self {
        let end = session.world();
        let mut world = World::new(end.system().clone(), *end.algorithm());
        let (mut meter, mut events) = (Meter::new(&world), Vec::new());
        for step in session.history().trace().steps {
            events.clear();
            if world.apply(step.action, &mut events).is_ok() {
                meter.follow(&world, &events);
            }
        }
        let meters = meter.meters().clone();
        let mut stored = Storing::default();
        let costs = |id| end.algorithm().costs(&Facts::of(end.topology(), &meters, id));
        let snapshots = session.begun().into_iter().map(|id| (id, costs(id), stored.put(end, id))).collect();
        Self { meters, snapshots }
    }

    pub(crate) fn text(&self, lang: Lang) -> String {
        let head = match lang {
            Lang::En => {
                ["snapshot", "control messages", "bits", "kept", "stored", "as difference", "held", "steps", "delay"]
            }
            Lang::Zh => ["快照", "控制消息", "位", "通道消息", "存储", "差分存储", "阻滞", "步数", "延迟"],
        };
        let mut table = vec![head.map(str::to_owned).to_vec()];
        let dash = || "-".to_owned();
        for (id, costs, stored) in &self.snapshots {
            let own = &self.meters.snapshots[id.index()];
            table.push(vec![
                (id.0 + 1).to_string(),
                beside(own.controls, costs.controls.as_ref()),
                own.control_bits.to_string(),
                own.kept.to_string(),
                stored.map_or_else(dash, |(full, _)| full.to_string()),
                stored.map_or_else(dash, |(_, delta)| delta.to_string()),
                own.held.to_string(),
                own.steps().map_or_else(dash, |steps| steps.to_string()),
                own.complete.map_or_else(dash, |_| delay(own, costs.delay.as_ref())),
            ]);
        }
        let Meters { steps, messages, tag_bits, memory_bytes, held_receipts, held_sends, .. } = &self.meters;
        let (full, delta) = self.stored();
        let run = match lang {
            Lang::En => format!(
                "Run: {steps} steps, {messages} messages with {tag_bits} bits on them, at most {memory_bytes} bytes remembered for \
                 the algorithm;\n{held_receipts} receipts and {held_sends} sends held back, counted by step and channel; {full} \
                 bytes to store all snapshots in full, {delta} as differences.\n"
            ),
            Lang::Zh => format!(
                "整个运行：{steps} 步，{messages} 条消息共附带 {tag_bits} 位，算法至多记住 {memory_bytes} 字节；\n\
                 按步数和通道计，{held_receipts} 次接收和 {held_sends} 次发送被拦住；全部快照完整存储需 {full} 字节，差分存储需 {delta} 字节。\n"
            ),
        };
        format!("\n{}{run}", laid_out(&table))
    }

    fn stored(&self) -> (usize, usize) {
        let stored = self.snapshots.iter().filter_map(|(.., stored)| *stored);
        stored.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
    }

    pub(crate) fn json(&self) -> Value {
        let snapshot = |(id, costs, stored): &One| {
            let own = &self.meters.snapshots[id.index()];
            json!({
                "number": id.0 + 1,
                "begun_at_step": own.begun,
                "complete_after_step": own.complete,
                "control_messages": own.controls,
                "control_messages_expected": costs.controls.as_ref().map(crate::compare::formula),
                "control_bits": own.control_bits,
                "kept_messages": own.kept,
                "full_bytes": stored.map(|(full, _)| full),
                "difference_bytes": stored.map(|(_, delta)| delta),
                "held": own.held,
                "delay": own.complete.map(|_| own.delay),
                "delay_expected": costs.delay.as_ref().map(|delay| delay_formula(delay, own.in_rounds)),
                "in_rounds": own.complete.map(|_| own.in_rounds),
            })
        };
        let meters = &self.meters;
        json!({
            "messages": meters.messages,
            "tag_bits": meters.tag_bits,
            "memory_bytes": meters.memory_bytes,
            "held_receipts": meters.held_receipts,
            "held_sends": meters.held_sends,
            "full_bytes": self.stored().0,
            "difference_bytes": self.stored().1,
            "snapshots": self.snapshots.iter().map(snapshot).collect::<Vec<_>>(),
        })
    }
}
