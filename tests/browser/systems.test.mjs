// Another algorithm, network or kind of process, and what can go wrong, by mouse, keys and touch.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
let site;
before(async () => { site = await launch(); });
after(async () => { await site.close(); });

const opened = async (how, does) => {
  const { page, errors, context } = await site.openPage({ reducedMotion: "reduce", ...how });
  await does(page);
  assert.deepEqual(errors, []);
  await context.close();
};
// By the beginning of its name and of what it assumes.
const offered = (page, name) => page.getByRole("radio", { name });

test("an algorithm is chosen, does again what the application did, and its rules light up", () =>
  opened(desktop, async (page) => {
    await page.locator(".system").click();
    await offered(page, /^Lai–Yang Every/).click();
    assert.ok(await offered(page, /^Lai–Yang Every/).isChecked());
    await page.keyboard.press("Escape");
    assert.match(await page.locator(".system").innerText(), /Lai–Yang/);
    assert.equal(await page.locator("button.head .state, .head .state").first().innerText(), "70");
    await page.locator("button.primary").click();
    await page.keyboard.press("End");
    await page.locator(".verdict").getByText("Consistent", { exact: true }).waitFor();
    // What comes last is the application's; before that comes a count.
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.ok(await page.locator(".rules li.on").count() > 0);
    await page.keyboard.press("End");
    await page.reload();
    await page.locator(".system").waitFor();
    assert.match(await page.locator(".system").innerText(), /Lai–Yang/, "the link has it");
    await page.locator(".verdict").getByText("Consistent", { exact: true }).waitFor();
  }));

test("where an assumption is not met, the list says so", () =>
  opened(desktop, async (page) => {
    await page.locator(".system").click();
    await offered(page, /^in any order$/).click();
    const unmet = (name) => page.locator(".systems label", { has: offered(page, name) }).locator(".unmet");
    assert.ok(await unmet(/^Chandy–Lamport Markers/).isVisible());
    assert.equal(await unmet(/^Lai–Yang Every/).count(), 0);
  }));

test("by keys alone: the list opens, an item is chosen, the focus comes back", () =>
  opened(desktop, async (page) => {
    await page.locator(".system").focus();
    await page.keyboard.press("Enter");
    await page.locator(".systems .menu").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.ok(await offered(page, /^Chandy–Lamport Markers/).evaluate((radio) => radio === document.activeElement));
    await page.keyboard.press("ArrowDown");
    assert.ok(await offered(page, /^Chandy–Lamport, one marker/).evaluate((radio) => radio === document.activeElement && radio.checked));
    // One stop of the tab key for each group.
    await page.keyboard.press("Tab");
    assert.ok(await offered(page, /^in order/).evaluate((radio) => radio === document.activeElement));
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".systems .menu").count(), 0);
    assert.match(await page.locator(".system").innerText(), /one marker at a time/);
    assert.ok(await page.locator(".system").evaluate((button) => button === document.activeElement));
  }));

test("by touch: the sheet is as wide as the phone, and what waits is lost", () =>
  opened(phone, async (page) => {
    await page.locator(".system").tap();
    const box = await page.locator(".systems .menu").boundingBox();
    assert.equal(Math.round(box.width), 390);
    await offered(page, /repaired by sequence numbers/).tap();
    await page.keyboard.press("Escape");
    await page.locator("button.head").first().tap();
    await page.locator(".mishaps summary").tap();
    await page.locator(".mishaps button").last().tap();
    await page.locator(".diagram .crash").waitFor();
    assert.match(await page.locator(".explanation").innerText(), /crashes/);
  }));

test("a message is lost by its menu, and the sum says so in the end", () =>
  opened({ ...desktop, locale: "zh-CN" }, async (page) => {
    await page.locator(".diagram .hit-area").first().click({ button: "right" });
    await page.locator(".mishaps summary").click();
    await page.getByRole("button", { name: "丢失它" }).click();
    await page.locator(".diagram .loss").waitFor();
    assert.match(await page.locator(".explanation").innerText(), /丢失/);
    await page.locator("button.head").nth(1).click();
    await page.locator(".mishaps summary").click();
    await page.locator(".mishaps button").last().click();
    await page.locator("button.head").nth(1).click();
    await page.locator(".mishaps summary").click();
    await page.locator(".mishaps button").last().click();
    await page.locator(".diagram .restart").waitFor();
    assert.match(await page.locator(".explanation").innerText(), /重新开始/);
  }));

test("what was to come stays to come, and the headline says of what it tells", () =>
  opened(desktop, async (page) => {
    const steps = async () => (await page.locator(".transport").innerText()).match(/(\d+) of (\d+)/).slice(1).map(Number);
    const [, before] = await steps();
    await page.locator(".system").click();
    await offered(page, /^Lai–Yang Every/).check();
    await page.keyboard.press("Escape");
    const [step, after] = await steps();
    assert.ok(step > 0 && after > step, `${step} of ${after}, ${before} before`);
    assert.match(await page.locator("main, .playground").first().innerText(), /Of the system as it was: /);
  }));

test("a dataflow is put in place, its barriers can be chosen, and snapshots start by themselves", () =>
  opened(desktop, async (page) => {
    await page.locator(".system").click();
    await offered(page, /dataflow/).check();
    await offered(page, /^Barriers, aligned/).check();
    await offered(page, /^every 10 steps$/).click();
    assert.ok(await offered(page, /^every 10 steps 8 in all/).isChecked());
    await page.keyboard.press("Escape");
    await page.locator("#tab-events").click();
    await page.locator(".traffic button").first().click();
    await page.locator(".traffic button").first().click();
    await page.locator(".diagram .recording").first().waitFor();
    await page.keyboard.press("End");
    await page.locator(".verdict").getByText("Consistent", { exact: true }).waitFor();
  }));
