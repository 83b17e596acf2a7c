// How the diagram is looked at, with real input: pinch, wheel, the strip of the whole run, which way time runs.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, say, visit } from "./hands.mjs";
import { middle } from "./pointers.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

/** How long the picture is along time, and how far it is scrolled there. */
const seen = (page) =>
  page.evaluate(() => {
    const [scroll, space] = [document.querySelector(".scroll"), document.querySelector(".space")];
    const down = Boolean(document.querySelector(".figure.down"));
    return down ? { length: space.offsetHeight, at: scroll.scrollTop } : { length: space.offsetWidth, at: scroll.scrollLeft };
  });
const longerThan = (page, length) =>
  page.waitForFunction((length) => {
    const space = document.querySelector(".space");
    return (document.querySelector(".figure.down") ? space.offsetHeight : space.offsetWidth) > length;
  }, length);

for (const [size, look] of [["phone", PHONE], ["desktop with a touch screen", { ...DESKTOP, hasTouch: true }]]) {
  test(`on a ${size} two fingers that part make steps wider, and those that meet make them narrower`, () =>
    visit(browser, look, async (page) => {
      await page.keyboard.press("s");
      const room = await page.locator(".scroll").boundingBox();
      const { x, y } = middle(room);
      const client = await page.context().newCDPSession(page);
      const touch = (type, points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points });
      const two = (apart) => [{ x: x - apart, y: y - apart / 2, id: 0 }, { x: x + apart, y: y + apart / 2, id: 1 }];
      const pinch = async (from, to) => {
        await touch("touchStart", two(from));
        for (let part = 1; part <= 8; part++) await touch("touchMove", two(from + ((to - from) * part) / 8));
        await touch("touchEnd", []);
      };
      const before = await seen(page);
      await pinch(20, 90);
      await longerThan(page, before.length * 1.5);
      const wide = await seen(page);
      const scale = await page.evaluate(() => visualViewport.scale);
      assert.equal(scale, 1, "the page itself is not zoomed");
      await pinch(90, 30);
      await page.waitForFunction((length) => {
        const space = document.querySelector(".space");
        return Math.max(space.offsetHeight, space.offsetWidth) < length * 0.8;
      }, wide.length);
      assert.equal(await page.getByRole("dialog").count(), 0, "no finger has pressed anything");
    }));
}

test("the wheel with the control key zooms under the pointer; without it, it scrolls the page", () =>
  visit(browser, { viewport: { width: 1280, height: 520 } }, async (page) => {
    await page.keyboard.press("s");
    const receipt = page.locator(".diagram .receipt").nth(2);
    const at = middle(await receipt.boundingBox());
    await page.mouse.move(at.x, at.y);
    const before = await seen(page);
    await page.keyboard.down("Control");
    for (let turn = 0; turn < 4; turn++) await page.mouse.wheel(0, -100);
    await page.keyboard.up("Control");
    await longerThan(page, before.length * 1.3);
    await page.waitForTimeout(100);
    const now = middle(await receipt.boundingBox());
    assert.ok(Math.abs(now.x - at.x) < 12, `what was under the pointer stays there: ${at.x}, ${now.x}`);
    assert.equal(await page.evaluate(() => scrollY), 0, "the page has not scrolled");
    const zoomed = await seen(page);
    await page.mouse.wheel(0, 150);
    await page.waitForFunction(() => scrollY > 50);
    assert.deepEqual(await seen(page), zoomed, "a plain wheel leaves the diagram alone");
  }));

test("the frame on the strip of the whole run is dragged, and the diagram follows", () =>
  visit(browser, DESKTOP, async (page) => {
    for (let times = 0; times < 4; times++) await page.keyboard.press("s");
    await page.waitForTimeout(100);
    const strip = await page.locator(".minimap").boundingBox();
    const part = await page.evaluate(() => document.querySelector(".scroll").clientWidth / document.querySelector(".scroll").scrollWidth);
    const before = await seen(page);
    assert.ok(before.at > 100, "the end of the run is in sight");
    const [x, y] = [strip.x + strip.width * (1 - part / 2), strip.y + strip.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - strip.width / 3, y, { steps: 6 });
    const held = await seen(page);
    assert.ok(held.at < before.at - 50, `while it is dragged: ${held.at}, from ${before.at}`);
    await page.mouse.move(strip.x, y, { steps: 6 });
    await page.mouse.up();
    assert.equal((await seen(page)).at, 0, "to the beginning");
    assert.ok(await page.locator(".diagram .sending").first().isVisible());
    await page.waitForFunction(() => /1/.test(document.querySelector(".minimap input").getAttribute("aria-valuetext")));
  }));

for (const [lang, locale] of Object.entries(LOCALES)) {
  test(`in ${lang}: time is turned by its button and by its key, and all of the run is there either way`, () =>
    visit(browser, { ...DESKTOP, locale }, async (page) => {
      await page.keyboard.press("s");
      const arrows = () => page.locator(".diagram .message:not(.tip), .diagram .message-in-channel:not(.tip)").count();
      const before = await arrows();
      const ends = () => page.locator("line.now").evaluate((one) => ["x1", "x2", "y1", "y2"].map((name) => Number(one.getAttribute(name))));
      const [x1, x2] = await ends();
      assert.equal(x1, x2, "the present stands upright");
      await page.getByRole("button", { name: say(lang, "LookText::TurnDown") }).click();
      await page.locator(".figure.down").waitFor();
      const [, , y1, y2] = await ends();
      assert.equal(y1, y2, "the present lies");
      assert.equal(await arrows(), before);
      const back = page.getByRole("button", { name: say(lang, "LookText::TurnAcross") });
      assert.equal(await back.evaluate((one) => one === document.activeElement), true, "the button has the focus still");
      await page.keyboard.press("o");
      await page.locator(".figure:not(.down)").waitFor();
      await page.keyboard.press("o");
      await page.locator(".figure.down").waitFor();
      await page.waitForTimeout(500);
      await page.reload({ waitUntil: "networkidle" });
      await page.locator(".figure.down").waitFor();
    }));
}
