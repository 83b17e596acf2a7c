// The side of the page and the branches: nothing is hidden without a sign of it, and nothing moves that need not.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, count, recorded, say, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch({ scrollbars: true });
after(() => browser.close());

const primary = (page) => page.locator("button.primary").click();
const forward = (page) => page.locator("[data-step-forward]").click();
const choose = (page, index) => page.locator("header select").selectOption({ index });
const turn = (page, tab) => page.locator(`#tab-${tab}`).click();
const box = (page, selector) => page.locator(selector).first().boundingBox();

/** What is cut off by something that scrolls without a bar beside it, or by the window. */
const hidden = (page) =>
  page.locator("aside, aside *, .branches *").evaluateAll((all) =>
    all
      .filter((one) => one.scrollHeight > one.clientHeight + 2 && one.clientHeight > 0 && getComputedStyle(one).overflowY !== "visible")
      .filter((one) => !one.closest(".unseen, svg, select, .what") && one.offsetWidth - one.clientWidth < 5)
      .map((one) => `${one.className} ${one.scrollHeight} > ${one.clientHeight}`));

for (const [lang, locale] of Object.entries(LOCALES)) {
  test(`at 1280 x 800, in ${lang}: whatever the side holds is in sight, or a scroll bar says that there is more`, () =>
    visit(browser, { ...DESKTOP, locale }, async (page) => {
      for (const scenario of [0, 1, 2, 3, 4]) {
        await choose(page, scenario);
        await primary(page);
        await page.locator("aside .verdict").waitFor();
        for (const tab of ["rules", "network", "events", "signs"]) {
          await turn(page, tab);
          assert.deepEqual(await hidden(page), [], `scenario ${scenario}, ${tab}`);
          const bars = await page.locator(".above, .view, .list").evaluateAll((all) =>
            all.map((one) => getComputedStyle(one, "::-webkit-scrollbar").width));
          assert.deepEqual([...new Set(bars)], ["9px"], "bars of our own, which do not hide as those of some systems do");
          const below = await box(page, ".below");
          assert.ok(below.y + below.height <= 801 && below.height >= 180, `scenario ${scenario}, ${tab}: ${JSON.stringify(below)}`);
        }
      }
      await choose(page, 0);
      await primary(page);
      await page.locator(".draw-cut").click();
      assert.deepEqual(await hidden(page), [], "with a cut of one's own");
    }));
}

test("the reordered run scrolls into sight when it is asked for", () =>
  visit(browser, DESKTOP, async (page) => {
    await choose(page, 1);
    await primary(page);
    await page.locator(".verdict.consistent").waitFor();
    await page.locator(".passage .link").click();
    await page.locator(".order").waitFor();
    const [above, first, last] = [await box(page, ".above"), await box(page, ".swaps"), await page.locator(".order li").last().boundingBox()];
    assert.ok(first.y >= above.y && last.y + last.height <= above.y + above.height + 1, JSON.stringify([above, first, last]));
  }));

test("a tab that is turned to shows what is in it, in presenter mode too", () =>
  visit(browser, DESKTOP, async (page) => {
    await primary(page);
    await page.keyboard.press("p");
    await page.locator("[data-presenter]").waitFor();
    for (const tab of ["network", "events", "signs", "rules"]) {
      await turn(page, tab);
      await page.waitForTimeout(60);
      const [tabs, view] = [await box(page, "[role=tablist]"), await box(page, ".view > *")];
      const seen = Math.min(view.y + view.height, 800) - Math.max(view.y, 0);
      assert.ok(seen >= 150, `${tab}: ${seen} pixels of it are seen`);
      assert.ok(tabs.y >= 0 && tabs.y + tabs.height <= 801, `${tab}: the tabs are in sight`);
    }
  }));

test("tabs, buttons and the count stay where they are while the run goes on", () =>
  visit(browser, { ...DESKTOP, viewport: { width: 1440, height: 900 } }, async (page) => {
    await page.keyboard.press("s");
    await page.keyboard.press("Home");
    for (let steps = 0; steps < 8; steps++) await forward(page);
    const places = async () => {
      const all = [];
      for (const what of ["#tab-rules", "#tab-signs", "button.primary", ".transport .track", ".explanation", ".figure"]) {
        const { x, y, width, height } = await box(page, what);
        all.push([what, x, y, width, height].join(" "));
      }
      return all;
    };
    const before = await places();
    for (let steps = 8; steps < 17; steps++) {
      await forward(page);
      assert.deepEqual(await places(), before, `after step ${steps + 1}`);
    }
    assert.deepEqual((await count(page))[0], 17);
    assert.equal((await recorded(page)).sum, 300);
    await turn(page, "events");
    await turn(page, "network");
    assert.deepEqual(await places(), before, "when a tab is turned");
    // The button changes its words, and what is refused has to be said.
    await page.locator("button.head").first().click();
    await page.locator(".choices.starts button").first().click();
    await page.locator("button.head").first().click();
    const [primaryThen, trackThen] = [before[2], before[3]];
    assert.deepEqual((await places()).slice(2, 4), [primaryThen, trackThen]);
  }));

/** Two runs of the money scenario, of which the second is before the eyes, and their tree. */
async function branches(page, press) {
  await page.keyboard.press("s");
  await page.keyboard.press("Home");
  for (let steps = 0; steps < 7; steps++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("d");
  await page.keyboard.press("s");
  await press(page.locator(".transport .branch"));
  await page.locator(".branches").waitFor();
}

test("branches: comparing shows the comparison, its table is whole or scrolls, and closing leaves the page where it was", () =>
  visit(browser, DESKTOP, async (page) => {
    await branches(page, (what) => what.click());
    await page.locator(".compared-snapshot").first().waitFor();
    const chip = page.locator(".rows .chip").first();
    assert.equal(await chip.textContent(), say("en", "BranchText::StopComparing"), "it says what a press does");
    await chip.click();
    assert.equal(await page.locator(".compared-snapshot").count(), 0);
    assert.equal(await chip.textContent(), say("en", "BranchText::Compare"));
    await chip.click();
    await page.locator(".compared-snapshot").first().waitFor();
    assert.deepEqual(await hidden(page), []);
    const panel = await box(page, ".branches");
    assert.ok(panel.y + panel.height <= 801, JSON.stringify(panel));
    const lines = await page.locator("line.lane, .diagram .lane").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom));
    const figure = await box(page, ".figure .scroll");
    assert.ok(Math.max(...lines) <= figure.y + figure.height, "every process is still in sight");
    await page.locator(".branches .icon").click();
    await page.locator(".branches").waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => scrollY), 0);
  }));

test("branches on a phone: closing them leaves the diagram and the controls in sight", () =>
  visit(browser, PHONE, async (page) => {
    await branches(page, (what) => what.tap());
    await page.locator(".branches .icon").tap();
    await page.locator(".branches").waitFor({ state: "detached" });
    const [transport, height] = [await box(page, ".transport"), 844];
    assert.ok(transport.y >= 0 && transport.y + transport.height <= height + 1, JSON.stringify(transport));
  }));
