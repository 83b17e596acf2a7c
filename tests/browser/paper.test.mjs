// On paper: what is printed, and that it can be read.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, overflow, texts, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const DARK = { ...DESKTOP, colorScheme: "dark" };
const shown = (page, selector) => page.locator(selector).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
const turn = (page, tab) => page.locator(`#tab-${tab}`).click();
const sheets = async (page, more = {}) =>
  (await page.pdf({ format: "A4", ...more })).toString("latin1").match(/\/Type\s*\/Page\b/g).length;
const CONTROLS = "button, input, select.speed, .tools select, .kinds, .traffic, .figure-tools, .transport";

for (const [name, sheet] of [["portrait", { width: 718, height: 1047 }], ["landscape", { width: 1047, height: 718 }]]) {
  test(`on paper, ${name}: diagram, recorded state, verdict and rules, no controls, nothing cut off`, () =>
    visit(browser, DARK, async (page) => {
      await page.keyboard.press("s");
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize(sheet);
      await page.locator(".bands .diagram").first().waitFor();
      for (const what of [".diagram", "aside .recorded", "aside .verdict", ".rules", "text.on-paper"]) {
        assert.ok((await shown(page, what)) > 0, `${what} is there`);
      }
      assert.equal(await shown(page, CONTROLS), 0, "nothing to press");
      const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);
      assert.deepEqual([ink, paper], ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
      const diagram = await page.locator(".bands .diagram").first().boundingBox();
      assert.ok(diagram.x >= 0 && diagram.x + diagram.width <= sheet.width + 1, `${diagram.x} ${diagram.width}`);
      assert.equal(await overflow(page), 0);
      const pages = await sheets(page, { landscape: name === "landscape" });
      assert.ok(pages <= 2, `${pages} sheets`);
      await page.emulateMedia({ media: "screen" });
      await page.locator(".bands").waitFor({ state: "detached" });
      assert.equal(await shown(page, ".figure .diagram"), 1, "and then it is as it was");
    }));
}

test("the events are printed as a list, all of them, and none of their controls", () =>
  visit(browser, DARK, async (page) => {
    await turn(page, "events");
    await page.locator(".traffic button").nth(1).click();
    await page.emulateMedia({ media: "print" });
    await page.locator(".sheet-events").waitFor();
    const numbers = await texts(page, ".sheet-events li > span:first-child");
    assert.deepEqual(numbers.map(Number), Array.from({ length: 107 }, (_, at) => at + 1));
    const heights = await page.locator(".sheet-events li").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    assert.ok(Math.min(...heights) > 10, "each has its line");
    assert.match((await texts(page, ".sheet-events li"))[0], /P2 sends 10 to P3/);
    assert.equal(await shown(page, CONTROLS), 0);
  }));

test("a long run is printed in bands, to one scale, in letters that can be read, on few sheets", () =>
  visit(browser, DARK, async (page) => {
    await turn(page, "events");
    await page.locator(".traffic button").nth(1).click();
    await turn(page, "rules");
    await page.keyboard.press("s");
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 718, height: 1047 });
    await page.locator(".band").nth(2).waitFor();
    const bands = await page.locator(".band").evaluateAll((all) =>
      all.map((one) => [one.getBoundingClientRect().width / one.viewBox.baseVal.width, one.getBoundingClientRect().height]));
    for (const [scale, height] of bands) {
      assert.ok(scale * 14 >= 8.5, `letters of ${scale * 14} pixels`);
      assert.ok(height > 150, `${height} high`);
    }
    // Every label of the whole run stands in some band.
    const steps = await page.locator(".band text.label").count();
    assert.ok(steps > 40, `${steps} labels`);
    const pages = await sheets(page);
    assert.ok(pages <= 4, `${pages} sheets`);
  }));

test("of a run of a thousand steps, what is before the present is printed, and it is said which part that is", () =>
  visit(browser, DARK, async (page) => {
    await turn(page, "events");
    await page.locator(".traffic button").nth(2).click();
    await turn(page, "rules");
    await page.emulateMedia({ media: "print" });
    await page.locator(".band").first().waitFor();
    assert.ok((await page.locator(".band").count()) <= 12);
    assert.match((await texts(page, ".bands > .caption"))[0], /Steps \d+ to 1007 of 1007/);
    assert.ok((await sheets(page)) <= 5);
  }));
