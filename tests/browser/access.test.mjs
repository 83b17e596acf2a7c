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
const tab = (name) => (page) => page.locator(`#tab-${name}`).click();
const escape = (page) => page.keyboard.press("Escape");
const STATES = {
  start: async () => {},
  network: tab("network"),
  events: tab("events"),
  signs: tab("signs"),
  menu: async (page) => {
    await tab("rules")(page);
    await head(page, "P2").click();
  },
  refusal: async (page) => {
    await page.getByRole("dialog").getByRole("spinbutton").fill("500");
    await page.locator(".transfer .choices button").first().click();
  },
  recording: async (page) => {
    await escape(page);
    await head(page, "P1").click();
    await page.locator(".choices.starts button").first().click();
    await forward(page);
    await forward(page);
  },
  complete: primary,
  "network, recorded": tab("network"),
  "a message's menu": async (page) => {
    await page.locator('.diagram [role=button][data-thing^="m"]').first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
  },
  "own cut": async (page) => {
    await escape(page);
    await page.locator(".draw-cut").click();
    await page.locator(".own-cut-report").waitFor();
  },
  "own cut, not consistent": async (page) => {
    for (let times = 0; times < 3; times++) await page.locator(".own-cut-handle").nth(1).press("ArrowLeft");
    await page.locator(".own-cut-report .inconsistent").waitFor();
  },
  "two snapshots": async (page) => {
    await page.locator(".own-cut-handle").first().press("Delete");
    await primary(page);
  },
  "the run through the recorded state": (page) => page.locator(".passage .link").click(),
  "all keys": async (page) => {
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
  },
  "branches compared": async (page) => {
    await escape(page);
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
  "a long run": async (page) => {
    await page.keyboard.press("p");
    await page.locator(".branches .icon").click();
    await tab("events")(page);
    await page.locator(".traffic button").nth(1).click();
    await page.keyboard.press("s");
    await page.locator(".minimap").waitFor();
  },
  "the other scenario, with a menu": async (page) => {
    await tab("rules")(page);
    await page.locator("header select").selectOption({ index: 1 });
    await head(page, "q").click();
  },
  "the other scenario, complete": async (page) => {
    await escape(page);
    await forward(page);
    await forward(page);
  },
  "those who wait, in the network": async (page) => {
    await page.locator("header select").selectOption({ index: 4 });
    await primary(page);
    await tab("network")(page);
  },
};
/** Not asked by default, since they are new. */
const NEW_RULES = { "label-content-name-mismatch": { enabled: true }, "target-size": { enabled: true } };

async function violations(page) {
  const found = await page.evaluate(async (rules) => {
    const found = await globalThis.axe.run(document, { resultTypes: ["violations"], rules });
    // In a diagram that is partly off the screen axe takes the title of a mark for words that are seen. What is seen are
    // its texts: they have to be in its name.
    const isNamed = ({ target }) => {
      const mark = document.querySelector(target.at(-1));
      const texts = [...(mark?.querySelectorAll("text") ?? [])];
      const plain = (words) => words.replace(/[\s：]/g, "");
      const name = plain(mark?.getAttribute("aria-label") ?? "");
      return mark?.closest("svg.diagram") && texts.length > 0 && texts.every((text) => name.includes(plain(text.textContent)));
    };
    for (const violation of found.violations) {
      if (violation.id === "label-content-name-mismatch") violation.nodes = violation.nodes.filter((node) => !isNamed(node));
    }
    found.violations = found.violations.filter(({ nodes }) => nodes.length > 0);
    return found;
  }, NEW_RULES);
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
