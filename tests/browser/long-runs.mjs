// How fast the page is with long runs, as rows of a table. `cargo xtask bench --page` builds the release page and puts
// what this prints into docs/benchmarks.md.
//
// A run is made by the page's own random traffic, with two snapshots on the way, and opened by its address, from another
// one. Where it is too long for an address, that is left out.
import { launch } from "./support.mjs";

const LENGTHS = (process.env.CUTLINE_LENGTHS ?? "2000 10000 20000").split(" ").map(Number);
const STEPS = 40;
const PAN_SECONDS = 3;
/** Pixels a frame: at 60 frames a second 2,400 pixels a second, two screens and more. */
const PAN_SPEED = 40;

const browser = await launch();
const { page, errors } = await browser.openPage({ viewport: { width: 1440, height: 900 } });
const observe = () => page.evaluate(() => {
  // Every event that took longer than a frame, from the input to the next painting.
  globalThis.slow = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.slow.push({ name: entry.name, took: entry.duration });
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
});

const count = () => page.locator(".track input").evaluate((slider) => Number(slider.max));

/** Milliseconds from writing an address to the painting of what it leads to; none if the run is not in it. */
async function opened() {
  await page.waitForTimeout(3000);
  const steps = await count();
  const link = await page.evaluate(() => location.hash);
  if (link.length < steps) return undefined;
  await page.evaluate(() => { location.hash = "#1.never-occurred"; });
  await page.waitForFunction((few) => Number(document.querySelector(".track input").max) < few, steps);
  return page.evaluate(async ([link, steps]) => {
    const changed = new Promise((done) =>
      document.addEventListener("cutline:change", ({ detail }) => detail.steps === steps && done()),
    );
    const start = performance.now();
    location.hash = link;
    await changed;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  }, [link, steps]);
}

const tab = (at) => page.getByRole("tab").nth(at).click();
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

/** Goes on at random until the run is so long; snapshots begin on the way. */
async function grow(length) {
  await tab(1);
  let snapshots = 0;
  while ((await count()) < length) {
    await page.locator(".traffic button").last().click();
    if (snapshots < 2 && (await count()) > (length * (snapshots + 1)) / 3) {
      snapshots++;
      await page.keyboard.press("s");
    }
  }
  await tab(0);
}

for (const length of LENGTHS) {
  await page.goto(`${browser.origin}/#1.money-in-flight`);
  await page.reload();
  await page.locator("button.head").first().waitFor();
  await observe();
  await grow(length);
  const steps = await count();
  const back = await pressed("ArrowLeft");
  await page.locator(".track input").fill(String(Math.floor(steps / 2)));
  const forward = await pressed("ArrowRight");
  const usual = { ...(await panned()), elements: await elements() };
  for (let times = 0; times < 3; times++) await page.locator(".figure-tools button").nth(-4).click();
  const narrow = { ...(await panned()), elements: await elements() };
  await page.locator(".figure-tools button").nth(-2).click();
  const whole = { elements: await elements() };
  await page.keyboard.press("End");
  const opening = await opened();
  const pan = ({ rate, longest, elements }) => `${round(rate)} (${round(longest)} ms, ${elements} elements)`;
  console.log(
    `page: | ${steps} | ${opening === undefined ? "not measured" : `${round(opening)} ms`} | ${round(median(back))} ms, ${round(Math.max(...back))} ms` +
      ` | ${round(median(forward))} ms, ${round(Math.max(...forward))} ms | ${pan(usual)} | ${pan(narrow)} | ${whole.elements} |`,
  );
}
if (errors.length) console.error(errors);
await browser.close();
process.exit(errors.length ? 1 : 0);
