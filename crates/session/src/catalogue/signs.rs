//! What the signs on the page mean.

catalogue! { SignText;
    Message: "a message, from where it is sent (filled) to where it is received (open)", "一条消息，从发送处（实心）到接收处（空心）";
    Handle: "can be delivered now", "现在可以到达";
    Queued: "waits behind another, or cannot be received yet", "排在后面，或暂时不能接收";
    Marker: "marker", "标记";
    Recording: "a process records its state", "进程记录自己的状态";
    Cut: "the cut; dotted while a process beside it has yet to record", "割集；旁边的进程尚未记录时为点线";
    InChannel: "message in a recorded channel", "被记录在通道中的消息";
    Colour: "in a message: its sender had not recorded when it sent it (open), or had (filled)",
            "消息中：发送时发送者尚未记录（空心），或已记录（实心）";
    Rider: "in a message: how many snapshots its sender had recorded (#), its number on its channel (№), what its sender's clock read (@), or how many items its sender knew to have been sent there before, by process [ ]",
           "消息中：发送者已记录的快照数（#）、它在通道上的编号（№）、发送者的时钟读数（@），或据发送者所知每个进程此前发往该处的项数 [ ]";
    Loss: "lost by the network", "被网络丢失";
    Corruption: "changed on its way, and dropped where it comes", "途中损坏，到达后被丢弃";
    Outage: "a process crashes, and begins again", "进程崩溃，又重新开始";
    Apart: "the network is apart here: what waits at a bar cannot come across", "网络在此分裂：停在横杠前的内容过不去";
    Timer: "a timer is set, and goes off", "定时器已设置；到时";
    HeldBack: "came too early, and is held back until its turn", "来得太早，等到轮到它时才交付";
    Ghost: "faint: still to come on this run, or how it went on the branch that was left",
           "浅色：本次运行中尚未发生的，或离开的那个分支上发生过的";
    Half: "half full: being recorded; full: done; empty: not started", "半满：正在记录；全满：已完成；空：未开始";
    OnTrack: "a step of the run, and one where a process records; the large one is the present",
             "运行中的一步，以及有进程记录的一步；大点是现在";
}
