// Who is not there: its head, its menu, its place in the network; and how a process is made a newcomer.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, say, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const open = async (page, lang, title) => {
  await page.locator("header select").selectOption({ label: title });
  await page.waitForFunction((title) => document.querySelector("header select").selectedOptions[0].textContent === title, title);
};
const TITLES = { en: ["Joining as a member", "Leaving in order"], zh: ["以成员身份加入", "有序离开"] };

for (const [size, look] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  for (const [lang, locale] of Object.entries(LOCALES)) {
    test(`on a ${size}, in ${lang}: who is not there looks so, joins, and leaves for good`, () =>
      visit(browser, { ...look, locale }, async (page) => {
        const press = (what) => (look === PHONE ? what.tap() : what.click());
        const col = page.locator("button.head").nth(2);
        const away = async (word) => {
          const said = say(lang, `MishapText::${word}`);
          await page.waitForFunction((said) => document.querySelectorAll("button.head")[2].querySelector(".state").textContent === said, said);
          assert.ok(await col.evaluate((head) => head.classList.contains("absent")));
          await page.locator("#tab-network").click();
          await page.locator(".network .node.absent").waitFor();
          assert.equal(await page.locator(".network .node.absent").count(), 1);
        };
        await open(page, lang, TITLES[lang][0]);
        await page.keyboard.press("Home");
        await away("ToCome");
        await press(col);
        await page.locator(".menu").waitFor();
        assert.deepEqual(await page.locator(".menu .choices button > span").allTextContents(), [say(lang, "SystemText::Join", { p: "Col" })]);
        await press(page.locator(".menu .choices button").first());
        await page.waitForFunction(() => !document.querySelector(".network .node.absent"));
        await page.waitForFunction(() => document.querySelectorAll("button.head")[2].querySelector(".state").textContent === "0");
        await open(page, lang, TITLES[lang][1]);
        await page.keyboard.press("End");
        await away("Gone");
      }));
  }
}

test("the picker has groups, each with a name", () =>
  visit(browser, DESKTOP, async (page) => {
    const groups = await page.locator("header select optgroup").evaluateAll((all) => all.map((one) => [one.label, one.children.length]));
    assert.ok(groups.length >= 6 && groups.every(([label, many]) => label && many > 1), JSON.stringify(groups));
  }));

test("a process is made a newcomer, and Back brings it back", () =>
  visit(browser, DESKTOP, async (page) => {
    const last = page.locator("button.head").nth(2);
    await page.keyboard.press("Home");
    await last.click();
    await page.locator(".menu .mishaps summary").click();
    const menu = await page.locator(".menu").boundingBox();
    assert.ok(menu.y >= 0 && menu.y + menu.height <= DESKTOP.viewport.height, JSON.stringify(menu));
    await page.getByRole("button", { name: say("en", "SystemText::JoinLater", { p: "P3" }) }).click();
    await page.waitForFunction(() => document.querySelectorAll("button.head")[2].classList.contains("absent"));
    await page.waitForTimeout(600);
    await page.goBack();
    await page.waitForFunction(() => !document.querySelectorAll("button.head")[2].classList.contains("absent"));
  }));
