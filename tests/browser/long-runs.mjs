// How fast the page is with long runs, as rows of a table. `cargo xtask bench --page` builds the release page and puts
// what this prints into docs/benchmarks.md.
//
// A run is made by the page's own random traffic, with two snapshots on the way, and opened by its address in fresh pages.
import { count, grow, round } from "./growing.mjs";
import { launch } from "./support.mjs";

const LENGTHS = (process.env.CUTLINE_LENGTHS ?? "2000 10000 21000").split(" ").map(Number);
const STEPS = 40;
const OPENINGS = 7;
const VIEWPORT = { width: 1440, height: 900 };
const PAN_SECONDS = 3;
/** Pixels a frame: at 60 frames a second 2,400 pixels a second, two screens and more. */
const PAN_SPEED = 40;

const browser = await launch();
const { page, errors } = await browser.openPage({ viewport: VIEWPORT });
const busy = await processor(page);
const observe = () => page.evaluate(() => {
  // Every event that took longer than a frame, from the input to the next painting.
  globalThis.slow = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.slow.push({ name: entry.name, took: entry.duration });
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
});


/**
 * Opens an address in fresh pages, and answers for each: milliseconds from when the browser has compiled the program, and
 * from when it began to load the page, to when the frame was painted that shows the run's marks; and all of the main
 * thread's processor time till then.
 */
async function opened(link, steps) {
  const times = [];
  for (let time = 0; time < OPENINGS; time++) {
    const context = await browser.browser.newContext({ viewport: VIEWPORT, locale: "en-GB" });
    const fresh = await context.newPage();
    fresh.on("pageerror", (error) => errors.push(error.message));
    await fresh.addInitScript((steps) => {
      const { instantiateStreaming } = WebAssembly;
      WebAssembly.instantiateStreaming = async (...program) => {
        const made = await instantiateStreaming.apply(WebAssembly, program);
        globalThis.ready ??= performance.now();
        return made;
      };
      const look = () => {
        const slider = document.querySelector(".track input");
        const marks = document.querySelectorAll(".space > svg.diagram *").length;
        if (Number(slider?.max) !== steps || marks < 50) return requestAnimationFrame(look);
        // The callbacks of a frame come before its painting, and what they put off after it.
        setTimeout(() => { globalThis.painted = performance.now(); });
      };
      requestAnimationFrame(look);
    }, steps);
    const busy = await processor(fresh);
    await fresh.goto(`${browser.origin}/${link}`);
    await fresh.waitForFunction(() => globalThis.painted);
    const took = await busy();
    times.push([...(await fresh.evaluate(() => [globalThis.painted - globalThis.ready, globalThis.painted])), took]);
    await context.close();
  }
  return [0, 1, 2].map((what) => times.map((both) => both[what]));
}

/** Answers how many milliseconds of processor time a page's main thread has taken by now: that of other programs is not in it. */
async function processor(of) {
  const session = await of.context().newCDPSession(of);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
  };
}

const elements = () => page.locator(".space > svg *").count();
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const times = (list) => `${round(median(list))} ms, ${round(Math.max(...list))} ms`;

/** Presses a key often, and answers how long each took to be seen: the browser's own measure, in steps of 8 ms. And the
 * processor time of one. */
async function pressed(key) {
  const before = await busy();
  await page.evaluate(() => { globalThis.slow.length = 0; });
  for (let times = 0; times < STEPS; times++) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  await page.waitForTimeout(300);
  const each = ((await busy()) - before) / STEPS;
  const slow = await page.evaluate(() => globalThis.slow.filter(({ name }) => name === "keydown").map(({ took }) => took));
  // What took less than two frames is not reported.
  const took = [...slow, ...Array(Math.max(0, STEPS - slow.length)).fill(16)];
  return `${times(took)} (${round(each)})`;
}

/** Scrolls for some seconds; how many frames a second there were, the longest time between two, and processor time a frame. */
async function panned() {
  const before = await busy();
  const { frames, ...found } = await page.evaluate(
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
      const rate = (gaps.length * 1000) / (frames.at(-1) - frames[0]);
      return { rate, longest: Math.max(...gaps), frames: frames.length };
    },
    [PAN_SECONDS, PAN_SPEED],
  );
  return { ...found, each: ((await busy()) - before) / frames };
}

for (const length of LENGTHS) {
  await page.goto(`${browser.origin}/#1.money-in-flight`);
  await page.reload();
  await page.locator("button.head").first().waitFor();
  await observe();
  await grow(page, length);
  const steps = await count(page);
  const back = await pressed("ArrowLeft");
  await page.locator(".track input").fill(String(Math.floor(steps / 2)));
  const forward = await pressed("ArrowRight");
  const usual = { ...(await panned()), elements: await elements() };
  for (let times = 0; times < 3; times++) await page.locator(".figure-tools button").nth(-4).click();
  const narrow = { ...(await panned()), elements: await elements() };
  await page.locator(".figure-tools button").nth(-2).click();
  const whole = { elements: await elements() };
  await page.keyboard.press("End");
  // The address is written a little later.
  await page.waitForTimeout(3000);
  const [fromReady, fromStart, inAll] = await opened(await page.evaluate(() => location.hash), await count(page));
  const pan = ({ rate, longest, each, elements }) => `${round(rate)}, ${round(longest)} ms (${round(each)}; ${elements})`;
  console.log(
    `page: | ${steps} | ${times(fromReady)} | ${times(fromStart)} | ${times(inAll)} | ${back} | ${forward}` +
      ` | ${pan(usual)} | ${pan(narrow)} | ${whole.elements} |`,
  );
}
if (errors.length) console.error(errors);
await browser.close();
process.exit(errors.length ? 1 : 0);
