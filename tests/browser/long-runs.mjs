// How fast the page is with long runs, as rows of a table. `cargo xtask bench --page` builds the release page and puts
// what this prints into docs/benchmarks.md.
//
// A run is made by the page's own random traffic, with two snapshots on the way. Opening is the reload of its address;
// where the run is too long for an address, it is the language's change, which lays out and says everything anew.
import { launch } from "./support.mjs";

const LENGTHS = [2_000, 20_000];
const STEPS = 40;
const PAN_SECONDS = 3;
/** Pixels a frame: at 60 frames a second 2,400 pixels a second, two screens and more. */
const PAN_SPEED = 40;

const browser = await launch();
const { page, errors } = await browser.openPage({ viewport: { width: 1440, height: 900 } });
await page.locator("button.head").first().waitFor();
await page.evaluate(() => {
  // Every event that took longer than a frame, from the input to the next painting.
  globalThis.slow = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.slow.push({ name: entry.name, took: entry.duration });
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
});

/** Milliseconds that something in the page takes, to the painting after it. */
const painted = (selector) =>
  page.evaluate(async (selector) => {
    const start = performance.now();
    document.querySelector(selector).click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  }, selector);

const count = () => page.locator(".track input").evaluate((slider) => Number(slider.max));
const elements = () => page.locator(".space > svg *").count();
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const round = (value) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

/** Presses a key often, and answers how long each took to be seen: the browser's own measure, in steps of 8 ms. */
async function pressed(key) {
  await page.evaluate(() => { globalThis.slow.length = 0; });
  for (let times = 0; times < STEPS; times++) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  await page.waitForTimeout(300);
  const slow = await page.evaluate(() => globalThis.slow.filter(({ name }) => name === "keydown").map(({ took }) => took));
  // What took less than two frames is not reported.
  return [...slow, ...Array(Math.max(0, STEPS - slow.length)).fill(16)];
}

/** Scrolls for some seconds; how many frames a second there were, and the longest time between two. */
const panned = () =>
  page.evaluate(
    async ([seconds, speed]) => {
      const scroll = document.querySelector(".scroll");
      const frames = [];
      let way = scroll.scrollLeft > scroll.scrollWidth / 2 ? -speed : speed;
      await new Promise((done) => {
        const start = performance.now();
        const move = (now) => {
          frames.push(now);
          const before = scroll.scrollLeft;
          scroll.scrollLeft += way;
          if (scroll.scrollLeft === before) way = -way;
          if (now - start < seconds * 1000) requestAnimationFrame(move);
          else done();
        };
        requestAnimationFrame(move);
      });
      const gaps = frames.slice(1).map((frame, at) => frame - frames[at]);
      return { rate: (gaps.length * 1000) / (frames.at(-1) - frames[0]), longest: Math.max(...gaps) };
    },
    [PAN_SECONDS, PAN_SPEED],
  );

/** Goes on at random until the run is so long; a snapshot begins at a third and at two thirds. */
async function grow(length) {
  const add = page.locator(".traffic button").last();
  const snapshots = [Math.floor(length / 3), Math.floor((length * 2) / 3)];
  while ((await count()) < length) {
    await add.click();
    if (snapshots.length && (await count()) > snapshots[0]) {
      snapshots.shift();
      const before = await page.evaluate(() => document.querySelectorAll(".track").length);
      if (before) await page.locator("button.primary").click();
    }
  }
}

const scaled = async (key) => {
  await page.keyboard.press(key);
  await page.waitForTimeout(200);
};

for (const length of LENGTHS) {
  await grow(length);
  const steps = await count();
  const opening = [];
  for (let times = 0; times < 5; times++) opening.push(await painted("header button[lang]"));
  if (await page.locator("html").getAttribute("lang") !== "en") await painted("header button[lang]");
  const back = await pressed("ArrowLeft");
  await page.locator(".track input").fill(String(Math.floor(steps / 2)));
  const forward = await pressed("ArrowRight");
  const usual = { ...(await panned()), elements: await elements() };
  for (let times = 0; times < 4; times++) await page.locator(".figure-tools button").nth(-4).click();
  const narrow = { ...(await panned()), elements: await elements() };
  await page.locator(".figure-tools button").nth(-2).click();
  const whole = { elements: await elements() };
  await page.locator(".figure-tools button").nth(-2).click();
  const pan = ({ rate, longest, elements }) => `${round(rate)} (${round(longest)} ms, ${elements} elements)`;
  console.log(
    `page: | ${steps} | ${round(median(opening))} ms | ${round(median(back))} ms, ${round(Math.max(...back))} ms` +
      ` | ${round(median(forward))} ms, ${round(Math.max(...forward))} ms | ${pan(usual)} | ${pan(narrow)} | ${whole.elements} |`,
  );
  await page.keyboard.press("End");
}
if (errors.length) console.error(errors);
await browser.close();
process.exit(errors.length ? 1 : 0);
