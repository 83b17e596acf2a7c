// Sizes: nothing sticks out, nothing is too small for a finger, and the wheel scrolls.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, head, overflow, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

/** Begins a snapshot and leaves the rest to come. */
const start = (page) => page.evaluate(() => document.querySelectorAll("button.head")[0].click())
  .then(() => page.locator(".choices.starts button").first().click());
const primary = (page) => page.locator("button.primary").click();
/** One after the other, on one page. */
const STATES = {
  "as it opens": async () => {},
  "with a menu open": (page) => head(page, "P2").click(),
  "while recording": async (page) => {
    await page.keyboard.press("Escape");
    await start(page);
  },
  "when complete": primary,
  "with two snapshots": primary,
  "in the other scenario": (page) => page.locator("header select").selectOption({ index: 1 }),
  "with the other menu open": (page) => head(page, "p").click(),
};

for (const [lang, locale] of Object.entries(LOCALES)) {
  for (const width of [390, 320]) {
    test(`in ${lang}, at ${width} pixels: the page is not wider than its window`, () =>
      visit(browser, { ...PHONE, viewport: { width, height: 700 }, locale }, async (page) => {
        for (const [state, does] of Object.entries(STATES)) {
          await does(page);
          assert.equal(await overflow(page), 0, state);
        }
      }));
  }
}

test("on a phone every control is large enough for a finger", () =>
  visit(browser, PHONE, async (page) => {
    for (const [state, does] of Object.entries(STATES)) {
      await does(page);
      const controls = page.locator("button, select, input, g.waiting:has(.hit-area)");
      const small = await controls.evaluateAll((all) =>
        all
          .filter((one) => one.checkVisibility())
          .map((one) => [one.getAttribute("aria-label") ?? one.textContent, one.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24)
          .map(([name, box]) => `${name}: ${box.width} x ${box.height}`),
      );
      assert.deepEqual(small, [], state);
    }
  }));

test("on a phone no handle hides another", () =>
  visit(browser, PHONE, async (page) => {
    await start(page);
    for (let steps = 0; steps < 4; steps++) {
      const hidden = await page.locator("g.waiting:has(.hit-area)").evaluateAll((all) =>
        all
          .filter((one) => {
            const circle = one.querySelector("circle").getBoundingClientRect();
            one.scrollIntoView({ block: "center", inline: "center" });
            const box = one.querySelector("circle").getBoundingClientRect();
            const hit = document.elementFromPoint(box.x + circle.width / 2, box.y + circle.height / 2);
            return !one.contains(hit);
          })
          .map((one) => one.getAttribute("aria-label")),
      );
      assert.deepEqual(hidden, [], `after ${steps} steps`);
      await page.locator("[data-step-forward]").click();
    }
  }));

for (const [size, look] of [["a low window", { viewport: { width: 1280, height: 420 } }], ["a phone", PHONE]]) {
  test(`in ${size} the wheel over the diagram scrolls the page`, () =>
    visit(browser, look, async (page) => {
      const box = await page.locator(".scroll svg").boundingBox();
      await page.mouse.move(box.x + 150, Math.min(box.y + 60, look.viewport.height - 20));
      await page.mouse.wheel(0, 200);
      await page.waitForFunction(() => scrollY > 50);
    }));
}

test("a long run scrolls in its own room, and the present is in sight", () =>
  visit(browser, DESKTOP, async (page) => {
    for (let times = 0; times < 8; times++) await primary(page);
    const room = await page.locator(".scroll").evaluate((one) => [one.scrollWidth, one.clientWidth]);
    assert.ok(room[0] > room[1], "wider than its room");
    assert.equal(await overflow(page), 0);
    const [now, figure] = await Promise.all([page.locator("line.now").boundingBox(), page.locator(".scroll").boundingBox()]);
    assert.ok(now.x > figure.x && now.x < figure.x + figure.width, "the edge of the present is in sight");
  }));

test("a resized window is filled anew", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.setViewportSize({ width: 840, height: 800 });
    await page.waitForFunction(() => document.querySelector(".scroll svg").getBoundingClientRect().width <= 842);
    assert.equal(await overflow(page), 0);
    await page.setViewportSize({ width: 1600, height: 1000 });
    await page.waitForFunction(() => document.querySelector(".scroll svg").getBoundingClientRect().width > 1000);
  }));
