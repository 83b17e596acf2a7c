// axe-core over the main states, in both languages and both colour schemes.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { DESKTOP, LOCALES, PHONE, head, visit } from "./hands.mjs";
import { axePath, launch } from "./support.mjs";

const browser = await launch();
after(() => browser.close());

const primary = (page) => page.locator("button.primary").click();
const forward = (page) => page.locator("[data-step-forward]").click();
/** One after the other, on one page. */
const STATES = {
  start: async () => {},
  menu: (page) => head(page, "P2").click(),
  refusal: async (page) => {
    await page.getByRole("dialog").getByRole("spinbutton").fill("500");
    await page.locator(".transfer .choices button").first().click();
  },
  recording: async (page) => {
    await page.keyboard.press("Escape");
    await head(page, "P1").click();
    await page.locator(".choices.starts button").first().click();
    await forward(page);
    await forward(page);
  },
  complete: primary,
  "two snapshots": primary,
  "all keys": async (page) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
  },
  "branches compared": async (page) => {
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.locator(".transport button").first().click();
    await page.keyboard.press("d");
    await page.keyboard.press("s");
    await page.locator(".branch").click();
    await page.locator(".compared-snapshot").first().waitFor();
  },
  presenter: async (page) => {
    await page.keyboard.press("p");
    await page.locator("[data-presenter]").waitFor();
  },
  "the other scenario, with a menu": async (page) => {
    await page.keyboard.press("p");
    await page.locator("header select").selectOption({ index: 1 });
    await head(page, "q").click();
  },
  "the other scenario, complete": async (page) => {
    await page.keyboard.press("Escape");
    await forward(page);
    await forward(page);
  },
};

async function violations(page) {
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map(({ id, impact, help, nodes }) => ({
    id,
    impact,
    help,
    where: nodes.map((node) => `${node.target.join(" ")}: ${node.any.concat(node.all, node.none)[0]?.message ?? ""}`),
  }));
}

for (const [size, how] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  for (const [lang, locale] of Object.entries(LOCALES)) {
    for (const colorScheme of ["light", "dark"]) {
      test(`on a ${size}, ${colorScheme}, in ${lang}: axe-core finds nothing serious`, (t) =>
        visit(browser, { ...how, locale, colorScheme }, async (page) => {
          await page.addScriptTag({ path: axePath() });
          for (const [state, does] of Object.entries(STATES)) {
            await does(page);
            await page.mouse.move(0, 0);
            const all = await violations(page);
            const grave = all.filter(({ impact }) => impact === "serious" || impact === "critical");
            for (const { id, impact, where } of all) t.diagnostic(`${state}: ${id} (${impact}): ${where[0]}`);
            assert.deepEqual(grave, [], state);
          }
        }));
    }
  }
}
