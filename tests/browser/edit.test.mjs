// Changing a run on the figure itself, with real mouse, fingers and keys. The numbers are worked out by hand, here.
//
// The money scenario is run to its end first. The 20 from P2 arrives at P1 at step 9 of 19, after P1 started the snapshot
// at step 8. The marker from P1 arrives at P3 at step 10, so P3 records 130; the 15 that P3 sends to P1 at step 12 comes
// after the cut. Moved behind that sending, the marker finds P3 with 115, and the 15 is recorded in its channel.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, WORDS, count, head, inMenu, recorded, states, visit } from "./hands.mjs";
import { columnOf, finger, further, grip, middle, pointer, thing, toEnd, tokens } from "./pointers.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const dialog = (page) => page.getByRole("dialog");
const said = (page) => page.locator(".notice .said, .notice > span").first();

for (const [size, look] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  const touch = look === PHONE;
  for (const [lang, words] of Object.entries(WORDS)) {
    test(`on a ${size}, in ${lang}: a line drawn from one process to another sends`, () =>
      visit(browser, { ...look, locale: LOCALES[lang] }, async (page) => {
        const hand = await pointer(page, touch, { rests: false });
        const from = middle(await head(page, "P1").boundingBox());
        const to = middle(await head(page, "P3").boundingBox());
        await hand.down(from.x, from.y);
        const down = (await page.locator(".figure.down").count()) > 0;
        await hand.move(from.x + (down ? 30 : 0), from.y + (down ? 5 : 30));
        await hand.move(to.x + (down ? 0 : 30), to.y + (down ? 30 : 0));
        await page.locator(".hands .aimed").waitFor({ state: "attached" });
        await hand.up();
        await dialog(page).waitFor();
        page.setDefaultTimeout(8000);
        const field = dialog(page).getByRole("spinbutton");
        assert.equal(await field.evaluate((one) => one === document.activeElement), true, "the amount has the focus");
        await page.keyboard.type("25");
        await page.keyboard.press("Enter");
        await dialog(page).waitFor({ state: "detached" });
        assert.equal((await states(page)).P1, "45");
        assert.equal(await page.locator(".hands .aimed").count(), 0);
      }));

    test(`on a ${size}, in ${lang}: an arrival is dragged, resists at its limits, and everything follows`, () =>
      visit(browser, { ...look, locale: LOCALES[lang] }, async (page) => {
        await toEnd(page);
        assert.deepEqual((await recorded(page)).terms, [70, 80, 130, 20]);
        const { marker } = await tokens(page);
        const at = await grip(page, marker);
        const column = await columnOf(page);
        const hand = await pointer(page, touch);
        await hand.down(at.x, at.y);
        await hand.move(...Object.values(further(at, column, 1)));
        await page.locator(".hands .band").waitFor();
        await hand.move(...Object.values(further(at, column, 2)));
        await page.waitForFunction(() => document.querySelectorAll("tr.channel .pill").length === 2);
        assert.deepEqual((await recorded(page)).terms.toSorted((a, b) => a - b), [15, 20, 70, 80, 115], "while dragging");
        assert.deepEqual(await page.locator(".notice.hand.resists").count(), 0);
        await hand.move(...Object.values(further(at, column, 5)));
        await page.locator(".notice.hand.resists").waitFor();
        const why = await page.locator(".notice.hand").textContent();
        assert.match(why, /P3.*13|13.*P3/, why);
        await hand.up();
        await said(page).waitFor();
        assert.equal((await recorded(page)).sum, 300);
        assert.equal((await recorded(page)).terms.length, 5);
        const undo = page.locator(".notice .undo");
        await (touch ? undo.tap() : undo.click());
        await page.waitForFunction(() => document.querySelectorAll("tr.channel .pill").length === 1);
        assert.deepEqual((await recorded(page)).terms, [70, 80, 130, 20]);
      }));

    test(`on a ${size}, in ${lang}: a message of the past is opened and deleted, and that can be undone`, () =>
      visit(browser, { ...look, locale: LOCALES[lang] }, async (page) => {
        await toEnd(page);
        const { twenty } = await tokens(page);
        const at = await grip(page, twenty);
        if (touch) await page.touchscreen.tap(at.x, at.y);
        else await page.mouse.click(at.x, at.y);
        await dialog(page).waitFor();
        assert.match(await dialog(page).locator(".story").textContent(), /20/);
        const remove = inMenu(page, lang === "en" ? "Delete this message" : "删除这条消息");
        await (touch ? remove.tap() : remove.click());
        await said(page).waitFor();
        assert.equal((await count(page))[1], 17, "its sending and its arrival are gone");
        assert.deepEqual((await recorded(page)).inChannels, []);
        const undo = page.locator(".notice .undo");
        await (touch ? undo.tap() : undo.click());
        assert.deepEqual(await count(page), [19, 19]);
      }));
  }
}

test("Undo can be pressed at once after a drop: what ends a drag is no click, what begins after it is one", () =>
  visit(browser, DESKTOP, async (page) => {
    await toEnd(page);
    const { mouse } = page;
    const drop = async () => {
      const { marker } = await tokens(page);
      const at = await grip(page, marker);
      const held = further(at, await columnOf(page), 2);
      await mouse.move(at.x, at.y);
      await mouse.down();
      await mouse.move(held.x, held.y, { steps: 4 });
      await page.waitForFunction(() => document.querySelectorAll("tr.channel .pill").length === 2);
      await mouse.up();
    };
    await drop();
    const undo = page.locator(".notice .undo");
    const place = middle(await undo.boundingBox());
    await undo.click();
    for (let again = 0; again < 3; again++) {
      await page.waitForFunction(() => document.querySelectorAll("tr.channel .pill").length === 1);
      await drop();
      assert.equal(await dialog(page).count(), 0, "the drop opens nothing");
      await mouse.click(place.x, place.y);
    }
    await page.waitForFunction(() => document.querySelectorAll("tr.channel .pill").length === 1);
    assert.deepEqual((await recorded(page)).terms, [70, 80, 130, 20]);
  }));

test("Escape puts back what is dragged", () =>
  visit(browser, DESKTOP, async (page) => {
    await toEnd(page);
    const { marker } = await tokens(page);
    const at = await grip(page, marker);
    const column = await columnOf(page);
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    const held = further(at, column, 2);
    await page.mouse.move(held.x, held.y, { steps: 6 });
    await page.locator(".hands .band").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".hands .band").waitFor({ state: "detached" });
    await page.mouse.up();
    assert.deepEqual((await recorded(page)).terms, [70, 80, 130, 20]);
    assert.equal(await dialog(page).count(), 0);
    assert.equal(await said(page).count(), 0);
  }));

test("by keys alone: an arrival is moved a place at a time, and its menu opens and closes", () =>
  visit(browser, DESKTOP, async (page) => {
    await toEnd(page);
    const { marker } = await tokens(page);
    await thing(page, marker).focus();
    await page.keyboard.press("]");
    await said(page).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.dataset?.thing?.split(" ")[0]);
    assert.equal(await focused(), marker, "the focus stays on it");
    await page.keyboard.press("]");
    await page.waitForFunction(() => document.querySelectorAll("tr.channel .pill").length === 2);
    await page.keyboard.press("Shift+ArrowLeft");
    await page.waitForFunction(() => document.querySelectorAll("tr.channel .pill").length === 1);
    await page.keyboard.press("Enter");
    await dialog(page).waitFor();
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    assert.equal(await focused(), marker);
  }));

test("the other button on something that waits opens what more can be delivered", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.locator("g.waiting").first().click({ button: "right" });
    await dialog(page).waitFor();
    await inMenu(page, "Deliver everything").click();
    await page.waitForFunction(() => document.querySelectorAll("g.waiting").length === 0);
  }));

test("a long press on something that waits does the same, and does not deliver it", () =>
  visit(browser, PHONE, async (page) => {
    const waiting = page.locator("g.waiting").first();
    await waiting.evaluate((one) => one.scrollIntoView({ block: "center", inline: "center" }));
    const at = middle(await waiting.locator("circle").first().boundingBox());
    const touch = await finger(page);
    await touch.down(at.x, at.y);
    await dialog(page).waitFor();
    await touch.up();
    assert.equal(await page.locator("g.waiting").count(), 1);
  }));

test("on a phone a finger on the figure still scrolls the page", () =>
  visit(browser, { ...PHONE, viewport: { width: 390, height: 500 } }, async (page) => {
    const box = await page.locator(".scroll svg").first().boundingBox();
    const touch = await finger(page);
    const x = box.x + 200;
    await touch.down(x, 400);
    for (let y = 380; y > 120; y -= 20) await touch.move(x, y);
    await touch.up();
    await page.waitForFunction(() => scrollY > 30 || document.querySelector(".scroll").scrollTop > 30);
  }));
