//! What goes wrong: items lost or repeated, processes that stop.

catalogue! { MishapText;
    Lost: "The network loses {what} on {channel}.", "网络在 {channel} 上丢失了 {what}。";
    Repeated: "The network makes a second copy of {what} on {channel}.", "网络把 {channel} 上的 {what} 复制了一份。";
    TheMessage: "the message {what}", "消息 {what}";
    Corrupted: "The network changes {what} on {channel}: whoever takes it will notice by its checksum.", "网络损坏了 {channel} 上的 {what}：接收者会从校验和发现。";
    CameCorrupted: "{what} comes to {q} changed; its checksum does not fit, and it is dropped.", "{what} 到达 {q} 时已损坏，校验和不符，被丢弃。";
    RefusedAlreadyCorrupted: "The network has changed that one on {channel} already.", "{channel} 上的这一项已经损坏。";
    StepCorrupt: "corrupting something on {channel}", "损坏 {channel} 上的一项";
    Joins: "{p} joins, as {state}; its channels are empty. Whoever is recording sends it the marker before anything else.", "{p} 加入，状态为 {state}，通道都是空的。正在记录的进程会先向它发送标记。";
    Departs: "{p} leaves, and says so as the last item on each of its channels: for every snapshot that is as good as its marker.", "{p} 离开，并在自己每条通道上告别：对任何快照来说，告别都等于标记。";
    WithDamage: "{what}, corrupted on its way", "{what}，途中已损坏";
    ToCome: "to join", "待加入";
    Gone: "has left", "已离开";
    HasNotJoined: "{p} has not joined", "{p} 还没有加入";
    HasLeft: "{p} has left", "{p} 已经离开";
    LastWord: "the last word", "告别";
    NothingMore: "Nothing more will come on {channel}.", "{channel} 上不会再有内容到来。";
    RefusedNotHereYet: "{p} has not joined.", "{p} 还没有加入。";
    RefusedHasLeft: "{p} has left, for good.", "{p} 已经离开，不会回来。";
    RefusedIsHere: "{p} is there already.", "{p} 已经在系统中。";
    RefusedFixedMembers: "With this algorithm nobody joins or leaves.", "使用这个算法时，进程不能加入或离开。";
    RefusedStillComing: "Something on {channel} is still on its way to {p}; it has to come first.", "{channel} 上还有内容正发往 {p}，要先到达。";
    RefusedStillHolds: "{p} still holds {holds}; it has to hand that over before it leaves.", "{p} 还持有 {holds}，离开之前必须先交出去。";
    RefusedStillRecording: "{p} still records channels for snapshot {n}; it finishes that before it leaves.", "{p} 还在为快照 {n} 记录通道，完成之后才能离开。";
    RefusedJoinedTooLate: "Snapshot {n} was complete before {p} joined; a new one takes a new number.", "快照 {n} 在 {p} 加入之前已经完成；新的快照使用新的编号。";
    RefusedMembersChanged: "Somebody has joined or left since snapshot {n}, so the run cannot go back to it.", "快照 {n} 之后有进程加入或离开，因此不能回到它。";
    StepJoin: "{p} joining", "{p} 的加入";
    StepLeave: "{p} leaving", "{p} 的离开";
    LinkLost: "The network under {channel} loses a copy of {what}.", "{channel} 之下的网络丢失了 {what} 的一个副本。";
    LinkRepeated: "The network under {channel} makes a second copy of {what}.", "{channel} 之下的网络把 {what} 复制了一份。";
    SentAgain: "{p} sends {what} to {q} once more: it has not been acknowledged.", "{p} 再次向 {q} 发送 {what}：还没有收到确认。";
    Held: "Too early, {what} comes to {q}, and waits there for what was sent before it.", "{what} 先于更早发送的内容到达 {q}，在那里等待。";
    Dropped: "Once more {what} comes to {q}, and is dropped.", "{what} 再次到达 {q}，被丢弃。";
    RefusedNotToSendAgain: "Nothing with number {n} on {channel} waits to be sent again.", "{channel} 上没有编号为 {n} 的内容等待重发。";
    StepSentAgain: "sending something on {channel} once more", "在 {channel} 上重发一项";
    TimePasses: "Time goes on to {time}. The clocks read {list}.", "时间到了 {time}。各个时钟的读数：{list}。";
    ClockOf: "{reads} at {p}", "{p} 处为 {reads}";
    StepWait: "waiting until {time}", "等到时刻 {time}";
    RefusedNotThen: "Time does not go back, and ends at {end}; it cannot become {time}.",
                    "时间不会倒流，并在 {end} 结束，不能变成 {time}。";
    RefusedTooEarly: "The clock of {p} reads {reads}; {p} records when it reads {wanted}.",
                     "{p} 的时钟读数是 {reads}；读到 {wanted} 时 {p} 才记录。";
    Crashes: "{p} crashes: it does nothing from here on, and what comes to it waits.",
             "{p} 崩溃：从此什么也不做，发给它的消息都在通道里等着。";
    Restarts: "{p} begins again as {state}, and remembers nothing of what it did.",
              "{p} 从 {state} 重新开始，不记得做过的任何事。";
    Recovers: "{p} begins again, goes through its log, and is as it was: {state}.",
              "{p} 重新开始，重放日志，恢复到原来的状态：{state}。";
    Partitioned: "The network comes apart: it delivers nothing any more between {list} and everybody else. What is under way there waits; nothing is lost.",
                 "网络分裂：{list} 与其余进程之间不再投递任何内容。途中的内容留在通道里等待，没有丢失。";
    Healed: "The network is whole again, and delivers everywhere.", "网络恢复完整，各处又能投递。";
    RefusedCutOff: "The network is apart, and delivers nothing on {channel} until it is whole again.",
                   "网络已经分裂，在恢复之前不会在 {channel} 上投递任何内容。";
    RefusedCutsNothing: "No channel that is not cut off already leads from one side to the other.",
                        "两边之间没有尚未切断的通道。";
    RefusedNothingToHeal: "The network is whole; no channel is cut off.", "网络是完整的，没有通道被切断。";
    StepPartition: "cutting off {list}", "切断 {list} 与其余进程";
    StepHeal: "the network becoming whole again", "网络恢复完整";
    WaitsForEver: "{what} was lost on {channel}, and no copy is left: {q} waits for it for ever, and the snapshot is never complete.",
                  "{channel} 上的 {what} 已丢失，没有副本：{q} 将永远等待它，快照永远不会完成。";
    MoreAwaited: "So it is with {n} more.", "另有 {n} 项也是如此。";
    Unavailable: "Unavailable: {list}. Whoever has crashed without recording, or can be reached only through such a process, will not record until it begins again.",
                 "不可用：{list}。崩溃前没有记录的进程，以及只能经由它们到达的进程，在重新开始之前不会记录。";
    StillExact: "Between the others, {n} channels are recorded exactly.", "其余进程之间有 {n} 条通道的记录是准确的。";
    Unseparated: "No marker will come on {list}: of what arrives there nobody can say whether it belongs to the snapshot.",
                 "{list} 上不会再有标记：无法判断到达那里的内容是否属于快照。";
    AtLeast: "What is certain adds up to {sum} of {total}: a lower bound.", "可以确定的部分合计 {sum}（共 {total}）：这是一个下界。";
    RefusedCrashed: "{p} has crashed, and does nothing.", "{p} 已经崩溃，什么也做不了。";
    RefusedNotCrashed: "{p} has not crashed, so it cannot begin again.", "{p} 没有崩溃，不能重新开始。";
    RefusedTakesNoPart: "{p} takes no part in snapshots.", "{p} 不参加快照。";
    StepLost: "losing something on {channel}", "{channel} 上丢失一项";
    StepRepeated: "repeating something on {channel}", "{channel} 上复制一项";
    StepCrash: "the crash of {p}", "{p} 的崩溃";
    StepRestart: "the new beginning of {p}", "{p} 的重新开始";
}
