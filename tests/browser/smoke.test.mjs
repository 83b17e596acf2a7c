// The page opens: everything else rests on this.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

test("the page opens without a complaint", async () => {
  const { page, errors } = await browser.openPage();
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() !== "debug" && message.type() !== "info") complaints.push(`${message.type()}: ${message.text()}`);
  });
  await page.reload({ waitUntil: "networkidle" });
  assert.match(await page.title(), /Cutline/);
  await page.locator("button.head").first().waitFor();
  // Help, presenter mode and paper leave the diagram without room for a while.
  await page.keyboard.press("?");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("p");
  await page.setViewportSize({ width: 700, height: 120 });
  await page.emulateMedia({ media: "print" });
  await page.waitForTimeout(150);
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator(".diagram").first().waitFor();
  assert.deepEqual([errors, complaints], [[], []]);
});
