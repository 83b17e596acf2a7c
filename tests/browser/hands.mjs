// What page tests do with the page, and how they read it. Words come from the catalogue, whatever they are today.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";

const SOURCES = new URL("../../crates/session/src/", import.meta.url);
const source = (name) => readFileSync(new URL(name, SOURCES), "utf8");
const parts = readdirSync(new URL("catalogue/", SOURCES)).map((name) => source(`catalogue/${name}`));
/** The tables of the catalogue by the name of their keys. */
const CATALOGUE = Object.fromEntries(
  [source("catalogue.rs"), ...parts].flatMap((text) =>
    text.split(/^catalogue! ?\{ ?/m).slice(1).map((table) => [table.match(/^\w+/)[0], table]),
  ),
);

/** A string of the catalogue, its places filled in and its emphasis dropped: `Name`, or `Table::Name` beside the first. */
export function say(lang, name, values = {}) {
  const [key, table = "Text"] = name.split("::").reverse();
  const literal = '"((?:[^"\\\\]|\\\\[^])*)"';
  const entry = CATALOGUE[table]?.match(new RegExp(`^ {4}${key}:\\s*${literal},\\s*${literal};`, "m"));
  assert.ok(entry, `no ${name} in the catalogue`);
  const template = entry[lang === "en" ? 1 : 2].replace(/\\\n\s*/g, "");
  return template.replaceAll("*", "").replace(/\{(\w+)\}/g, (_, place) => {
    assert.ok(place in values, `nothing for {${place}} of ${key}`);
    return values[place];
  });
}

const words = (lang) => ({
  take: say(lang, "TakeSnapshot"),
  toEnd: say(lang, "RunToEnd"),
  amount: say(lang, "Amount"),
  sendTo: (q) => say(lang, "SendTo", { q }),
  message: (what, p, q) => say(lang, "DeliverMessage", { what, p, q }),
  marker: (n, p, q) => say(lang, "DeliverMarker", { n, p, q }),
  consistent: say(lang, "VerdictConsistent"),
  oneSwap: (first, second) => say(lang, "NeverOccurredOne", { first, second }),
});

export const WORDS = { en: words("en"), zh: words("zh") };

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const LOCALES = { en: "en-GB", zh: "zh-CN" };

/** Opens the page, does something with it, and looks whether the page complained. */
export async function visit(browser, look, does) {
  const { page, errors, context } = await browser.openPage({ reducedMotion: "reduce", ...look });
  try {
    await page.locator("button.head").first().waitFor();
    await page.evaluate(() => {
      globalThis.changes = [];
      document.addEventListener("cutline:change", (event) => globalThis.changes.push(event.detail));
    });
    await does(page, context);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

/** The texts of all elements, with single spaces. */
export const texts = async (page, selector) =>
  (await page.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, " ").trim());

/** What the heads show, by name. */
export async function states(page) {
  const names = await texts(page, "button.head .name");
  const values = await texts(page, "button.head .state");
  return Object.fromEntries(names.map((name, at) => [name, values[at]]));
}

/** The accessible names of all that is under way. */
export const underWay = (page) =>
  page.locator("g.waiting").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));

/** The step and how many there are, as the slider has them. */
export const count = (page) => page.locator(".track input").evaluate((slider) => [Number(slider.value), Number(slider.max)]);

/** The recorded state: processes, pills in channels, and the terms of the equation with its sum. */
export async function recorded(page) {
  const numbers = async (selector) => (await texts(page, selector)).map(Number);
  return {
    processes: await texts(page, "tr.process td:last-child"),
    inChannels: await texts(page, "tr.channel .pill"),
    terms: await numbers(".equation .addend span:last-child"),
    sum: Number((await texts(page, ".equation .sum"))[0]),
  };
}

export const verdict = async (page) => ({
  title: (await texts(page, ".verdict strong"))[0],
  reasons: (await texts(page, ".verdict p"))[0],
});

/** What the page announced last. */
export const lastChange = (page) => page.evaluate(() => globalThis.changes.at(-1));

export const handle = (page, name) => page.locator("g.waiting").and(page.getByRole("button", { name, exact: true }));
export const head = (page, name) => page.locator("button.head").filter({ has: page.getByText(name, { exact: true }) });
export const inMenu = (page, name) => page.getByRole("dialog").getByRole("button", { name });

/** Sends an amount through the menu of a process. `press` is how one presses a thing: clicking or tapping. */
export async function send(page, words, press, from, to, amount) {
  await press(head(page, from));
  await page.getByRole("dialog").getByRole("spinbutton").fill(String(amount));
  await press(inMenu(page, words.sendTo(to)));
}

/** Starts a snapshot at a process through its menu: unlike the prominent button, that leaves the rest to the reader. */
export async function start(page, lang, press, at, n = 1) {
  await press(head(page, at));
  await press(inMenu(page, say(lang, "StartHere", { n })));
}

/** What the focus is on, by its accessible name or words; "" for nothing. */
export const focus = (page) =>
  page.evaluate(() => {
    const on = document.activeElement;
    if (!on || on === document.body) return "";
    return (on.getAttribute("aria-label") ?? on.labels?.[0]?.textContent ?? on.textContent).trim();
  });

/** Presses Tab until the focus is on something of this name. Answers how often that took. */
export async function tabTo(page, wanted) {
  const fits = (name) => (typeof wanted === "string" ? name === wanted : wanted.test(name));
  const met = [];
  for (let presses = 0; presses < 60; presses++) {
    const name = await focus(page);
    if (fits(name)) return presses;
    met.push(name);
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never comes to ${wanted}; it comes to ${met.join(" | ")}`);
}

/** By how much the page is wider than its window. */
export const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
