// Two playgrounds in a course page: sandboxed, under a strict content security policy, each for itself.
import assert from "node:assert/strict";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { after, test } from "node:test";

import { DESKTOP, PHONE, WORDS, say, send, states, texts, verdict } from "./hands.mjs";
import { launch, serve } from "./support.mjs";

/** As docs/embedding.md asks for it. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'";
const browser = await launch({
  headers: { "access-control-allow-origin": "*", "content-security-policy": POLICY },
});
const host = await serve(path.join(path.dirname(fileURLToPath(import.meta.url)), "host"));
after(async () => {
  await browser.close();
  await host.close();
});

/** Opens the host page and hands over its two frames. */
async function course(look, does) {
  const { page, errors, context } = await browser.openPage({ reducedMotion: "reduce", ...look });
  try {
    await page.goto(`${host.origin}/?cutline=${browser.origin}`);
    const [first, second] = ["first", "second"].map((id) => page.frameLocator(`#${id}`));
    for (const frame of [first, second]) await frame.locator("button.head").first().waitFor();
    const heard = (id, type) =>
      page.evaluate(([id, type]) => globalThis.heard[id].filter((message) => message.type === type), [id, type]);
    const step = async (id) => (await heard(id, "cutline:change")).at(-1).step;
    await does({ page, first, second, heard, step });
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

const click = (what) => what.click();
const forward = (frame) => frame.locator("[data-step-forward]").click();

for (const [size, look] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  test(`on a ${size}: both open, as asked for, as high as what is in them`, () =>
    course(look, async ({ page, first, second, heard }) => {
      assert.equal(await first.locator("html").getAttribute("lang"), "en");
      assert.equal(await second.locator("html").getAttribute("lang"), "zh-Hans");
      assert.equal(await second.locator("html").getAttribute("data-theme"), "dark");
      assert.equal(await first.locator("header").count(), 0);
      assert.equal(await first.locator("tr.process").count() + (await first.locator(".recorded").count()) > 0, true);
      assert.deepEqual([await second.locator(".recorded").count(), await second.locator(".rules").count()], [0, 0]);
      assert.equal((await texts(second, ".verdict strong"))[0], say("zh", "VerdictRecording"));
      await page.waitForTimeout(300);
      for (const [id, frame] of [["first", first], ["second", second]]) {
        const heights = await heard(id, "cutline:height");
        assert.ok(heights.length > 0 && heights.length < 20, `${heights.length} heights of ${id}`);
        const root = frame.locator("html");
        const [inner, room] = await root.evaluate((one) => [one.scrollHeight, innerHeight]);
        assert.ok(inner <= room, `${id} needs ${inner} and has ${room}`);
        assert.equal(await root.evaluate((one) => one.scrollWidth - one.clientWidth), 0, `${id} is not too wide`);
      }
    }));
}

test("each is used for itself: sending, stepping, a snapshot by hand", () =>
  course(DESKTOP, async ({ first, second, heard, step }) => {
    const words = WORDS.en;
    await send(first, words, click, "P1", "P3", 25);
    assert.equal((await states(first)).P1, "45");
    await first.locator("button.primary").click();
    await first.locator("button.primary").click();
    assert.equal((await verdict(first)).title, words.consistent);
    const change = (await heard("first", "cutline:change")).at(-1);
    assert.deepEqual([change.name, change.snapshots[0].consistent, change.snapshots[0].recorded_total], ["money-in-flight", true, 300]);
    assert.equal(await step("second"), 4);
    await forward(second);
    await forward(second);
    assert.equal(await step("second"), 6);
    assert.equal((await texts(second, ".verdict strong"))[0], WORDS.zh.consistent);
    assert.equal(await step("first"), change.step);
  }));

test("keys go to the one that has the focus, and none takes it by itself", () =>
  course(DESKTOP, async ({ page, first, second, step }) => {
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY");
    const before = [await step("first"), await step("second")];
    for (const key of ["ArrowRight", " ", "End", "ArrowLeft"]) await page.keyboard.press(key);
    await page.locator("#notes").fill("");
    await page.locator("#notes").press("ArrowRight");
    await page.waitForTimeout(200);
    assert.deepEqual([await step("first"), await step("second")], before);
    await second.locator(".explanation").click();
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(200);
    assert.deepEqual([await step("first"), await step("second")], [before[0], before[1] + 1]);
    await first.locator(".explanation").click();
    await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(200);
    assert.deepEqual([await step("first"), await step("second")], [before[0] - 1, before[1] + 1]);
  }));

test("presenting needs no leave to fill the screen, which a frame has not got", () =>
  course(DESKTOP, async ({ page, first }) => {
    await first.locator(".explanation").click();
    await page.keyboard.press("p");
    await page.waitForTimeout(300);
    assert.equal(await first.locator("html").getAttribute("data-presenter"), "");
    await page.keyboard.press("p");
    // That there is no error is for `course` to say.
  }));

test("the course page opens a link in one of them, and nothing else", () =>
  course(DESKTOP, async ({ page, first, second, heard, step }) => {
    await forward(second);
    const { link } = (await heard("second", "cutline:change")).at(-1);
    const tell = (message) =>
      page.evaluate((message) => document.getElementById("first").contentWindow.postMessage(message, "*"), message);
    const before = await heard("first", "cutline:change");
    for (const message of [null, 7, "cutline:open", {}, { type: "cutline:open" }, { type: "cutline:open", link: 3 }, { type: "eval", link }])
      await tell(message);
    await page.waitForTimeout(200);
    assert.equal((await heard("first", "cutline:change")).length, before.length);
    await tell({ type: "cutline:open", link });
    await page.waitForFunction(() => globalThis.heard.first.some((message) => message.name === "never-occurred"));
    assert.equal(await step("first"), 5);
    assert.equal(await first.locator("html").getAttribute("lang"), "en", "the frame speaks as it was asked to");
    await tell({ type: "cutline:open", link: "1.nowhere" });
    await first.locator(".notice").getByText("nowhere").waitFor();
    assert.equal(await step("first"), 5);
    assert.equal(await step("second"), 5);
  }));

test("the way out leads to the same state on a page of its own", () =>
  course(DESKTOP, async ({ page, first }) => {
    await forward(first);
    const href = await first.getByRole("link", { name: say("en", "LinkText::OpenInCutline") }).getAttribute("href");
    await page.goto(href);
    await page.locator("header").waitFor();
    assert.equal(await page.locator(".track input").inputValue(), "8");
    assert.equal(await page.locator("html.embed").count(), 0);
  }));

test("a page of its own works under the same policy", async () => {
  const { page, errors, context } = await browser.openPage(DESKTOP);
  await page.locator("button.head").first().click();
  await page.getByRole("dialog").waitFor();
  await page.locator("button.primary").click();
  await page.locator(".track .step").first().waitFor();
  const lefts = await page.locator(".track .step").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x));
  assert.ok(lefts.at(-1) - lefts[0] > 100, "the dots are where their style says");
  assert.deepEqual(errors, []);
  await context.close();
});

for (const [lang, tag] of [["en", "en"], ["zh", "zh"]]) {
  test(`in ${lang}: what there is not to show is said in a sentence, and the usual panels are there`, async () => {
    const { page, errors, context } = await browser.openPage({ ...DESKTOP, at: `/?embed&show=nonsense,%20more&lang=${tag}` });
    await page.locator("button.head").first().waitFor();
    const [said] = await texts(page, ".unkept p");
    assert.ok(said.includes("nonsense") && said.includes("more") && said.includes("diagram"), said);
    for (const usual of [".bar h1", ".figure", ".explanation", ".transport", ".recorded"]) assert.equal(await page.locator(usual).count(), 1, usual);
    assert.equal(await page.locator("[role=tablist]").count(), 0);
    await page.goto(`${browser.origin}/?embed&show=diagram,nonsense`);
    await page.locator("button.head").first().waitFor();
    assert.equal((await texts(page, ".unkept p")).length, 1);
    assert.equal(await page.locator(".explanation").count(), 0, "what is known is shown, and nothing else");
    await page.goto(`${browser.origin}/?embed&show=diagram`);
    await page.locator("button.head").first().waitFor();
    assert.deepEqual(await texts(page, ".unkept p"), []);
    assert.deepEqual(errors, []);
    await context.close();
  });
}
