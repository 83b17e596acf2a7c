// For every hand and eye: keys alone, fingers alone, little motion, few colours, large type; and the first ten
// seconds of a visitor.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import {
  DESKTOP, LOCALES, PHONE, WORDS, count, focus, handle, lastChange, overflow, recorded, say, send, start,
  states, tabTo, texts, underWay, verdict, visit,
} from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const MOVING = { reducedMotion: "no-preference" };
const click = (what) => what.click();
const tap = (what) => what.tap();
const isInView = (page, selector) =>
  page.locator(selector).first().evaluate((one) => {
    const box = one.getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
  });
/** Presses a key once for each step that is wanted. */
const times = async (page, n, key) => {
  for (let at = 0; at < n; at++) await page.keyboard.press(key);
};

for (const [size, how, press] of [["desktop", DESKTOP, click], ["phone", PHONE, tap]]) {
  for (const [lang, locale] of Object.entries(LOCALES)) {
    test(`on a ${size}, in ${lang}: one action, and a completed snapshot is in sight within ten seconds of loading`, () =>
      visit(browser, { ...how, ...MOVING, locale }, async (page) => {
        const began = Date.now();
        await page.reload();
        await press(page.getByRole("button", { name: WORDS[lang].take }));
        await page.waitForFunction(() => document.querySelector(".verdict.recording"));
        const sight = size === "phone" ? ".outcome.consistent" : "aside .verdict.consistent";
        await page.locator(sight).waitFor();
        const seconds = (Date.now() - began) / 1000;
        assert.ok(seconds < 10, `${seconds} seconds`);
        assert.ok(await isInView(page, sight), "the verdict is in sight");
        assert.equal(await page.locator("path.cut").count(), 1, "and the cut drawn");
        assert.ok(await isInView(page, size === "phone" ? ".outcome .sum-line" : ".equation"), "and what was recorded");
        assert.match((await texts(page, sight))[0], new RegExp(WORDS[lang].consistent));
        assert.equal((await recorded(page)).sum, 300);
        await page.waitForTimeout(700);
        assert.equal((await count(page))[0], 17, "it goes no further");
      }));
  }
}

test("who wants nothing to move gets the result at once, and nothing on the page is animated", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.getByRole("button", { name: WORDS.en.take }).click();
    assert.equal((await verdict(page)).title, WORDS.en.consistent);
    assert.deepEqual(await page.evaluate(() => document.getAnimations().map((one) => one.animationName ?? one.transitionProperty)), []);
  }));

test("a snapshot that is shown growing can be skipped to its result, or stopped on the way", () =>
  visit(browser, { ...DESKTOP, ...MOVING }, async (page) => {
    await page.getByRole("button", { name: WORDS.en.take }).click();
    await page.getByRole("button", { name: say("en", "KeyText::SkipToResult") }).click();
    assert.equal((await verdict(page)).title, WORDS.en.consistent);
    await page.keyboard.press("Home");
    await times(page, 7, "ArrowRight");
    // The button that was pressed would take the space bar for itself.
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("s");
    await page.locator(".verdict.recording").waitFor();
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: say("en", "KeyText::SkipToResult") }).waitFor({ state: "detached" });
    const stopped = await count(page);
    await page.waitForTimeout(900);
    assert.deepEqual(await count(page), stopped, "time stands still");
  }));

test("a message that is delivered travels and keeps nobody waiting", () =>
  visit(browser, { ...DESKTOP, ...MOVING }, async (page) => {
    await handle(page, WORDS.en.message(20, "P2", "P1")).click();
    await page.locator(".travels").waitFor({ state: "attached" });
    const animations = await page.evaluate(() =>
      document.getAnimations().filter((one) => one.animationName === "travel").map((one) => one.effect.getTiming().duration));
    assert.equal(animations.length, 1);
    assert.ok(animations[0] <= 300, `${animations[0]} ms`);
    await times(page, 5, "ArrowLeft");
    assert.equal(await page.locator(".travels").count(), 0, "nothing travels backwards");
    assert.equal((await count(page))[0], 3);
  }));

for (const [lang, words] of Object.entries(WORDS)) {
  test(`by keys alone, in ${lang}, a whole lesson: send, deliver, start, complete, branch and compare`, () =>
    visit(browser, { ...DESKTOP, locale: LOCALES[lang] }, async (page) => {
      const { keyboard } = page;
      await tabTo(page, /^P1\b/);
      await keyboard.press("Enter");
      await tabTo(page, words.amount);
      await keyboard.press("Control+A");
      await keyboard.type("25");
      await tabTo(page, words.sendTo("P3"));
      await keyboard.press("Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      assert.equal((await states(page)).P1, "45");
      await keyboard.press("d");
      assert.equal((await states(page)).P1, "65", "the 20 has arrived, as it was under way longest");
      await keyboard.press("s");
      assert.equal((await verdict(page)).title, words.consistent);
      assert.deepEqual((await recorded(page)).inChannels, [], "the 25 came to P3 before its marker");
      const [, end] = await count(page);
      // Back to before the 20 came, and another run from there, in which it is recorded in its channel.
      await keyboard.press("Home");
      await times(page, 8, "ArrowRight");
      await tabTo(page, /^P1\b/);
      await keyboard.press("Enter");
      await tabTo(page, say(lang, "StartHere", { n: 1 }));
      await keyboard.press("Enter");
      await times(page, 12, "d");
      assert.deepEqual((await recorded(page)).inChannels, ["20"]);
      await tabTo(page, new RegExp(`^${say(lang, "BranchOf", { n: 3, all: 3 })}`));
      await keyboard.press("Enter");
      assert.deepEqual(await texts(page, ".rows .to-branch b"), ["1", "2", "3"]);
      assert.ok((await texts(page, ".rows .place"))[2].includes(say(lang, "SideText::StartHere", { p: "P1", n: 1 }).replace(/[.。]$/, "")), "what began it");
      assert.equal((await texts(page, ".parted"))[0], say(lang, "BranchText::Part", { step: 8 }));
      const values = await texts(page, ".compared-snapshot tbody tr:first-child td .value");
      assert.deepEqual(values, ["45", "65"], "P1 on this branch and on the one that was left");
      assert.ok((await texts(page, ".differing th")).some((name) => name.startsWith("P2→P1")));
      await tabTo(page, /^2 /);
      await keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelectorAll(".to-branch")[1].getAttribute("aria-current") === "true");
      assert.equal((await count(page))[1], end, "the branch that was left is all there");
      assert.notEqual(await focus(page), "", "the focus is not lost");
    }));
}

test("keys: speed by digits, recordings, branches, and none of them while something is typed", () =>
  visit(browser, DESKTOP, async (page) => {
    const { keyboard } = page;
    const speed = () => page.locator(".speed").evaluate((one) => one.selectedOptions[0].textContent);
    assert.equal(await speed(), "1×");
    await keyboard.press("4");
    assert.equal(await speed(), "8×");
    const reached = [];
    for (let at = 0; at < 3; at++) {
      await keyboard.press(".");
      reached.push((await count(page))[0]);
    }
    assert.deepEqual(reached, [8, 10, 11], "the three recordings of the prepared run");
    await keyboard.press(",");
    assert.equal((await count(page))[0], 10);
    await page.locator("button.head").first().click();
    const field = page.getByRole("dialog").getByRole("spinbutton");
    const before = await count(page);
    await field.focus();
    for (const key of ["s", "d", "b", "p", "?", ".", " ", "5", "ArrowLeft", "Home"]) await keyboard.press(key);
    assert.deepEqual([await count(page), await speed()], [before, "8×"]);
    assert.equal(await page.locator("dialog[open], [data-presenter]").count(), 0);
    await keyboard.press("Escape");
    await page.locator("header select").focus();
    await keyboard.press("d");
    assert.deepEqual(await count(page), before, "a list takes letters too");
  }));

for (const [lang, locale] of Object.entries(LOCALES)) {
  test(`in ${lang}: ? lists all keys, keeps the focus and gives it back`, () =>
    visit(browser, { ...DESKTOP, locale }, async (page) => {
      await tabTo(page, WORDS[lang].take);
      await page.keyboard.press("?");
      await page.locator("dialog[open]").waitFor();
      const listed = (await texts(page, "dialog kbd")).join(" ");
      for (const key of ["→", "←", "Home", "End", "S", "D", "B", "P", "?", "Esc", "Page ↓"]) assert.ok(listed.includes(key), key);
      const before = await count(page);
      await page.keyboard.press("d");
      assert.deepEqual(await count(page), before, "keys rest meanwhile");
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
      assert.equal(await focus(page), WORDS[lang].take);
      await page.keyboard.press("?");
      await page.locator("dialog[open]").waitFor();
      await page.mouse.click(4, 4);
      await page.locator("dialog").waitFor({ state: "detached" });
    }));
}

for (const [lang, words] of Object.entries(WORDS)) {
  test(`by fingers alone on a phone, in ${lang}: send, deliver, start, complete, branch and compare`, () =>
    visit(browser, { ...PHONE, locale: LOCALES[lang] }, async (page) => {
      await send(page, words, tap, "P1", "P3", 25);
      await tap(handle(page, words.message(20, "P2", "P1")));
      await tap(page.getByRole("button", { name: words.take }));
      assert.equal((await verdict(page)).title, words.consistent);
      await tap(page.locator(".transport button").first());
      assert.deepEqual((await count(page))[0], 7, "back to where it opened");
      await start(page, lang, tap, "P1");
      await tap(page.locator("button.primary"));
      assert.deepEqual(await underWay(page), []);
      await tap(page.locator(".branch"));
      await tap(page.locator(".rows .chip").last());
      assert.equal(await page.locator(".compared-snapshot").count(), 1);
      await tap(page.locator(".to-branch").last());
      assert.equal(await overflow(page), 0);
      await tap(page.locator(".speed"));
    }));
}

test("on a phone whatever is pressed is 44 pixels high and wide", () =>
  visit(browser, PHONE, async (page) => {
    await start(page, "en", tap, "P1");
    const small = await page.locator("button, select, input, g.waiting .hit-area").evaluateAll((all) =>
      all
        .map((one) => [one.getAttribute("aria-label") ?? one.textContent ?? one.parentElement.getAttribute("aria-label"), one.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
        .map(([name, box]) => `${name}: ${box.width} x ${box.height}`));
    assert.deepEqual(small, []);
  }));

test("presenter mode: larger, thicker, with a clicker's keys, and everything still in sight", () =>
  visit(browser, { ...DESKTOP, viewport: { width: 1440, height: 900 } }, async (page) => {
    const height = () => page.locator(".explanation").evaluate((one) => parseFloat(getComputedStyle(one).fontSize) * (one.currentCSSZoom ?? 1));
    const before = await height();
    await page.keyboard.press("PageDown");
    assert.equal((await count(page))[0], 7, "the page keys scroll");
    await page.keyboard.press("p");
    await page.locator("[data-presenter]").waitFor();
    assert.ok((await height()) > 1.25 * before);
    await page.keyboard.press("PageDown");
    assert.equal((await count(page))[0], 8);
    await page.keyboard.press("PageUp");
    assert.equal((await count(page))[0], 7);
    await page.keyboard.press("s");
    for (const what of [".transport", ".explanation", "aside .verdict", ".figure", "header .keys"]) assert.ok(await isInView(page, what), what);
    assert.equal(await overflow(page), 0);
    await page.keyboard.press("p");
    assert.equal(await height(), before);
  }));

for (const [size, viewport] of [["at 200 % of 1280", { width: 640, height: 400 }], ["at 320", { width: 320, height: 256 }]]) {
  for (const [lang, locale] of Object.entries(LOCALES)) {
    test(`${size} pixels, in ${lang}: nothing is cut off, and everything can be reached`, () =>
      visit(browser, { viewport, locale }, async (page) => {
        await page.keyboard.press("s");
        assert.equal((await verdict(page)).title, WORDS[lang].consistent);
        await times(page, 1, "Home");
        await times(page, 7, "ArrowRight");
        await page.keyboard.press("d");
        await page.locator(".branch").click();
        assert.equal(await overflow(page), 0);
        const cut = await page.locator("header *, .bar *, .explanation, .transport > *, .branches *, aside *").evaluateAll((all) =>
          all
            .filter((one) => one.checkVisibility() && !one.closest(".unseen, svg, option, .rows, select"))
            .map((one) => [one.className, one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 1 && (box.right > innerWidth + 1 || box.left < -1))
            .map(([name, box]) => `${name} ${box.left} ${box.right}`));
        assert.deepEqual(cut, []);
      }));
  }
}

test("with forced colours every mark can still be seen", () =>
  visit(browser, { ...DESKTOP, forcedColors: "active" }, async (page) => {
    await page.keyboard.press("s");
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const colours = await page.locator(".diagram :is(.cut, .message:not(.tip), .marker:not(.tip), .lane, .recording)").evaluateAll((all) =>
      all.map((one) => getComputedStyle(one).stroke));
    assert.ok(colours.length > 10);
    assert.deepEqual(colours.filter((colour) => colour === paper || colour === "none"), []);
    const change = await lastChange(page);
    assert.ok(change.snapshots[0].complete);
    assert.ok(await isInView(page, "aside .verdict"));
    // Words on buttons, and what is switched on, are told apart by more than the reader's one accent.
    await page.keyboard.press("s");
    const look = (selector) =>
      page.locator(selector).first().evaluate((one) => {
        const { color, backgroundColor, forcedColorAdjust, borderStyle } = getComputedStyle(one);
        return { color, backgroundColor, borderStyle, own: forcedColorAdjust === "none" };
      });
    const button = await look("button.primary");
    assert.ok(button.own && button.color !== button.backgroundColor, JSON.stringify(button));
    await page.locator(".drawn").first().click();
    const [off, on] = [await look('.drawn[aria-pressed="false"] span'), await look('.drawn[aria-pressed="true"] span')];
    for (const one of [off, on]) assert.notEqual(one.color, one.backgroundColor);
    assert.ok(off.own && off.backgroundColor !== on.backgroundColor && off.borderStyle !== on.borderStyle, JSON.stringify([off, on]));
  }));
