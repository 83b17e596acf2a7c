//! Why a step matters to a snapshot.

catalogue! { WhyText;
    BeforeTheCut: "{p} has not recorded{which} yet, so this comes before the cut.", "{p} 还没有记录{which}，所以它在割集之前。";
    AfterTheMarker: "The marker{which} on {channel} came first, so this message comes after the cut on both sides.",
                    "{channel} 上的标记{which}先到，所以这条消息的收发都在割集之后。";
}
