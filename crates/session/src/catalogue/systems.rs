//! The choice of a system: its algorithm with what that assumes, its network, what its processes do.

catalogue! { SystemText;
    Title: "System", "系统";
    Choose: "Algorithm: {name}. Choose another system", "算法：{name}。选择其他系统";
    Algorithms: "Who takes the snapshot", "由什么算法拍快照";
    Channels: "What the network does", "网络的行为";
    Processes: "What the processes do", "进程做什么";
    Carried: "What the application did, and will do, is done again there.", "应用做过的和将要做的都会在那里重做一遍。";
    UnmetOrder: "Not met here: {channel} keeps no order.", "此处不满足：{channel} 不保序。";
    UnmetFeedback: "Not met here: there is a circle of channels without a feedback channel.", "此处不满足：有一个通道环路没有反馈通道。";
    UnmetBeginner: "Not met here: work begins at more than one process, or at none.", "此处不满足：工作不是恰好从一个进程开始。";

    ChandyLamport: "Chandy–Lamport", "Chandy–Lamport 算法";
    ChandyLamportAssumes: "Markers separate before from after. Needs channels in order, none lost. One marker a channel.",
                          "标记分开“之前”与“之后”。要求通道保序且不丢失。每个通道一个标记。";
    OneByOne: "Chandy–Lamport, one marker at a time", "Chandy–Lamport，逐个发送标记";
    OneByOneAssumes: "The same; a channel is closed to messages until its marker has gone.", "同上；标记发出之前，该通道不发送消息。";
    LaiYang: "Lai–Yang", "Lai–Yang 算法";
    LaiYangAssumes: "Every message has the colour of its sender. Needs no order. One count a channel.",
                    "每条消息带有发送者的颜色。不要求保序。每个通道一个计数。";
    Venkatesan: "Venkatesan", "Venkatesan 算法";
    VenkatesanAssumes: "Markers on used channels only, and a wave that tells everybody. Needs order, and one snapshot after the other.",
                       "只在用过的通道上发标记，另用一轮通知告知所有进程。要求保序，且快照逐个进行。";
    IndexBased: "Index-based checkpoints", "基于索引的检查点";
    IndexBasedAssumes: "Every message carries the number of its sender's checkpoint, and forces one on whoever is behind. No control messages; \
                        channels are left to the transport.",
                       "每条消息带有发送者的检查点编号，使落后的接收者先做检查点。没有控制消息；通道留给传输层。";
    KooToueg: "Koo–Toueg", "Koo–Toueg 算法";
    KooTouegAssumes: "Checkpoints in two phases, of no more processes than have to; nobody sends in between. Needs order; channels are left to the transport.",
                     "两阶段检查点，只涉及必要的进程；其间不发送消息。要求保序；通道留给传输层。";
    AlignedBarriers: "Barriers, aligned (Flink)", "对齐屏障（Flink）";
    AlignedBarriersAssumes: "An operator waits until the barrier has come on all inputs. No channel has to be recorded.",
                            "算子等到所有输入的屏障都到来。不需要记录通道。";
    UnalignedBarriers: "Barriers, unaligned (Flink)", "非对齐屏障（Flink）";
    UnalignedBarriersAssumes: "An operator records at the first barrier, and what comes before the others.", "算子在首个屏障时记录，并记录其他屏障之前到来的内容。";
    BarriersAtLeastOnce: "Barriers without waiting (at least once)", "不等待的屏障（至少一次）";
    BarriersAtLeastOnceAssumes: "Nobody waits: what comes behind a barrier slips into the state, and comes again after going back.",
                                "不等待：屏障之后的内容混入状态，恢复后会再来一次。";
    DijkstraScholten: "Dijkstra–Scholten", "Dijkstra–Scholten 算法";
    DijkstraScholtenAssumes: "No snapshot: signals tell when work has ended. Needs a way back along every channel, and one who begins.",
                             "不拍快照：由信号告知工作何时结束。要求每个通道都有返回的路，且只有一个起始进程。";
    Clock: "Global clock", "全局时钟";
    ClockAssumes: "Everybody records when the own clock reads the same. Needs clocks that differ by less than the least delay.",
                  "各进程在自己的时钟读到同一时刻时记录。要求时钟偏差小于最小延迟。";
    Stamps: "Global clock with stamps", "带时间戳的全局时钟";
    StampsAssumes: "The same, and a message with a later stamp makes its receiver record first. Needs nothing of the clocks.",
                   "同上，并且带有更晚时间戳的消息使接收者先记录。对时钟没有要求。";
    Holding: "Global clock, holding back", "全局时钟（暂缓交付）";
    HoldingAssumes: "The same, and a message with a later stamp is not delivered until the receiver's clock has reached it. Needs nothing of the clocks.",
                    "同上，并且带有更晚时间戳的消息要等接收者的时钟到达该时刻才交付。对时钟没有要求。";
    Silence: "Global clock, silent window", "全局时钟（静默窗口）";
    SilenceAssumes: "The same, and nobody sends for a while after recording. Needs a window longer than clocks differ.",
                    "同上，并且记录之后的一段时间内不发送消息。要求窗口长于时钟偏差。";
    Naive: "Naive", "朴素做法";
    NaiveAssumes: "Everybody records when told, channels not at all. Wrong, to show why markers are needed.",
                  "各进程被告知时就记录，完全不记录通道。这是错的，用来说明为什么需要标记。";

    LaiYangHistories: "Lai–Yang, with histories", "Lai–Yang 算法（历史版）";
    LaiYangHistoriesAssumes: "As in the paper: everybody remembers all it sent and received, and nobody waits. Needs no order.",
                             "如论文所述：各进程记住收发过的一切，无须等待。不要求保序。";
    LiRadhakrishnanVenkatesan: "Li–Radhakrishnan–Venkatesan", "Li–Radhakrishnan–Venkatesan 算法";
    LiRadhakrishnanVenkatesanAssumes: "Numbers in place of colours, for one snapshot after the other; histories since the last. Needs no order.",
                                      "以编号代替颜色，快照逐个进行；只保留上次快照以来的历史。不要求保序。";
    AcharyaBadrinath: "Acharya–Badrinath", "Acharya–Badrinath 算法";
    AcharyaBadrinathAssumes: "Causal delivery, brought along, does what markers do; sums do the rest. 2(n−1) control messages.",
                             "自带的因果送达起到标记的作用，其余由计数完成。2(n−1) 条控制消息。";
    AlagarVenkatesan: "Alagar–Venkatesan", "Alagar–Venkatesan 算法";
    AlagarVenkatesanAssumes: "Causal delivery, brought along; what is old and comes before the last word was under way. 3(n−1) control messages.",
                             "自带因果送达；在结束通知之前到达的旧消息当时在途。3(n−1) 条控制消息。";
    Mattern: "Mattern", "Mattern 算法";
    MatternAssumes: "Colours, and a vector of counters that goes around twice. Needs a ring through all, no order. 2n control messages.",
                    "颜色加上绕环两圈的计数向量。要求有经过全部进程的环，不要求保序。2n 条控制消息。";
    VectorClocks: "Vector clocks, repaired", "向量时钟（修复版）";
    VectorClocksAssumes: "Everybody notes its state when told; then all go back to the nearest consistent cut. No order, but notes and logs. 3(n−1) control messages.",
                         "各进程被告知时记下状态，再一起退回最近的一致割。不要求保序，但要保存记下的状态和日志。3(n−1) 条控制消息。";
    Uncoordinated: "Checkpoints without coordination", "不协调的检查点";
    UncoordinatedAssumes: "Everybody takes checkpoints when it likes. They rarely fit together: shows the domino effect.",
                          "各进程随意做检查点，它们很少相容：用来展示多米诺效应。";
    SpezialettiKearns: "Spezialetti–Kearns", "Spezialetti–Kearns 算法";
    SpezialettiKearnsAssumes: "Several initiators share one recording and exchange what their regions recorded. Needs order and channels both ways.",
                              "多个发起者共用一次记录，并交换各自区域的记录。要求保序和双向通道。";

    ChandyLamportSource: "After K. M. Chandy and L. Lamport, Distributed Snapshots, 1985.", "依据 K. M. Chandy 与 L. Lamport，Distributed Snapshots，1985 年。";
    LaiYangSource: "After T. H. Lai and T. H. Yang, On Distributed Snapshots, 1987; with counts.", "依据 T. H. Lai 与 T. H. Yang，On Distributed Snapshots，1987 年；采用计数。";
    LaiYangHistoriesSource: "After T. H. Lai and T. H. Yang, On Distributed Snapshots, 1987.", "依据 T. H. Lai 与 T. H. Yang，On Distributed Snapshots，1987 年。";
    LiRadhakrishnanVenkatesanSource: "After H. F. Li, T. Radhakrishnan and K. Venkatesh, Global State Detection in Non-FIFO Networks, 1987.",
                                     "依据 H. F. Li、T. Radhakrishnan 与 K. Venkatesh，Global State Detection in Non-FIFO Networks，1987 年。";
    AcharyaBadrinathSource: "After A. Acharya and B. R. Badrinath, Recording Distributed Snapshots Based on Causal Order, 1992.",
                            "依据 A. Acharya 与 B. R. Badrinath，Recording Distributed Snapshots Based on Causal Order，1992 年。";
    AlagarVenkatesanSource: "After S. Alagar and S. Venkatesan, An Optimal Algorithm for Distributed Snapshots, 1994.",
                            "依据 S. Alagar 与 S. Venkatesan，An Optimal Algorithm for Distributed Snapshots，1994 年。";
    MatternSource: "After F. Mattern, Efficient Algorithms for Distributed Snapshots, 1993.", "依据 F. Mattern，Efficient Algorithms for Distributed Snapshots，1993 年。";
    VectorClocksSource: "After F. Mattern, Virtual Time and Global States of Distributed Systems, 1989.",
                        "依据 F. Mattern，Virtual Time and Global States of Distributed Systems，1989 年。";
    UncoordinatedSource: "After B. Randell, System Structure for Software Fault Tolerance, 1975.",
                         "依据 B. Randell，System Structure for Software Fault Tolerance，1975 年。";
    SpezialettiKearnsSource: "After M. Spezialetti and P. Kearns, Efficient Distributed Snapshots, 1986.", "依据 M. Spezialetti 与 P. Kearns，Efficient Distributed Snapshots，1986 年。";
    VenkatesanSource: "After S. Venkatesan, Message-Optimal Incremental Snapshots, 1989.", "依据 S. Venkatesan，Message-Optimal Incremental Snapshots，1989 年。";
    IndexBasedSource: "After D. Briatico, A. Ciuffoletti and L. Simoncini, 1984.", "依据 D. Briatico、A. Ciuffoletti 与 L. Simoncini，1984 年。";
    KooTouegSource: "After R. Koo and S. Toueg, Checkpointing and Rollback-Recovery, 1987.", "依据 R. Koo 与 S. Toueg，Checkpointing and Rollback-Recovery，1987 年。";
    BarriersSource: "After P. Carbone et al., Lightweight Asynchronous Snapshots for Distributed Dataflows, 2015.",
                    "依据 P. Carbone 等，Lightweight Asynchronous Snapshots for Distributed Dataflows，2015 年。";
    DijkstraScholtenSource: "After E. W. Dijkstra and C. S. Scholten, Termination Detection for Diffusing Computations, 1980.",
                            "依据 E. W. Dijkstra 与 C. S. Scholten，Termination Detection for Diffusing Computations，1980 年。";
    ClockSource: "By clocks in place of messages; right if (1 − ρ)·δ ≥ ε.", "以时钟代替消息；当 (1 − ρ)·δ ≥ ε 时正确。";
    NaiveSource: "What one would do without thinking of messages under way.", "不考虑在途消息时会采用的做法。";

    Ordered: "in order (FIFO)", "保序（先进先出）";
    Unordered: "in any order", "任意顺序";
    Links: "in any order, repaired by sequence numbers", "任意顺序，用序号修复";
    LinksMean: "What is lost can be sent again, what comes early waits, repeats are dropped.",
               "丢失的可以重发，早到的要等待，重复的被丢弃。";

    Money: "hold money and transfer it", "持有并转移金额";
    Token: "pass a token on", "传递一个令牌";
    Work: "hand out work", "分派工作";
    Waiting: "wait for each other", "相互等待";
    Dataflow: "pass records on and add them up (dataflow)", "传递记录并求和（数据流）";

    Snapshots: "When snapshots are started", "何时发起快照";
    ByHand: "when you start one", "由你发起";
    Every: "every {n} steps", "每 {n} 步";
    EveryAtLoad: "every {n} steps, at most {k} messages under way", "每 {n} 步，且在途消息不超过 {k} 条";
    InAll: "{n} in all, started by {list}", "共 {n} 个，由 {list} 发起";
    Before: "Of the system as it was: ", "关于原来的系统：";

    // The rules of each.
    RulesOf: "The rules of {name}", "{name} 的规则";
    LaiYangStart: "An initiator records its state and turns red. All others are white.", "发起者记录自己的状态并变为红色，其他进程都是白色。";
    LaiYangSend: "Whoever records tells on each outgoing channel how many messages it sent there while white; what it sends from now on is red.",
                 "记录的进程在每个出通道上告知自己白色期间在那里发送了多少条消息；此后发送的都是红色。";
    LaiYangFirst: "A white process to which a red message or a count comes records first.", "白色进程收到红色消息或计数时，先记录。";
    LaiYangKeep: "A white message that comes to a red process was under way: it belongs to the state of its channel.",
                 "到达红色进程的白色消息当时正在途中：它属于该通道的状态。";
    LaiYangLater: "A channel is done when as many white messages have come as were counted.", "到达的白色消息与计数相等时，该通道记录完毕。";
    LaiYangHistoriesSend: "Whoever records sends a red message of its own on each outgoing channel, with all that it sent there.",
                          "记录的进程在每个出通道上发送一条自己的红色消息，附上在那里发送过的一切。";
    LaiYangHistoriesFirst: "A red message makes a white process record before it takes the message.", "红色消息使白色进程在接收它之前先记录。";
    LaiYangHistoriesLater: "The state of a channel are the white messages sent there without those received while white.",
                           "通道的状态是在那里发送的白色消息，减去白色期间收到的。";
    LiRadhakrishnanVenkatesanStart: "A process starts the next snapshot when its part in the last is complete.", "进程在上一快照中自己的部分完成后，发起下一个快照。";
    LiRadhakrishnanVenkatesanSend: "Whoever records sends a marker on each outgoing channel, with what it sent there since it recorded before.",
                                   "记录的进程在每个出通道上发送标记，附上自上次记录以来在那里发送的内容。";
    LiRadhakrishnanVenkatesanFirst: "Whoever gets a greater number than its own records first.", "收到比自己更大的编号时，先记录。";
    LiRadhakrishnanVenkatesanLater: "What was under way now: what was under way then, and what was sent since, without what was received since.",
                                    "现在在途的：上次在途的，加上此后发送的，减去此后收到的。";
    CausalStart: "The initiator records and sends a token to everybody, in one step.", "发起者记录，并一步之内把令牌发给所有进程。";
    AcharyaBadrinathFirst: "Whoever gets the token records, and answers what it sent and received on each channel.",
                           "收到令牌的进程记录，并回答在每个通道上收发了什么。";
    AcharyaBadrinathLater: "With s messages sent and r received, messages r+1 to s were under way: the initiator puts that together.",
                           "发送 s 条、收到 r 条时，第 r+1 到 s 条当时在途：由发起者汇总。";
    AlagarVenkatesanFirst: "Whoever gets the token records, and answers that it has.", "收到令牌的进程记录，并回答已记录。";
    AlagarVenkatesanKeep: "A message that was sent before its sender recorded, and comes after the token, was under way.",
                          "发送者记录之前发出、令牌之后到达的消息当时在途。";
    AlagarVenkatesanLater: "When all have answered, the initiator says so to everybody: nothing old can come any more.",
                           "所有进程回答之后，发起者告知所有进程：不会再有旧消息到来。";
    MatternStart: "The initiator records, turns red and sends a vector around a ring.", "发起者记录、变红，并让一个向量绕环传递。";
    MatternFirst: "A white process to which the vector or a red message comes records first.", "白色进程收到向量或红色消息时，先记录。";
    MatternKeep: "A white message that comes to a red process was under way: it belongs to the state of its channel.",
                 "到达红色进程的白色消息当时正在途中：它属于该通道的状态。";
    MatternSend: "The vector takes along how many white messages were sent to whom. It waits where not all that are announced have come.",
                 "向量带上发给每个进程的白色消息数；在已告知的消息尚未全部到达之处等待。";
    MatternLater: "When it leaves a process on its second round, all channels into that process are done.", "第二圈离开一个进程时，进入该进程的所有通道记录完毕。";
    VectorClocksStart: "The initiator notes its state and tells everybody.", "发起者记下自己的状态，并告知所有进程。";
    VectorClocksKeep: "Who is told notes its state; before each message that comes everybody does, so that it can go back there.",
                      "被告知的进程记下自己的状态；每条消息到来之前各进程也都记下，以便退回那里。";
    VectorClocksSend: "When all have answered, the initiator finds the nearest cut in which nobody knows too much, and tells it.",
                      "全部回答之后，发起者找出没有进程知道得过多的最近割集，并告知各进程。";
    VectorClocksFirst: "Everybody records the state that it had noted there.", "各进程把在那里记下的状态记录下来。";
    VectorClocksLater: "Whoever is told answers with its log and clocks: what was sent before the cut and not received before it was under way.",
                       "被告知的进程以日志和时钟作答：割集之前发送、割集之前未收到的消息当时在途。";
    UncoordinatedStart: "A process takes its next checkpoint when it likes.", "进程随时做自己的下一个检查点。";
    UncoordinatedLater: "Nothing else: which checkpoints fit together is found only when one has to go back.", "再无其他规则：只有需要后退时才找出哪些检查点相容。";
    SpezialettiKearnsStart: "Each initiator records and becomes the master of a region.", "每个发起者记录，并成为一个区域的主管。";
    SpezialettiKearnsFirst: "On its first marker a process records, belongs to the region of that marker, and sends markers on.",
                            "进程在首个标记到来时记录，归入该标记的区域，并继续发送标记。";
    SpezialettiKearnsKeep: "What comes on a channel between recording and its marker belongs to its state.", "记录之后、标记到来之前从通道收到的消息属于它的状态。";
    SpezialettiKearnsLater: "A marker closes its channel; one of another region tells that the two touch.", "标记关闭其通道；来自另一区域的标记表明两个区域相邻。";
    SpezialettiKearnsSend: "Markers go out; reports go up to the master; masters exchange in rounds until a round brings nothing new.",
                           "发出标记；报告上交主管；主管之间逐轮交换，直到某一轮没有新内容。";
    VenkatesanStart: "The initiator records and sends the start to everybody along control channels.", "发起者记录，并沿控制通道把开始通知发给所有进程。";
    VenkatesanSend: "Whoever records sends a marker on each outgoing channel that it has used since its last recording, and before the first message on any other.",
                    "记录的进程在上次记录以来用过的每个出通道上发送标记；在其他通道上，先于第一条消息发送。";
    VenkatesanFirst: "A process that has not recorded does so when the start or a marker comes.", "尚未记录的进程在开始通知或标记到来时记录。";
    VenkatesanKeep: "What comes on a channel between recording and its marker belongs to its state.", "记录之后、标记到来之前从通道收到的消息属于它的状态。";
    VenkatesanLater: "A marker closes its channel and is acknowledged; when all have recorded and all markers are acknowledged, the rest is closed as empty.",
                     "标记关闭其通道并被确认；全部进程已记录且所有标记已确认时，其余通道按空关闭。";
    IndexBasedStart: "A process takes a checkpoint of its own accord and gives it the next number.", "进程自行做检查点，并给它下一个编号。";
    IndexBasedFirst: "A message with a higher number makes its receiver take a checkpoint of that number before it takes the message.",
                     "带有更高编号的消息使接收者在接收它之前先做该编号的检查点。";
    IndexBasedLater: "What was under way is not recorded: the transport sends it again.", "在途的内容不被记录：由传输层重新发送。";
    KooTouegStart: "The initiator takes a tentative checkpoint and sends nothing until the decision.", "发起者做试探检查点，在决定之前不发送消息。";
    KooTouegSend: "It asks those from whom it has received something since its last checkpoint; they ask in turn, and answer.",
                  "它询问自上次检查点以来给它发过消息的进程；它们再依次询问并回答。";
    KooTouegFirst: "Whoever sent what the other has recorded as received takes a tentative checkpoint too.", "发送过对方已记录为收到的内容的进程也做试探检查点。";
    KooTouegLater: "If all are willing the checkpoints stay, otherwise they are given up. What was under way is left to the transport.",
                   "全部同意则检查点保留，否则放弃。在途的内容留给传输层。";
    BarriersStart: "A source records how far it is.", "数据源记录自己的位置。";
    BarriersFirst: "An operator records its state: aligned, when the barrier has come on all inputs; unaligned, at the first.",
                   "算子记录状态：对齐时在所有输入的屏障到来之后；非对齐时在首个屏障。";
    BarriersSend: "Whoever records sends the barrier on each outgoing channel.", "记录者在每个出通道上发送屏障。";
    BarriersKeep: "Unaligned, and on feedback channels: what comes before the barrier is recorded.", "非对齐时以及在反馈通道上：屏障之前到来的内容被记录。";
    BarriersLater: "When the barrier has come on an input, that channel is done.", "某个输入的屏障到来后，该通道记录完毕。";
    DijkstraScholtenSend: "Every message is answered by one signal: at once, but for the first, which is answered when nothing is left to do.",
                          "每条消息由一个信号回答：立即回答，但首条要等无事可做时才回答。";
    DijkstraScholtenLater: "When the one who began has nothing to do and all is answered, it announces that the work has ended.",
                           "起始进程无事可做且全部已被回答时，它宣布工作结束。";
    ClockStart: "A process records when its clock reads {reading}, for the next snapshot twice as much, and so on.",
                "进程在自己的时钟读到 {reading} 时记录，下一个快照是其两倍，依此类推。";
    ClockSend: "Whoever records tells on each outgoing channel how many messages it sent there before.", "记录的进程在每个出通道上告知此前发送了多少条消息。";
    ClockFirst: "A message that was stamped later makes its receiver record first.", "时间戳更晚的消息使接收者先记录。";
    ClockKeep: "What was sent before its sender recorded and comes after its receiver did belongs to the state of the channel.",
               "发送者记录之前发出、接收者记录之后到达的消息属于通道的状态。";
    ClockHolding: "A message that was stamped later than the receiver's clock reads waits until that reads as much. A channel is done when as many messages have come as were counted.",
                  "时间戳晚于接收者时钟读数的消息要等到读数相等。到达的消息与计数相等时，通道记录完毕。";
    ClockSilence: "A process records when its clock reads {reading}, for the next snapshot twice as much, and so on; for some time after that it sends nothing.",
                  "进程在自己的时钟读到 {reading} 时记录，下一个快照是其两倍，依此类推；此后一段时间内不发送消息。";
    ClockLater: "A channel is done when as many such messages have come as were counted.", "到达的此类消息与计数相等时，该通道记录完毕。";
    NaiveStart: "A process records its state when it is told to, at whatever moment that is.", "进程在被告知时记录自己的状态，无论那是什么时刻。";
    NaiveLater: "Of the channels nothing is recorded.", "通道完全不被记录。";

    Records: "*{p} records its state, {state}.*", "*{p} 记录自己的状态 {state}。*";
    RecordsNoted: "*{p} records the state that it had noted at the cut, {state}.*", "*{p} 把在割集处记下的状态 {state} 记录下来。*";
    Notes: "{p} notes its state, {state}.", "{p} 记下自己的状态 {state}。";
    Changed: "{name}, wrong on purpose", "{name}（故意改错）";
    Starts: "*{p} starts snapshot {n}.*", "*{p} 发起快照 {n}。*";
    Keeps: "{what} was under way when the cut was made: it belongs to the state of {channel}.", "割集形成时 {what} 正在途中：它属于 {channel} 的状态。";
    ByItself: "of its own accord", "自行";
    Mishaps: "In this run the network lost or repeated something, or a process forgot: so the system itself has more or less than at \
              the start, and not only what was recorded.",
             "在这次运行中，网络丢失或重复了内容，或有进程遗忘：因此系统本身已与开始时不同，而不只是所记录的。";
    OnlyTheSum: "Cut consistent, sum not", "割集一致，总和不符";
    ControlCount: "Control messages: {n} sent, {k} received.", "控制消息：已发 {n}，已收 {k}。";

    // Faults and time, in menus.
    GoesWrong: "What can go wrong", "可能出的错";
    Lose: "Lose it", "丢失它";
    Corrupt: "Corrupt it", "使它损坏";
    CorruptMeans: "Whoever takes it notices by its checksum, and drops it.", "接收者通过校验和发现损坏，并丢弃它。";
    RepeatBehind: "Repeat it, right behind", "紧随其后重复一份";
    RepeatLast: "Repeat it, behind everything", "在最后重复一份";
    Crash: "{p} crashes", "{p} 崩溃";
    CrashMeans: "It does nothing from then on.", "此后它什么也不做。";
    Join: "{p} joins", "{p} 加入";
    JoinMeans: "With its first state and empty channels.", "以初始状态加入，通道为空。";
    JoinLater: "{p} joins later", "{p} 稍后加入";
    JoinLaterMeans: "The run begins without it, and without what it holds.", "运行开始时没有它，也没有它持有的一切。";
    Leave: "{p} leaves", "{p} 离开";
    LeaveMeans: "For good, with a last word on each of its channels.", "一去不回，并在每条通道上告别。";
    Restart: "{p} begins again", "{p} 重新开始";
    RestartMeans: "From its first state, remembering nothing.", "从初始状态开始，不记得任何事。";
    CutOff: "Cut {p} off", "切断 {p} 的网络";
    CutOffMeans: "The network delivers nothing to it and from it, and loses nothing.", "网络不再投递发给它和它发出的内容，但什么也不丢失。";
    Heal: "Heal the network", "恢复网络";
    HealMeans: "It delivers on every channel again.", "所有通道重新投递。";
    SendAgain: "Send {what} to {q} once more", "再次向 {q} 发送 {what}";
    SendAgainMeans: "It has not been acknowledged.", "它还没有得到确认。";
    Until: "Let time go on until the clock here reads {reading}", "让时间走到这里的时钟读数为 {reading}";
    Later: "Let time go on by {n}", "让时间再走 {n}";
    ClockReads: "It is {now}; the clock here reads {reading}.", "现在是 {now}；这里的时钟读数是 {reading}。";
}
