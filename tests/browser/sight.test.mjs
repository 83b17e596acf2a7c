// What is in sight of the figure without the reader's scrolling: the whole cut when it is complete, the present when the room
// changes, the handle in hand; and nothing lies over the picture.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, PHONE, say, visit } from "./hands.mjs";
import { finger, middle } from "./pointers.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))));

/** Which of the elements do not lie wholly in sight inside the figure, beside the heads. */
const hidden = (page, selector) =>
  page.evaluate((selector) => {
    const scroll = document.querySelector(".scroll").getBoundingClientRect();
    const heads = document.querySelector(".heads").getBoundingClientRect();
    const down = Boolean(document.querySelector(".figure.down"));
    const [left, top] = down ? [scroll.left, heads.bottom] : [heads.right, scroll.top];
    const all = [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
    const out = (box) => box.left < left - 1 || box.top < top - 1 || box.right > scroll.right + 1 || box.bottom > scroll.bottom + 1;
    return { all: all.length, out: all.filter(out).length };
  }, selector);

for (const [what, motion] of [["that is watched", "no-preference"], ["that comes at once", "reduce"]]) {
  test(`on a phone the whole cut ${what} is in sight when it is complete`, () =>
    visit(browser, { ...PHONE, reducedMotion: motion }, async (page) => {
      await page.getByRole("button", { name: say("en", "TakeSnapshot") }).tap();
      const complete = () => document.querySelectorAll(".diagram .recording").length === 3 && !document.querySelector(".diagram .cut-so-far");
      await page.waitForFunction(complete, undefined, { timeout: 20000 });
      await settled(page);
      const seen = await hidden(page, ".diagram .recording, .diagram .label-in-channel, .diagram text.recorded-state");
      assert.ok(seen.all >= 5, JSON.stringify(seen));
      assert.equal(seen.out, 0, JSON.stringify(seen));
    }));
}

test("the present stays in sight when the figure gets less room", () =>
  visit(browser, { viewport: { width: 1600, height: 900 } }, async (page) => {
    for (let times = 0; times < 3; times++) await page.keyboard.press("s");
    await settled(page);
    await page.setViewportSize({ width: 1000, height: 800 });
    await settled(page);
    assert.deepEqual(await hidden(page, ".diagram .now"), { all: 1, out: 0 });
    await page.keyboard.press("p");
    await settled(page);
    assert.deepEqual(await hidden(page, ".diagram .now"), { all: 1, out: 0 }, "for a projector");
  }));

test("on a phone a handle of one's own cut stays in sight while it is dragged beyond the figure", () =>
  visit(browser, PHONE, async (page) => {
    await page.getByRole("button", { name: say("en", "TakeSnapshot") }).tap();
    await page.locator(".verdict").first().waitFor();
    await page.locator(".draw-cut").tap();
    const handle = page.locator(".own-cut-handle").nth(1);
    await handle.waitFor();
    await settled(page);
    const at = middle(await handle.boundingBox());
    const figure = await page.locator(".figure").boundingBox();
    const hand = await finger(page);
    await hand.down(at.x, at.y);
    for (let y = at.y; y > figure.y - 60; y -= 15) {
      await hand.move(at.x, y);
      await settled(page);
    }
    assert.deepEqual(await hidden(page, ".own-cut-handle:focus .own-handle"), { all: 1, out: 0 });
    await hand.up();
  }));

for (const [size, look] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  test(`on a ${size} no tool lies over the picture`, () =>
    visit(browser, look, async (page) => {
      const clear = async () => {
        await settled(page);
        const [scroll, tools] = [await page.locator(".scroll").boundingBox(), await page.locator(".figure-tools").boundingBox()];
        assert.ok(scroll.y + scroll.height <= tools.y + 1, `${JSON.stringify(scroll)} reaches under ${JSON.stringify(tools)}`);
      };
      await clear();
      await page.keyboard.press("s");
      await page.keyboard.press("s");
      await clear();
      await page.keyboard.press("o");
      await clear();
    }));
}
