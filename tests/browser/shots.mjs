// Screenshots of the main states, to be looked at: desktop, phone, dark, 中文. `cargo xtask shots [STATE ...]`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./support.mjs";

const out = process.env.CUTLINE_OUT ?? "shots";
mkdirSync(out, { recursive: true });
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const click = (name) => (page) => page.getByRole("button", { name }).first().click();
const choose = (at) => (page) => page.locator("header select").selectOption({ index: at });
const primary = (page) => page.locator("button.primary").click();
const forward = (page) => page.locator("[data-step-forward]").click();
const start = [(page) => page.locator("button.head").first().click(), (page) => page.locator(".choices.starts button").first().click()];
const times = (n, act) => Array(n).fill(act);
const key = (name) => (page) => page.keyboard.press(name);
const head = (at) => (page) => page.locator("button.head").nth(at).click();

const turn = (tab) => (page) => page.locator(`#tab-${tab}`).click();

const states = {
  start: { does: [] },
  menu: { does: [head(1)] },
  recording: { does: [...start, ...times(2, forward)] },
  complete: { does: [primary] },
  twice: { does: [primary, ...start, ...times(3, forward)] },
  branch: { does: [...start, key("End"), key("Home"), ...times(7, key("ArrowRight")), key("d"), key("s"), (page) => page.locator(".branch").click()] },
  keys: { does: [key("?")] },
  "own-cut": { does: [primary, (page) => page.locator(".draw-cut").click(), ...times(3, (page) => page.locator(".own-cut-handle").nth(1).press("ArrowLeft"))] },
  long: { does: [turn("events"), (page) => page.locator(".traffic button").nth(1).click(), primary] },
  whole: { does: [turn("events"), (page) => page.locator(".traffic button").nth(2).click(), primary, key("0")] },
  print: { does: [primary, (page) => page.emulateMedia({ media: "print" })] },
  presenter: { does: [primary, key("p")] },
  network: { does: [turn("network"), ...start, ...times(2, forward)] },
  events: { does: [turn("events"), ...start, ...times(2, forward)] },
  "print-events": { does: [turn("events"), primary, (page) => page.emulateMedia({ media: "print" })] },
  "print-long": {
    does: [turn("events"), (page) => page.locator(".traffic button").nth(1).click(), primary, turn("rules"), (page) => page.emulateMedia({ media: "print" })],
  },
  signs: { does: [turn("signs")] },
  passage: { does: [choose(1), ...times(3, forward), (page) => page.locator(".passage .link").click(), (page) => page.locator(".swaps button").nth(2).click()] },
  paper: { does: [choose(1)] },
  "paper-menu": { does: [choose(1), head(0)] },
  "paper-complete": { does: [choose(1), ...times(3, forward)] },
  "owed-menu": { does: [choose(2), head(0)] },
  "owed-complete": { does: [choose(2), (page) => page.keyboard.press("End")] },
  terminated: { does: [choose(3), (page) => page.keyboard.press("End")] },
  deadlock: { does: [choose(4), (page) => page.keyboard.press("End")] },
  refused: { does: [head(1), (page) => page.locator(".menu input").fill("500"), (page) => page.locator(".transfer .choices button").first().click()] },
};
const looks = {
  desktop: { viewport: desktop },
  dark: { viewport: desktop, colorScheme: "dark" },
  zh: { viewport: desktop, locale: "zh-CN" },
  phone: { viewport: phone, hasTouch: true, isMobile: true },
  "phone-dark-zh": { viewport: phone, hasTouch: true, isMobile: true, colorScheme: "dark", locale: "zh-CN" },
};

const wanted = process.argv.slice(2);
const site = await launch();
let failed = false;
for (const [state, { does }] of Object.entries(states)) {
  for (const [look, how] of Object.entries(looks)) {
    const name = `${state}-${look}`;
    if (wanted.length && !wanted.some((part) => name.startsWith(part))) continue;
    const { page, errors, context } = await site.openPage({ reducedMotion: "reduce", ...how });
    await page.locator("button.head").first().waitFor();
    for (const act of does) await act(page);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(100);
    await page.screenshot({ path: join(out, `${name}.png`), fullPage: Boolean(how.isMobile) });
    if (errors.length) { console.error(name, errors); failed = true; }
    await context.close();
  }
}
await site.close();
console.log(`screenshots in ${out}`);
process.exit(failed ? 1 : 0);
