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

test("one press of back undoes one thing that was done, and forward does it again", () =>
  visit(browser, DESKTOP, async (page) => {
    const places = () => page.evaluate(() => history.length);
    const first = await places();
    const done = [await seen(page)];
    const does = [
      () => primary(page),
      () => send(page, words, click, "P2", "P1", 7),
      () => start(page, "en", click, "P2", 2),
      () => page.keyboard.press("End"),
      () => page.locator("header select").selectOption({ index: 1 }),
      () => page.locator(".track input").fill("3"),
    ];
    for (const [at, does_one] of does.entries()) {
      await does_one();
      await settled(page);
      done.push(await seen(page));
      assert.equal(await places(), first + at + 1, `${at}: one place for one thing`);
    }
    for (const before of done.slice(0, -1).reverse()) {
      await page.goBack();
      await settled(page);
      assert.deepEqual(await seen(page), before);
    }
    for (const after of done.slice(1)) {
      await page.goForward();
      await settled(page);
      assert.deepEqual(await seen(page), after);
    }
  }));

test("steps that follow one another within a second are one thing, and what is only looked at is none", () =>
  visit(browser, DESKTOP, async (page) => {
    const places = () => page.evaluate(() => history.length);
    await primary(page);
    await settled(page);
    const [first, before] = [await places(), await seen(page)];
    for (let times = 0; times < 12; times++) await page.keyboard.press("ArrowLeft");
    for (let times = 0; times < 4; times++) await page.keyboard.press("ArrowRight");
    await settled(page);
    assert.equal(await places(), first + 1);
    const stepped = await seen(page);
    assert.equal(stepped.count[0], before.count[0] - 8);
    await page.waitForTimeout(1100);
    await page.keyboard.press("ArrowLeft");
    await settled(page);
    assert.equal(await places(), first + 2, "a second later it is another");
    await page.getByRole("tab").nth(1).click();
    await page.locator(".figure-tools button").nth(-4).click();
    await settled(page);
    assert.equal(await places(), first + 2, "a tab and the zoom");
    await page.goBack();
    await settled(page);
    assert.deepEqual(await seen(page), stepped);
    await page.goBack();
    await settled(page);
    assert.deepEqual(await seen(page), before);
  }));

test("playing is one thing", () =>
  visit(browser, DESKTOP, async (page) => {
    await forward(page);
    await settled(page);
    const before = await seen(page);
    const first = await page.evaluate(() => history.length);
    await page.locator("body").press("5");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press(" ");
    await page.waitForFunction((at) => Number(document.querySelector(".track input").value) > at + 3, before.count[0]);
    await page.keyboard.press(" ");
    await settled(page);
    assert.equal(await page.evaluate(() => history.length), first + 1);
    await page.goBack();
    await settled(page);
    assert.deepEqual(await seen(page), before);
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

/** A link with a scenario of its own and so many sends in which nothing comes again, by the words of docs/links.md. */
function longLink(sends) {
  const scenario = new TextEncoder().encode("cutline 1\ntitle Long\nprocess a has 2000000\nprocess b has 0\nchannel a -> b\nrun");
  const number = (value) => (value > 127 ? [(value & 127) | 128, ...number(value >> 7)] : [value]);
  let state = 1;
  const tree = Array.from({ length: sends }).flatMap(() => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return [2, ...number(2 * (100 + ((state >>> 16) % 29)))];
  });
  const body = [1, ...number(scenario.length), ...scenario, 2, ...number(tree.length), ...tree];
  let check = 0xffff;
  for (const byte of body) {
    check ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) check = (check & 0x8000 ? (check << 1) ^ 0x1021 : check << 1) & 0xffff;
  }
  return `1..${Buffer.from([...body, check >> 8, check & 255]).toString("base64url")}`;
}

for (const [size, look] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  test(`on a ${size}, a run that gets too long for an address says so before a reload loses it`, () =>
    visit(browser, look, async (page) => {
      const link = longLink(7462);
      assert.ok(link.length > 29_900 && link.length <= 30_000, `${link.length} characters`);
      await page.evaluate((link) => (location.hash = link), link);
      await page.waitForFunction(() => Number(document.querySelector(".track input").max) === 7462);
      const warning = page.getByRole("status").getByText(say("en", "LinkText::Unkept"));
      await page.keyboard.press("ArrowLeft");
      await settled(page);
      assert.equal(await warning.count(), 0, "it still fits");
      await page.keyboard.press("ArrowRight");
      for (let times = 0; times < 40 && !(await warning.count()); times++) {
        await send(page, words, look === PHONE ? (what) => what.tap() : click, "a", "b", 131 + 17 * ((times * times) % 23));
        await page.waitForTimeout(100);
      }
      await warning.waitFor();
      const box = await warning.boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height < look.viewport.height && box.x >= 0, JSON.stringify(box));
      await page.getByRole("button", { name: say("en", "LinkText::Copy") }).click();
      const said = say("en", "LinkText::CannotCopy", { n: "N", most: "30000" });
      await page.getByRole("status").getByText(said.slice(said.indexOf("Step back"))).waitFor();
      await page.locator("header select").selectOption({ index: 0 });
      await warning.waitFor({ state: "detached" });
    }));
}

test("presenter mode and the speed are in the link; one without them opens as usual", () =>
  visit(browser, DESKTOP, async (page) => {
    const hall = () => page.evaluate(() => [document.documentElement.hasAttribute("data-presenter"), document.querySelector(".speed").selectedIndex]);
    await forward(page);
    const plain = await settled(page);
    await page.keyboard.press("4");
    await page.keyboard.press("p");
    await page.locator("[data-presenter]").waitFor();
    const link = await settled(page);
    assert.notEqual(link, plain);
    await page.reload({ waitUntil: "networkidle" });
    await page.locator("button.head").first().waitFor();
    assert.deepEqual(await hall(), [true, 3], "a reload keeps both");
    await page.keyboard.press("PageDown");
    assert.deepEqual((await count(page))[0], 9, "with the keys of a clicker");
    await page.evaluate((plain) => (location.hash = plain), plain);
    await page.locator("html:not([data-presenter])").waitFor();
    assert.deepEqual(await hall(), [false, 0]);
    await page.keyboard.press("p");
    await page.locator("[data-presenter]").waitFor();
    await page.keyboard.press("p");
    await page.locator("html:not([data-presenter])").waitFor();
  }));
