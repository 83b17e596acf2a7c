// Small screens and small frames: what matters is near the diagram, and in sight.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { LOCALES, PHONE, say, texts, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const isInView = (page, selector) =>
  page.locator(selector).first().evaluate((one) => {
    const { top, bottom, height } = one.getBoundingClientRect();
    const under = document.elementFromPoint(innerWidth / 2, Math.min(bottom, innerHeight) - 4);
    return height > 0 && top >= 0 && bottom <= innerHeight + 1 && (one.contains(under) || under?.contains(one) || !under?.closest(".transport"));
  });
const choose = (page, index) => page.locator("header select").selectOption({ index });

for (const [lang, locale] of Object.entries(LOCALES)) {
  test(`on a phone, in ${lang}: what is in the channels, and whether it has terminated, stand right under the diagram`, () =>
    visit(browser, { ...PHONE, locale }, async (page) => {
      await choose(page, 3);
      await page.locator("button.primary").tap();
      await page.locator(".outcome.consistent").waitFor();
      assert.deepEqual(await texts(page, ".outcome .pill"), [say(lang, "PayloadWork")]);
      const property = `${say(lang, "Finding::Terminated")} ${say(lang, "Finding::No")}`;
      assert.deepEqual(await texts(page, ".outcome .property"), [property]);
      assert.ok(await isInView(page, ".outcome .property"));
    }));

  test(`on a phone, in ${lang}: the verdict on one's own cut stands right under the diagram, beside whose it is`, () =>
    visit(browser, { ...PHONE, locale }, async (page) => {
      await page.locator("button.primary").tap();
      await page.locator(".outcome.consistent").waitFor();
      await page.locator(".draw-cut").tap();
      await page.locator(".outcome").nth(1).waitFor();
      for (let times = 0; times < 3; times++) await page.locator(".own-cut-handle").nth(1).press("ArrowLeft");
      await page.evaluate(() => scrollTo(0, 0));
      const whose = await texts(page, ".outcome .whose");
      assert.deepEqual(whose, [say(lang, "CutText::Heading"), say(lang, "SnapshotN", { n: 1 })]);
      assert.match((await texts(page, ".outcome"))[0], new RegExp(say(lang, "CutText::Inconsistent")));
      assert.ok(await isInView(page, ".outcome.inconsistent"), "in sight without scrolling");
      assert.match((await texts(page, ".outcome .why"))[0], /P2/);
    }));
}

for (const [width, height] of [[390, 844], [320, 640]]) {
  for (const [lang, locale] of Object.entries(LOCALES)) {
    test(`at ${width} x ${height}, in ${lang}: the scenario's name and the controls of time are in sight`, () =>
      visit(browser, { ...PHONE, viewport: { width, height }, locale }, async (page) => {
        assert.ok(await isInView(page, ".transport"));
        assert.ok(await isInView(page, ".bar h1"));
        const { room, words } = await page.locator("header select").evaluate((select) => {
          const style = getComputedStyle(select);
          const brush = document.createElement("canvas").getContext("2d");
          brush.font = style.font;
          const words = brush.measureText(select.selectedOptions[0].textContent).width;
          return { words, room: select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) };
        });
        const wanted = width === 390 ? words : Math.min(words, 70);
        assert.ok(room >= wanted - 1, `room for ${room} of ${words}`);
        if (height > 800) assert.ok(await isInView(page, ".explanation"), "what happened, too");
        await page.evaluate(() => scrollTo(0, 300));
        assert.ok(await isInView(page, ".transport"), "and they stay");
      }));
  }
}

for (const [height, is] of [[500, "the whole diagram, the controls and what has come of it"], [700, "no summary of what stands below anyhow"]]) {
  test(`embedded, at 800 x ${height}: ${is}`, () =>
    visit(browser, { viewport: { width: 800, height }, at: "/?embed" }, async (page) => {
      await page.locator("button.primary").click();
      await page.locator(".verdict.consistent").waitFor();
      const outcomes = await page.locator(".outcome").evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
      assert.equal(outcomes, height === 500 ? 1 : 0);
      for (const what of [".transport", ".outcome"].slice(0, 1 + outcomes)) assert.ok(await isInView(page, what), what);
      const [figure, lanes] = await Promise.all([
        page.locator(".figure .scroll").boundingBox(),
        page.locator(".diagram .lane").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom)),
      ]);
      assert.ok(Math.max(...lanes) + 12 <= figure.y + figure.height, "every process with what it holds");
    }));
}
