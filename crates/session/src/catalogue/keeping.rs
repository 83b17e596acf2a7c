//! What is left of a snapshot whose parts are kept.

catalogue! { KeepText;
    Alone: "Everybody keeps its own part alone.", "每个进程只保留自己的部分。";
    OnTheNext: "With a copy of each part on the next process, any one process may be lost.", "每个部分在下一个进程上留有副本，因此任意失去一个进程都可以。";
    OnMore: "With copies of each part on the next {n} processes, any {n} processes may be lost.", "每个部分在其后 {n} 个进程上留有副本，因此任意失去 {n} 个进程都可以。";
    Gone: "What {list} kept is gone.", "{list} 保留的内容已不可得。";
    ComesFrom: "The part of {p} comes from {q}.", "{p} 的部分取自 {q}。";
    MoreComeFrom: "So do {n} more parts from others.", "另有 {n} 个部分也取自其他进程。";
    OneMoreLoss: "Without {list} too, the snapshot could no longer be put together.", "如果再失去 {list}，快照就无法拼合。";
    Nowhere: "Nobody has what {list} recorded any more: the snapshot cannot be put together.", "已没有进程保留 {list} 的部分，快照无法拼合。";
    OneOfTheTwo: "Whoever reads while it takes the place of snapshot {n} gets one of the two, whole.", "在它取代快照 {n} 的过程中，读到的总是两者之一，而且是完整的。";
    HalfOfIt: "It takes the place of snapshot {n} in one phase: whoever reads once {p} has written its share gets half a snapshot.", "它一步取代快照 {n}：在 {p} 写下自己保留的部分之后读取，只能得到半个快照。";
}
