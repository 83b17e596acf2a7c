// What matters has its room in every window: the answer, what happened, the controls of time, and what is said of an edit.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, inMenu, texts, visit } from "./hands.mjs";
import { grip, toEnd, tokens } from "./pointers.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const choose = (page, index) => page.locator("header select").selectOption({ index });
const box = (page, selector) => page.locator(selector).first().boundingBox();
const within = (one, other) => one.y >= other.y - 1 && one.y + one.height <= other.y + other.height + 1;
const apart = (one, other) => one.y + one.height <= other.y + 1 || other.y + other.height <= one.y + 1;
const screen = (page) => ({ y: 0, height: page.viewportSize().height });
/** Whether the whole of it lies in the window with nothing over it. */
const pressable = (page, selector) =>
  page.locator(selector).first().evaluate((one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    const corners = [[left + 4, top + 4], [right - 4, top + 4], [left + 4, bottom - 4], [right - 4, bottom - 4]];
    return corners.every(([x, y]) => one.contains(document.elementFromPoint(x, y)));
  });

test("in presenter mode, 1280 x 800: four lines of what happened lie clear of the controls, which are whole", () =>
  visit(browser, DESKTOP, async (page) => {
    for (const [scenario, keys] of [[4, ["End"]], [0, ["s", "s", "s"]]]) {
      await choose(page, scenario);
      for (const key of keys) await page.keyboard.press(key);
      await page.keyboard.press("p");
      const [told, controls] = [await box(page, ".explanation"), await box(page, ".transport")];
      assert.ok(apart(told, controls), JSON.stringify([told, controls]));
      assert.ok(within(controls, screen(page)), JSON.stringify(controls));
      const room = await page.locator(".explanation").evaluate((one) => [one.scrollHeight, one.clientHeight]);
      assert.ok(room[0] <= room[1] + 1, `what happened needs ${room[0]} and has ${room[1]}`);
      await page.keyboard.press("p");
    }
  }));

for (const [lang, locale] of Object.entries(LOCALES)) {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 1440, height: 900 }]) {
    test(`at ${viewport.width} x ${viewport.height}, in ${lang}: the verdict and what stays true are wholly in sight, before the table`, () =>
      visit(browser, { viewport, locale }, async (page) => {
        for (const scenario of [0, 1, 2, 3, 4]) {
          await choose(page, scenario);
          await page.keyboard.press("End");
          await page.locator("button.primary").click();
          await page.locator("aside .verdict.consistent").waitFor();
          const room = await box(page, ".above");
          for (const what of await page.locator("aside .verdict, aside .properties").all())
            assert.ok(within(await what.boundingBox(), room), `scenario ${scenario}: ${await what.textContent()}`);
          assert.ok((await box(page, "aside .verdict")).y < (await box(page, "aside .recorded table")).y);
        }
      }));
  }
}

for (const [size, look] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  test(`on a ${size}: what is said of a deletion covers neither what happened nor the controls, and can be undone`, () =>
    visit(browser, look, async (page) => {
      await toEnd(page);
      const { twenty } = await tokens(page);
      const at = await grip(page, twenty);
      await (look === PHONE ? page.touchscreen : page.mouse)[look === PHONE ? "tap" : "click"](at.x, at.y);
      await inMenu(page, "Delete this message").click();
      await page.locator(".notice .undo").waitFor();
      const notice = await box(page, ".notice");
      for (const what of [".explanation", ".transport"]) {
        const other = await box(page, what);
        assert.ok(apart(notice, other), `${what}: ${JSON.stringify([notice, other])}`);
      }
      assert.ok(await pressable(page, ".notice .undo"));
    }));
}

test("on a phone: the branches open in sight, with the focus, and their cells stand apart", () =>
  visit(browser, PHONE, async (page) => {
    await page.keyboard.press("s");
    await page.keyboard.press("Home");
    for (let steps = 0; steps < 7; steps++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("d");
    await page.keyboard.press("s");
    await page.locator(".transport .branch").tap();
    await page.locator(".branches").waitFor();
    const heading = await box(page, "#branches-title");
    assert.ok(heading.y >= 0 && heading.y < 300, JSON.stringify(heading));
    assert.equal(await page.evaluate(() => document.activeElement.className), "branches");
    const ends = await page.locator(".standing td strong").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => [left, right]));
    assert.ok(ends[1][0] - ends[0][1] >= 8, JSON.stringify(ends));
  }));

test("on a phone: the controls of time stay where they are, whatever has happened", () =>
  visit(browser, PHONE, async (page) => {
    const places = new Set();
    for (let steps = 0; steps < 11; steps++) {
      places.add((await box(page, "[data-step-forward]")).y);
      await page.locator("[data-step-forward]").tap();
    }
    await page.keyboard.press("End");
    places.add((await box(page, "[data-step-forward]")).y);
    assert.equal(places.size, 1, [...places].join(" "));
  }));

for (const [width, height] of [[640, 420], [800, 500]]) {
  test(`embedded, at ${width} x ${height}: diagram, controls and verdict are in the frame together`, () =>
    visit(browser, DESKTOP, async (page) => {
      await choose(page, 4);
      await page.keyboard.press("End");
      await page.waitForFunction(() => location.hash.length > 1);
      const link = new URL(page.url()).hash;
      for (const at of [`/?embed&id=1`, `/?embed${link}`]) {
        await page.setViewportSize({ width, height });
        await page.goto(new URL(at, page.url()).href);
        await page.locator("button.head").first().waitFor();
        if (!at.includes("#")) await page.locator("button.primary").click();
        await page.locator(".outcome.consistent").waitFor();
        for (const what of [".figure", ".outcome", ".transport", ".bar"])
          assert.ok(within(await box(page, what), screen(page)), `${what} of ${at}: ${JSON.stringify(await box(page, what))}`);
        assert.equal(await page.locator(".outcome .property").count(), at.includes("#") ? 1 : 0);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      }
    }));
}

test("on a phone on its side: every process and the controls are in sight, the verdict right below", () =>
  visit(browser, { ...PHONE, viewport: { width: 844, height: 390 } }, async (page) => {
    await page.locator("button.primary").tap();
    await page.locator(".outcome.consistent").waitFor();
    await page.evaluate(() => scrollTo(0, 0));
    const controls = await box(page, ".transport");
    assert.ok(within(controls, screen(page)));
    const heads = await page.locator("button.head").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom));
    assert.equal(heads.length, 3);
    assert.ok(Math.max(...heads) <= controls.y + 1, `${heads} ${controls.y}`);
    const verdict = await box(page, ".outcome");
    assert.ok(verdict.y <= 390, JSON.stringify(verdict));
    await page.locator(".outcome").scrollIntoViewIfNeeded();
    for (const button of ["button.primary", "header .presenter", "header .keys"]) {
      await page.evaluate(() => scrollTo(0, 0));
      assert.ok(await pressable(page, button), button);
    }
  }));

test("the run through the recorded state is shown at once, and with few colours the chosen tab is told", () =>
  visit(browser, { ...DESKTOP, forcedColors: "active" }, async (page) => {
    await choose(page, 1);
    await page.keyboard.press("End");
    await page.locator(".passage .link").click();
    assert.deepEqual(await texts(page, ".swaps .count"), ["1 / 1"]);
    assert.equal(await page.locator(".order .here").count(), 1);
    const grounds = await page.locator("[role=tab]").evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    assert.equal(grounds.filter((ground) => ground === grounds[0]).length, 1, grounds.join(" "));
  }));

test("six processes at 1280 x 800: the controls of time are wholly in sight, and no name touches the number under it", () =>
  visit(browser, DESKTOP, async (page) => {
    const names = ["Gregory", "Peggy", "Jacqueline", "Quentin", "Yang", "Ziggy"];
    const text = `cutline 1\ntitle Six\n${names.map((name) => `process ${name} has 100\n`).join("")}channels complete\nrun\n`;
    await page.locator("input[type=file]").setInputFiles({ name: "six.cutline", mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.locator("button.head").nth(5).waitFor();
    assert.ok(within(await box(page, ".transport"), screen(page)), JSON.stringify(await box(page, ".transport")));
    for (const head of await page.locator("button.head").all()) {
      const [name, state] = [await head.locator(".name").boundingBox(), await head.locator(".state").boundingBox()];
      // A box of words ends a little below what hangs down from their line.
      assert.ok(state.y - (name.y + name.height) >= 3, JSON.stringify([name, state]));
    }
    const tops = await page.locator("button.head").evaluateAll((heads) => heads.map((head) => head.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom]));
    tops.slice(1).forEach(([top], at) => assert.ok(top >= tops[at][1] - 1, JSON.stringify(tops)));
  }));

test("whoever leaves the whole screen by the browser leaves presenter mode", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.keyboard.press("p");
    await page.locator("[data-presenter]").waitFor();
    await page.waitForFunction(() => document.fullscreenElement);
    await page.evaluate(() => document.exitFullscreen());
    await page.waitForFunction(() => !document.documentElement.hasAttribute("data-presenter"));
    await page.keyboard.press("p");
    await page.locator("[data-presenter]").waitFor();
  }));
