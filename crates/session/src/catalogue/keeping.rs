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
}
