// The page opens: everything else rests on this.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

test("the page opens without a complaint", async () => {
  const { page, errors } = await browser.openPage();
  assert.match(await page.title(), /Cutline/);
  assert.deepEqual(errors, []);
});
