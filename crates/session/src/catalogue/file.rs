//! Files that the reader opens.

catalogue! { FileText;
    Open: "Open a scenario file, or drop one on the page", "打开场景文件，也可以把它拖放到页面上";
    Refused: "{file} could not be opened: line {line} is not what a scenario file has there ({why}). All is as it was.",
             "无法打开 {file}：第 {line} 行不符合场景文件的格式（{why}）。一切保持原样。";
    TooLarge: "{file} could not be opened: it has more than {most} bytes, the most that a scenario file may have. All is as it was.",
              "无法打开 {file}：它超过 {most} 字节，这是场景文件的上限。一切保持原样。";
    Unreadable: "{file} could not be opened: it is no text in UTF-8, or cannot be read here. All is as it was.",
                "无法打开 {file}：它不是 UTF-8 文本，或无法在此读取。一切保持原样。";
}
