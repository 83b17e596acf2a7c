// The embedding page of docs/embedding.md: `cutline` is where the playground is served, in the query of this page.
const cutline = new URLSearchParams(location.search).get("cutline");
const frames = {
  first: `${cutline}/?embed&id=first&lang=en&theme=light#1.money-in-flight`,
  second: `${cutline}/?embed&id=second&show=diagram,transport,explanation,verdict,nonsense&lang=zh&theme=dark#1.never-occurred`,
};
globalThis.heard = { first: [], second: [] };
addEventListener("message", ({ source, data }) => {
  for (const id of Object.keys(frames)) {
    const frame = document.getElementById(id);
    // A sandboxed frame has no origin, so what counts is who sent it.
    if (source !== frame.contentWindow || data.id !== id) continue;
    globalThis.heard[id].push(data);
    if (data.type === "cutline:height") frame.style.height = `${data.height + 2}px`;
  }
});
for (const [id, address] of Object.entries(frames)) document.getElementById(id).src = address;
