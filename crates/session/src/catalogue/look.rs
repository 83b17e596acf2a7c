//! How the diagram is looked at.

catalogue! { LookText;
    Tools: "How the diagram is drawn", "图的画法";
    ZoomIn: "Wider steps (+)", "放宽步距 (+)";
    ZoomOut: "Narrower steps (−)", "收窄步距 (−)";
    Fit: "The whole run, or its usual size (0)", "显示整个运行，或恢复常用大小 (0)";
    TurnDown: "Let time run downwards", "让时间向下流动";
    TurnAcross: "Let time run to the right", "让时间向右流动";
    Drawn: "Draw snapshot {n}", "画出快照 {n}";
    Minimap: "The part of the run that is in view", "当前可见的运行片段";
    StepsInView: "Steps {from} to {to} of {steps}", "第 {from} 步到第 {to} 步，共 {steps} 步";
    UnderWayAndMore: "Under way: {list}, and {n} more.", "在途：{list}，另有 {n} 个。";
    MessageToCome: "{what} from {p} to {q}, sent later, at step {step}", "{what}，稍后在第 {step} 步由 {p} 发往 {q}";
    MarkerToCome: "Marker of snapshot {n} from {p} to {q}, sent later, at step {step}",
                  "快照 {n} 的标记，稍后在第 {step} 步由 {p} 发往 {q}";
    ReportToCome: "Report on snapshot {n} from {p} to {q}, sent later, at step {step}",
                  "快照 {n} 的报告，稍后在第 {step} 步由 {p} 发往 {q}";
}
