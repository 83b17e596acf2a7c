// Scenario files: by the button, by dropping them on the page; bad ones are refused and nothing is lost.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, count, say, states, texts, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const OWN = `cutline 1
title Two friends
process ann has 5
process bob has 7
channel there: ann -> bob
channel back: bob -> ann
run
ann sends 3 on there
`;
const file = (text, name = "mine.cutline") => ({ name, mimeType: "", buffer: Buffer.from(text) });
const title = (page) => page.locator("header select").evaluate((one) => one.selectedOptions[0].textContent);
const settled = (page) => page.waitForTimeout(600);

/** Opens a file by the button's own chooser. */
const choose = async (page, press, lang, what) => {
  const asked = page.waitForEvent("filechooser");
  await press(page.getByRole("button", { name: say(lang, "FileText::Open") }));
  await (await asked).setFiles(what);
};

/** Drops a file on the page, as browsers tell of it. */
const drop = (page, { name, buffer }) =>
  page.evaluate(([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    const on = document.querySelector(".figure");
    const tell = (type) => on.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
    return [tell("dragover"), tell("drop")];
  }, [name, buffer.toString()]);

for (const [size, look] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  for (const [lang, locale] of Object.entries(LOCALES)) {
    test(`on a ${size}, in ${lang}: a file is opened, is in the link, and Back leads to where one was`, () =>
      visit(browser, { ...look, locale }, async (page) => {
        const press = (what) => (look === PHONE ? what.tap() : what.click());
        await page.keyboard.press("d");
        const before = [await title(page), await count(page), await states(page)];
        await settled(page);
        await choose(page, press, lang, file(OWN));
        await page.waitForFunction(() => document.querySelector("button.head .name").textContent === "ann");
        assert.deepEqual(await states(page), { ann: "2", bob: "7" });
        assert.equal(await title(page), "Two friends");
        await settled(page);
        await page.reload({ waitUntil: "networkidle" });
        await page.locator("button.head").first().waitFor();
        assert.deepEqual(await states(page), { ann: "2", bob: "7" }, "a reload loses nothing");
        await page.goBack();
        await page.waitForFunction(() => document.querySelector("button.head .name").textContent === "P1");
        assert.deepEqual([await title(page), await count(page), await states(page)], before);
      }));

    test(`on a ${size}, in ${lang}: a bad file is refused in a sentence and nothing is lost`, () =>
      visit(browser, { ...look, locale }, async (page) => {
        const press = (what) => (look === PHONE ? what.tap() : what.click());
        await page.keyboard.press("d");
        const before = [await title(page), await count(page), await states(page)];
        await settled(page);
        const address = page.url();
        for (const [bad, tells] of [[OWN.replace("bob -> ann", "bob -> cat"), "cat"], ["{}", "1"], ["x".repeat(1_000_001), "1000000"]]) {
          await choose(page, press, lang, file(bad));
          await page.waitForFunction((tells) => document.querySelector(".notice span")?.textContent.includes(tells), tells);
          const [why] = await texts(page, ".notice span");
          assert.ok(why.includes("mine.cutline") && why.includes(tells), why);
        }
        await choose(page, press, lang, { name: "photo.png", mimeType: "", buffer: Buffer.from([0x89, 0x50, 0xff, 0xfe]) });
        const why = say(lang, "FileText::Unreadable", { file: "photo.png" });
        await page.waitForFunction((why) => document.querySelector(".notice span")?.textContent === why, why);
        const notice = await page.locator(".notice").boundingBox();
        assert.ok(notice.y >= 0 && notice.y + notice.height <= look.viewport.height && notice.x >= 0, JSON.stringify(notice));
        assert.deepEqual([await title(page), await count(page), await states(page)], before);
        assert.equal(page.url(), address);
      }));
  }
}

test("a file is dropped on the page, and the page does not leave for it", () =>
  visit(browser, DESKTOP, async (page) => {
    assert.deepEqual(await drop(page, file(OWN)), [false, false], "both are the page's");
    await page.waitForFunction(() => document.querySelector("button.head .name").textContent === "ann");
    await drop(page, file("no scenario", "notes.txt"));
    await page.locator(".notice").getByText("notes.txt").waitFor();
    assert.deepEqual(await states(page), { ann: "2", bob: "7" });
  }));

test("the file button is used by keys", () =>
  visit(browser, DESKTOP, async (page) => {
    // Who waits for the question has to be there before it is asked.
    const asked = page.waitForEvent("filechooser");
    await page.evaluate(() => 0);
    await page.waitForTimeout(200);
    await page.getByRole("button", { name: say("en", "FileText::Open") }).focus();
    await page.keyboard.press("Enter");
    await (await asked).setFiles(file(OWN));
    await page.waitForFunction(() => document.querySelector("button.head .name").textContent === "ann");
  }));
