// The built page under real pointers, fingers and keys. The numbers are worked out by hand, here.
//
// The money scenario opens with P1 70, P2 80, P3 130 and 20 on the way from P2 to P1: 300 in all. P1 then sends 25 to
// P3 and starts a snapshot, which records P1 with 45. The 20 arrives before the marker of P2, so it belongs to the
// channel. The 25 arrives at P3 before the marker that was sent behind it, so P3 is recorded with 155.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import {
  DESKTOP, LOCALES, PHONE, WORDS, count, focus, handle, head, inMenu, lastChange, overflow, recorded, say, send, start,
  states, tabTo, texts, underWay, verdict, visit,
} from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const AT_OPENING = { P1: "70", P2: "80", P3: "130" };
const click = (what) => what.click();
const tap = (what) => what.tap();

/** All that waits after P1 has sent 25 and started, in an order in which it can be delivered. */
const deliveries = (words) => [
  words.message(20, "P2", "P1"),
  words.message(25, "P1", "P3"),
  words.marker(1, "P1", "P2"),
  words.marker(1, "P1", "P3"),
  words.marker(1, "P2", "P1"),
  words.marker(1, "P2", "P3"),
  words.marker(1, "P3", "P1"),
  words.marker(1, "P3", "P2"),
];

async function assertRecordedByHand(page, words) {
  const { processes, inChannels, terms, sum } = await recorded(page);
  assert.deepEqual(processes, ["45", "80", "155"]);
  assert.deepEqual(inChannels, ["20"]);
  assert.deepEqual(terms, [45, 80, 155, 20]);
  assert.equal(sum, 300);
  assert.equal(terms.reduce((a, b) => a + b), 300, "nothing is lost and nothing invented");
  const { title, reasons } = await verdict(page);
  assert.equal(title, words.consistent);
  assert.match(reasons, /20/);
  assert.deepEqual(await states(page), { P1: "65", P2: "80", P3: "155" });
  assert.deepEqual(await underWay(page), []);
}

for (const [size, how, press] of [["desktop", DESKTOP, click], ["phone", PHONE, tap]]) {
  for (const [lang, words] of Object.entries(WORDS)) {
    for (const colorScheme of ["light", "dark"]) {
      const look = { ...how, locale: LOCALES[lang], colorScheme };
      test(`on a ${size}, ${colorScheme}, in ${lang}: money that is on its way is found by a snapshot delivered by hand`, () =>
        visit(browser, look, async (page) => {
          assert.deepEqual(await states(page), AT_OPENING);
          assert.deepEqual(await underWay(page), [words.message(20, "P2", "P1")]);
          await send(page, words, press, "P1", "P3", 25);
          assert.equal((await states(page)).P1, "45");
          await start(page, lang, press, "P1");
          for (const name of deliveries(words)) {
            await press(handle(page, name));
            assert.equal(await overflow(page), 0, name);
          }
          await assertRecordedByHand(page, words);
        }));
    }
  }
}

test("by keys alone: the same, and the focus is never lost", () =>
  visit(browser, DESKTOP, async (page) => {
    const words = WORDS.en;
    const { keyboard } = page;
    await tabTo(page, /^P1\b/);
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await tabTo(page, words.amount);
    await keyboard.press("Control+A");
    await keyboard.type("25");
    await tabTo(page, words.sendTo("P3"));
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.match(await focus(page), /^P1\b/, "the focus is back where the menu was opened from");
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await tabTo(page, say("en", "StartHere", { n: 1 }));
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    for (const name of deliveries(words)) {
      await tabTo(page, name);
      await keyboard.press(name.includes("marker") ? "Enter" : " ");
      await handle(page, name).waitFor({ state: "detached" });
      assert.notEqual(await focus(page), "", `the focus is somewhere after ${name}`);
    }
    await assertRecordedByHand(page, words);
  }));

test("by keys alone: arrows step, Home and End go to both ends, Escape closes the menu", () =>
  visit(browser, DESKTOP, async (page) => {
    const { keyboard } = page;
    await keyboard.press("ArrowLeft");
    await keyboard.press("ArrowLeft");
    assert.deepEqual(await count(page), [5, 17]);
    await keyboard.press("ArrowRight");
    assert.deepEqual(await count(page), [6, 17]);
    await keyboard.press("Home");
    assert.deepEqual(await count(page), [0, 17]);
    assert.deepEqual(await states(page), { P1: "100", P2: "100", P3: "100" });
    await keyboard.press("End");
    assert.deepEqual(await underWay(page), []);
    await tabTo(page, /^P2\b/);
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.match(await focus(page), /^P2\b/, "the focus is back where it was");
    await tabTo(page, say("en", "StepSlider"));
    await keyboard.press("Home");
    assert.equal((await count(page))[0], 0, "the slider has keys of its own");
  }));

test("by keys alone: on a phone's width the diagram scrolls to what is out of sight", () =>
  visit(browser, PHONE, async (page) => {
    await page.keyboard.press("End");
    await tabTo(page, say("en", "Diagram"));
    const before = await page.locator(".scroll").evaluate((one) => one.scrollTop);
    assert.ok(before > 0, "the present is in sight, the beginning is not");
    const steps = await count(page);
    for (let times = 0; times < 4; times++) await page.keyboard.press("ArrowUp");
    await page.waitForFunction((from) => document.querySelector(".scroll").scrollTop < from, before);
    assert.deepEqual(await count(page), steps, "the keys scroll here and do not step");
  }));

test("the space bar plays and pauses", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: say("en", "Pause"), exact: true }).waitFor();
    await page.waitForFunction(() => globalThis.changes.at(-1)?.step >= 8);
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: say("en", "Play"), exact: true }).waitFor();
    const before = await count(page);
    await page.waitForTimeout(1200);
    assert.deepEqual(await count(page), before, "time stands still");
  }));

for (const [lang, words] of Object.entries(WORDS)) {
  for (const [size, how, press] of [["desktop", DESKTOP, click], ["phone", PHONE, tap]]) {
    test(`on a ${size}, in ${lang}: a state that never was is recorded, and one swap from the run`, () =>
      visit(browser, { ...how, locale: LOCALES[lang] }, async (page) => {
        await page.locator("header select").selectOption({ index: 1 });
        await press(handle(page, words.marker(1, "p", "q")));
        await press(handle(page, words.marker(1, "q", "p")));
        const { title, reasons } = await verdict(page);
        assert.equal(title, words.consistent);
        assert.ok(reasons.includes(words.oneSwap(2, 3)), reasons);
        const { processes, inChannels } = await recorded(page);
        assert.deepEqual([processes, inChannels], [["A", "D"], ["M'"]]);
        assert.equal(await page.locator(".equation").count(), 0, "nothing is conserved here");
        const change = await lastChange(page);
        assert.equal(change.scenario, 1);
        assert.deepEqual([change.snapshots[0].complete, change.snapshots[0].consistent], [true, true]);
        assert.equal(change.snapshots[0].total ?? null, null);
      }));
  }
}

test("steps go back and forward, start over comes back to the opening, and run to the end delivers all", () =>
  visit(browser, DESKTOP, async (page) => {
    const [startOver, back, , forward, toEnd] = await page.locator(".transport button").all();
    await back.click();
    await back.click();
    assert.deepEqual(await count(page), [5, 17]);
    assert.deepEqual(await states(page), { P1: "70", P2: "70", P3: "100" }, "30, 10 and 20 are on their way");
    await forward.click();
    assert.deepEqual(await states(page), { P1: "70", P2: "70", P3: "130" }, "the 30 is there");
    await toEnd.click();
    assert.deepEqual(await underWay(page), []);
    const end = await states(page);
    assert.equal(Object.values(end).reduce((sum, state) => sum + Number(state), 0), 300);
    assert.equal(await forward.getAttribute("aria-disabled"), "true");
    await startOver.click();
    assert.equal((await count(page))[0], 7);
    assert.deepEqual(await states(page), AT_OPENING);
    await send(page, WORDS.en, click, "P2", "P3", 1);
    assert.deepEqual(await count(page), [8, 8], "a branch of its own");
    assert.deepEqual(await texts(page, ".branch"), [say("en", "BranchOf", { n: 2, all: 2 })]);
    await page.keyboard.press("b");
    assert.deepEqual(await count(page), [19, 19], "the other branch, at its end");
    await startOver.click();
    assert.deepEqual(await states(page), AT_OPENING);
    assert.equal((await count(page))[1], 19, "the prepared run, as far as it was taken");
  }));

test("the slider goes to any step", () =>
  visit(browser, DESKTOP, async (page) => {
    assert.deepEqual(await texts(page, ".count"), [say("en", "StepOf", { step: 7, steps: 17 })]);
    const slider = page.locator(".track input");
    await slider.fill("3");
    assert.deepEqual(await count(page), [3, 17]);
    const box = await slider.boundingBox();
    await page.mouse.click(box.x + box.width - 4, box.y + box.height / 2);
    assert.deepEqual(await count(page), [17, 17]);
  }));

for (const [size, how, press] of [["desktop", DESKTOP, click], ["phone", PHONE, tap]]) {
  test(`on a ${size}: what is refused is refused with its reason, and nothing happens`, () =>
    visit(browser, how, async (page) => {
      await send(page, WORDS.en, press, "P1", "P2", 500);
      const alert = page.getByRole("dialog").getByRole("alert");
      assert.equal(await alert.textContent(), say("en", "RefusedNotEnough", { p: "P1", has: 70, wanted: 500 }));
      await page.getByRole("dialog").getByRole("spinbutton").fill("0");
      await press(inMenu(page, WORDS.en.sendTo("P2")));
      assert.equal(await alert.textContent(), say("en", "RefusedAmount"));
      assert.deepEqual(await states(page), AT_OPENING);
      assert.deepEqual(await count(page), [7, 17]);
      await page.getByRole("dialog").getByRole("spinbutton").fill("70");
      await press(inMenu(page, WORDS.en.sendTo("P2")));
      assert.equal((await states(page)).P1, "0");
      await press(head(page, "P1"));
      assert.equal(await page.getByRole("dialog").getByRole("spinbutton").count(), 0, "there is nothing left to send");
      await press(inMenu(page, say("en", "Close")));
      await send(page, WORDS.en, press, "P2", "P1", 3);
      await press(page.locator(`g.waiting[aria-label^="${say("en", "WaitingMessage", { what: 3, p: "P2", q: "P1" })}"]`));
      const why = say("en", "RefusedNotHead", { channel: "P2→P1", head: 20 });
      assert.ok((await page.locator(".notice").textContent()).includes(why));
      await press(page.locator(".notice button"));
      assert.equal(await page.locator(".notice").count(), 0);
    }));
}

test("the line of a process opens its menu where one clicks it", () =>
  visit(browser, DESKTOP, async (page) => {
    const line = await page.locator("line.lane").nth(1).boundingBox();
    await page.mouse.click(line.x + line.width * 0.7, line.y + line.height / 2);
    const menu = await page.getByRole("dialog").boundingBox();
    assert.match(await page.getByRole("dialog").getAttribute("aria-label"), /P2/);
    const figure = await page.locator(".figure").boundingBox();
    assert.ok(menu.x >= figure.x && menu.x + menu.width <= figure.x + figure.width + 1, "it lies inside the figure");
    assert.ok(Math.abs(menu.x - (line.x + line.width * 0.7)) < menu.width + 20, "and near");
  }));

test("every change is announced with the numbers that the page shows", () =>
  visit(browser, DESKTOP, async (page) => {
    const words = WORDS.en;
    await start(page, "en", click, "P1");
    assert.deepEqual(await lastChange(page), {
      scenario: 0, name: "money-in-flight", step: 8, steps: 17,
      snapshots: [{ number: 1, complete: false, consistent: false, recorded_total: 70, total: 300 }],
    });
    await handle(page, words.message(20, "P2", "P1")).click();
    assert.equal((await lastChange(page)).snapshots[0].recorded_total, 90, "70, and the 20 in the channel");
    await page.locator("button.primary").click();
    const { step, steps, snapshots } = await lastChange(page);
    assert.deepEqual([step, steps], await count(page));
    assert.deepEqual(snapshots, [{ number: 1, complete: true, consistent: true, recorded_total: 300, total: 300 }]);
    await start(page, "en", click, "P1", 2);
    const second = (await lastChange(page)).snapshots[1];
    assert.deepEqual([second.number, second.complete], [2, false]);
    assert.equal(String(second.recorded_total), (await states(page)).P1);
  }));

test("the language is kept over a reload, and the run goes on in it", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.getByRole("button", { name: WORDS.en.take }).click();
    const before = [await count(page), await recorded(page)];
    await page.locator("header button[lang]").click();
    await page.getByRole("button", { name: WORDS.zh.take }).waitFor();
    assert.deepEqual([await count(page), await recorded(page)], before, "the language changes nothing else");
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
    const latin = (await texts(page, "h1, h2, h3, .hint, .verdict, .explanation, .rules li")).filter((t) => !/[一-鿿]/.test(t));
    assert.deepEqual(latin, [], "no English is left");
    await page.reload();
    await page.getByRole("button", { name: WORDS.zh.take }).waitFor();
    await page.locator("header button[lang]").click();
    await page.getByRole("button", { name: WORDS.en.take }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
  }));

test("the colours follow the system until one chooses, and the choice is kept", () =>
  visit(browser, { ...DESKTOP, colorScheme: "dark" }, async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const brightness = async () => (await paper()).match(/\d+(\.\d+)?/g).slice(0, 3).reduce((sum, c) => sum + Number(c), 0);
    assert.ok((await brightness()) < 200, "dark, as the system");
    await page.locator("header button").last().click();
    assert.ok((await brightness()) > 600, "light, as chosen");
    await page.reload();
    await page.locator("button.head").first().waitFor();
    assert.ok((await brightness()) > 600, "light after a reload too");
    await page.locator("header button").last().click();
    assert.ok((await brightness()) < 200, "dark, as chosen");
  }));
