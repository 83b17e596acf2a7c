// The keys that are handled are the keys that are listed; and the focus is never lost.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, focus, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

/** What has keys of its own, as the help names it, and what shows it. */
const PLACES = {
  page: ["body"],
  head: ["button.head"],
  mark: ['.diagram g.pointable[role=button][data-thing^="m"]'],
  waiting: ["g.waiting"],
  cut: [".own-cut-handle"],
  tab: ["#tab-rules", "rules"],
  node: [".network .node", "network"],
  item: [".network .item.ready", "network"],
  event: [".event.now", "events"],
};
const NAMED = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Delete", "Backspace", "Insert", "F2", "Enter", "Space"];
const PRINTED = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter((key) => !/[A-Z]/.test(key));
const CANDIDATES = [...NAMED, "Shift+ArrowLeft", "Shift+ArrowRight", ...PRINTED];
/** A browser presses what has the focus by itself with these. */
const PRESS = ["Enter", "Space"];

/** The keys that something answers to: it then keeps the browser from answering. */
const handled = (page, [selector, tab]) =>
  page.evaluate(async ([selector, tab, candidates]) => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const answered = [];
    for (const name of candidates) {
      document.querySelector("dialog[open] button, [role=dialog] button.icon")?.click();
      document.querySelector("[data-presenter] header .presenter")?.click();
      document.querySelector(".transport button").click();
      if (!document.querySelector(".own-cut-handle")) document.querySelector(".draw-cut").click();
      if (tab) document.querySelector(`#tab-${tab}`).click();
      await painted();
      const [, shift, key] = name.match(/^(Shift\+)?(.+)$/);
      const on = document.querySelector(selector);
      on.focus?.();
      const event = new KeyboardEvent("keydown", { key: key === "Space" ? " " : key, shiftKey: Boolean(shift), bubbles: true, cancelable: true });
      if (!on.dispatchEvent(event)) answered.push(name);
      await painted();
    }
    return answered;
  }, [selector, tab, CANDIDATES]);

for (const [lang, locale] of Object.entries(LOCALES)) {
  test(`in ${lang}: the help lists every key that is handled, where it is handled, and no other`, () =>
    visit(browser, { ...DESKTOP, locale }, async (page) => {
      await page.keyboard.press("?");
      await page.locator("dialog[open]").waitFor();
      const lines = await page.locator("dialog tr[data-keys]").evaluateAll((all) =>
        all.map((one) => ({ keys: one.dataset.keys.split(" "), on: one.dataset.on?.split(" "), says: one.textContent })));
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
      const of = (place) => lines.filter(({ on }) => (place ? on?.includes(place) : !on)).flatMap(({ keys }) => keys);
      const everywhere = of(null);
      assert.ok(lines.every(({ says }) => says.length > 3));
      for (const [place, how] of Object.entries(PLACES)) {
        const answered = await handled(page, how);
        const listed = of(place);
        const unlisted = answered.filter((key) => ![...listed, ...everywhere].includes(key.replace("Shift+", "")) && !listed.includes(key));
        assert.deepEqual(unlisted, [], `${place}: handled and not listed`);
        const idle = listed.filter((key) => !answered.includes(key) && !PRESS.includes(key));
        assert.deepEqual(idle, [], `${place}: listed and not handled`);
        if (place === "page") {
          const unanswered = everywhere.filter((key) => CANDIDATES.includes(key) && !answered.includes(key));
          // A clicker's keys are the presenter's.
          assert.deepEqual(unanswered.filter((key) => !key.startsWith("Page")), [], "listed for the page and not handled");
        }
      }
    }));
}

test("when what had the focus goes away, the focus is on what was around it", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.locator("button.primary").click();
    await page.locator(".draw-cut").click();
    const cut = page.locator(".own-cut-handle").nth(1);
    for (let times = 0; times < 3; times++) await cut.press("ArrowLeft");
    await page.locator(".own-cut-report .choices button").first().focus();
    await page.keyboard.press("Enter");
    await page.locator(".own-cut-report .verdict.consistent").waitFor();
    await page.waitForFunction(() => document.activeElement.closest(".own-cut-report"));
    // The whole section goes: what is around it is the side.
    await page.locator(".own-cut-title button").focus();
    await page.keyboard.press("Enter");
    await page.locator(".own-cut-report").waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement.closest("aside"));
    assert.notEqual(await focus(page), "");
  }));

test("who presses on nothing has nothing in focus, and nothing takes it", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.locator("button.primary").focus();
    await page.mouse.click(600, 722);
    await page.keyboard.press("s");
    await page.waitForTimeout(100);
    assert.equal(await focus(page), "");
  }));

test("what has something to come to in it is no stop of its own", () =>
  visit(browser, DESKTOP, async (page) => {
    for (const tab of ["network", "events"]) {
      await page.locator(`#tab-${tab}`).click();
      await page.locator(`#tab-${tab}`).focus();
      await page.keyboard.press("Tab");
      const on = await page.evaluate(() => document.activeElement.getAttribute("role") ?? document.activeElement.tagName);
      assert.notEqual(on, "tabpanel", tab);
    }
  }));
