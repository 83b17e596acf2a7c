// Links: the address always says the present state, and what is wrong with one is told in words.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, PHONE, WORDS, count, head, say, send, start, states, texts, underWay, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const words = WORDS.en;
const click = (what) => what.click();
const fragment = (page) => page.evaluate(() => location.hash.slice(1));
const primary = (page) => page.locator("button.primary").click();
const forward = (page) => page.locator("[data-step-forward]").click();
const notice = async (page) => (await texts(page, ".notice span"))[0];

/** What a reader sees of the state. */
const seen = async (page) => ({
  states: await states(page),
  underWay: await underWay(page),
  count: await count(page),
  branch: await texts(page, ".transport .branch"),
  says: await texts(page, ".explanation"),
  scenario: await page.locator("header select").evaluate((select) => select.selectedIndex),
  lang: await page.evaluate(() => document.documentElement.lang),
});

/** The address as it is once it has caught up with the page. */
async function settled(page) {
  await page.waitForTimeout(450);
  return fragment(page);
}

test("a page that nobody has touched has a clean address", () =>
  visit(browser, DESKTOP, async (page) => {
    assert.equal(await settled(page), "");
    assert.ok(!page.url().includes("#"));
  }));

test("what was done survives a reload, at once", () =>
  visit(browser, DESKTOP, async (page) => {
    await send(page, words, click, "P1", "P3", 25);
    await start(page, "en", click, "P1");
    await forward(page);
    await forward(page);
    const before = await seen(page);
    // No waiting for the address: a reload writes it first.
    await page.reload();
    await page.locator("button.head").first().waitFor();
    assert.deepEqual(await seen(page), before);
    assert.match(await settled(page), /^1\.money-in-flight\.[\w-]+$/);
  }));

test("the language goes along, and what the reader chose stays what it was", () =>
  visit(browser, DESKTOP, async (page, context) => {
    await page.locator("header button[lang]").click();
    await forward(page);
    const link = await settled(page);
    const other = await context.browser().newContext({ locale: "en-GB" });
    const guest = await other.newPage();
    await guest.goto(`${browser.origin}/#${link}`);
    await guest.locator("button.head").first().waitFor();
    assert.equal(await guest.evaluate(() => document.documentElement.lang), "zh-Hans");
    assert.equal(await guest.evaluate(() => localStorage.getItem("cutline.language")), null);
    await other.close();
  }));

test("back and forward go from place to place, and small steps are no places", () =>
  visit(browser, DESKTOP, async (page) => {
    const places = () => page.evaluate(() => history.length);
    const before = await places();
    await primary(page);
    await primary(page);
    for (let times = 0; times < 12; times++) await page.keyboard.press("ArrowLeft");
    await settled(page);
    assert.equal(await places(), before, "nothing but steps on the prepared run");
    await send(page, words, click, "P2", "P1", 7);
    const onBranch = await seen(page);
    assert.equal(await places(), before + 1, "a new branch is a place");
    await page.locator("header select").selectOption({ index: 1 });
    const elsewhere = await seen(page);
    assert.equal(await places(), before + 2, "another scenario is a place");
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("header select").selectedIndex === 0);
    assert.deepEqual(await seen(page), onBranch);
    await page.goBack();
    await page.waitForFunction(() => !document.querySelector(".transport .branch"));
    assert.deepEqual((await count(page))[0] < onBranch.count[0], true);
    await page.goForward();
    await page.locator(".transport .branch").waitFor();
    await page.goForward();
    await page.waitForFunction(() => document.querySelector("header select").selectedIndex === 1);
    assert.deepEqual(await seen(page), elsewhere);
  }));

test("a fragment written by hand opens at once", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.evaluate(() => (location.hash = "1.never-occurred"));
    await page.waitForFunction(() => document.querySelector("header select").selectedIndex === 1);
    assert.equal(await notice(page), undefined);
  }));

test("the link that is copied opens the same state elsewhere", () =>
  visit(browser, { ...DESKTOP, permissions: ["clipboard-read", "clipboard-write"] }, async (page, context) => {
    await send(page, words, click, "P1", "P2", 5);
    await start(page, "en", click, "P1");
    await forward(page);
    await page.getByRole("button", { name: say("en", "LinkText::Copy") }).click();
    await page.getByRole("status").getByText(say("en", "LinkText::Copied")).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(link.startsWith(`${browser.origin}/#1.money-in-flight.`), link);
    const before = await seen(page);
    const other = await context.newPage();
    await other.goto(link);
    await other.locator("button.head").first().waitFor();
    assert.deepEqual(await seen(other), before);
    await page.getByText(say("en", "LinkText::Copied")).waitFor({ state: "hidden" });
  }));

for (const [size, look] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  test(`on a ${size}, where the clipboard is refused, the link is there to be copied by hand`, () =>
    visit(browser, look, async (page) => {
      await page.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
      });
      const button = page.getByRole("button", { name: say("en", "LinkText::Copy") });
      await button.click();
      const field = page.getByLabel(say("en", "LinkText::ByHand"));
      await field.waitFor();
      const [value, selected] = await field.evaluate((one) => [
        one.value, one.value.slice(one.selectionStart, one.selectionEnd),
      ]);
      assert.match(value, /#1\.money-in-flight/);
      assert.equal(selected, value);
      const box = await page.locator(".bubble").boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= look.viewport.width, JSON.stringify(box));
      await page.keyboard.press("Escape");
      await field.waitFor({ state: "hidden" });
      assert.equal(await button.evaluate((one) => one === document.activeElement), true);
    }));
}

const HOSTILE = [
  "about", "1.", "1..", "1.nowhere", "2.money-in-flight", "1.money-in-flight.AAAA", "1.money-in-flight.%00%ff",
  "%3Cscript%3Ealert(1)%3C/script%3E", "1.<img src=x onerror=alert(1)>", `1.money-in-flight.${"A".repeat(200_000)}`, "%E0%A4%A",
  "1.money-in-flight.AhcaFAo8ACoUEigI",
];

test("hostile and damaged fragments are refused in words, and the page opens as usual", () =>
  visit(browser, DESKTOP, async (page) => {
    const usual = await seen(page);
    for (const damaged of HOSTILE) {
      await page.goto("about:blank");
      await page.goto(`${browser.origin}/#${damaged}`);
      await page.locator("button.head").first().waitFor();
      const said = await notice(page);
      // Nothing but a version is a link to the first scenario.
      assert.equal(Boolean(said), damaged !== "1.", `${damaged}: ${said}`);
      assert.deepEqual(await seen(page), usual, damaged);
      // All works, and the address is mended by the next step.
      await forward(page);
      assert.equal(await notice(page), undefined, damaged);
      assert.match(await settled(page), /^1\.money-in-flight\./, damaged);
    }
  }));

test("a damaged fragment that comes while the page is open changes nothing", () =>
  visit(browser, DESKTOP, async (page) => {
    await primary(page);
    await settled(page);
    const before = await seen(page);
    await page.evaluate(() => (location.hash = "1.money-in-flight.AhcaFAo8ACoUEigI"));
    await page.locator(".notice").waitFor();
    assert.match(await notice(page), /34/);
    assert.deepEqual(await seen(page), before);
    await head(page, "P1").click();
  }));
