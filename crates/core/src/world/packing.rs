//! A world taken apart into what belongs to one process and what is in one channel, as bytes, and put together again.
//!
//! An action changes one process and the channels around it, so these are the pieces that an exploration keeps. Equal
//! pieces are equal bytes: what is merely history (who a message is, how old an item is, in which order timers were
//! set) is left out, and what is in a channel without order stands in an order of its own.

use super::histories::Lists;
use super::{Item, World};
use crate::computation::{LocalState, Payload};
use crate::explore::{Explorable, Pack};
use crate::ids::{ChannelId, ControlId, MessageId, ProcessId, SnapshotId};
use crate::snapshot::{ChannelRecord, Kept};
use crate::topology::Order;

/// What of a message is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What it carries.
    Payloads,
    /// Also its number on its channel.
    Numbers,
}

impl<A: Explorable> World<A> {
    /// Appends all that belongs to a process: its state, the algorithm's memory and timers there, and for the first
    /// `snapshots` numbers what was recorded of it and of the channels into it.
    pub(crate) fn pack_process(&self, process: ProcessId, snapshots: u16, detail: Detail, out: &mut Vec<u8>) {
        self.sites[process.index()].state.pack(out);
        self.sites[process.index()].memory.pack(out);
        let mut timers = self.sites[process.index()].timers.clone();
        timers.sort_unstable();
        timers.pack(out);
        for id in 0..snapshots {
            self.pack_record(process, SnapshotId(id), detail, out);
            for channel in self.topology().incoming(process) {
                let aside = self.snapshots.get(usize::from(id)).map(|snapshot| snapshot.aside(*channel));
                self.pack_kept(*channel, &aside.unwrap_or_default(), detail, out);
            }
        }
        for lists in self.histories.at(process, self.topology().outgoing(process)) {
            pack_lists(&lists, detail, out);
        }
        self.notes.of(process).to_vec().pack(out);
    }

    /// Appends what was recorded in one snapshot of a process and of the channels into it.
    pub(crate) fn pack_record(&self, process: ProcessId, id: SnapshotId, detail: Detail, out: &mut Vec<u8>) {
        let snapshot = self.snapshots.get(id.index());
        let concluded = u8::from(snapshot.is_some_and(|snapshot| snapshot.concluded() == Some(process))) << 1;
        match snapshot.and_then(|snapshot| snapshot.process(process)) {
            None => out.push(concluded),
            Some(state) => {
                out.push(1 | concluded);
                state.pack(out);
            }
        }
        for channel in self.topology().incoming(process) {
            match snapshot.map(|snapshot| snapshot.channel(*channel)) {
                None | Some(ChannelRecord::NotStarted) => out.push(0),
                Some(record @ ChannelRecord::Open(kept)) | Some(record @ ChannelRecord::Closed(kept)) => {
                    out.push(if matches!(record, ChannelRecord::Open(_)) { 1 } else { 2 });
                    self.pack_kept(*channel, kept, detail, out);
                }
                Some(ChannelRecord::Left) => out.push(3),
            }
        }
    }

    /// Appends who is not there, and who belongs to no snapshot; nothing where all are there at the start.
    pub(crate) fn pack_members(&self, out: &mut Vec<u8>) {
        if !self.topology().newcomers().is_empty() {
            self.around.absent.pack(out);
            self.snapshots.iter().for_each(|snapshot| snapshot.pack_members(out));
        }
    }

    fn pack_kept(&self, channel: ChannelId, kept: &[Kept], detail: Detail, out: &mut Vec<u8>) {
        let mut list: Vec<_> = kept.iter().map(|kept| (kept.payload, number_in(kept, detail))).collect();
        if self.topology().channel(channel).order == Order::Unordered {
            list.sort_unstable();
        }
        list.pack(out);
    }

    /// Gives a process all that [`World::pack_process`] wrote; none if these are not such bytes.
    pub(crate) fn unpack_process(&mut self, process: ProcessId, snapshots: u16, from: &mut &[u8]) -> Option<()> {
        self.sites[process.index()].state = Pack::unpack(from)?;
        self.sites[process.index()].memory = Pack::unpack(from)?;
        self.sites[process.index()].timers = Pack::unpack(from)?;
        for id in 0..snapshots {
            let has = u8::unpack(from)?;
            let state = if has & 1 == 0 { None } else { Some(LocalState::unpack(from)?) };
            self.snapshot(SnapshotId(id)).restore_concluded(process, has & 2 != 0);
            self.snapshot(SnapshotId(id)).restore_process(process, state);
            for at in 0..self.topology().incoming(process).len() {
                let record = match u8::unpack(from)? {
                    0 => ChannelRecord::NotStarted,
                    1 => ChannelRecord::Open(unpack_kept(from)?),
                    3 => ChannelRecord::Left,
                    _ => ChannelRecord::Closed(unpack_kept(from)?),
                };
                let channel = self.topology().incoming(process)[at];
                self.snapshot(SnapshotId(id)).restore_channel(channel, record);
            }
            for at in 0..self.topology().incoming(process).len() {
                let aside = unpack_kept(from)?;
                let channel = self.topology().incoming(process)[at];
                self.snapshot(SnapshotId(id)).restore_aside(channel, aside);
            }
        }
        let lists = [unpack_lists(from)?, unpack_lists(from)?];
        let system = self.system().clone();
        self.histories.restore(process, system.topology.outgoing(process), lists);
        self.notes.restore(process, Pack::unpack(from)?);
        Some(())
    }

    /// Appends the item at a place in a channel; nothing if there is none.
    pub(crate) fn pack_item(&self, channel: ChannelId, position: usize, detail: Detail, out: &mut Vec<u8>) {
        if let Some(item) = self.lanes[channel.index()].items.get(position) {
            self.pack_one(item, detail, out);
        }
    }

    fn pack_one(&self, item: &Item<A>, detail: Detail, out: &mut Vec<u8>) {
        match item {
            Item::Message { kept, tag, .. } => {
                out.push(0);
                (kept.payload, number_in(kept, detail)).pack(out);
                tag.pack(out);
            }
            Item::Control { id, control, .. } => {
                out.push(1);
                control.pack(out);
                pack_lists(&self.histories.enclosed_in(*id), detail, out);
            }
            Item::Corrupted(item) => {
                out.push(2);
                self.pack_one(item, detail, out);
            }
        }
    }

    /// Puts an item behind those that are in the channel; none if these are not the bytes of one.
    pub(crate) fn put_item(&mut self, channel: ChannelId, from: &mut &[u8]) -> Option<()> {
        let item = self.unpack_one(from)?;
        self.lanes[channel.index()].items.push_back(item);
        Some(())
    }

    fn unpack_one(&mut self, from: &mut &[u8]) -> Option<Item<A>> {
        Some(match u8::unpack(from)? {
            0 => {
                let (payload, number) = Pack::unpack(from)?;
                Item::Message { age: 0, kept: anonymous(payload, number), tag: Pack::unpack(from)? }
            }
            1 => {
                let (id, control) = (ControlId(0), Box::new(Pack::unpack(from)?));
                self.histories.restore_enclosed(id, unpack_lists(from)?);
                Item::Control { age: 0, id, control }
            }
            _ => Item::Corrupted(Box::new(self.unpack_one(from)?)),
        })
    }

    /// Appends all that a channel holds, with what its link remembers, if it has one. `in_order`: where the channel has no
    /// order, as it stands there all the same.
    pub(crate) fn pack_channel(&self, channel: ChannelId, detail: Detail, in_order: bool, out: &mut Vec<u8>) {
        let lane = &self.lanes[channel.index()];
        let item = |item: &Item<A>| {
            let mut bytes = Vec::new();
            self.pack_one(item, detail, &mut bytes);
            bytes
        };
        let numbers = self.numbers_in(channel).chain(std::iter::repeat(0));
        let mut items: Vec<(Vec<u8>, u32)> = lane.items.iter().map(item).zip(numbers).collect();
        if lane.order == Order::Unordered && !in_order {
            items.sort_unstable();
        }
        items.pack(out);
        let Some(link) = &lane.link else { return };
        let list = |list: &mut dyn Iterator<Item = &(u32, Item<A>)>| {
            list.map(|(number, one)| (item(one), *number)).collect::<Vec<_>>()
        };
        list(&mut link.outstanding.iter()).pack(out);
        list(&mut link.held.iter()).pack(out);
        link.next.pack(out);
    }

    /// How many items a channel holds.
    pub(crate) fn items_in(&self, channel: ChannelId) -> usize {
        self.lanes[channel.index()].items.len()
    }

    /// Takes everything out of all channels.
    pub(crate) fn clear_channels(&mut self) {
        self.lanes.iter_mut().for_each(|lane| lane.items.clear());
        self.histories.drop_enclosed();
    }

    /// Sets how many application messages were sent on a channel.
    pub(crate) fn restore_sent(&mut self, channel: ChannelId, count: u32) {
        self.lanes[channel.index()].sent = count;
    }
}

fn number_in(kept: &Kept, detail: Detail) -> u32 {
    match detail {
        Detail::Payloads => 0,
        Detail::Numbers => kept.number,
    }
}

fn anonymous(payload: Payload, number: u32) -> Kept {
    Kept { message: MessageId(0), number, payload }
}

fn pack_lists(lists: &Lists, detail: Detail, out: &mut Vec<u8>) {
    (lists.len() as u64).pack(out);
    for (channel, list) in lists {
        channel.pack(out);
        let noted = list.iter().map(|(number, kept)| (*number, (kept.payload, number_in(kept, detail))));
        noted.collect::<Vec<_>>().pack(out);
    }
}

fn unpack_lists(from: &mut &[u8]) -> Option<Lists> {
    let lists = Vec::<(ChannelId, Vec<(u32, (Payload, u32))>)>::unpack(from)?;
    let noted = |(number, (payload, on_channel))| (number, anonymous(payload, on_channel));
    Some(lists.into_iter().map(|(channel, list)| (channel, list.into_iter().map(noted).collect())).collect())
}

fn unpack_kept(from: &mut &[u8]) -> Option<Vec<Kept>> {
    let list = Vec::<(Payload, u32)>::unpack(from)?;
    Some(list.into_iter().map(|(payload, number)| anonymous(payload, number)).collect())
}
