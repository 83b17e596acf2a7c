// Going on from a recorded state, and a start of a snapshot that shall not have been: by mouse, by finger and by key.
//
// The money scenario is run to its end first, of 19 steps: P1 starts snapshot 1 at step 8, and 70 + 80 + 130 + 20 are recorded.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, count, handle, inMenu, recorded, say, states, tabTo, underWay, visit, WORDS } from "./hands.mjs";
import { grip, thing, toEnd, tokens } from "./pointers.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

for (const [size, look] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  for (const [lang, words] of Object.entries(WORDS)) {
    const press = (what) => (look === PHONE ? what.tap() : what.click());
    test(`on a ${size}, in ${lang}: the recorded state is restored, and the run goes on from it`, () =>
      visit(browser, { ...look, locale: LOCALES[lang] }, async (page) => {
        await toEnd(page);
        assert.deepEqual(await underWay(page), []);
        await press(page.locator(".restoration").first());
        assert.deepEqual(await states(page), { P1: "70", P2: "80", P3: "130" });
        assert.deepEqual(await underWay(page), [words.message(20, "P2", "P1")], "what was recorded in the channel is under way");
        assert.deepEqual(await count(page), [20, 20]);
        await handle(page, words.message(20, "P2", "P1")).evaluate((one) => one.scrollIntoView({ block: "center" }));
        await press(handle(page, words.message(20, "P2", "P1")));
        assert.equal((await states(page)).P1, "90");
        await page.goBack();
        await page.goBack();
        await page.waitForFunction(() => Number(document.querySelector(".track input").max) === 19);
        assert.deepEqual((await recorded(page)).terms, [70, 80, 130, 20], "nothing is lost");
      }));

    test(`on a ${size}, in ${lang}: a start of a snapshot is deleted with all that came of it, and that can be undone`, () =>
      visit(browser, { ...look, locale: LOCALES[lang] }, async (page) => {
        await toEnd(page);
        const { start } = await tokens(page);
        const at = await grip(page, start);
        if (look === PHONE) await page.touchscreen.tap(at.x, at.y);
        else await page.mouse.click(at.x, at.y);
        await page.getByRole("dialog").waitFor();
        await press(inMenu(page, say(lang, "EditText::DeleteStart", { n: 1 })));
        const undo = page.locator(".notice .undo");
        await undo.waitFor();
        assert.equal(await page.locator(".diagram .recording").count(), 0, "nobody records");
        assert.equal(await page.locator("tr.process").count(), 0);
        assert.ok((await page.locator(".notice li").count()) >= 1, "what goes with it is listed");
        const [box, height] = [await undo.boundingBox(), look.viewport.height];
        assert.ok(box.y >= 0 && box.y + box.height <= height, JSON.stringify(box));
        await press(undo);
        await page.waitForFunction(() => document.querySelectorAll(".diagram .recording").length === 3);
        assert.deepEqual((await recorded(page)).terms, [70, 80, 130, 20]);
      }));
  }
}

test("by keys alone: a start is deleted and undone, the state is restored", () =>
  visit(browser, DESKTOP, async (page) => {
    await toEnd(page);
    await thing(page, (await tokens(page)).start).focus();
    await page.keyboard.press("Enter");
    await tabTo(page, say("en", "EditText::DeleteStart", { n: 1 }));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".diagram .recording").length === 0);
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => document.querySelectorAll(".diagram .recording").length === 3);
    await tabTo(page, new RegExp(await page.locator(".restoration").first().textContent()));
    await page.keyboard.press("Enter");
    assert.deepEqual(await states(page), { P1: "70", P2: "80", P3: "130" });
  }));
