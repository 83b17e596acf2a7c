// Both ends of a message in hand: sendings as well as arrivals, by mouse, by finger and by keys; what scrolls meanwhile, and
// the way back.
//
// In the money scenario P3 sends 15 to P1 at step 12, after the marker from P1 has come at step 10. Sent before that, the
// 15 is not in what P3 records: 130 becomes 115, and the 15 is in the channel.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, PHONE, count, head, inMenu, recorded, visit } from "./hands.mjs";
import { columnOf, finger, further, grip, middle, pointer, thing, toEnd, tokens } from "./pointers.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const dialog = (page) => page.getByRole("dialog");
const said = (page) => page.locator(".notice .said, .notice > span").first();
const AT_FIRST = [70, 80, 130, 20];
const SENT_BEFORE = [70, 80, 115, 15, 20];
const terms = async (page) => (await recorded(page)).terms;
const same = async (page, wanted) => {
  await page.waitForFunction((pills) => document.querySelectorAll("tr.channel .pill").length === pills, wanted.length - 3);
  assert.deepEqual((await terms(page)).toSorted((a, b) => a - b), wanted.toSorted((a, b) => a - b));
};
const sentAt = (page, token) =>
  thing(page, token).evaluate((one) => Number(one.dataset.thing.split(" ").find((part) => part.startsWith("e")).slice(1)));
const scrolled = (page) => page.evaluate(() => [scrollY, document.querySelector(".scroll").scrollTop, document.querySelector(".scroll").scrollLeft]);

for (const [size, look] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  test(`on a ${size}: a sending is dragged before a recording, and the recorded state follows`, () =>
    visit(browser, look, async (page) => {
      await toEnd(page);
      assert.deepEqual(await terms(page), AT_FIRST);
      const { fifteen } = await tokens(page);
      const before = await sentAt(page, fifteen);
      const at = await grip(page, fifteen, "first");
      const column = await columnOf(page);
      const still = await scrolled(page);
      const hand = await pointer(page, look === PHONE);
      await hand.down(at.x, at.y);
      for (const columns of [-1, -2, -3, -4]) await hand.move(...Object.values(further(at, column, columns)));
      await page.locator(".hands .band").waitFor();
      await same(page, SENT_BEFORE);
      assert.deepEqual(await scrolled(page), still, "what is held does not scroll");
      await hand.up();
      await said(page).waitFor();
      await same(page, SENT_BEFORE);
      assert.ok((await sentAt(page, (await tokens(page)).fifteen)) < before);
      await page.keyboard.press("Control+z");
      await same(page, AT_FIRST);
      assert.equal(await page.locator(".ghost-end").count(), 0, "what was undone does not shine through");
      await page.keyboard.press("Control+Shift+Z");
      await same(page, SENT_BEFORE);
    }));
}

test("by keys: a sending is moved on and on, with the focus on it, as one change", () =>
  visit(browser, DESKTOP, async (page) => {
    await toEnd(page);
    const { fifteen } = await tokens(page);
    await thing(page, fifteen).focus();
    const label = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    const name = await label();
    for (let presses = 0; presses < 4; presses++) await page.keyboard.press("{");
    await same(page, SENT_BEFORE);
    assert.ok((await label()).startsWith(name), "the focus is on the same message");
    assert.match(await page.locator(".branch").textContent(), /2/, "however often a key is pressed, it is one branch");
    await page.keyboard.press("Control+z");
    await same(page, AT_FIRST);
  }));

test("keys that come faster than pictures move one and the same message, although it has another number then", () =>
  visit(browser, DESKTOP, async (page) => {
    await toEnd(page);
    const five = page.locator('.diagram [tabindex][aria-label^="5 from P2 to P3"]').first();
    const before = await five.evaluate((one) => one.dataset.thing);
    await five.focus();
    await Promise.all([1, 2, 3, 4].map(() => page.keyboard.press("{")));
    await said(page).waitFor();
    const step = (tokens) => Number(tokens.split(" ").find((part) => part.startsWith("e")).slice(1));
    await page.waitForFunction((step) => document.activeElement?.dataset?.thing?.split(" ").includes(`e${step}`), step(before) - 4);
    assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^5 from P2 to P3/);
    const after = await page.evaluate(() => document.activeElement.dataset.thing);
    assert.notEqual(after.split(" ")[0], before.split(" ")[0], "it has passed another sending");
    assert.match(await page.locator(".branch").textContent(), /2/);
  }));

test("the focus stays on its message when a change is undone and done again, and the next key moves that one", () =>
  visit(browser, DESKTOP, async (page) => {
    await toEnd(page);
    const label = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    const ends = () => page.evaluate(() => document.activeElement?.dataset.thing);
    await thing(page, (await tokens(page)).twenty).focus();
    const before = await ends();
    // One press after the other, so that 20 passes other sendings and has another number in the end.
    for (let presses = 0; presses < 5; presses++) {
      await page.keyboard.press("{");
      await page.waitForTimeout(60);
    }
    const moved = await ends();
    assert.notEqual(moved.split(" ")[0], before.split(" ")[0]);
    await page.keyboard.press("Control+z");
    await page.waitForFunction((wanted) => document.activeElement?.dataset.thing === wanted, before);
    assert.match(await label(), /^20 from P2 to P1/);
    await page.keyboard.press("Control+Shift+Z");
    await page.waitForFunction((wanted) => document.activeElement?.dataset.thing === wanted, moved);
    assert.match(await label(), /^20 from P2 to P1/);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("]");
    await said(page).waitFor();
    assert.match(await said(page).textContent(), /20/, "what moves is what has the focus");
    assert.match(await label(), /^20 from P2 to P1/);
  }));

test("a message in focus is deleted by its key, and the focus goes to who sent it", () =>
  visit(browser, DESKTOP, async (page) => {
    await toEnd(page);
    const five = page.locator('.diagram [tabindex][aria-label^="5 from P2 to P3"]');
    await five.first().focus();
    await page.keyboard.press("Delete");
    await said(page).waitFor();
    assert.match(await said(page).textContent(), /5/);
    assert.equal(await five.count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.thing), "p1");
    await page.keyboard.press("Control+z");
    await five.first().waitFor();
  }));

test("no choice of a menu is wider than its menu", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.locator("header select").selectOption({ index: 2 });
    await page.locator("button.head").first().click();
    await dialog(page).waitFor();
    const menu = await dialog(page).boundingBox();
    for (const choice of await dialog(page).getByRole("button").all()) {
      const box = await choice.boundingBox();
      assert.ok(box.x >= menu.x && box.x + box.width <= menu.x + menu.width, await choice.textContent());
    }
  }));

test("by its menu: a sending is moved", () =>
  visit(browser, PHONE, async (page) => {
    await toEnd(page);
    const { fifteen } = await tokens(page);
    const before = await sentAt(page, fifteen);
    const at = await grip(page, fifteen);
    await page.touchscreen.tap(at.x, at.y);
    await dialog(page).waitFor();
    await inMenu(page, "Send one step earlier").tap();
    await said(page).waitFor({ state: "attached" });
    assert.equal(await sentAt(page, (await tokens(page)).fifteen), before - 1);
  }));

test("on a phone a swipe that begins on a message or on its end scrolls the page and moves nothing", () =>
  visit(browser, { ...PHONE, viewport: { width: 390, height: 600 } }, async (page) => {
    await toEnd(page);
    const { twenty } = await tokens(page);
    for (const end of ["first", "last"]) {
      await page.evaluate(() => scrollTo(0, 0));
      const at = await grip(page, twenty, end);
      const before = await scrolled(page);
      const hand = await finger(page);
      await hand.down(at.x, at.y);
      for (let y = 10; y <= 120; y += 10) await hand.move(at.x + 1, at.y - y);
      await hand.up();
      await page.waitForFunction(([y, top]) => scrollY + document.querySelector(".scroll").scrollTop > y + top + 40, before);
      assert.equal(await page.locator(".hands .band").count(), 0);
    }
    assert.deepEqual(await terms(page), AT_FIRST);
    assert.deepEqual(await count(page), [19, 19]);
  }));

test("fingers have grips of 44 pixels", () =>
  visit(browser, PHONE, async (page) => {
    await toEnd(page);
    const { twenty } = await tokens(page);
    const box = await thing(page, twenty).locator(".grip").first().boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44, JSON.stringify(box));
  }));

test("a finger that rests on a message without moving opens it", () =>
  visit(browser, PHONE, async (page) => {
    await toEnd(page);
    const { twenty } = await tokens(page);
    const at = await grip(page, twenty);
    const hand = await pointer(page, true);
    await hand.down(at.x, at.y);
    await page.locator(".hands .band").waitFor();
    await hand.up();
    await dialog(page).waitFor();
    assert.deepEqual(await count(page), [19, 19]);
  }));

for (const [from, place] of [["before the present", -60], ["after the present", 12]]) {
  test(`a line drawn from the line of a process ${from} sends, and the popup leaves its end in sight`, () =>
    visit(browser, DESKTOP, async (page) => {
      const now = middle(await page.locator(".diagram .now").boundingBox());
      const [p1, p3] = [middle(await head(page, "P1").boundingBox()), middle(await head(page, "P3").boundingBox())];
      const end = { x: now.x + place + 10, y: p3.y - 4 };
      await page.mouse.move(now.x + place, p1.y);
      await page.mouse.down();
      await page.mouse.move(now.x + place + 5, p1.y + 40, { steps: 3 });
      await page.mouse.move(end.x, end.y, { steps: 5 });
      await page.mouse.up();
      await dialog(page).waitFor();
      assert.match(await dialog(page).getAttribute("aria-label"), /P1.*P3/);
      const box = await dialog(page).boundingBox();
      const over = end.x > box.x && end.x < box.x + box.width && end.y > box.y && end.y < box.y + box.height;
      assert.ok(!over, `${JSON.stringify(end)} is under ${JSON.stringify(box)}`);
      assert.equal(await page.locator(".hands .drawn").count(), 1, "the line stays while one chooses");
      const window = page.viewportSize();
      assert.ok(box.x >= 0 && box.x + box.width <= window.width && box.y >= 0 && box.y + box.height <= window.height);
      await page.keyboard.press("Escape");
      await page.locator(".hands .drawn").waitFor({ state: "detached" });
    }));
}

test("the present is in sight after every action, and the strip agrees with what is seen", () =>
  visit(browser, DESKTOP, async (page) => {
    const looks = async (what) => {
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const seen = await page.evaluate(() => {
        const scroll = document.querySelector(".scroll");
        const [now, room] = [document.querySelector(".diagram .now").getBoundingClientRect(), scroll.getBoundingClientRect()];
        const heads = document.querySelector(".heads").getBoundingClientRect();
        const strip = document.querySelector(".minimap input");
        return { now: now.x, from: heads.right, to: room.right, at: scroll.scrollLeft, strip: strip && Number(strip.value) };
      });
      assert.ok(seen.now > seen.from && seen.now < seen.to, `${what}: ${JSON.stringify(seen)}`);
      if (seen.strip !== null) assert.ok(Math.abs(seen.strip - seen.at) <= 1, `${what}: ${JSON.stringify(seen)}`);
    };
    for (const key of ["s", "s", "s", "d", "s", "End", "Home", "End", "ArrowLeft"]) {
      await page.keyboard.press(key);
      await looks(key);
    }
    await page.locator(".minimap input").waitFor();
  }));

test("the marks of the diagram have one tab stop, which follows the focus", () =>
  visit(browser, DESKTOP, async (page) => {
    await toEnd(page);
    const stops = () => page.locator('.diagram [tabindex="0"]').count();
    assert.equal(await stops(), 1);
    const token = () => page.evaluate(() => document.activeElement?.dataset?.thing);
    await page.locator('.diagram [tabindex="0"]').focus();
    const first = await token();
    await page.keyboard.press("ArrowDown");
    const second = await token();
    assert.notEqual(second, first);
    assert.equal(await stops(), 1);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => Boolean(document.activeElement.closest(".diagram"))), false, "Tab leaves them");
    await page.keyboard.press("Shift+Tab");
    assert.equal(await token(), second, "and comes back to the last");
  }));
