// The reader's own cut: drawn, dragged over the lines and judged, by mouse, by finger and by key.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, say, tabTo, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const each = (does) => Object.entries(LOCALES).forEach(([lang, locale]) => does(lang, locale));
const report = (page) => page.locator(".own-cut-report");
const standing = (page) => report(page).locator(".verdict").getAttribute("class");
const handle = (page, process) => page.locator(".own-cut-handle").nth(process);
const number = async (handle) => Number(await handle.getAttribute("aria-valuenow"));

/** The whole snapshot of the money scenario, with a line of one's own at the recorded cut. */
const drawn = (look, does) =>
  visit(browser, look, async (page) => {
    await page.locator("button.primary").click();
    await page.locator(".verdict.consistent").first().waitFor();
    await page.locator(".draw-cut").click();
    await handle(page, 0).waitFor();
    assert.match(await standing(page), /\bconsistent/);
    await does(page);
  });

const middle = async (mark) => {
  const box = await mark.boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

each((lang, locale) => test(`in ${lang}: dragging the line behind a receipt and before its sending is seen at once`, () => drawn({ ...DESKTOP, locale }, async (page) => {
  const [x, y] = await middle(handle(page, 1));
  const before = await number(handle(page, 1));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y + 30, { steps: 4 });
  assert.match(await standing(page), /\bconsistent/, "a receipt may fall out");
  await page.mouse.move(x - 600, y - 30, { steps: 8 });
  assert.match(await standing(page), /inconsistent/, "while it is dragged");
  await page.mouse.up();
  assert.ok((await number(handle(page, 1))) < before);
  assert.ok((await page.locator(".own-orphan").count()) >= 1, "the message that is to blame shows through");
  assert.equal(await page.locator(".own-cut-wrong").count(), 1);
  await report(page).getByRole("button", { name: say(lang, "CutText::Below") }).click();
  assert.match(await standing(page), /\bconsistent/);
  assert.equal(await page.locator(".own-cut-wrong").count(), 0);
})));

each((lang, locale) => test(`in ${lang}: by keys alone, from drawing it to taking it away`, () =>
  visit(browser, { ...DESKTOP, locale }, async (page) => {
    await page.keyboard.press("s");
    await page.locator(".verdict.consistent").first().waitFor();
    await tabTo(page, say(lang, "CutText::Draw"));
    await page.keyboard.press("Enter");
    await handle(page, 0).waitFor();
    assert.match(await standing(page), /\bconsistent/);
    const own = say(lang, "CutText::Handle", { p: "P2", k: 0, all: 0 }).split("0")[0];
    await tabTo(page, new RegExp(`^${own}`));
    const before = await number(handle(page, 1));
    for (let events = 3; events > 0; events -= 1) await page.keyboard.press("ArrowLeft");
    assert.ok((await number(handle(page, 1))) < before);
    assert.match(await standing(page), /inconsistent/);
    const why = say(lang, "CutText::Orphan", { what: "10", p: "P2", q: "P3" });
    assert.ok((await report(page).textContent()).includes(why), await report(page).textContent());
    await tabTo(page, say(lang, "CutText::Below"));
    await page.keyboard.press("Enter");
    assert.match(await standing(page), /\bconsistent/);
    await handle(page, 1).focus();
    await page.keyboard.press("Home");
    assert.equal(await number(handle(page, 1)), 0);
    await page.keyboard.press("Delete");
    await page.locator(".draw-cut").waitFor();
  })));

test("the line is in the link", () => drawn(DESKTOP, async (page) => {
  await handle(page, 1).press("Home");
  const label = await handle(page, 1).getAttribute("aria-label");
  await page.waitForFunction(() => location.hash.length > 1);
  await page.waitForTimeout(600);
  await page.reload({ waitUntil: "networkidle" });
  await handle(page, 1).waitFor();
  assert.equal(await handle(page, 1).getAttribute("aria-label"), label);
  assert.match(await standing(page), /inconsistent/);
}));

each((lang, locale) => test(`in ${lang}: by finger on a phone, where time runs downwards`, () => drawn({ ...PHONE, locale }, async (page) => {
  const grip = handle(page, 1);
  await grip.scrollIntoViewIfNeeded();
  const [x, y] = await middle(grip);
  const before = await number(grip);
  const scrolls = () => page.evaluate(() => [scrollY, document.querySelector(".scroll").scrollTop]);
  const still = await scrolls();
  const session = await page.context().newCDPSession(page);
  const touch = (type, points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await touch("touchStart", [{ x, y }]);
  for (const part of [20, 40, 60, 80, 100]) await touch("touchMove", [{ x, y: y - part }]);
  const [, at] = await middle(grip);
  assert.ok(Math.abs(at - (y - 100)) < 24, `it follows the finger: ${at}, from ${y}`);
  for (const part of [120, 140]) await touch("touchMove", [{ x, y: y - part }]);
  await touch("touchEnd", []);
  assert.deepEqual(await scrolls(), still, "and the page does not");
  assert.ok((await number(grip)) < before, `${await number(grip)} is before ${before}`);
})));

test("its numbers are those of its words, and words are not struck through", () => drawn(DESKTOP, async (page) => {
  const label = await handle(page, 1).getAttribute("aria-label");
  const [at, all] = label.match(/\d+/g).slice(-2).map(Number);
  assert.deepEqual([await number(handle(page, 1)), Number(await handle(page, 1).getAttribute("aria-valuemax"))], [at, all]);
  const order = await page.evaluate(() => {
    const [line, words] = [document.querySelector(".own-cut"), document.querySelector("text.recorded-state")];
    return Boolean(line.compareDocumentPosition(words) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  assert.ok(order, "the line lies behind them");
}));
