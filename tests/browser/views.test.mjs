// The views at the side, and that pointing at one thing lights it in all of them.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, count, overflow, states, texts, visit } from "./hands.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const primary = (page) => page.locator("button.primary").click();
const turn = (page, tab) => page.locator(`#tab-${tab}`).click();
const lit = (page) => page.locator("[data-lit]").evaluateAll((all) => all.map((one) => one.dataset.thing.split(" ")[0]));

test("pointing at a row of several channels lights all of them, on the diagram and in the network", () =>
  visit(browser, DESKTOP, async (page) => {
    await turn(page, "network");
    await primary(page);
    const row = page.locator("tr.channel[data-things]");
    assert.equal((await row.getAttribute("data-things")).split(" ").length, 5);
    await row.locator("td").hover();
    const channels = (await lit(page)).filter((token) => token.startsWith("c"));
    assert.equal(new Set(channels).size, 5, channels.join(" "));
    assert.equal(await page.locator(".network .edge[data-lit]").count(), 5);
    assert.ok((await page.locator("svg.diagram [data-lit] .marker:not(.tip)").count()) >= 5, "and the markers that close them");
    await page.mouse.move(4, 4);
    await page.locator("tr.process").first().hover();
    assert.equal(await page.locator(".network .edge[data-lit]").count(), 0);
  }));

for (const locale of Object.values(LOCALES)) {
  test(`in ${locale}: no entry of the list of events is cut off, three snapshots after each other`, () =>
    visit(browser, { ...DESKTOP, locale }, async (page) => {
      await turn(page, "events");
      for (let at = 0; at < 3; at++) await page.keyboard.press("s");
      // Letters stick out of their lines a little, but by less than half a line.
      const cut = await page.locator(".event .what").evaluateAll((all) =>
        all.filter((one) => one.scrollHeight > one.clientHeight + 7 || one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText));
      assert.deepEqual(cut, []);
      assert.ok((await page.locator(".event").count()) > 20);
    }));
}

test("pointing at a term of the equation lights its place everywhere, by mouse and by keyboard", () =>
  visit(browser, DESKTOP, async (page) => {
    await primary(page);
    await page.locator("section.verdict.consistent").waitFor();
    await page.locator(".equation .term").first().hover();
    assert.ok((await lit(page)).includes("r0.0"));
    assert.equal(await page.locator("svg.diagram [data-lit] .recording").count(), 1);
    assert.equal(await page.locator("tr.process[data-lit]").count(), 1);
    await page.locator(".equation .pill").hover();
    assert.deepEqual([...new Set(await lit(page))], ["m3"]);
    await page.mouse.move(5, 895);
    await page.mouse.move(4, 794);
    await page.locator(".equation .term").nth(1).focus();
    assert.equal(await page.locator("tr.process[data-lit] th").textContent(), "P2");
    const width = await page.locator("svg.diagram [data-lit] circle.recording").evaluate((one) => getComputedStyle(one).strokeWidth);
    assert.equal(width, "3px", "thicker, not only coloured");
  }));

test("tabs by arrow keys; the chosen one stays while the run goes on", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.locator("#tab-rules").focus();
    await page.keyboard.press("ArrowRight");
    await page.locator("#tab-network[aria-selected=true]").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "tab-network");
    assert.deepEqual(await count(page), [7, 17], "the arrow turned a tab, and did not step");
    await primary(page);
    assert.equal(await page.locator("#tab-network").getAttribute("aria-selected"), "true");
    await page.locator("#tab-network").focus();
    await page.keyboard.press("End");
    await page.locator("#tab-signs[aria-selected=true]").waitFor();
  }));

for (const [size, look, press] of [["desktop", DESKTOP, (what) => what.click()], ["phone", PHONE, (what) => what.tap()]]) {
  for (const [lang, locale] of Object.entries(LOCALES)) {
    test(`on a ${size}, in ${lang}: the head of a queue in the network is delivered, and a process has its menu`, () =>
      visit(browser, { ...look, locale }, async (page) => {
        await press(page.locator("#tab-network"));
        await press(page.locator(".network .item.ready"));
        assert.equal((await states(page)).P1, "90");
        assert.equal(await overflow(page), 0);
        await press(page.locator(".network .node").nth(1));
        await page.getByRole("dialog").waitFor();
      }));
  }
}

test("the network by keys: deliver, move a process, open its menu", () =>
  visit(browser, DESKTOP, async (page) => {
    await turn(page, "network");
    await page.locator(".network .item.ready").focus();
    await page.keyboard.press("Enter");
    assert.equal((await states(page)).P1, "90");
    const node = page.locator(".network .node").first();
    await node.focus();
    const before = await node.getAttribute("transform");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((was) => document.querySelector(".network .node").getAttribute("transform") !== was, before);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
  }));

test("a process is dragged in the network and stays there", () =>
  visit(browser, DESKTOP, async (page) => {
    await turn(page, "network");
    const node = page.locator(".network .node").first();
    const box = await node.locator(".body").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 60, { steps: 6 });
    await page.mouse.up();
    const after = await node.locator(".body").boundingBox();
    assert.ok(Math.abs(after.x - box.x) > 20 && Math.abs(after.y - box.y) > 20, JSON.stringify([box, after]));
    assert.equal(await page.getByRole("dialog").count(), 0, "a drag is no click");
    const among = () => page.locator(".network .node").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x));
    const [first, second, third] = await among();
    await primary(page);
    const later = await among();
    [first, second, third].forEach((x, at) => assert.ok(Math.abs(later[at] - x) < 2, "where it was put, from left to right"));
    await page.locator(".network .row .quiet").click();
    await page.waitForFunction((x) => Math.abs(document.querySelector(".network .node").getBoundingClientRect().x - x) > 20, first);
  }));

test("a process is dragged in the network by a finger, and the page stays where it is", () =>
  visit(browser, PHONE, async (page) => {
    await page.locator("#tab-network").tap();
    const node = page.locator(".network .node").first();
    await node.evaluate((one) => one.scrollIntoView({ block: "center" }));
    const before = await node.locator(".body").boundingBox();
    const [x, y] = [before.x + before.width / 2, before.y + before.height / 2];
    const scrolled = await page.evaluate(() => scrollY);
    const client = await page.context().newCDPSession(page);
    const touch = (type, points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    await touch("touchStart", [{ x, y }]);
    for (let far = 8; far <= 64; far += 8) await touch("touchMove", [{ x: x + far / 2, y: y + far }]);
    await touch("touchEnd", []);
    await page.waitForTimeout(100);
    const after = await node.locator(".body").boundingBox();
    assert.ok(after.y - before.y > 40 && after.x - before.x > 15, JSON.stringify([before, after]));
    assert.equal(await page.evaluate(() => scrollY), scrolled, "nothing has scrolled");
    assert.equal(await page.getByRole("dialog").count(), 0, "a drag is no press");
  }));

test("events are filtered, gone to, and walked through by keys", () =>
  visit(browser, DESKTOP, async (page) => {
    await turn(page, "events");
    assert.equal((await texts(page, ".event.now .number"))[0], "7");
    await page.locator(".tools input").fill("sends 15");
    await page.waitForFunction(() => document.querySelectorAll(".event").length === 1);
    await page.locator(".event").click();
    assert.deepEqual(await count(page), [12, 17]);
    await page.locator(".tools input").fill("");
    await page.locator(".event.now").focus();
    await page.keyboard.press("ArrowUp");
    await page.waitForFunction(() => document.activeElement?.querySelector(".number")?.textContent === "11");
    await page.keyboard.press("Enter");
    assert.deepEqual(await count(page), [11, 17]);
  }));

test("random traffic grows the run, and a step is announced once", () =>
  visit(browser, DESKTOP, async (page) => {
    await turn(page, "events");
    await page.locator(".traffic button").nth(1).click();
    assert.deepEqual(await count(page), [107, 107]);
    const region = page.locator("[role=status][aria-live=polite]").first();
    const said = await region.textContent();
    await page.evaluate(() => {
      globalThis.announced = 0;
      const region = document.querySelector("[role=status][aria-live=polite]");
      new MutationObserver((all) => (globalThis.announced += all.length)).observe(region, { childList: true, characterData: true, subtree: true });
    });
    await turn(page, "signs");
    await turn(page, "rules");
    assert.equal(await page.evaluate(() => globalThis.announced), 0, said);
    await page.keyboard.press("Home");
    await page.locator("body").click({ position: { x: 5, y: 500 } });
    await page.locator("[data-step-forward]").click();
    await page.waitForFunction(() => globalThis.announced > 0);
  }));

test("the run that passes through a state that never was, swap by swap", () =>
  visit(browser, DESKTOP, async (page) => {
    await page.locator("header select").selectOption({ index: 1 });
    await primary(page);
    await page.locator("section.verdict.consistent").waitFor();
    await page.locator(".passage .link").click();
    assert.deepEqual((await texts(page, ".order li i")).slice(0, 2), ["3", "2"], "all swaps are made");
    await page.locator(".swaps button").first().click();
    assert.deepEqual(await texts(page, ".order li i"), ["2", "3", "4"].concat((await texts(page, ".order li i")).slice(3)));
    await page.locator(".swaps button").nth(2).click();
    await page.locator(".order .here").waitFor();
    assert.deepEqual((await texts(page, ".order li i")).slice(0, 2), ["3", "2"]);
  }));

test("on a usual desktop the side needs no scrolling of the page", () =>
  visit(browser, { viewport: { width: 1440, height: 900 } }, async (page) => {
    await primary(page);
    await page.locator("section.verdict.consistent").waitFor();
    const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.clientHeight]);
    assert.ok(scroll <= client, `${scroll} > ${client}`);
    const above = await page.locator(".above").evaluate((one) => [one.scrollHeight, one.clientHeight]);
    assert.ok(above[0] <= above[1], `the recorded state and the verdict are in sight: ${above}`);
  }));
