// How long it takes to re-time a message of a long run: from the movement of the pointer to the picture of the changed run,
// its recorded states and its verdict. Node with the environment that tests/browser/support.mjs reads, the release page in
// CUTLINE_DIST. Lengths in steps, of which half send a message.
import { count, grow, round } from "./growing.mjs";
import { launch } from "./support.mjs";

const LENGTHS = (process.env.CUTLINE_LENGTHS ?? "2000 10000").split(" ").map(Number);
const MOVES = 40;

const browser = await launch();
const { page, errors } = await browser.openPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });

/** Takes an arrival in hand that can be moved by some steps; how long that took. */
async function takeWithRoom() {
  const places = await page.locator('.diagram [data-thing^="m"] .receipt').evaluateAll((all) => {
    const boxes = all.map((one) => one.getBoundingClientRect()).filter(({ x, y }) => x > 400 && x < 900 && y > 0);
    return boxes.map(({ x, y, width, height }) => [x + width / 2, y + height / 2]).sort((a, b) => b[0] - a[0]);
  });
  for (const [x, y] of places) {
    await page.mouse.move(x, y);
    const begins = performance.now();
    await page.mouse.down();
    await page.mouse.move(x - 12, y);
    await page.locator(".hands .band").waitFor();
    const took = performance.now() - begins;
    if ((await page.locator(".hands .band").boundingBox()).width > 150) return took;
    await page.keyboard.press("Escape");
    await page.mouse.up();
  }
  throw new Error("nothing here can be moved by some steps");
}

/** Milliseconds from each movement until the frame that shows what it led to has been painted. */
async function moved(along) {
  await page.evaluate(() => {
    globalThis.took = [];
    addEventListener("pointermove", (event) => {
      const at = event.timeStamp;
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => globalThis.took.push(performance.now() - at);
        painted.port2.postMessage(0);
      });
    }, { capture: true });
  });
  for (let times = 0; times < MOVES; times++) {
    await along(times);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  return page.evaluate(() => globalThis.took);
}

for (const length of LENGTHS) {
  await page.goto(`${browser.origin}/#1.money-in-flight`);
  await page.reload();
  await page.locator("button.head").first().waitFor();
  await grow(page, length);
  const steps = await count(page);
  for (const [where, part] of [["at its end", 1], ["in its middle", 0.5]]) {
    // What comes after the present is played again as well.
    await page.locator(".track input").fill(String(Math.floor(steps * part)));
    await page.waitForTimeout(500);
    const held = await takeWithRoom();
    const { x, y, width, height } = await page.locator(".hands .band").boundingBox();
    const middle = y + height / 2;
    const seen = new Set();
    const took = await moved(async (times) => {
      // From end to end of where it may be, each time to another step.
      await page.mouse.move(x + (width * ((times * 3) % 7) + width / 2) / 7, middle);
      seen.add(await page.locator(".notice.hand").textContent());
    });
    await page.mouse.up();
    if (seen.size < 3) throw new Error(`it was not moved: ${[...seen]}`);
    const sorted = took.toSorted((a, b) => a - b);
    console.log(`retime: | ${steps} | ${where} | ${round(held)} ms | ${round(sorted[Math.floor(sorted.length / 2)])} ms, ${round(sorted.at(-1))} ms |`);
  }
}
if (errors.length) console.error(errors);
await browser.close();
process.exit(errors.length ? 1 : 0);
