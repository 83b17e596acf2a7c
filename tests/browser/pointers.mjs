// Pointers on the diagram: a mouse or one finger, where things are, and how wide a step is. The run is that of the money
// scenario to its end, of 19 steps.

export const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });
/** A thing of the figure by its token. */
export const thing = (page, token) => page.locator(`.diagram [tabindex][data-thing^="${token} "], .diagram [tabindex][data-thing="${token}"]`).first();

export const toEnd = async (page) => {
  page.setDefaultTimeout(8000);
  await page.keyboard.press("End");
  await page.waitForFunction(() => globalThis.changes.at(-1)?.step === 19);
};

/** The middle of a thing's grip in the window, scrolled into sight: its last, where it arrives, or another one. */
export async function grip(page, token, at = "last") {
  const circle = thing(page, token).locator(".grip")[at]();
  await circle.evaluate((one) => one.scrollIntoView({ block: "center", inline: "center" }));
  return middle(await circle.boundingBox());
}

/** How long a finger rests until it holds what is under it, in milliseconds, and a little more. */
const REST = 350;

/** One finger, by the browser's own input events. */
export async function finger(page) {
  const client = await page.context().newCDPSession(page);
  const send = (type, points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  return {
    down: (x, y) => send("touchStart", [{ x, y }]),
    move: (x, y) => send("touchMove", [{ x, y }]),
    up: () => send("touchEnd", []),
  };
}

/** The pointer of a device: a mouse, or a finger, which rests before it moves unless it is to scroll. */
export async function pointer(page, touch, { rests = true } = {}) {
  if (touch) {
    const hand = await finger(page);
    const down = async (x, y) => {
      await hand.down(x, y);
      if (rests) await page.waitForTimeout(REST);
    };
    return { ...hand, down };
  }
  const { mouse } = page;
  return {
    down: async (x, y) => {
      await mouse.move(x, y);
      await mouse.down();
    },
    move: (x, y) => mouse.move(x, y, { steps: 4 }),
    up: () => mouse.up(),
  };
}

/** The token of the marker of P1 to P3, and of the 20 of P2 to P1. */
export const tokens = (page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll(".diagram [tabindex][aria-label]")];
    const of = (fits) => all.find((one) => fits(one.getAttribute("aria-label")))?.dataset.thing.split(" ")[0];
    const parts = (label, ...words) => words.every((word) => label.includes(word));
    return {
      marker: of((label) => /^Marker of snapshot 1 from P1 to P3$|^P1 发给 P3 的快照 1 标记$/.test(label)),
      twenty: of((label) => parts(label, "20", "P2", "P1") && !label.includes("P3")),
      fifteen: of((label) => parts(label, "15", "P3", "P1")),
      start: of((label) => /^P1 recorded|^P1 为快照/.test(label)),
    };
  });

/** One column further along the lines, in pixels right and down. */
export const columnOf = (page) =>
  page.evaluate(() => {
    const down = Boolean(document.querySelector(".figure.down"));
    const places = [...document.querySelectorAll(".diagram .receipt, .diagram .sending")];
    const along = places.map((one) => one.getBoundingClientRect()).map((box) => Math.round(down ? box.y : box.x));
    const sorted = [...new Set(along)].sort((a, b) => a - b);
    const gap = Math.min(...sorted.slice(1).map((at, before) => at - sorted[before]).filter((gap) => gap > 8));
    return down ? { x: 0, y: gap } : { x: gap, y: 0 };
  });

export const further = (at, column, columns) => ({ x: at.x + columns * column.x, y: at.y + columns * column.y });
