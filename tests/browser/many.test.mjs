// Many snapshots in one run: told apart, chosen, hidden, and refused beyond what a run takes.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, overflow, say, texts, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const take = async (page, snapshots) => {
  for (let at = 0; at < snapshots; at++) await page.keyboard.press("s");
  await page.waitForFunction((n) => globalThis.changes.at(-1)?.snapshots.length === n, snapshots);
};

for (const [motion, take_] of [["reduce", "at once"], ["no-preference", "shown growing"]]) {
  for (const [lang, locale] of Object.entries(LOCALES)) {
    test(`in ${lang}, ${take_}: one snapshot too many is refused in a sentence`, () =>
      visit(browser, { ...DESKTOP, locale }, async (page) => {
        await take(page, 64);
        await page.emulateMedia({ reducedMotion: motion });
        const why = say(lang, "RefusedTooManySnapshots", { n: 64 });
        await page.keyboard.press("s");
        assert.deepEqual(await texts(page, ".notice span"), [why], "by key");
        await page.keyboard.press("Home");
        await page.keyboard.press("End");
        assert.equal(await page.locator(".notice").count(), 0);
        await page.locator("button.primary").click();
        assert.deepEqual(await texts(page, ".notice span"), [why], "by the button");
        assert.equal(await page.evaluate(() => globalThis.changes.at(-1).snapshots.length), 64);
      }));
  }
}

test("the fifth snapshot does not look like the first, and is chosen from a list", () =>
  visit(browser, DESKTOP, async (page) => {
    await take(page, 5);
    await page.keyboard.press("0");
    await page.waitForTimeout(100);
    const list = page.locator(".chips select");
    assert.equal(await list.locator("option").count(), 5);
    assert.match(await list.evaluate((one) => one.selectedOptions[0].textContent), /5/);
    await list.selectOption({ index: 1 });
    await page.locator("aside.s1").waitFor();
    await page.keyboard.press("s");
    await page.waitForFunction(() => document.querySelector(".chips select").selectedIndex === 5, "the new one is shown");
    await page.keyboard.press("0");
    await page.keyboard.press("+");
    await page.waitForFunction(() => [...document.querySelectorAll("text.recording-number")].some((one) => one.textContent === "6"));
    const dashes = await page.evaluate(() => {
      const of = (selector) => document.querySelector(selector) && getComputedStyle(document.querySelector(selector)).strokeDasharray;
      const numbers = [...document.querySelectorAll("text.recording-number")].map((one) => one.textContent);
      return { again: of(".diagram .marker.again:not(.tip)"), numbers };
    });
    assert.notEqual(dashes.again, await page.evaluate(() => getComputedStyle(document.querySelector(".diagram .marker:not(.again, .tip)")).strokeDasharray));
    assert.ok(dashes.numbers.some((number) => number === "6"), dashes.numbers.join());
  }));

for (const [size, look, snapshots] of [["phone", PHONE, 5], ["desktop", DESKTOP, 24]]) {
  test(`on a ${size}: with ${snapshots} snapshots every tool of the diagram can be pressed`, () =>
    visit(browser, look, async (page) => {
      await take(page, snapshots);
      const tools = page.locator(".figure-tools > button");
      assert.ok((await tools.count()) >= 5);
      await tools.last().scrollIntoViewIfNeeded();
      const out = await tools.evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect()).filter((box) => box.left < 0 || box.right > innerWidth || box.width < 36).length);
      assert.equal(out, 0);
      assert.equal(await overflow(page), 0);
      // Half of a switch in sight says that there are more, and each can be come to.
      const room = await page.locator(".switches").boundingBox();
      const halves = await page.locator(".drawn").evaluateAll((all, edge) =>
        all.map((one) => one.getBoundingClientRect()).filter((box) => box.left + 8 < edge && box.right - 8 > edge).length, room.x + room.width);
      assert.equal(halves, 1);
      const last = page.locator(".drawn").last();
      await (look === PHONE ? last.tap() : last.click());
      assert.equal(await last.getAttribute("aria-pressed"), "false");
    }));
}
