//! Links to a state of the page.

catalogue! { LinkText;
    Copy: "Copy link", "复制链接";
    OpenInCutline: "Open in Cutline", "在 Cutline 中打开";
    Copied: "Link copied", "链接已复制";
    ByHand: "Copy this link:", "请复制此链接：";
    BranchOnly: "All branches together are too long for a link, so this one has the current branch alone.",
                "所有分支合起来太长，放不进一个链接，因此这个链接只包含当前分支。";
    PastOnly: "The run is too long for a link, so this one has the current branch up to the present step.",
              "整个运行太长，放不进一个链接，因此这个链接只包含当前分支到当前步骤为止的部分。";
    CannotCopy: "The run is too long for a link: {n} characters, where {most} are the most. Step back and copy a link to an earlier moment.",
                "整个运行太长，放不进一个链接：需要 {n} 个字符，最多 {most} 个。请后退几步，再复制更早时刻的链接。";
    Unkept: "This run has become too long for the page's address: reloading or leaving the page loses it.",
            "这次运行太长，页面地址放不下：重新加载或离开本页会丢失它。";
    UnkeptBranches: "The run has become too long for the page's address, which holds the current branch alone: reloading the page loses the others.",
                    "运行太长，页面地址只保存了当前分支：重新加载本页会丢失其他分支。";
    UnkeptFuture: "The run has become too long for the page's address, which holds the current branch up to the present step: reloading the page loses the rest.",
                  "运行太长，页面地址只保存了当前分支到当前步骤为止的部分：重新加载本页会丢失其余部分。";
    NotALink: "What follows # in the address is not a link of Cutline. One begins with the version and the name of a scenario: {example}",
              "地址中 # 之后的内容不是 Cutline 的链接。链接以版本号和场景名开头：{example}";
    Newer: "The link has version {n}, and this page reads version {known}. Load the page again to get its newest form.",
           "该链接的版本是 {n}，而本页面只能读取版本 {known}。请重新加载页面以获取最新版本。";
    NeedsNewer: "The link holds something that only a newer page understands. Load the page again to get its newest form.",
                "该链接包含只有更新的页面才能理解的内容。请重新加载页面以获取最新版本。";
    TooLong: "The link has {n} characters, and this page opens links of at most {most}.",
             "该链接有 {n} 个字符，而本页面最多只能打开 {most} 个字符的链接。";
    Sign: "The link is damaged at character {at}: letters, digits, - and _ are expected there, not {sign}. Copy the whole link again.",
          "链接在第 {at} 个字符处损坏：此处应为字母、数字、- 或 _，而不是 {sign}。请重新复制完整的链接。";
    EndsEarly: "The link ends too early, after character {at}. Copy the whole link again.",
               "链接过早结束，只到第 {at} 个字符。请重新复制完整的链接。";
    Changed: "The link was changed on its way: its check value, the last characters, does not fit the rest. Copy the whole link again.",
             "链接在传递中被改动过：末尾的校验值与其余部分不符。请重新复制完整的链接。";
    Section: "The link is damaged at character {at}: what stands there is not what version {known} has there.",
             "链接在第 {at} 个字符处损坏：此处的内容不符合版本 {known} 的格式。";
    TooManyActions: "The link has more than {most} actions, the most that a link may have.", "该链接的动作超过 {most} 个，这是一个链接的上限。";
    NoSuchScenario: "The link names a scenario that is not here, {name}. These are: {list}.",
                    "链接指定的场景 {name} 不存在。现有的场景是：{list}。";
    Scenario: "The scenario in the link cannot be read. {why}", "无法读取链接中的场景。{why}";
    NoSuchPart: "The address asks to show what this page does not have: {list}. It has: {all}.",
                "地址要求显示本页面没有的部分：{list}。可用的有：{all}。";
    LeftOut: "An action of the link cannot be done, and with all that came after it {n} are left out. {why}",
             "链接中有一个动作无法执行，它和之后的动作共 {n} 个被略去。{why}";
    TooMuch: "The link asks for more than a page does at once: {n} of its {all} actions are done.",
             "该链接要求的工作量超出页面一次所能完成的范围：它的 {all} 个动作中完成了 {n} 个。";
}
